"""Wall-clock times of a zone become instants, on the days the clocks change too."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_SECOND = timedelta(seconds=1)


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PydanticCustomError("unknown_zone", "no such time zone: {zone}", {"zone": name}) from error
    return name


ZoneName = Annotated[str, AfterValidator(_known_zone)]
"""An IANA name such as Asia/Seoul; anything else is the error `unknown_zone`."""


def instant(day: date, clock: time, *, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the zone's clocks show that day and time.

    A time that comes twice is its first occurrence. A time the clocks skip is the instant of the jump, so
    that a later wall time is never an earlier instant: no interval turns negative, no neighbours overlap.
    """
    local = datetime.combine(day, clock, tzinfo=zone)
    found = local.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return found
    return _jump(local, zone)


def _jump(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant the clocks skipped `local`: between its readings with the offsets after and before it."""
    before, after = local.replace(fold=1).astimezone(UTC), local.astimezone(UTC)
    skipped_from = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == skipped_from:
            before = middle
        else:
            after = middle
    return after


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The date on the zone's wall calendars at that instant."""
    return at.astimezone(zone).date()
