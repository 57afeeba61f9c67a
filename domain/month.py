"""A stretch of a project's calendar as lists and pictures show it: a month, or the coming weeks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from domain.calendar.agenda import Item, ItemKind
from domain.calendar.blackouts import Blackout
from domain.calendar.changes import Change
from domain.calendar.conflicts import Conflicts
from domain.calendar.rules import WeeklySpan, WeeklyWindow
from domain.calendar.zones import local_day
from domain.types import ReleaseType, Stage
from domain.views import ProjectView

DAY, WEEK = timedelta(days=1), timedelta(days=7)
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class DeployConflict:
    """What a coming deploy of that type runs into, and the free times nearest to it."""

    deploy: Item
    type: ReleaseType
    found: Conflicts
    free: tuple[datetime, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CalendarView:
    """The local days `first` to `last` (both included), and the whole weeks around them.

    `items` are all that touch these weeks; `conflicts` those of coming deploys, by the key of their item.
    `stages` are those of the releases, by id. `windows` and `no_deploy_hours` are the usual ones, `cancelled`
    the single occurrences that do not take place, `left_out` those of yearly blackouts. `asked_in` is the
    channel in which it was asked for.
    """

    project: ProjectView
    first: date
    last: date
    at: datetime
    today: date
    items: tuple[Item, ...]
    windows: tuple[WeeklyWindow, ...] = ()
    no_deploy_hours: tuple[WeeklySpan, ...] = ()
    cancelled: tuple[Change, ...] = ()
    left_out: tuple[Blackout, ...] = ()
    conflicts: Mapping[str, DeployConflict] = field(default_factory=dict)
    stages: Mapping[str, Stage] = field(default_factory=dict)
    asked_in: str = ""

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.project.zone)

    @cached_property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of the weeks that the days lie in."""
        return tuple(weeks(self.first, self.last))

    def days_of(self, item: Item) -> tuple[date, date]:
        """The first and the last local day of which the item has a part."""
        last = item.end - _MOMENT if item.end > item.start else item.start
        return local_day(item.start, self.tz), local_day(last, self.tz)

    def touches(self, item: Item) -> bool:
        """Whether a part of the item lies within `first` to `last`, not only in the weeks around them."""
        begins, ends = self.days_of(item)
        return begins <= self.last and ends >= self.first


@dataclass(frozen=True, kw_only=True)
class Train:
    """A deploy with the freeze and the QA before it: one release's, or those of a date that none has taken.

    Each may be missing: a hotfix has no freeze, and the deploy may lie beyond what is shown.
    """

    key: str
    deploy: Item | None = None
    freeze: Item | None = None
    qa: Item | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """Those that it has, in order; they share version, release and type."""
        return tuple(item for item in (self.freeze, self.qa, self.deploy) if item)


def weeks(first: date, last: date) -> Iterator[date]:
    """The Mondays of the weeks that `first` to `last` lie in."""
    monday = first - DAY * first.weekday()
    while monday <= last:
        yield monday
        monday += WEEK


def month_after(day: date, months: int) -> date:
    """The first day of the month that many months on, or back."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def end_of_month(first: date) -> date:
    """The last day of the month that begins on `first`."""
    return month_after(first, 1) - DAY


def trains(items: tuple[Item, ...]) -> tuple[Train, ...]:
    """The deploys among the items with what belongs to them, by their first item."""
    found: dict[str, dict[str, Item]] = {}
    for item in items:
        if item.kind in {ItemKind.FREEZE, ItemKind.QA, ItemKind.DEPLOY}:
            key = item.key.partition("/")[2]
            found.setdefault(key, {})[item.kind.value] = item
    return tuple(Train(key=key, **parts) for key, parts in found.items())
