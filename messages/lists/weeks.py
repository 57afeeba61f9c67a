"""The weeks of a month in lines: what is frozen, tested and deployed, and when nothing may be.

Hours that recur every week are said once, at the head; in the weeks stands only what differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar.agenda import Item, ItemKind
from domain.calendar.changes import SLOT, Change
from domain.calendar.fields import MIDNIGHT
from domain.calendar.reasons import Verdict
from domain.calendar.zones import instant, local_day
from domain.month import DAY, WEEK, CalendarView, DeployConflict, Train, trains
from domain.types import BEFORE_DEPLOY, Stage
from messages import names
from messages.dates import city, day, span, spans_of_week, windows_of_week
from messages.entries import ban, left_out
from messages.gates import DOTS, rivals, why
from messages.names import word
from messages.parts import quote, when
from messages.texts import Reader

_INDENT = "      "
_MARKS = {
    ItemKind.HOLIDAY: "📅",
    ItemKind.BLACKOUT: "⛔",
    ItemKind.MAINTENANCE: "🛠",
    ItemKind.WINDOW: "🕙",
    ItemKind.NO_DEPLOY_HOURS: "🌙",
    ItemKind.DEPLOY: "○",
}
_MOVED = {
    ItemKind.WINDOW: word("release window, moved from {day}"),
    ItemKind.NO_DEPLOY_HOURS: word("no-deploy hours, moved from {day}"),
}
_CANCELLED = {
    ItemKind.WINDOW: word("release window left out this time"),
    ItemKind.NO_DEPLOY_HOURS: word("no-deploy hours left out this time"),
    ItemKind.DEPLOY: word("regular deploy left out this time"),
}
_TRAINS = frozenset({ItemKind.FREEZE, ItemKind.QA, ItemKind.DEPLOY})
_OUT = frozenset({Stage.RELEASED, Stage.CLOSED})


@dataclass(frozen=True)
class _Entry:
    """Some lines of a week, in the order of their first moment."""

    day: date
    at: datetime
    text: str


def usual_hours(reader: Reader, view: CalendarView) -> str:
    """`Seoul · release windows Tue–Thu 10:00–17:00 · no deploys Fri 15:00 – Mon 09:00`."""
    t = reader.t
    hours = windows_of_week(reader, view.windows)
    parts = [city(reader, view.project.zone)]
    parts.append(t("release windows {hours}", hours=hours) if hours else t("no release windows"))
    if view.no_deploy_hours:
        parts.append(t("no deploys {hours}", hours=spans_of_week(reader, view.no_deploy_hours)))
    return " · ".join(parts)


def attention(reader: Reader, view: CalendarView) -> Iterator[str]:
    """The deploys that something stands in the way of, a line each."""
    for train in trains(view.items):
        conflict = view.conflicts.get(train.deploy.key) if train.deploy else None
        if train.deploy and conflict and view.touches(train.deploy):
            head = f"{_dot(conflict)} *{when(reader, train.deploy.start)}*"
            yield f"{head} · {_whose(reader, view, train.deploy)}: {_conflict(reader, conflict)}"


def weeks(reader: Reader, view: CalendarView) -> Iterator[list[str]]:
    """Each week with something in it: its head, and its lines by the day that they begin with."""
    entries = sorted(_entries(reader, view), key=lambda entry: (entry.at, entry.text))
    for monday in view.weeks:
        texts = [entry.text for entry in entries if monday <= entry.day < monday + WEEK]
        if texts:
            now = " · " + reader.t("this week") if monday <= view.today < monday + WEEK else ""
            yield [f"*{day(reader, monday)} – {day(reader, monday + WEEK - DAY)}*{now}", *texts]


def _entries(reader: Reader, view: CalendarView) -> Iterator[_Entry]:
    for train in trains(view.items):
        if any(view.touches(item) for item in train.items):
            shown = train.deploy or train.items[0]
            yield _Entry(_week_day(view, shown), shown.start, _train(reader, view, train))
    for item in view.items:
        usual = item.kind in {ItemKind.WINDOW, ItemKind.NO_DEPLOY_HOURS} and not item.moved
        if item.kind not in _TRAINS and not usual and view.touches(item):
            yield _Entry(_week_day(view, item), item.start, _single(reader, item))
    for change in view.cancelled:
        if text := _cancelled(reader, view, change):
            yield _Entry(change.day, instant(change.day, MIDNIGHT, zone=view.tz), text)
    for one in view.left_out:
        begins = max(local_day(one.start, view.tz), view.first)
        yield _Entry(begins, one.start, f"⛔ {left_out(reader, one)}")


def _week_day(view: CalendarView, item: Item) -> date:
    """What began earlier stands in the first week that is shown, what comes later in the last."""
    begins, _ = view.days_of(item)
    return min(max(begins, view.first), view.weeks[-1])


# --- deploys ----------------------------------------------------------------------------------------------


def _train(reader: Reader, view: CalendarView, train: Train) -> str:
    """The deploy; beneath it what comes before it, and what stands against it."""
    t = reader.t
    before = []
    if train.freeze and train.deploy:
        before.append(t("freeze {at}", at=when(reader, train.freeze.start)))
    if train.qa:
        before.append(_qa(reader, train.qa))
    lines = [_head(reader, view, train), *([f"{_INDENT}{' · '.join(before)}"] if before else [])]
    conflict = view.conflicts.get(train.deploy.key) if train.deploy else None
    if conflict:
        lines.append(f"{_INDENT}{_dot(conflict)} {_conflict(reader, conflict)}")
    return "\n".join(lines)


def _head(reader: Reader, view: CalendarView, train: Train) -> str:
    t = reader.t
    first = train.items[0]
    if train.deploy is None:
        kind = t("code freeze") if first.kind is ItemKind.FREEZE else "QA"
        return f"❄ *{when(reader, first.start)}* · {kind} · {_whose(reader, view, first)}"
    stage = view.stages.get(first.release)
    moved = [t("moved")] if train.deploy.moved else []
    told = [names.stage(reader, stage)] if stage and stage not in BEFORE_DEPLOY else []
    whose = _whose(reader, view, train.deploy)
    mark = "✅" if stage in _OUT else "🚀" if first.release else "○"
    return f"{mark} *{when(reader, train.deploy.start)}* · " + " · ".join([whose, *moved, *told])


def _whose(reader: Reader, view: CalendarView, item: Item) -> str:
    """`v1.5.0 · Regular`; a date of the cadence that no release has taken says so."""
    t = reader.t
    if not item.release or item.type is None:
        coming = item.start > view.at
        return t("regular date, no release yet") if coming else t("regular date without a release")
    return f"*v{quote(item.name, 64)}* · {names.release_type(reader, item.type)}"


def _qa(reader: Reader, item: Item) -> str:
    first, last = item.days or (item.start.date(), item.start.date())
    return f"QA {day(reader, first)}" + ("" if first == last else f" – {day(reader, last)}")


def _conflict(reader: Reader, of: DeployConflict) -> str:
    """Why it may not go out then, or should not, and when it could instead."""
    t = reader.t
    told = [*(why(reader, reason) for reason in of.found.reasons), *rivals(reader, of.found.releases)]
    free = [when(reader, at) for at in of.free]
    instead = [t("free: {slots}", slots=names.either(reader, free))] if free else []
    return " · ".join([*told, *instead])


def _dot(of: DeployConflict) -> str:
    closed = any(reason.verdict is Verdict.CLOSED for reason in of.found.reasons)
    return DOTS[Verdict.CLOSED if closed else Verdict.WARN]


# --- everything else --------------------------------------------------------------------------------------


def _single(reader: Reader, item: Item) -> str:
    """A holiday, a blackout, hours that were moved."""
    mark = _MARKS[item.kind]
    if item.days and item.names:
        return f"{mark} *{day(reader, item.days[0])}* · {quote(item.names[reader.language])}"
    if item.kind in _MOVED:
        usual = date.fromisoformat(item.key.rpartition("/")[2])
        moved = reader.t(_MOVED[item.kind], day=day(reader, usual))
        return f"{mark} *{span(reader, item.start, item.end)}* · {moved}"
    return f"{mark} {ban(reader, item)}"


def _cancelled(reader: Reader, view: CalendarView, change: Change) -> str:
    """What does not take place on that day; empty for what the list does not show."""
    kinds = dict.fromkeys((one.key for one in view.windows), ItemKind.WINDOW)
    kinds |= dict.fromkeys((one.key for one in view.no_deploy_hours), ItemKind.NO_DEPLOY_HOURS)
    kinds[SLOT] = ItemKind.DEPLOY
    kind = kinds.get(change.of)
    return f"{_MARKS[kind]} *{day(reader, change.day)}* · {reader.t(_CANCELLED[kind])}" if kind else ""
