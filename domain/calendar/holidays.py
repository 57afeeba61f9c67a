"""Public holidays of a country, days off of the company and the government, days worked nevertheless."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, cast

import holidays as tables
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from domain.calendar.fields import Rule
from domain.names import Names

_YEARS_KEPT = 512
# The library's language codes for ours; a country that lacks one answers in its own language.
_LANGUAGES = {"ko": "ko", "en": "en_US"}


def _known_country(code: str) -> str:
    if code.upper() not in _countries():
        raise PydanticCustomError("unknown_country", "no holidays are known of {country}", {"country": code})
    return code.upper()


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, list[str]]:
    return cast("Mapping[str, list[str]]", tables.list_supported_countries(include_aliases=False))


def _read_name(value: object) -> object:
    return {"ko": value} if isinstance(value, str) else value


Title = Annotated[Names, BeforeValidator(_read_name, json_schema_input_type=str | Names)]
"""A text that serves both languages, or `{ko: …, en: …}`."""


class DayOff(Rule):
    """A day that is off: once, or on the same day of every year (29 February: of leap years)."""

    day: date = Field(alias="date")
    name: Title
    yearly: bool = False

    def falls_in(self, year: int) -> date | None:
        """Its day in that year, None when it has none."""
        if not self.yearly:
            return self.day if self.day.year == year else None
        try:
            return self.day.replace(year=year) if year >= self.day.year else None
        except ValueError:
            return None


class DayRule(StrEnum):
    """What a kind of day means for deploys."""

    CLOSED = "closed"
    WARN = "warn"
    OPEN = "open"


class HolidayRules(Rule):
    """Which days are holidays, and what they and the last working days before them mean for deploys.

    `country` is an ISO 3166 code of the `holidays` library, None for no table. `company_days` and
    `government_days` are added to the table; `working_days` are worked nevertheless.
    """

    deploys: DayRule = DayRule.WARN
    deploys_on_eves: DayRule = DayRule.WARN

    country: Annotated[str, AfterValidator(_known_country)] | None = "KR"
    company_days: tuple[DayOff, ...] = Field(default=(), max_length=200)
    government_days: tuple[DayOff, ...] = Field(default=(), max_length=200)
    working_days: tuple[date, ...] = Field(default=(), max_length=200)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day off, with its name."""

    day: date
    name: Names


def holidays_between(rules: HolidayRules, first: date, last: date) -> tuple[Holiday, ...]:
    """The holidays from `first` to `last`, both included, by day."""
    years = range(first.year, last.year + 1)
    return tuple(h for year in years for h in holidays_of_year(rules, year) if first <= h.day <= last)


@lru_cache(maxsize=_YEARS_KEPT)
def holidays_of_year(rules: HolidayRules, year: int) -> tuple[Holiday, ...]:
    """By day; where two fall on one day, the company's or the government's own name for it."""
    found = _public(rules.country, year) if rules.country else {}
    for off in (*rules.government_days, *rules.company_days):
        if day := off.falls_in(year):
            found = {**found, day: off.name}
    return tuple(Holiday(day, name) for day, name in sorted(found.items()) if day not in rules.working_days)


@lru_cache(maxsize=_YEARS_KEPT)
def _public(country: str, year: int) -> Mapping[date, Names]:
    named = {
        ours: tables.country_holidays(country, years=year, language=theirs)
        for ours, theirs in _LANGUAGES.items()
    }
    return {day: Names(ko=named["ko"][day], en=named["en"][day]) for day in named["ko"] if day.year == year}
