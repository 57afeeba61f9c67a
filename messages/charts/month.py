"""The picture of a month: a table of weeks, with freezes, QA and blackouts as bars and deploys as marks.

Days are those of the project's zone. Bars cover whole days: which hours, the list says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.calendar.fields import Weekday
from domain.month import DAY, CalendarView
from messages.charts import palette
from messages.charts.canvas import Canvas, Spec
from messages.charts.legend import legend
from messages.charts.weeks import BAR, COLUMN, DAYS, GAP, NAME, NAME_SIZE, NUMBER, Week, laid_out
from messages.charts.words import label, project_name, shade, told
from messages.dates import month, weekday
from messages.lists.weeks import usual_hours
from messages.texts import Reader

_TOP, _HEADS = 74, 26
_INSET, _ROUND = 3, 5
_SATURDAY, _SUNDAY = 5, 6
_DIM = 0.45


@dataclass(frozen=True)
class _Day:
    """A cell of the table."""

    week: Week
    column: int

    @property
    def on(self) -> date:
        return self.week.monday + DAY * self.column

    @property
    def x(self) -> float:
        return self.column * COLUMN


def month_picture(reader: Reader, view: CalendarView) -> Spec:
    """The month as a picture for anybody: light paper that reads on dark screens too."""
    canvas = Canvas(COLUMN * DAYS)
    weeks = tuple(laid_out(reader, view, _TOP + _HEADS))
    days = [_Day(week, column) for week in weeks for column in range(DAYS)]
    _title(canvas, reader, view)
    _heads(canvas, reader)
    _cells(canvas, view, days)
    _numbers(canvas, view, days)
    _holidays(canvas, view, days)
    _bars(canvas, reader, view, weeks)
    _left_out(canvas, days)
    drawn = [bar.item for week in weeks for bar in week.bars]
    bottom = legend(canvas, reader, view, drawn, weeks[-1].bottom)
    return canvas.spec(bottom, description=told(reader, view))


def _title(canvas: Canvas, reader: Reader, view: CalendarView) -> None:
    shown = {"x": 0, "y": 14, "text": month(reader, view.first), "fill": palette.INK}
    canvas.texts([shown], size=28, bold=True)
    project = {"x": canvas.width, "y": 16, "text": project_name(reader, view), "fill": palette.INK}
    canvas.texts([project | {"limit": canvas.width / 2}], size=18, bold=True, align="right")
    hours = {"x": 0, "y": 46, "text": usual_hours(reader, view), "fill": palette.QUIET}
    canvas.texts([hours | {"limit": canvas.width}], size=13)


def _heads(canvas: Canvas, reader: Reader) -> None:
    heads = [
        {
            "x": (on.number + 0.5) * COLUMN,
            "y": _TOP + 11,
            "text": weekday(reader, on),
            "fill": _day_ink(on.number, palette.QUIET),
        }
        for on in Weekday
    ]
    canvas.texts(heads, size=13, bold=True, align="center")


def _day_ink(column: int, usual: str) -> str:
    """Saturdays blue and Sundays red, as calendars in Korea have them."""
    return {_SATURDAY: palette.SATURDAY, _SUNDAY: palette.HOLIDAY}.get(column, usual)


# --- days -------------------------------------------------------------------------------------------------


def _cells(canvas: Canvas, view: CalendarView, days: list[_Day]) -> None:
    cells = [
        {
            "x": day.x,
            "x2": day.x + COLUMN,
            "y": day.week.top,
            "y2": day.week.bottom,
            "fill": _ground(view, day),
            "stroke": palette.LINE,
        }
        for day in days
    ]
    canvas.rects(cells, strokeWidth=1)


def _ground(view: CalendarView, day: _Day) -> str:
    if not view.first <= day.on <= view.last:
        return palette.OUTSIDE
    if day.on in day.week.names:
        return palette.FESTIVE
    return palette.WEEKEND if day.column >= _SATURDAY else palette.PAPER


def _numbers(canvas: Canvas, view: CalendarView, days: list[_Day]) -> None:
    """The days of the month; today in a dot."""
    numbers = [
        {"x": day.x + 17, "y": day.week.top + 16, "text": str(day.on.day), "fill": _number_ink(view, day)}
        for day in days
    ]
    dots = [
        {"x": number["x"], "y": number["y"], "fill": palette.TODAY, "stroke": palette.TODAY}
        for day, number in zip(days, numbers, strict=True)
        if day.on == view.today
    ]
    canvas.points(dots, shape="circle", size=430)
    canvas.texts(numbers, size=14, bold=True, align="center")


def _number_ink(view: CalendarView, day: _Day) -> str:
    if day.on == view.today:
        return palette.PAPER
    if not view.first <= day.on <= view.last:
        return palette.FAINT
    return palette.HOLIDAY if day.on in day.week.names else _day_ink(day.column, palette.INK)


def _holidays(canvas: Canvas, view: CalendarView, days: list[_Day]) -> None:
    names = [
        {
            "x": day.x + 9,
            "y": day.week.top + NUMBER + NAME * (line + 0.5) - 3,
            "text": text,
            "fill": palette.HOLIDAY,
            "limit": COLUMN - 14,
            "opacity": 1.0 if view.first <= day.on <= view.last else _DIM,
        }
        for day in days
        for line, text in enumerate(day.week.names.get(day.on, []))
    ]
    canvas.texts(names, size=NAME_SIZE)


# --- bars -------------------------------------------------------------------------------------------------


def _bars(canvas: Canvas, reader: Reader, view: CalendarView, weeks: tuple[Week, ...]) -> None:
    """What lies wholly in the months around this one is there, and faint."""
    boxes, labels = [], []
    for week in weeks:
        for bar in week.bars:
            colours = shade(view, bar.item)
            x, x2 = bar.first * COLUMN + _INSET, (bar.last + 1) * COLUMN - _INSET
            y = week.top + week.head + bar.lane * (BAR + GAP)
            seen = {"opacity": 1.0 if view.touches(bar.item) else _DIM}
            box = {"x": x, "x2": x2, "y": y, "y2": y + BAR, "fill": colours.fill, "stroke": colours.edge}
            boxes.append(box | seen)
            text = {"x": x + 7, "y": y + BAR / 2 + 0.5, "text": label(reader, view, bar.item)}
            labels.append(text | {"fill": colours.ink, "limit": x2 - x - 12} | seen)
    canvas.rects(boxes, cornerRadius=_ROUND, strokeWidth=1.4)
    canvas.texts(labels, size=12)


def _left_out(canvas: Canvas, days: list[_Day]) -> None:
    """How many bars of a day found no place: `+3`."""
    more = [
        {
            "x": day.x + COLUMN - 8,
            "y": day.week.bottom - 10,
            "text": f"+{count}",
            "fill": palette.QUIET,
        }
        for day in days
        if (count := day.week.left_out[day.column])
    ]
    canvas.texts(more, size=11, align="right")
