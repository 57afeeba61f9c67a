"""The legend beneath a picture: what each colour in it means, and no more."""

from __future__ import annotations

from collections.abc import Iterable

from domain.calendar.agenda import Item
from domain.month import CalendarView
from messages.charts import palette
from messages.charts.canvas import Canvas, width_of
from messages.charts.words import legend_words
from messages.texts import Reader

_SWATCH, _TEXT, _GAP, _SIZE = 14, 20, 20, 12
_ROW, _ABOVE, _BELOW = 22, 22, 12


def legend(canvas: Canvas, reader: Reader, view: CalendarView, drawn: Iterable[Item], top: float) -> float:
    """Of the items that are drawn, beneath `top`, in as many rows as it takes. Returns where it ends."""
    boxes, texts = [], []
    x, y = 0.0, top + _ABOVE
    for text, colours in legend_words(reader, view, drawn):
        wide = _TEXT + width_of(text, _SIZE)
        if x and x + wide > canvas.width:
            x, y = 0.0, y + _ROW
        half = _SWATCH / 2
        box = {"x": x, "x2": x + _SWATCH, "y": y - half, "y2": y + half, "fill": colours.fill}
        boxes.append(box | {"stroke": colours.edge})
        texts.append({"x": x + _TEXT, "y": y + 0.5, "text": text, "fill": palette.QUIET})
        x += wide + _GAP
    canvas.rects(boxes, cornerRadius=3, strokeWidth=1.4)
    canvas.texts(texts, size=_SIZE)
    return y + _BELOW
