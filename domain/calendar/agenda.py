"""Everything that a calendar holds in a range, one item each: what lists, pictures and feeds are made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import chain

from domain.calendar.blackouts import BlackoutKind, Scope
from domain.calendar.entries import Calendar
from domain.calendar.fields import MIDNIGHT
from domain.calendar.hours import Hours, changed, occurrences
from domain.calendar.planned import PlannedRelease
from domain.calendar.slots import Slot, plan, slots
from domain.calendar.zones import instant, local_day
from domain.names import Names
from domain.types import ReleaseType

_DAY = timedelta(days=1)
# A weekly span is at most a week long, a freeze begins at most 28 days before its deploy.
_SPAN_MARGIN, _SLOT_MARGIN = 9 * _DAY, 31 * _DAY


class ItemKind(StrEnum):
    """What an item is; the values are part of feeds and stay."""

    HOLIDAY = "holiday"
    BLACKOUT = "blackout"
    MAINTENANCE = "maintenance"
    FREEZE = "freeze"
    QA = "qa"
    DEPLOY = "deploy"
    WINDOW = "window"
    NO_DEPLOY_HOURS = "no_deploy_hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing from `start` (inclusive) to `end` (exclusive), UTC. A deploy is a moment: both are the same.

    `key` names it for good: it stays when the item is moved, so that a feed's reader knows it again. `days`
    are the first and the last local day of what lasts whole days. `name` is what somebody called it or a
    version, `names` that of a holiday. `release` is the release it belongs to; a date of the cadence that no
    release has taken belongs to none. `open_end` is true of a freeze that ends with its release: `end` is a
    guess. `scope` says for whom a blackout holds.
    """

    kind: ItemKind
    key: str
    start: datetime
    end: datetime
    days: tuple[date, date] | None = None
    name: str = ""
    names: Names | None = None
    detail: str = ""
    release: str = ""
    type: ReleaseType | None = None
    moved: bool = False
    open_end: bool = False
    scope: Scope = field(default_factory=Scope)
    revision: int = 0


def agenda(
    calendar: Calendar, *, releases: Iterable[PlannedRelease], since: datetime, until: datetime
) -> tuple[Item, ...]:
    """All that touches `since` to `until`, whole, by start; both are aware UTC instants."""
    found = chain(
        _holidays(calendar, since, until),
        _blackouts(calendar, since, until),
        _hours(calendar, ItemKind.WINDOW, calendar.rules.windows, since, until),
        _hours(calendar, ItemKind.NO_DEPLOY_HOURS, calendar.rules.no_deploy_hours, since, until),
        _releases(calendar, releases),
        _slots(calendar, since, until),
    )
    order = {kind: place for place, kind in enumerate(ItemKind)}
    touching = (item for item in found if item.start < until and (item.end > since or item.start >= since))
    return tuple(sorted(touching, key=lambda item: (item.start, order[item.kind], item.key)))


def _holidays(calendar: Calendar, since: datetime, until: datetime) -> Iterator[Item]:
    for day in calendar.holidays_between(since, until):
        yield Item(
            kind=ItemKind.HOLIDAY,
            key=f"holiday/{day.day.isoformat()}",
            start=day.start,
            end=day.end,
            days=(day.day, day.day),
            names=day.name,
        )


_BLACKOUTS = {
    BlackoutKind.BLACKOUT: ItemKind.BLACKOUT,
    BlackoutKind.MAINTENANCE: ItemKind.MAINTENANCE,
}


def _blackouts(calendar: Calendar, since: datetime, until: datetime) -> Iterator[Item]:
    for blackout in calendar.blackouts_between(since, until):
        yield Item(
            kind=_BLACKOUTS[blackout.kind],
            key=f"blackout/{blackout.id}",
            start=blackout.start,
            end=blackout.end,
            name=blackout.name,
            detail=blackout.reason,
            moved=blackout.moved,
            revision=blackout.revision,
            scope=blackout.scope,
        )


def _hours(
    calendar: Calendar, kind: ItemKind, hours: Hours, since: datetime, until: datetime
) -> Iterator[Item]:
    first = local_day(since - _SPAN_MARGIN, calendar.tz)
    last = local_day(until, calendar.tz) + _DAY  # in another zone it may be tomorrow already
    for found in occurrences(hours, calendar.tz, first, last, changed(hours, calendar.rules.changes)):
        if found.span.start < found.span.end:
            yield Item(
                kind=kind,
                key=f"{kind}/{found.key}/{found.day.isoformat()}",
                start=found.span.start,
                end=found.span.end,
                moved=found.moved,
            )


def _releases(calendar: Calendar, releases: Iterable[PlannedRelease]) -> Iterator[Item]:
    for release in releases:
        if release.deploy_at is None:
            continue
        slot = plan(release.deploy_at, rules=calendar.rules, zone=calendar.tz, freeze=release.freeze)
        frozen = release.freeze_at if not release.freeze_lifted else None
        for item in _dates(calendar, slot, release.id, frozen):
            mine = replace(item, name=release.version, release=release.id, type=release.type)
            yield _as_it_ends(mine, release) if item.kind is ItemKind.FREEZE else mine


def _as_it_ends(freeze: Item, release: PlannedRelease) -> Item:
    """A freeze ends when it is lifted; until then its end is a guess."""
    lifted = release.freeze_lifted_at
    if lifted is None:
        return replace(freeze, open_end=True)
    return replace(freeze, end=max(freeze.start, lifted))


def _slots(calendar: Calendar, since: datetime, until: datetime) -> Iterator[Item]:
    """The dates of the cadence that no release has taken."""
    first, last = local_day(since, calendar.tz), local_day(until + _SLOT_MARGIN, calendar.tz)
    for slot in slots(calendar.rules, zone=calendar.tz, first=first, until=last):
        if slot.day not in calendar.taken:
            day = slot.moved_from or slot.day
            for item in _dates(calendar, slot, day.isoformat(), slot.freeze_at):
                yield replace(item, moved=slot.moved_from is not None)


def _dates(calendar: Calendar, slot: Slot, key: str, freeze_at: datetime | None) -> Iterator[Item]:
    if freeze_at:
        ends = max(freeze_at, slot.window_close_at or slot.deploy_at)
        yield Item(kind=ItemKind.FREEZE, key=f"freeze/{key}", start=freeze_at, end=ends)
    if slot.qa_first_day and slot.qa_last_day:
        yield Item(
            kind=ItemKind.QA,
            key=f"qa/{key}",
            start=instant(slot.qa_first_day, MIDNIGHT, zone=calendar.tz),
            end=instant(slot.qa_last_day + _DAY, MIDNIGHT, zone=calendar.tz),
            days=(slot.qa_first_day, slot.qa_last_day),
        )
    yield Item(kind=ItemKind.DEPLOY, key=f"deploy/{key}", start=slot.deploy_at, end=slot.deploy_at)
