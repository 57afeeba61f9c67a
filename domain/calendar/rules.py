"""The calendar's rules as the policy file holds them, with the defaults of spec 3.1.

Every error is a pydantic error whose `type` is a plain code; the storage layer adds line and field.
"""

import re
from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.changes import Changes
from domain.calendar.exception_rules import ExceptionRules
from domain.calendar.feeds import Feeds
from domain.calendar.fields import MIDNIGHT, ClockTime, EndTime, Rule, Weekday, WeekdayName
from domain.calendar.holidays import HolidayRules
from domain.calendar.periods import PeriodRule
from domain.calendar.zones import ZoneName
from domain.commits import Label

DEFAULT_FREEZE_DAYS = 3
_SPAN_KEY = re.compile(r"(\S+) (\S+) - (\S+) (\S+)(?: (\S+))?")


class Weekly(Rule):
    """Hours that come every week, by the clocks of `zone`: the project's unless one is given."""

    zone: ZoneName | None = None

    def tz(self, project: ZoneInfo) -> ZoneInfo:
        """The zone by whose clocks they hold in a project of that zone."""
        return ZoneInfo(self.zone) if self.zone else project

    def _with_zone(self, key: str) -> str:
        return f"{key} {self.zone}" if self.zone else key


class WeeklyWindow(Weekly):
    """Hours of one weekday, from inclusive, to exclusive; `to` 24:00 or 00:00 is the end of the day."""

    weekday: WeekdayName
    from_: ClockTime = Field(alias="from")
    to: EndTime

    @property
    def key(self) -> str:
        """`thursday 10:00-17:00`, `thursday 10:00-24:00 Europe/Berlin`; the end of the day is 24:00."""
        to = "24:00" if self.to == MIDNIGHT else f"{self.to:%H:%M}"
        return self._with_zone(f"{self.weekday} {self.from_:%H:%M}-{to}")

    @classmethod
    def of_key(cls, key: str) -> Self:
        """The window with this `key`. Raises ValueError for anything else."""
        weekday, _, rest = key.partition(" ")
        hours, _, zone = rest.partition(" ")
        opens, _, closes = hours.partition("-")
        return cls.model_validate({"weekday": weekday, "from": opens, "to": closes, "zone": zone or None})

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.to != MIDNIGHT and self.to <= self.from_:
            raise PydanticCustomError("window_ends_before_start", "a window ends after it starts")
        return self


class WeeklyMoment(Rule):
    """A weekday and a time."""

    weekday: WeekdayName
    at: ClockTime


class WeeklySpan(Weekly):
    """Hours from one weekly moment to another; past midnight and past the week's end if need be."""

    from_: WeeklyMoment = Field(alias="from")
    to: WeeklyMoment

    @property
    def key(self) -> str:
        """`friday 15:00 - monday 09:00`, `friday 15:00 - monday 09:00 Europe/Berlin`."""
        from_, to = self.from_, self.to
        return self._with_zone(f"{from_.weekday} {from_.at:%H:%M} - {to.weekday} {to.at:%H:%M}")

    @classmethod
    def of_key(cls, key: str) -> Self:
        """The hours with this `key`. Raises ValueError for anything else."""
        found = _SPAN_KEY.fullmatch(key)
        if found is None:
            raise ValueError(key)
        start, end = ({"weekday": found[n], "at": found[n + 1]} for n in (1, 3))
        return cls.model_validate({"from": start, "to": end, "zone": found[5]})

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.from_ == self.to:
            raise PydanticCustomError("span_is_empty", "hours end at another moment than they start")
        return self


class FreezeRule(Rule):
    """When the freeze before a deploy begins.

    Either `days_before` the deploy day, at the deploy's time of day (3 when nothing is said), or at the last
    `weekday` and `at` before the deploy.
    """

    days_before: int | None = Field(default=None, ge=0, le=28)
    weekday: WeekdayName | None = None
    at: ClockTime | None = None

    @property
    def days(self) -> int:
        """How many days before the deploy day, unless a weekday is set."""
        return DEFAULT_FREEZE_DAYS if self.days_before is None else self.days_before

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        if (self.weekday is None) != (self.at is None):
            raise PydanticCustomError(
                "freeze_half_given", "a freeze has a weekday and a time, or days_before"
            )
        if self.weekday is not None and self.days_before is not None:
            raise PydanticCustomError(
                "freeze_given_twice", "a freeze has a weekday and a time, or days_before"
            )
        return self


class Every(StrEnum):
    """How often the cadence deploys."""

    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"


class Cadence(Rule):
    """The rhythm of regular releases, from which their slots are derived.

    `anchor` is any day of a week that has a deploy (Monday to Sunday); needed every two weeks only.
    QA runs from `qa_days_after_freeze` days after the freeze day to `qa_days_before_deploy` days before the
    deploy day.
    """

    every: Every = Every.WEEKLY
    anchor: date | None = None
    deploy_weekday: WeekdayName = Weekday.THURSDAY
    deploy_time: ClockTime = time(14)
    freeze: FreezeRule = FreezeRule()
    qa_days_after_freeze: int = Field(default=1, ge=0, le=28)
    qa_days_before_deploy: int = Field(default=1, ge=0, le=28)

    @model_validator(mode="after")
    def _knows_its_weeks(self) -> Self:
        if self.every is Every.BIWEEKLY and self.anchor is None:
            raise PydanticCustomError("anchor_missing", "every two weeks needs the date of one deploy week")
        return self


def _without_overlap(windows: tuple[WeeklyWindow, ...]) -> tuple[WeeklyWindow, ...]:
    """Those of one zone; the hours of two zones may well have some time in common."""
    ordered = sorted(windows, key=lambda window: (window.zone or "", window.weekday.number, window.from_))
    for earlier, later in pairwise(ordered):
        if (earlier.zone, earlier.weekday) != (later.zone, later.weekday):
            continue
        if earlier.to == MIDNIGHT or later.from_ < earlier.to:
            raise PydanticCustomError(
                "windows_overlap", "two windows overlap on {weekday}", {"weekday": later.weekday.value}
            )
    return tuple(ordered)


Windows = Annotated[tuple[WeeklyWindow, ...], AfterValidator(_without_overlap)]


def _daily(weekdays: Iterable[Weekday], opens: time, closes: time) -> tuple[WeeklyWindow, ...]:
    return tuple(WeeklyWindow(weekday=weekday, from_=opens, to=closes) for weekday in weekdays)


_WORKDAYS = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)
_WEEKEND = WeeklySpan(
    from_=WeeklyMoment(weekday=Weekday.FRIDAY, at=time(15)),
    to=WeeklyMoment(weekday=Weekday.MONDAY, at=time(9)),
)


# Fixes and what takes something back; documents, tests and the pipeline's own files change nothing that runs.
_LET_THROUGH = (Label.FIX, Label.SECURITY, Label.REVERT, Label.DOCS, Label.TEST, Label.CI)


class CalendarRules(Rule):
    """What recurs, and what is changed of it. Without windows no windowed type is ever open.

    `freeze_allows` says which commits are no violation of a code freeze; of reverts only those that take back
    what would have been released.
    """

    cadence: Cadence | None = Cadence()
    windows: Windows = _daily(_WORKDAYS[1:4], time(10), time(17))
    no_deploy_hours: tuple[WeeklySpan, ...] = (_WEEKEND,)
    business_hours: Windows = _daily(_WORKDAYS, time(9), time(18))
    holidays: HolidayRules = HolidayRules()
    blackouts: tuple[PeriodRule, ...] = Field(default=(), max_length=1000)
    feeds: Feeds = ()
    changes: Changes = ()
    freeze_allows: tuple[Label, ...] = _LET_THROUGH
    exceptions: ExceptionRules = ExceptionRules()
    outlook: WeeklyMoment | None = WeeklyMoment(weekday=Weekday.MONDAY, at=time(9))

    @field_validator("blackouts")
    @classmethod
    def _have_ids_of_their_own(cls, given: tuple[PeriodRule, ...]) -> tuple[PeriodRule, ...]:
        seen: set[str] = set()
        for period in given:
            if period.id in seen:
                raise PydanticCustomError("period_twice", "two have the id {id}", {"id": period.id})
            seen.add(period.id)
        return given

    @cached_property
    def weekend(self) -> frozenset[int]:
        """The weekdays (Monday is 0) without business hours."""
        worked = {hours.weekday.number for hours in self.business_hours}
        return frozenset(range(7)) - worked if worked else frozenset()
