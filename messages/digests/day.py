"""The digest of a day: what waits for its reader, the dates of two days, and the way to turn it off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from domain.calendar.agenda import Item, ItemKind
from domain.calendar.zones import local_day
from domain.digest import DAY
from domain.views import DigestView, ProjectDay
from messages import blocks, names
from messages.blocks import Block
from messages.dates import clock_times, day
from messages.digests.setting import switches
from messages.entries import ban
from messages.gates import verdict
from messages.lists.rows import project_title, task
from messages.message import Message
from messages.parts import fitting, quote
from messages.texts import Reader

TASKS, PROJECTS = 10, 10
_LIST = 1200
_BANS = {ItemKind.BLACKOUT: "⛔", ItemKind.MAINTENANCE: "🛠"}


def digest(reader: Reader, view: DigestView, *, late: bool = False) -> Message:
    """Times in the reader's zone, with each project's beside its own."""
    head = reader.t("Your digest for {day}", day=day(reader, view.day))
    n = len(view.tasks)
    text = reader.t("{head} · things to do: {n}", head=head, n=n) if n else head
    mark = reader.t("_Late:_") + " " if late else ""
    return Message(text, list(_blocks(reader, view, f"{mark}*{head}*")))


def _blocks(reader: Reader, view: DigestView, head: str) -> Iterator[Block]:
    t = reader.t
    yield blocks.section(head)
    yield from _tasks(reader, view)
    for one in view.projects[:PROJECTS]:
        yield blocks.divider()
        yield blocks.section(_project(reader, view.day, one))
    if len(view.projects) > PROJECTS:
        yield blocks.context(t("… and {n} more projects", n=len(view.projects) - PROJECTS))
    yield blocks.actions(switches(reader, on=True))


def _tasks(reader: Reader, view: DigestView) -> Iterator[Block]:
    t, tasks = reader.t, view.tasks
    if not tasks:
        yield blocks.section(t("Nothing waits for you."))
        return
    yield blocks.section("*" + t("What waits for you: {n}", n=len(tasks)) + "*")
    for one in tasks[:TASKS]:
        yield blocks.section(task(reader, one))
    if len(tasks) > TASKS:
        more = len(tasks) - TASKS
        yield blocks.context(t("… and {n} more; all of them: {command}", n=more, command="`/release mine`"))


# --- dates ------------------------------------------------------------------------------------------------


def _project(reader: Reader, on: date, of: ProjectDay) -> str:
    t = reader.t
    local = replace(reader, project_zone=of.project.zone)
    head = f"*{project_title(reader, of.project)}* {blocks.channel(of.project.channel)}"
    parts = [head, t("Deploying now") + ": " + verdict(local, of.gate)]
    days = ((t("Today"), on, of.today), (t("Tomorrow"), on + DAY, of.tomorrow))
    parts += [f"*{label}*\n{_dates(local, each, items)}" for label, each, items in days if items]
    return "\n".join(parts)


def _dates(reader: Reader, on: date, items: Sequence[Item]) -> str:
    """What is there the whole day first, then by time."""
    ordered = sorted(items, key=lambda item: (item.days is None and _begins(reader, on, item), item.start))
    return fitting(reader, [f"• {_date(reader, on, item)}" for item in ordered], _LIST)


def _begins(reader: Reader, on: date, item: Item) -> bool:
    return local_day(item.start, reader.tz) == on


def _date(reader: Reader, on: date, item: Item) -> str:
    """One date of the day, which stands above it."""
    t = reader.t
    match item.kind:
        case ItemKind.HOLIDAY if item.names:
            return "📅 " + t("Holiday: {name}", name=quote(item.names[reader.language]))
        case ItemKind.QA:
            return f"🧪 QA · {_whose(reader, item)}"
        case ItemKind.FREEZE if _begins(reader, on, item):
            at = clock_times(reader, item.start)
            return f"❄ *{at}* · " + t("code freeze begins") + f" · {_whose(reader, item)}"
        case ItemKind.FREEZE:
            return "❄ " + t("code freeze") + f" · {_whose(reader, item)}"
        case ItemKind.DEPLOY:
            at = clock_times(reader, item.start)
            return f"🚀 *{at}* · " + t("deploy") + f" · {_whose(reader, item)}"
        case ItemKind.WINDOW:
            return f"🕙 *{clock_times(reader, item.start, item.end)}* · " + t("release window")
        case _:
            return f"{_BANS[item.kind]} {ban(reader, item)}"


def _whose(reader: Reader, item: Item) -> str:
    """`v1.5.0 · Regular`; a date of the cadence that no release has taken says so."""
    if not item.release or item.type is None:
        return reader.t("regular date, no release yet")
    return f"*v{quote(item.name, 64)}* · {names.release_type(reader, item.type)}"
