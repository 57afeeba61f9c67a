"""Dated periods without deploys: blackouts and maintenance, once or every year, for whom they are meant.

Instants are aware UTC datetimes. Starts are inclusive, ends exclusive.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar.zones import instant
from domain.types import Environment, ReleaseType


class EntryFault(StrEnum):
    """Why a period cannot be entered."""

    ENDS_BEFORE_START = "ends_before_start"
    TOO_FAR = "too_far"
    LONGER_THAN_A_YEAR = "longer_than_a_year"
    LEAP_DAY = "leap_day"


LAST_YEAR = 2199
"""A later date is a slip of the keyboard."""


def blackout_fault(start: datetime, end: datetime) -> EntryFault | None:
    """What is wrong with the dates of a blackout, if anything."""
    if end <= start:
        return EntryFault.ENDS_BEFORE_START
    return EntryFault.TOO_FAR if end.year > LAST_YEAR else None


def yearly_fault(begins: datetime, ends: datetime) -> EntryFault | None:
    """What is wrong with the wall-clock dates of the first of a yearly blackout, if anything."""
    if (begins.month, begins.day) == (2, 29):
        return EntryFault.LEAP_DAY
    if fault := blackout_fault(begins, ends):
        return fault
    return EntryFault.LONGER_THAN_A_YEAR if ends > begins.replace(year=begins.year + 1) else None


class BlackoutKind(StrEnum):
    """Why nothing is deployed: the business does not want it, or the systems are being worked on."""

    BLACKOUT = "blackout"
    MAINTENANCE = "maintenance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """For whom an entry holds: no type named means every type."""

    types: frozenset[ReleaseType] = frozenset()
    environments: frozenset[Environment] = frozenset({Environment.PRODUCTION})

    def binds(self, kind: ReleaseType, environment: Environment) -> bool:
        return environment in self.environments and (not self.types or kind in self.types)


@dataclass(frozen=True, kw_only=True)
class Blackout:
    """A dated period without deploys. `added_by` is a Slack user id, empty when the policy holds it.

    `series` is the id of the yearly blackout that it is an occurrence of, and then `day` its first local day
    as the series has it, `moved` or not. Reminders that were due before `added_at` are not made up for:
    adding it told everybody. `revision` counts its changes. Raises ValueError with an EntryFault when the
    dates cannot be. `feed` is the name of the feed that it was imported from.
    """

    id: str
    name: str
    start: datetime
    end: datetime
    reason: str = ""
    added_by: str = ""
    added_at: datetime | None = None
    kind: BlackoutKind = BlackoutKind.BLACKOUT
    scope: Scope = field(default_factory=Scope)
    series: str = ""
    day: date | None = None
    moved: bool = False
    revision: int = 0
    feed: str = ""

    def __post_init__(self) -> None:
        if fault := blackout_fault(self.start, self.end):
            raise ValueError(fault)


@dataclass(frozen=True, kw_only=True)
class YearlyBlackout:
    """A period that comes every year at the same wall-clock times of `zone`, from its first year on.

    `begins` and `ends` are those of the first occurrence, without a zone. None begins on 29 February: most
    years lack it. Raises ValueError with an EntryFault when the dates cannot be.
    """

    id: str
    name: str
    begins: datetime
    ends: datetime
    zone: str
    reason: str = ""
    added_by: str = ""
    added_at: datetime | None = None
    kind: BlackoutKind = BlackoutKind.BLACKOUT
    scope: Scope = field(default_factory=Scope)
    revision: int = 0

    def __post_init__(self) -> None:
        if fault := yearly_fault(self.begins, self.ends):
            raise ValueError(fault)

    def occurrences(self, first_year: int, last_year: int) -> Iterator[Blackout]:
        """Those that begin in the local years `first_year` to `last_year`, both included."""
        for year in range(max(first_year, self.begins.year), last_year + 1):
            begins = self.begins.replace(year=year)
            ends = begins + (self.ends - self.begins)
            start, end = (instant(at.date(), at.time(), zone=self.tz) for at in (begins, ends))
            if start < end:  # the clocks may skip a short one
                yield self._occurrence(begins.date(), start, end)

    @property
    def tz(self) -> ZoneInfo:
        """By whose clocks it comes."""
        return ZoneInfo(self.zone)

    def _occurrence(self, day: date, start: datetime, end: datetime) -> Blackout:
        return Blackout(
            id=f"{self.id}/{day.year}",
            name=self.name,
            start=start,
            end=end,
            reason=self.reason,
            added_by=self.added_by,
            added_at=self.added_at,
            kind=self.kind,
            scope=self.scope,
            series=self.id,
            day=day,
            revision=self.revision,
        )
