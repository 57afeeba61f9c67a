"""Quiet hours of a channel: what is not urgent waits until they are over (spec 3.3)."""

from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.announcements import AnnouncementKind
from domain.calendar.fields import ClockTime, Rule
from domain.calendar.zones import instant, local_day

LONGEST = timedelta(days=1)
_DAY = timedelta(days=1)

CAN_WAIT = frozenset(
    {
        AnnouncementKind.FREEZE_IN_A_DAY,
        AnnouncementKind.FREEZE_IN_AN_HOUR,
        AnnouncementKind.WINDOW_IN_AN_HOUR,
        AnnouncementKind.WINDOW_OPENED,
        AnnouncementKind.WINDOW_CLOSING,
        AnnouncementKind.BLACKOUT_IN_A_WEEK,
        AnnouncementKind.BLACKOUT_IN_A_DAY,
        AnnouncementKind.OUTLOOK,
        AnnouncementKind.YEAR,
    }
)
"""What begins or ends, and what holds an approved release up, is told at once."""


class QuietHours(Rule):
    """Every day from `from_` until `to`, past midnight if need be; wall-clock times of the project."""

    from_: ClockTime = Field(alias="from")
    to: ClockTime

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.from_ == self.to:
            raise PydanticCustomError("span_is_empty", "hours end at another moment than they start")
        return self

    def over_at(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet hours that `at` lies in are over; None outside of them."""
        today = local_day(at, zone)
        for first in (today - _DAY, today):
            last = first if self.to > self.from_ else first + _DAY
            start, end = instant(first, self.from_, zone=zone), instant(last, self.to, zone=zone)
            if start <= at < end:
                return end
        return None
