"""The table of a month laid out: its weeks as rows, its bars in lanes, nothing on top of anything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.calendar.agenda import Item, ItemKind
from domain.month import DAY, WEEK, CalendarView
from messages.charts import palette
from messages.charts.canvas import wrapped
from messages.texts import Reader

COLUMN, DAYS = 132, 7
NUMBER, NAME, NAME_SIZE = 32, 14, 11
BAR, GAP = 21, 4
_NAME_LINES, _NAME_WIDTH = 3, COLUMN - 16
_LOWEST, _FOOT, _MORE = 84, 8, 14
_LANES, _PERIOD_LANES = 8, 5
_PERIODS = frozenset({ItemKind.BLACKOUT, ItemKind.MAINTENANCE})


@dataclass(frozen=True)
class Bar:
    """The part of an item that lies in one week: its first and last column, and its lane from above."""

    item: Item
    first: int
    last: int
    lane: int


@dataclass(frozen=True, kw_only=True)
class Week:
    """A row from `top` on; its bars begin `head` beneath that. `names` are the lines of its holidays' names.

    `left_out` is how many bars found no lane, by column.
    """

    monday: date
    top: float
    head: float
    height: float
    names: Mapping[date, list[str]]
    bars: tuple[Bar, ...]
    left_out: tuple[int, ...]

    @property
    def bottom(self) -> float:
        return self.top + self.height


def laid_out(reader: Reader, view: CalendarView, top: float) -> Iterator[Week]:
    """The weeks of the view, one beneath the other."""
    for monday in view.weeks:
        bars, left_out = _lanes(view, monday)
        names = _names(reader, view, monday)
        head = NUMBER + NAME * max(map(len, names.values()), default=0)
        used = max((bar.lane + 1 for bar in bars), default=0)
        more = _MORE if any(left_out) else 0
        height = max(_LOWEST, head + used * (BAR + GAP) + _FOOT + more)
        week = Week(
            monday=monday,
            top=top,
            head=head,
            height=height,
            names=names,
            bars=tuple(bars),
            left_out=tuple(left_out),
        )
        yield week
        top = week.bottom


def _names(reader: Reader, view: CalendarView, monday: date) -> dict[date, list[str]]:
    return {
        item.days[0]: wrapped(item.names[reader.language], _NAME_WIDTH, NAME_SIZE, _NAME_LINES)
        for item in view.items
        if item.kind is ItemKind.HOLIDAY and item.days and item.names
        if monday <= item.days[0] < monday + WEEK
    }


def _lanes(view: CalendarView, monday: date) -> tuple[list[Bar], list[int]]:
    """Each bar in the first lane that is free on all its days; how many found none, by day.

    Freeze, QA and deploy stand beneath the week's blackouts, so that what belongs together stays together,
    and have lanes that blackouts do not take.
    """
    taken: list[set[int]] = []
    bars: list[Bar] = []
    left_out = [0] * DAYS
    beneath = None
    for item, first, last in _of_week(view, monday):
        days = set(range(first, last + 1))
        if beneath is None and item.kind not in _PERIODS:
            beneath = len(taken)
        lane = next((n for n in range(beneath or 0, len(taken)) if not taken[n] & days), len(taken))
        if lane >= (_PERIOD_LANES if item.kind in _PERIODS else _LANES):
            left_out = [n + (day in days) for day, n in enumerate(left_out)]
            continue
        if lane == len(taken):
            taken.append(set())
        taken[lane] |= days
        bars.append(Bar(item, first, last, lane))
    return bars, left_out


def _of_week(view: CalendarView, monday: date) -> list[tuple[Item, int, int]]:
    """What has a part in the week, with its first and last column, in the order of the palette."""
    found: list[tuple[Item, int, int]] = []
    for item in view.items:
        usual = item.kind in {ItemKind.WINDOW, ItemKind.NO_DEPLOY_HOURS} and not item.moved
        begins, ends = item.days or view.days_of(item)
        if item.kind in palette.SHADES and not usual and begins < monday + WEEK and ends >= monday:
            first, last = max(begins, monday), min(ends, monday + WEEK - DAY)
            found.append((item, (first - monday).days, (last - monday).days))
    order = list(palette.SHADES)
    return sorted(found, key=lambda one: (order.index(one[0].kind), one[1], one[0].key))
