"""A project's calendar in one value: its rules, blackouts, freezes, exceptions, the lock.

Instants are aware UTC datetimes. Starts are inclusive, ends exclusive.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import chain
from zoneinfo import ZoneInfo

from domain.calendar.blackouts import Blackout, YearlyBlackout
from domain.calendar.changes import Change
from domain.calendar.days_off import DaysOff, WholeDay, days_off, eves_between, whole_days
from domain.calendar.fields import MIDNIGHT
from domain.calendar.holidays import DayRule, holidays_between
from domain.calendar.hours import Timetable, changed, timetable
from domain.calendar.intervals import FOREVER, Intervals
from domain.calendar.rules import CalendarRules, WeeklySpan, WeeklyWindow
from domain.calendar.slots import SlotFreeze, slot_freezes_of_year, windows_of
from domain.calendar.stretches import Stretches
from domain.calendar.type_rules import TypeGate
from domain.calendar.zones import instant, local_day
from domain.names import Names
from domain.types import ReleaseType

_TWO_YEARS = timedelta(days=731)


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
    HOLIDAY = "holiday"
    NO_WINDOWS = "no_windows"
    WINDOW = "window"
    NO_DEPLOY_HOURS = "no_deploy_hours"
    HOLIDAY_EVE = "holiday_eve"
    BUSINESS_HOURS = "business_hours"


@dataclass(frozen=True, kw_only=True)
class Permit:
    """An exception: opens one subject of one rule for one release, `since` to `until`.

    `subject`, `name` and `names` are those of the gate's reason. One from a code freeze is for whoever merges
    into it.
    """

    id: str
    rule: GateRule
    subject: str
    release_id: str
    granted_by: str
    since: datetime
    until: datetime
    name: str = ""
    names: Names | None = None


@dataclass(frozen=True, kw_only=True)
class DeployLock:
    """Deploys are locked from `since` until the lock is taken away, after a rollback for instance."""

    reason: str
    since: datetime
    release_id: str = ""


def together(locks: Sequence[DeployLock]) -> DeployLock | None:
    """Deploys are locked while any stands, from the first (the oldest) on and for the reasons of all."""
    return replace(locks[0], reason=" · ".join(one.reason for one in locks)) if locks else None


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Everything that the gate looks at, in one value.

    `taken` holds the deploy days of the cadence that a release has taken (whatever became of it): their
    freeze is the release's own. The slots of all other days freeze by themselves.
    """

    zone: str
    rules: CalendarRules = field(default_factory=CalendarRules)
    blackouts: tuple[Blackout, ...] = ()
    yearly: tuple[YearlyBlackout, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    permits: tuple[Permit, ...] = ()
    taken: frozenset[date] = frozenset()
    lock: DeployLock | None = None

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def windows(self) -> Timetable:
        return windows_of(self.rules, self.tz)

    @cached_property
    def business_hours(self) -> Timetable:
        return timetable(self.rules.business_hours, self.tz)

    @cached_property
    def no_deploy_hours(self) -> Timetable:
        hours = self.rules.no_deploy_hours
        return timetable(hours, self.tz, changed(hours, self.rules.changes))

    def zone_of(self, of: str) -> ZoneInfo:
        """By whose clocks the occurrences of what has the key `of` (see Change) are due."""
        weekly: Iterator[WeeklyWindow | WeeklySpan] = chain(self.rules.windows, self.rules.no_deploy_hours)
        for rule in weekly:
            if rule.key == of:
                return rule.tz(self.tz)
        return next((series.tz for series in self.yearly if series.id == of), self.tz)

    def days_off(self, at: datetime) -> DaysOff:
        """The holidays that can hold or begin next at `at`, and their eves."""
        found = self._days_off_years.get(at.year)
        if found is None:
            found = days_off(self.rules.holidays, self.rules.weekend, self.tz, at.year)
            self._days_off_years[at.year] = found
        return found

    def blackout_times(self, at: datetime) -> Intervals[Blackout]:
        """The blackouts that can hold or begin next at `at`."""
        if at.year not in self._blackout_years:
            # A yearly one is at most a year long, and the next one begins within a year.
            found = chain(self.blackouts, self.yearly_between(at.year - 1, at.year + 1))
            self._blackout_years[at.year] = Intervals(found, starts=lambda b: b.start, ends=lambda b: b.end)
        return self._blackout_years[at.year]

    def blackouts_between(self, since: datetime, until: datetime) -> tuple[Blackout, ...]:
        """Those that touch `since` to `until`, whole, by start."""
        found = chain(self.blackouts, self.yearly_between(since.year - 1, until.year))
        touching = (blackout for blackout in found if blackout.end > since and blackout.start < until)
        return tuple(sorted(touching, key=lambda blackout: (blackout.start, blackout.id)))

    def coming_blackouts(self, at: datetime) -> tuple[Blackout, ...]:
        """Those that are not over, of a yearly one the next; by start."""
        found = [blackout for blackout in self.blackouts if blackout.end > at]
        series: set[str] = set()
        for blackout in self.blackouts_between(at, at + _TWO_YEARS):
            if blackout.series and blackout.series not in series:
                series.add(blackout.series)
                found.append(blackout)
        return tuple(sorted(found, key=lambda blackout: (blackout.start, blackout.id)))

    def left_out(self, since: datetime, until: datetime) -> tuple[Blackout, ...]:
        """Cancelled occurrences of yearly blackouts that would touch `since` to `until`, by start."""
        cancelled = {(change.of, change.day) for change in self.rules.changes if change.cancelled}
        found = (
            one
            for series in self.yearly
            for one in series.occurrences(since.year - 1, until.year + 1)
            if (one.series, one.day) in cancelled and one.end > since and one.start < until
        )
        return tuple(sorted(found, key=lambda one: (one.start, one.id)))

    def blackout(self, id_: str) -> Blackout | None:
        """The blackout, or the occurrence of a yearly one, with that id."""
        _, _, year = id_.partition("/")
        yearly = self.yearly_between(int(year), int(year)) if year.isdecimal() else ()
        return next((one for one in chain(self.blackouts, yearly) if one.id == id_), None)

    def holidays_between(self, since: datetime, until: datetime) -> tuple[WholeDay, ...]:
        """Those that touch `since` to `until`, whole, by day."""
        first, last = local_day(since, self.tz), local_day(until, self.tz)
        return whole_days(holidays_between(self.rules.holidays, first, last), self.tz)

    def closed_days(self, since: datetime, until: datetime) -> Iterator[WholeDay]:
        """The holidays and eves that touch `since` to `until` and close deploys for the types they bind."""
        rules = self.rules.holidays
        if rules.deploys is DayRule.CLOSED:
            yield from self.holidays_between(since, until)
        if rules.deploys_on_eves is DayRule.CLOSED:
            first, last = local_day(since, self.tz), local_day(until, self.tz)
            yield from whole_days(eves_between(rules, self.rules.weekend, first, last), self.tz)

    def yearly_between(self, first_year: int, last_year: int) -> Iterator[Blackout]:
        """The yearly blackouts that begin in these local years, without what is moved or cancelled; then all
        that is moved, wherever to.
        """
        for series in self.yearly:
            changes = {change.day: change for change in self.rules.changes if change.of == series.id}
            for found in series.occurrences(first_year, last_year):
                if found.day not in changes:
                    yield found
            yield from self._moved(series, changes.values())

    def _moved(self, series: YearlyBlackout, changes: Iterable[Change]) -> Iterator[Blackout]:
        for change in changes:
            if change.from_ is None or change.to is None:
                continue
            start, end = (instant(at.date(), at.time(), zone=series.tz) for at in (change.from_, change.to))
            for found in series.occurrences(change.day.year, change.day.year):
                if found.day == change.day and start < end:
                    yield replace(found, start=start, end=end, moved=True)

    def stretches(self, rules: TypeGate, asked: object) -> Stretches:
        """In which the gate says the same to who asks by these `rules` (the very same object) for `asked`."""
        kept = self._stretches.get((id(rules), asked))
        if kept is None:
            kept = self._stretches[id(rules), asked] = (rules, Stretches())
        return kept[1]

    @cached_property
    def _stretches(self) -> dict[object, tuple[TypeGate, Stretches]]:
        """With the rules, so that no others come to have their identity."""
        return {}

    @cached_property
    def _days_off_years(self) -> dict[int, DaysOff]:
        return {}

    @cached_property
    def _blackout_years(self) -> dict[int, Intervals[Blackout]]:
        return {}

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
        """The last instant at which an entry begins or ends: from then on only what recurs is left.

        Exceptions open nothing beyond the entry that they name.
        """
        dated = [entry.end for entry in self.blackouts]
        dated += [instant(change.day, MIDNIGHT, zone=self.tz) for change in self.rules.changes]
        dated += [instant(c.from_.date(), MIDNIGHT, zone=self.tz) for c in self.rules.changes if c.from_]
        dated += [entry.ends or entry.starts for entry in self.freezes]
        dated += [instant(day, MIDNIGHT, zone=self.tz) for day in self.taken]
        dated += [self.lock.since] if self.lock else []
        return max(dated, default=None)
