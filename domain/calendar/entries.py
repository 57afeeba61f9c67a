"""What is entered in a project's calendar beside its weekly rules: blackouts, freezes, exceptions, the lock.

Instants are aware UTC datetimes. Starts are inclusive, ends exclusive.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from domain.calendar.fields import MIDNIGHT
from domain.calendar.hours import Timetable, timetable
from domain.calendar.intervals import FOREVER, Intervals
from domain.calendar.rules import CalendarRules
from domain.calendar.slots import SlotFreeze, slot_freezes_of_year
from domain.calendar.zones import instant
from domain.types import ReleaseType


class EntryFault(StrEnum):
    """Why a blackout cannot be entered."""

    ENDS_BEFORE_START = "ends_before_start"
    TOO_FAR = "too_far"


LAST_YEAR = 2199
"""A later date is a slip of the keyboard."""


def blackout_fault(start: datetime, end: datetime) -> EntryFault | None:
    """What is wrong with the dates of a blackout, if anything."""
    if end <= start:
        return EntryFault.ENDS_BEFORE_START
    return EntryFault.TOO_FAR if end.year > LAST_YEAR else None


@dataclass(frozen=True, kw_only=True)
class Blackout:
    """A dated period without deploys. `added_by` is a Slack user id, empty when the policy holds it.

    Reminders that were due before `added_at` are not made up for: adding it told everybody.
    Raises ValueError with an EntryFault when the dates cannot be.
    """

    id: str
    name: str
    start: datetime
    end: datetime
    reason: str = ""
    added_by: str = ""
    added_at: datetime | None = None

    def __post_init__(self) -> None:
        if fault := blackout_fault(self.start, self.end):
            raise ValueError(fault)


class Cover(StrEnum):
    """Which branches a freeze closes for features (spec 3.2).

    The main line is develop and the release branch, or main in trunk-based projects.
    """

    MAIN_LINE = "main_line"
    OWN_BRANCH = "own_branch"


@dataclass(frozen=True, kw_only=True)
class Freeze:
    """The code freeze of a release: it ends with its release, not by the clock; until then `ends` is None."""

    release_id: str
    version: str
    release_type: ReleaseType
    starts: datetime
    ends: datetime | None = None

    @property
    def cover(self) -> Cover:
        return Cover.OWN_BRANCH if self.release_type is ReleaseType.FEATURE else Cover.MAIN_LINE


class GateRule(StrEnum):
    """The rules that can close or warn, in the order they are told."""

    LOCK = "lock"
    BLACKOUT = "blackout"
    CODE_FREEZE = "code_freeze"
    NO_WINDOWS = "no_windows"
    WINDOW = "window"
    NO_DEPLOY_HOURS = "no_deploy_hours"
    BUSINESS_HOURS = "business_hours"


@dataclass(frozen=True, kw_only=True)
class Permit:
    """An exception: opens one subject of one rule (a blackout's id) for one release, `since` to `until`."""

    id: str
    rule: GateRule
    subject: str
    release_id: str
    granted_by: str
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class DeployLock:
    """Deploys are locked from `since` until the lock is taken away, after a rollback for instance."""

    reason: str
    since: datetime
    release_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Everything that the gate looks at, in one value.

    `taken` holds the deploy days of the cadence that a release has taken (whatever became of it): their
    freeze is the release's own. The slots of all other days freeze by themselves.
    """

    zone: str
    rules: CalendarRules = field(default_factory=CalendarRules)
    blackouts: tuple[Blackout, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    permits: tuple[Permit, ...] = ()
    taken: frozenset[date] = frozenset()
    lock: DeployLock | None = None

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def windows(self) -> Timetable:
        return timetable(self.rules.windows, self.tz)

    @cached_property
    def business_hours(self) -> Timetable:
        return timetable(self.rules.business_hours, self.tz)

    @cached_property
    def no_deploy_hours(self) -> Timetable:
        return timetable(self.rules.no_deploy_hours, self.tz)

    @cached_property
    def blackout_times(self) -> Intervals[Blackout]:
        return Intervals(self.blackouts, starts=lambda entry: entry.start, ends=lambda entry: entry.end)

    @cached_property
    def freeze_times(self) -> Intervals[Freeze]:
        return Intervals(
            self.freezes, starts=lambda entry: entry.starts, ends=lambda entry: entry.ends or FOREVER
        )

    def slot_freezes(self, at: datetime) -> Intervals[SlotFreeze]:
        """The freezes of slots that no release has taken: all that can hold or begin next at `at`."""
        if at.year not in self._slot_years:
            found = slot_freezes_of_year(self.rules, self.tz, at.year)
            free = (freeze for freeze in found if freeze.day not in self.taken)
            self._slot_years[at.year] = Intervals(free, starts=lambda f: f.starts, ends=lambda f: f.ends)
        return self._slot_years[at.year]

    @cached_property
    def _slot_years(self) -> dict[int, Intervals[SlotFreeze]]:
        return {}

    @cached_property
    def last_dated(self) -> datetime | None:
        """The last instant at which an entry begins or ends: from then on all weeks are alike.

        Exceptions open nothing beyond the entry that they name.
        """
        dated = [entry.end for entry in self.blackouts]
        dated += [entry.ends or entry.starts for entry in self.freezes]
        dated += [instant(day, MIDNIGHT, zone=self.tz) for day in self.taken]
        dated += [self.lock.since] if self.lock else []
        return max(dated, default=None)

    def permits_for(self, release_id: str | None) -> tuple[Permit, ...]:
        """The exceptions of one release; nobody's without one."""
        return tuple(permit for permit in self.permits if permit.release_id == release_id)
