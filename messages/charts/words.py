"""What stands in the pictures: a bar's words and colours, the legend, and the picture told in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from domain.calendar.agenda import Item, ItemKind
from domain.calendar.reasons import Verdict
from domain.month import CalendarView
from domain.types import Stage
from messages.blocks import clean, cut
from messages.charts import palette
from messages.charts.canvas import drawable
from messages.charts.palette import Shade
from messages.dates import day
from messages.lists.month import title
from messages.names import word
from messages.texts import Reader

TOLD = 1000
"""Slack's limit for the text of an image (files.getUploadURLExternal, alt_txt)."""
_NAMES: Mapping[ItemKind, str] = {
    ItemKind.BLACKOUT: word("Blackout"),
    ItemKind.MAINTENANCE: word("Maintenance"),
    ItemKind.FREEZE: word("Code freeze"),
    ItemKind.QA: word("QA"),
    ItemKind.DEPLOY: word("Deploy"),
    ItemKind.WINDOW: word("Moved window"),
    ItemKind.NO_DEPLOY_HOURS: word("Moved no-deploy hours"),
    ItemKind.HOLIDAY: word("Holiday"),
}
_OUT = frozenset({Stage.RELEASED, Stage.CLOSED})


def project_name(reader: Reader, view: CalendarView) -> str:
    """Plain: nothing in a picture is markup."""
    names = view.project.title
    return clean(names.get(reader.language) or names.get("en") or view.project.key)


def kind_name(reader: Reader, kind: ItemKind) -> str:
    return reader.t(_NAMES[kind])


def shade(view: CalendarView, item: Item) -> Shade:
    """A deploy shows whether it is taken, and what the gate would say."""
    if item.kind is not ItemKind.DEPLOY:
        return palette.SHADES[item.kind]
    conflict = view.conflicts.get(item.key)
    if conflict:
        closed = any(reason.verdict is Verdict.CLOSED for reason in conflict.found.reasons)
        return palette.CLOSED if closed else palette.WARNED
    return palette.SHADES[item.kind] if item.release else palette.UNTAKEN


def label(reader: Reader, view: CalendarView, item: Item) -> str:
    """`v1.5.0 14:00`, `Code freeze v1.5.0 · 14:00`, `Spring sale`."""
    name = kind_name(reader, item.kind)
    at = f"{item.start.astimezone(view.tz):%H:%M}"
    version = f"v{item.name}" if item.release else ""
    match item.kind:
        case ItemKind.DEPLOY:
            out = view.stages.get(item.release) in _OUT
            mark = "✓ " if out else "! " if item.key in view.conflicts else ""
            return f"{mark}{version or name} {at}"
        case ItemKind.FREEZE:
            return f"{f'{name} {version}'.strip()} · {at}"
        case ItemKind.QA:
            return f"{name} {version}".strip()
        case ItemKind.BLACKOUT | ItemKind.MAINTENANCE:
            return drawable(item.name) or name
        case _:
            return f"{name} · {at}"


def legend_words(reader: Reader, view: CalendarView, drawn: Iterable[Item]) -> Iterator[tuple[str, Shade]]:
    """What is there to be told apart, and its colours."""
    shades = [shade(view, item) for item in drawn]
    for kind in palette.SHADES:
        if any(of == palette.SHADES[kind] for of in shades):
            yield kind_name(reader, kind), palette.SHADES[kind]
    for text, of in (
        (reader.t("Date without a release"), palette.UNTAKEN),
        (reader.t("Deploy with a warning"), palette.WARNED),
        (reader.t("Deploy not possible"), palette.CLOSED),
    ):
        if of in shades:
            yield text, of


def _is_usual(item: Item) -> bool:
    return item.kind in {ItemKind.WINDOW, ItemKind.NO_DEPLOY_HOURS} and not item.moved


def told(reader: Reader, view: CalendarView) -> str:
    """The picture for who cannot see it: every kind with its days."""
    parts = [title(reader, view, project_name(reader, view))]
    for kind in (*palette.SHADES, ItemKind.HOLIDAY):
        found = [
            _one(reader, view, item)
            for item in view.items
            if item.kind is kind and not _is_usual(item) and view.touches(item)
        ]
        if found:
            parts.append(f"{kind_name(reader, kind)}: {', '.join(found)}.")
    return cut(" ".join([f"{parts[0]}.", *parts[1:]]), TOLD)


def _one(reader: Reader, view: CalendarView, item: Item) -> str:
    begins, ends = item.days or view.days_of(item)
    name = f"v{item.name}" if item.release else clean(item.name)
    name = item.names[reader.language] if item.names else name
    days = day(reader, begins) if begins == ends else f"{day(reader, begins)} – {day(reader, ends)}"
    return f"{days} {name}".strip()
