"""The month as a Mermaid Gantt chart, for places that draw those: repositories, wikis, pull requests.

Names are escaped as Mermaid's entity codes (mermaid.js.org/syntax/flowchart.html, special characters):
a colon would end a task's name, a semicolon its line, and a date or a keyword would be read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from domain.calendar.agenda import Item, ItemKind
from domain.month import CalendarView, Train, trains
from messages import names
from messages.blocks import clean
from messages.charts.words import kind_name, project_name
from messages.dates import city, day_of_month
from messages.lists.month import title
from messages.texts import Reader

_SPECIAL = re.compile(r"[#;:<>&\"%{}\\]")
# What a line of a Gantt chart may begin with besides a name, and dates, which Mermaid reads as such.
_READ_OTHERWISE = re.compile(
    r"(?i)[0-9]|(?:title|section|gantt|click|call|href|vert|done|active|crit|milestone|todaymarker"
    r"|dateformat|axisformat|tickinterval|includes|excludes|weekday|weekend|inclusiveenddates|topaxis"
    r"|acctitle|accdescr|end)\b"
)
_SINGLE = (ItemKind.BLACKOUT, ItemKind.MAINTENANCE, ItemKind.HOLIDAY)
_NAME = 80


def gantt(reader: Reader, view: CalendarView) -> str:
    """All of the month in the project's wall-clock time; ends with a line break."""
    head = title(reader, view, project_name(reader, view))
    lines = [
        "gantt",
        f"    title {_escaped(f'{head} · {city(reader, view.project.zone)}')}",
        "    dateFormat YYYY-MM-DD HH:mm",
        "    axisFormat %m-%d",
        "    tickInterval 1week",
        *_trains(reader, view),
        *(line for kind in _SINGLE for line in _section(reader, view, kind)),
    ]
    return "\n".join(lines) + "\n"


def _trains(reader: Reader, view: CalendarView) -> Iterator[str]:
    for train in trains(view.items):
        if any(view.touches(item) for item in train.items):
            yield f"    section {_escaped(_train_name(reader, view, train))}"
            for item in train.items:
                yield _task(reader, view, item)


def _train_name(reader: Reader, view: CalendarView, train: Train) -> str:
    """Of its own for each: Mermaid takes sections of the same name for one."""
    first, last = train.items[0], train.items[-1]
    if not first.release or first.type is None:
        none = reader.t("no release yet")
        return f"{none} · {day_of_month(reader, view.days_of(last)[0])}"
    return f"v{first.name} · {names.release_type(reader, first.type)}"


def _task(reader: Reader, view: CalendarView, item: Item) -> str:
    """A deploy is a milestone, critical where something stands against it; the rest are bars."""
    name = _escaped(kind_name(reader, item.kind))
    key = re.sub(r"[^0-9A-Za-z]+", "_", item.key)
    if item.kind is not ItemKind.DEPLOY:
        return f"    {name} :{key}, {_at(view, item.start)}, {_at(view, item.end)}"
    tags = "crit, milestone" if item.key in view.conflicts else "milestone"
    return f"    {name} :{tags}, {key}, {_at(view, item.start)}, 0m"


def _section(reader: Reader, view: CalendarView, kind: ItemKind) -> Iterator[str]:
    found = [item for item in view.items if item.kind is kind and view.touches(item)]
    if not found:
        return
    yield f"    section {_escaped(kind_name(reader, kind))}"
    tag = "crit, " if kind is ItemKind.BLACKOUT else ""
    for item in found:
        name = item.names[reader.language] if item.names else item.name or kind_name(reader, kind)
        key = re.sub(r"[^0-9A-Za-z]+", "_", item.key)
        yield f"    {_escaped(name)} :{tag}{key}, {_at(view, item.start)}, {_at(view, item.end)}"


def _at(view: CalendarView, at: datetime) -> str:
    return f"{at.astimezone(view.tz):%Y-%m-%d %H:%M}"


def _escaped(name: str) -> str:
    """One line in which nothing is Mermaid's but the letters."""
    line = " ".join(clean(name).split())[:_NAME] or "–"
    first, rest = (_code(line[0]), line[1:]) if _READ_OTHERWISE.match(line) else ("", line)
    return first + _SPECIAL.sub(lambda found: _code(found[0]), rest)


def _code(char: str) -> str:
    return f"#{ord(char)};"
