"""What the fields of the calendar's rules are made of: weekdays and wall-clock times, read strictly."""

from datetime import datetime, time
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

MIDNIGHT = time(0)
_ABBREVIATION = 3


class Weekday(StrEnum):
    """A day of the week; `thursday`, `Thu` and `THURSDAY` are read alike."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """Monday is 0, as in `date.weekday()`."""
        return _NUMBERS[self]


_NUMBERS = {day: number for number, day in enumerate(Weekday)}


def _read_weekday(value: object) -> object:
    if isinstance(value, Weekday):
        return value
    text = value.strip().lower() if isinstance(value, str) else ""
    for day in Weekday:
        if text in {day.value, day.value[:_ABBREVIATION]}:
            return day
    raise PydanticCustomError("unknown_weekday", "not a weekday: {value}", {"value": str(value)})


def _read_clock(value: object) -> object:
    """YAML 1.1 reads an unquoted 14:00 as the number 840, and 14:00 and 14 cannot be told from numbers."""
    if isinstance(value, int | float):
        raise PydanticCustomError("time_not_text", 'a time is written in quotes, as in "14:00"')
    return value


def _read_end(value: object) -> object:
    return MIDNIGHT if value == "24:00" else _read_clock(value)


def _wall(value: time) -> time:
    if value.tzinfo is not None or value.second or value.microsecond:
        raise PydanticCustomError("time_not_wall_clock", "a time is hours and minutes, without a zone")
    return value


WeekdayName = Annotated[Weekday, BeforeValidator(_read_weekday)]
ClockTime = Annotated[time, BeforeValidator(_read_clock), AfterValidator(_wall)]
EndTime = Annotated[time, BeforeValidator(_read_end), AfterValidator(_wall)]
"""As ClockTime, and 24:00 (held as 00:00) is the midnight that ends the day."""


def _local(value: datetime) -> datetime:
    if value.tzinfo is not None or value.second or value.microsecond:
        raise PydanticCustomError("moment_not_wall_clock", "a moment has a day, hours and minutes, no zone")
    return value


WallTime = Annotated[datetime, AfterValidator(_local)]
"""A day and a time as clocks show them, as in "2026-12-24 18:00"; a day alone is its beginning."""


class Rule(BaseModel):
    """A part of the policy file: frozen, and a field nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)
