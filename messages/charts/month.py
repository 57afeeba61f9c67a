"""The picture of a month: a table of weeks, with freezes, QA and blackouts as bars and deploys as marks.

Days are those of the project's zone. Bars cover whole days: which hours, the list says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar.agenda import Item, ItemKind
from domain.calendar.fields import Weekday
from domain.month import DAY, WEEK, CalendarView
from messages.charts import palette
from messages.charts.canvas import Canvas, Spec, wrapped
from messages.charts.legend import legend
from messages.charts.words import label, project_name, shade, told
from messages.dates import month, weekday
from messages.lists.month import usual_hours
from messages.texts import Reader

_COLUMN, _DAYS = 132, 7
_TOP, _HEADS = 74, 26
_NUMBER, _NAME_LINE, _NAME_LINES = 32, 14, 3
_BAR, _GAP, _FOOT = 21, 4, 8
_LOWEST, _LANES = 84, 7
_INSET, _ROUND = 3, 5
_WEEKEND = 5
_SHOWN = frozenset(palette.SHADES)
_PERIODS = frozenset({ItemKind.BLACKOUT, ItemKind.MAINTENANCE})


@dataclass(frozen=True)
class _Bar:
    """The part of an item that lies in one week: its first and last column, and its lane from above."""

    item: Item
    first: int
    last: int
    lane: int


@dataclass(frozen=True)
class _Week:
    monday: date
    top: float
    head: float
    height: float
    bars: tuple[_Bar, ...]
    left_out: tuple[int, ...]


def month_picture(reader: Reader, view: CalendarView) -> Spec:
    """The month as a picture for anybody: light paper that reads on dark screens too."""
    canvas = Canvas(_COLUMN * _DAYS)
    rows = list(_laid_out(reader, view))
    _title(canvas, reader, view)
    _heads(canvas, reader)
    for row in rows:
        _cells(canvas, reader, view, row)
    for row in rows:
        _bars(canvas, reader, view, row)
    bottom = rows[-1].top + rows[-1].height
    legend(canvas, reader, view, bottom + 22)
    return canvas.spec(bottom + 34, description=told(reader, view))


# --- layout -----------------------------------------------------------------------------------------------


def _laid_out(reader: Reader, view: CalendarView) -> Iterator[_Week]:
    top: float = _TOP + _HEADS
    for monday in view.weeks:
        bars, left_out = _lanes(view, monday)
        names = [len(lines) for lines in _holidays(reader, view, monday).values()]
        head = _NUMBER + _NAME_LINE * max(names, default=0)
        used = max((bar.lane + 1 for bar in bars), default=0)
        height = max(_LOWEST, head + used * (_BAR + _GAP) + _FOOT + (14 if any(left_out) else 0))
        yield _Week(monday, top, head, height, tuple(bars), tuple(left_out))
        top += height


def _lanes(view: CalendarView, monday: date) -> tuple[list[_Bar], list[int]]:
    """Each bar in the first lane that is free on all its days; how many found none, by day.

    Freeze, QA and deploy stand beneath the week's blackouts, so that what belongs together stays together.
    """
    taken: list[set[int]] = []
    bars: list[_Bar] = []
    left_out = [0] * _DAYS
    beneath = None
    for item, first, last in _of_week(view, monday):
        days = set(range(first, last + 1))
        if beneath is None and item.kind not in _PERIODS:
            beneath = len(taken)
        lane = next((n for n in range(beneath or 0, len(taken)) if not taken[n] & days), len(taken))
        if lane >= _LANES:
            left_out = [n + (day in days) for day, n in enumerate(left_out)]
            continue
        if lane == len(taken):
            taken.append(set())
        taken[lane] |= days
        bars.append(_Bar(item, first, last, lane))
    return bars, left_out


def _of_week(view: CalendarView, monday: date) -> list[tuple[Item, int, int]]:
    """What has a part in the week, with its first and last column: long things above short ones."""
    found: list[tuple[Item, int, int]] = []
    for item in view.items:
        usual = item.kind in {ItemKind.WINDOW, ItemKind.NO_DEPLOY_HOURS} and not item.moved
        begins, ends = item.days or view.days_of(item)
        if item.kind in _SHOWN and not usual and begins < monday + WEEK and ends >= monday:
            first, last = max(begins, monday), min(ends, monday + WEEK - DAY)
            found.append((item, (first - monday).days, (last - monday).days))
    order = list(palette.SHADES)
    return sorted(found, key=lambda one: (order.index(one[0].kind), one[1], one[0].key))


def _holidays(reader: Reader, view: CalendarView, monday: date) -> dict[date, list[str]]:
    """The lines of the names, by day."""
    return {
        item.days[0]: wrapped(item.names[reader.language], _COLUMN - 16, 11, _NAME_LINES)
        for item in view.items
        if item.kind is ItemKind.HOLIDAY and item.days and item.names
        if monday <= item.days[0] < monday + WEEK
    }


# --- drawing ----------------------------------------------------------------------------------------------


def _title(canvas: Canvas, reader: Reader, view: CalendarView) -> None:
    project = project_name(reader, view)
    shown = {"x": 0, "y": 14, "text": month(reader, view.first), "fill": palette.INK}
    canvas.texts([shown], size=28, bold=True)
    canvas.texts(
        [{"x": canvas.width, "y": 16, "text": project, "fill": palette.INK, "limit": canvas.width / 2}],
        size=18,
        bold=True,
        align="right",
    )
    canvas.texts(
        [{"x": 0, "y": 46, "text": usual_hours(reader, view), "fill": palette.QUIET, "limit": canvas.width}],
        size=13,
    )


def _heads(canvas: Canvas, reader: Reader) -> None:
    heads = [
        {
            "x": (column + 0.5) * _COLUMN,
            "y": _TOP + 11,
            "text": weekday(reader, list(Weekday)[column]),
            "fill": _day_ink(column, palette.QUIET),
        }
        for column in range(_DAYS)
    ]
    canvas.texts(heads, size=13, bold=True, align="center")


def _day_ink(column: int, usual: str) -> str:
    """Saturdays blue and Sundays red, as calendars in Korea have them."""
    return {_WEEKEND: palette.SATURDAY, _WEEKEND + 1: palette.HOLIDAY}.get(column, usual)


def _cells(canvas: Canvas, reader: Reader, view: CalendarView, row: _Week) -> None:
    holidays = _holidays(reader, view, row.monday)
    days = [(column, row.monday + DAY * column) for column in range(_DAYS)]
    canvas.rects(
        [
            {
                "x": column * _COLUMN,
                "x2": (column + 1) * _COLUMN,
                "y": row.top,
                "y2": row.top + row.height,
                "fill": _ground(view, on, column, holiday=on in holidays),
                "stroke": palette.LINE,
            }
            for column, on in days
        ],
        strokeWidth=1,
    )
    _numbers(canvas, view, row, set(holidays))
    names = [
        {
            "x": column * _COLUMN + 9,
            "y": row.top + _NUMBER + _NAME_LINE * (line + 0.5) - 3,
            "text": text,
            "fill": palette.HOLIDAY,
            "limit": _COLUMN - 14,
            "opacity": _strength(view, on),
        }
        for column, on in days
        for line, text in enumerate(holidays.get(on, []))
    ]
    canvas.texts(names, size=11)


def _ground(view: CalendarView, on: date, column: int, *, holiday: bool) -> str:
    if not view.first <= on <= view.last:
        return palette.OUTSIDE
    if holiday:
        return palette.FESTIVE
    return palette.WEEKEND if column >= _WEEKEND else palette.PAPER


def _strength(view: CalendarView, on: date) -> float:
    return 1.0 if view.first <= on <= view.last else 0.45


def _numbers(canvas: Canvas, view: CalendarView, row: _Week, holidays: set[date]) -> None:
    days = [(column, row.monday + DAY * column) for column in range(_DAYS)]
    places = {on: {"x": column * _COLUMN + 17, "y": row.top + 16} for column, on in days}
    if view.today in places:
        dot = places[view.today] | {"fill": palette.TODAY, "stroke": palette.TODAY}
        canvas.points([dot], shape="circle", size=430)
    numbers = []
    for column, on in days:
        inside = view.first <= on <= view.last
        ink = palette.HOLIDAY if on in holidays else _day_ink(column, palette.INK)
        fill = palette.PAPER if on == view.today else ink if inside else palette.FAINT
        numbers.append(places[on] | {"text": str(on.day), "fill": fill})
    canvas.texts(numbers, size=14, bold=True, align="center")


def _bars(canvas: Canvas, reader: Reader, view: CalendarView, row: _Week) -> None:
    boxes, labels = [], []
    for bar in row.bars:
        colours = shade(view, bar.item)
        begins, ends = bar.item.days or view.days_of(bar.item)
        opacity = 1.0 if begins <= view.last and ends >= view.first else 0.45
        x, x2 = bar.first * _COLUMN + _INSET, (bar.last + 1) * _COLUMN - _INSET
        y = row.top + row.head + bar.lane * (_BAR + _GAP)
        box = {"x": x, "x2": x2, "y": y, "y2": y + _BAR, "fill": colours.fill, "stroke": colours.edge}
        boxes.append(box | {"opacity": opacity})
        text = {"x": x + 7, "y": y + _BAR / 2 + 0.5, "text": label(reader, view, bar.item)}
        labels.append(text | {"fill": colours.ink, "limit": x2 - x - 12, "opacity": opacity})
    canvas.rects(boxes, cornerRadius=_ROUND, strokeWidth=1.4)
    canvas.texts(labels, size=12)
    more = [
        {
            "x": (column + 1) * _COLUMN - 8,
            "y": row.top + row.height - 10,
            "text": f"+{count}",
            "fill": palette.QUIET,
        }
        for column, count in enumerate(row.left_out)
        if count
    ]
    canvas.texts(more, size=11, align="right")
