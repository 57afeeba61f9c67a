"""The picture of the coming weeks: one row for each release, from its freeze over QA to its deploy."""

from __future__ import annotations

from datetime import date, datetime

from domain.calendar.agenda import Item, ItemKind
from domain.calendar.intervals import Span, merge
from domain.month import DAY, CalendarView, Train, trains
from messages.charts import palette
from messages.charts.canvas import Canvas, Spec, width_of
from messages.charts.legend import legend
from messages.charts.words import label, project_name, shade, told
from messages.dates import city, day, day_of_month
from messages.texts import Reader

_NAMES, _DAY, _ROW, _TOP = 116, 22, 38, 92
_BAR, _INNER, _PERIOD = 22, 11, 28
_BESIDE = 150
_PERIODS = (ItemKind.BLACKOUT, ItemKind.MAINTENANCE)
_ROWS, _LANES = 24, 6


def timeline_picture(reader: Reader, view: CalendarView) -> Spec:
    """Freezes with QA within them, deploys as marks; blackouts shade every row beneath them."""
    canvas = Canvas(_NAMES + _DAY * 7 * len(view.weeks))
    rows = [train for train in trains(view.items) if _is_shown(view, train)][:_ROWS]
    periods = _periods(reader, view)
    first = _TOP + _PERIOD * (max((lane for _, lane in periods), default=-1) + 1)
    bottom = first + _ROW * max(1, len(rows))
    _head(canvas, reader, view)
    _ground(canvas, reader, view, bottom)
    _closed(canvas, view, first, bottom)
    _named(canvas, reader, view, periods)
    for number, train in enumerate(rows):
        _row(canvas, reader, view, train, first + _ROW * number)
    drawn = [*(item for item, _ in periods), *(item for train in rows for item in train.items)]
    return canvas.spec(legend(canvas, reader, view, drawn, bottom), description=told(reader, view))


def _is_shown(view: CalendarView, train: Train) -> bool:
    """A date that went by without a release has nothing more to say."""
    deploy = train.deploy
    return deploy is not None and view.touches(deploy) and bool(deploy.release or deploy.start > view.at)


def _periods(reader: Reader, view: CalendarView) -> list[tuple[Item, int]]:
    """Blackouts and maintenance, each in the first lane in which its bar and its name are free."""
    found: list[tuple[Item, int]] = []
    ends: list[float] = []
    for item in (item for item in view.items if item.kind in _PERIODS):
        x, x2 = _span(view, item.start, item.end)
        right = max(x2, _name_of(reader, view, item)["x"] + _name_width(reader, view, item))
        lane = next((n for n, end in enumerate(ends) if end < x), len(ends))
        if lane >= _LANES:
            continue
        ends[lane : lane + 1] = [right + 6]
        found.append((item, lane))
    return found


# --- the ground -------------------------------------------------------------------------------------------


def _head(canvas: Canvas, reader: Reader, view: CalendarView) -> None:
    t = reader.t
    span = f"{day(reader, view.first)} – {day(reader, view.last)} · {city(reader, view.project.zone)}"
    canvas.texts([{"x": 0, "y": 14, "text": t("Coming releases"), "fill": palette.INK}], size=28, bold=True)
    project = {"x": canvas.width, "y": 16, "text": project_name(reader, view), "fill": palette.INK}
    canvas.texts([project | {"limit": canvas.width / 2}], size=18, bold=True, align="right")
    canvas.texts([{"x": 0, "y": 46, "text": span, "fill": palette.QUIET}], size=13)


def _ground(canvas: Canvas, reader: Reader, view: CalendarView, bottom: float) -> None:
    """Weeks as columns with the date of their Monday, weekends and holidays shaded, today as a line."""
    off = [_column(view, monday + 5 * DAY, 2, palette.WEEKEND, bottom) for monday in view.weeks]
    off += [
        _column(view, item.days[0], 1, palette.FESTIVE, bottom)
        for item in view.items
        if item.kind is ItemKind.HOLIDAY and item.days
    ]
    canvas.rects(off)
    xs = [(monday, _x_of_day(view, monday)) for monday in view.weeks]
    canvas.lines([{"x": x, "x2": x, "y": _TOP - 8, "y2": bottom, "stroke": palette.LINE} for _, x in xs])
    heads = [
        {"x": x + 3, "y": _TOP - 16, "text": day_of_month(reader, monday), "fill": palette.QUIET}
        for monday, x in xs
    ]
    canvas.texts(heads, size=12, bold=True)
    now = _x(view, view.at)
    if view.first <= view.today <= view.last:
        today = {"x": now, "x2": now, "y": _TOP - 4, "y2": bottom, "stroke": palette.TODAY}
        canvas.lines([today], strokeWidth=1.6)
        canvas.points([{"x": now, "y": _TOP - 4, "fill": palette.TODAY, "stroke": palette.TODAY}], size=50)


def _column(view: CalendarView, first: date, days: int, fill: str, bottom: float) -> Spec:
    x = _x_of_day(view, first)
    return {"x": x, "x2": x + days * _DAY, "y": _TOP, "y2": bottom, "fill": fill}


def _closed(canvas: Canvas, view: CalendarView, top: float, bottom: float) -> None:
    """The times without deploys as a shadow over all rows: as dark where several hold as where one does."""
    shadows = []
    for kind in _PERIODS:
        closed = merge(Span(item.start, item.end) for item in view.items if item.kind is kind)
        for x, x2 in (_span(view, span.start, span.end) for span in closed):
            place = {"x": x, "x2": x2, "y": top, "y2": bottom}
            shadows.append(place | {"fill": palette.SHADES[kind].edge, "opacity": 0.13})
    canvas.rects(shadows)


def _named(canvas: Canvas, reader: Reader, view: CalendarView, periods: list[tuple[Item, int]]) -> None:
    """Each period as a bar with its name, above the rows; how many found no place there is said."""
    spans = [(item, _TOP + _PERIOD * lane + 3, *_span(view, item.start, item.end)) for item, lane in periods]
    canvas.rects([_box(view, item, x, x2, y, _BAR) for item, y, x, x2 in spans], cornerRadius=4)
    names = [_name_of(reader, view, item) | {"y": y + _BAR / 2 + 0.5} for item, y, _, _ in spans]
    canvas.texts(names, size=12)
    more = sum(item.kind in _PERIODS for item in view.items) - len(periods)
    if more:
        said = {"x": 0, "y": _TOP + 3 + _BAR / 2, "fill": palette.QUIET, "limit": _NAMES - 10}
        canvas.texts([said | {"text": reader.t("… and {n} more", n=more)}], size=12)


def _name_of(reader: Reader, view: CalendarView, item: Item) -> Spec:
    """Within its bar where it fits, else beside it."""
    x, x2 = _span(view, item.start, item.end)
    text = label(reader, view, item)
    if width_of(text, 12) < x2 - x - 8:
        return {"x": x + 6, "text": text, "fill": shade(view, item).ink, "limit": x2 - x - 8}
    return {"x": x2 + 6, "text": text, "fill": palette.INK, "limit": _BESIDE}


def _name_width(reader: Reader, view: CalendarView, item: Item) -> float:
    name = _name_of(reader, view, item)
    return float(min(width_of(str(name["text"]), 12), name["limit"]))


# --- rows -------------------------------------------------------------------------------------------------


def _row(canvas: Canvas, reader: Reader, view: CalendarView, train: Train, top: float) -> None:
    """Its version, its freeze, its QA within it, and its deploy with day and time."""
    if train.deploy is None:
        return
    middle = top + _ROW / 2
    name = f"v{train.deploy.name}" if train.deploy.release else reader.t("no release yet")
    ink = palette.INK if train.deploy.release else palette.QUIET
    canvas.lines([{"x": 0, "x2": canvas.width, "y": top, "y2": top, "stroke": palette.LINE}])
    canvas.texts(
        [{"x": 0, "y": middle, "text": name, "fill": ink, "limit": _NAMES - 10}],
        size=13,
        bold=bool(train.deploy.release),
    )
    begins = _x(view, train.deploy.start) - 8
    for item, height in ((train.freeze, _BAR), (train.qa, _INNER)):
        if item:
            x, x2 = _span(view, item.start, item.end)
            begins = min(begins, x)
            canvas.rects([_box(view, item, x, x2, middle - height / 2, height)], cornerRadius=4)
    _deploy(canvas, reader, view, train.deploy, middle=middle, begins=begins)


def _deploy(
    canvas: Canvas, reader: Reader, view: CalendarView, deploy: Item, *, middle: float, begins: float
) -> None:
    """Its mark, with day and time behind it; before the row's bar, which `begins` there, for lack of room."""
    colours = shade(view, deploy)
    x = _x(view, deploy.start)
    mark = {"x": x, "y": middle, "fill": colours.fill, "stroke": colours.edge}
    canvas.points([mark], shape="diamond", size=230, strokeWidth=2)
    local = deploy.start.astimezone(view.tz)
    when = f"{day(reader, local.date())} {local:%H:%M}"
    text: Spec = {"y": middle + 0.5, "text": when, "fill": palette.INK}
    if canvas.width - x - 16 > width_of(when, 12):
        canvas.texts([text | {"x": x + 16}], size=12)
    else:
        canvas.texts([text | {"x": begins - 10}], size=12, align="right")


# --- places -----------------------------------------------------------------------------------------------


def _x(view: CalendarView, at: datetime) -> float:
    """By wall-clock time, so that a day is as wide as any other where the clocks change."""
    local = at.astimezone(view.tz)
    return _x_of_day(view, local.date()) + _DAY * (local.hour * 60 + local.minute) / (24 * 60)


def _x_of_day(view: CalendarView, on: date) -> float:
    return _NAMES + _DAY * (on - view.weeks[0]).days


def _span(view: CalendarView, start: datetime, end: datetime) -> tuple[float, float]:
    """Within the sheet, and wide enough to be seen."""
    left, right = _NAMES, _NAMES + _DAY * 7 * len(view.weeks)
    x = min(max(left, _x(view, start)), right - 4)
    return x, max(x + 4, min(right, _x(view, end)))


def _box(view: CalendarView, item: Item, x: float, x2: float, y: float, height: float) -> Spec:
    colours = shade(view, item)
    return {"x": x, "x2": x2, "y": y, "y2": y + height, "fill": colours.fill, "stroke": colours.edge}
