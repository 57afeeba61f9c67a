"""The picture of a breach: the metric over time, its limit, what was usual, and the deploy with its steps."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from domain.health.model import Reading
from domain.views import BreachChart
from messages import names
from messages.blocks import clean, cut
from messages.charts import palette
from messages.charts.canvas import Canvas, Spec
from messages.charts.words import TOLD
from messages.criteria.words import limit, metric_label, value
from messages.dates import city
from messages.texts import Reader

_LEFT, _WIDTH, _TOP, _HEIGHT = 90, 760, 110, 300
_ROOM = 1.15  # above the highest value
_TICKS = 5
_LIMIT, _LINE, _BAND, _MARK = "#b91c1c", "#1d4ed8", "#d8f1ee", "#475569"
_GAP = timedelta(minutes=5)


class _Sheet:
    """Where a moment and a value stand."""

    def __init__(self, view: BreachChart) -> None:
        self.view = view
        self.points = [one for one in view.readings if _good(one)]
        shown = [one.value or 0.0 for one in self.points]
        shown += [view.breach.threshold or 0.0, view.usual.median if view.usual else 0.0]
        self.top = (max(shown) or 1.0) * _ROOM
        self.span = max((view.ends - view.begins).total_seconds(), 1.0)

    def x(self, at: datetime) -> float:
        return _LEFT + _WIDTH * (at - self.view.begins).total_seconds() / self.span

    def y(self, number: float) -> float:
        inside = min(max(number, 0.0), self.top)
        return _TOP + _HEIGHT * (1 - inside / self.top)


def _good(one: Reading) -> bool:
    return one.value is not None and math.isfinite(one.value)


def breach_picture(reader: Reader, view: BreachChart) -> Spec:
    """On light paper, in the time of the project."""
    canvas, sheet = Canvas(_LEFT + _WIDTH), _Sheet(view)
    _title(canvas, reader, view)
    _ground(canvas, reader, sheet)
    _usual(canvas, reader, sheet)
    _marks(canvas, reader, sheet)
    _course(canvas, sheet)
    _limit(canvas, reader, sheet)
    return canvas.spec(_TOP + _HEIGHT + 50, description=told(reader, view))


def title(reader: Reader, view: BreachChart) -> str:
    """Plain: `v1.5.0: Errors`."""
    return f"{clean(view.release.tag)}: {metric_label(reader, view.breach.metric)}"


def told(reader: Reader, view: BreachChart) -> str:
    """The picture for who cannot see it."""
    t, of = reader.t, view.breach
    parts = [f"{title(reader, view)}: {value(reader, of, of.value)}."]
    if shown := limit(reader, of):
        parts.append(shown + ".")
    if view.usual is not None:
        parts.append(t("before {value}", value=value(reader, of, view.usual.median)) + ".")
    return cut(" ".join(parts), TOLD)


def _title(canvas: Canvas, reader: Reader, view: BreachChart) -> None:
    head = {"x": 0, "y": 14, "text": title(reader, view), "fill": palette.INK, "limit": canvas.width}
    canvas.texts([head], size=26, bold=True)
    zone = {"x": 0, "y": 46, "text": city(reader, view.project.zone), "fill": palette.QUIET}
    canvas.texts([zone], size=13)


def _ground(canvas: Canvas, reader: Reader, sheet: _Sheet) -> None:
    """Lines of equal values, and the times beneath."""
    levels = [sheet.top * n / _TICKS for n in range(_TICKS + 1)]
    lines = [
        {"x": _LEFT, "x2": _LEFT + _WIDTH, "y": sheet.y(n), "y2": sheet.y(n), "stroke": palette.LINE}
        for n in levels
    ]
    canvas.lines(lines)
    of = sheet.view.breach
    numbers = [
        {"x": _LEFT - 10, "y": sheet.y(n), "text": value(reader, of, n), "fill": palette.QUIET, "limit": 80}
        for n in levels
    ]
    canvas.texts(numbers, size=12, align="right")
    tz = ZoneInfo(sheet.view.project.zone)
    lasts = sheet.view.ends - sheet.view.begins
    moments = [sheet.view.begins + lasts * n / _TICKS for n in range(_TICKS + 1)]
    beneath = {"y": _TOP + _HEIGHT + 20, "fill": palette.QUIET}
    times = [beneath | {"x": sheet.x(at), "text": f"{at.astimezone(tz):%H:%M}"} for at in moments]
    canvas.texts(times, size=12, align="center")


def _usual(canvas: Canvas, reader: Reader, sheet: _Sheet) -> None:
    """A band of one standard deviation around the median from before the deploy."""
    usual = sheet.view.usual
    if usual is None:
        return
    high, low = sheet.y(usual.median + usual.spread), sheet.y(usual.median - usual.spread)
    band = {"x": _LEFT, "x2": _LEFT + _WIDTH, "y": high - 1, "y2": low + 1, "fill": _BAND}
    canvas.rects([band])
    text = reader.t("before {value}", value=value(reader, sheet.view.breach, usual.median))
    canvas.texts([{"x": _LEFT + 6, "y": (high + low) / 2 - 10, "text": text, "fill": palette.QUIET}], size=12)


def _marks(canvas: Canvas, reader: Reader, sheet: _Sheet) -> None:
    """The deploy and the steps of the rollout, in turn a line lower so that names do not meet."""
    lines, texts = [], []
    for n, (at, step) in enumerate(sheet.view.marks):
        x, y = sheet.x(at), _TOP - 34 + 16 * (n % 2)
        lines.append({"x": x, "x2": x, "y": y, "y2": _TOP + _HEIGHT, "stroke": _MARK})
        text = names.rollout_step(reader, step) if step else reader.t("Deploy")
        texts.append({"x": x + 4, "y": y + 4, "text": text, "fill": palette.INK, "limit": 160})
    canvas.lines(lines, strokeDash=[4, 3])
    canvas.texts(texts, size=12)


def _course(canvas: Canvas, sheet: _Sheet) -> None:
    """What was measured; no line where nothing was for a while."""
    segments = [
        {
            "x": sheet.x(one.at),
            "x2": sheet.x(other.at),
            "y": sheet.y(one.value or 0.0),
            "y2": sheet.y(other.value or 0.0),
            "stroke": _LINE,
        }
        for one, other in pairwise(sheet.points)
        if other.at - one.at <= _GAP
    ]
    canvas.lines(segments, strokeWidth=2.5, strokeCap="round")
    last = sheet.points[-1:]
    dots = [{"x": sheet.x(p.at), "y": sheet.y(p.value or 0.0), "fill": _LINE, "stroke": _LINE} for p in last]
    canvas.points(dots, shape="circle", size=70)


def _limit(canvas: Canvas, reader: Reader, sheet: _Sheet) -> None:
    of = sheet.view.breach
    if of.threshold is None:
        return
    y = sheet.y(of.threshold)
    line = {"x": _LEFT, "x2": _LEFT + _WIDTH, "y": y, "y2": y, "stroke": _LIMIT}
    canvas.lines([line], strokeWidth=2, strokeDash=[8, 4])
    place = {"x": _LEFT + _WIDTH - 6, "y": y - 10, "text": limit(reader, of), "fill": _LIMIT}
    canvas.texts([place], size=13, bold=True, align="right")
