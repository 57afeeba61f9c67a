"""A sheet in pixels: rectangles, lines, texts and points as layers of one Vega-Lite specification.

A month is a table of boxes and no plot of data: positions and colours are given, not scaled. The letters are
the vendored font's (messages/charts/fonts), so that a picture looks alike wherever it is drawn.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

Spec = dict[str, Any]

FAMILY = "Naru Sans"
MARGIN = 28
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_HANGUL_WIDTH, _LATIN_WIDTH = 0.87, 0.54
_AT_MOST = 1.4  # a text of wide letters, against what is typical
_SIGNS = frozenset("✓")  # of our own words; the font has it
_UNDRAWN = frozenset({"So", "Cf", "Cc", "Cs", "Co", "Cn", "Mn"})
_FIRST_WIDE = 0x1100


@dataclass
class Canvas:
    """What is added later lies on top."""

    width: float
    layers: list[Spec] = field(default_factory=list)

    def rects(self, boxes: list[Spec], **mark: Any) -> None:
        """Boxes with `x`, `x2`, `y`, `y2`, `fill`, and `stroke` and `opacity` where they have one."""
        plain = {"stroke": "transparent", "opacity": 1.0}
        encoding = _places("x", "x2", "y", "y2") | _literal("fill", "stroke", "opacity")
        self._layer({"type": "rect"} | mark, [plain | box for box in boxes], encoding)

    def lines(self, lines: list[Spec], **mark: Any) -> None:
        """Straight lines with `x`, `x2`, `y`, `y2`, `stroke`."""
        encoding = _places("x", "x2", "y", "y2") | _literal("stroke")
        self._layer({"type": "rule"} | mark, lines, encoding)

    def points(self, points: list[Spec], **mark: Any) -> None:
        """Marks of a shape at `x`, `y` in `fill` and `stroke`."""
        encoding = _places("x", "y") | _literal("fill", "stroke")
        self._layer({"type": "point", "opacity": 1} | mark, points, encoding)

    def texts(self, texts: list[Spec], *, size: float, bold: bool = False, **mark: Any) -> None:
        """Texts at `x`, `y` in `fill`, cut at `limit` pixels where they have one.

        The font has one weight: bold letters are drawn with an edge of their own colour.
        """
        edge = {"stroke": {"expr": "datum.fill"}, "strokeWidth": size / 40} if bold else {}
        style = {
            "type": "text",
            "font": FAMILY,
            "fontSize": size,
            "align": "left",
            "baseline": "middle",
            "limit": {"expr": "datum.limit"},
        }
        plain = {"limit": 0, "opacity": 1.0}
        values = [_measured(plain | text | {"text": drawable(text["text"])}, size) for text in texts]
        encoding = _places("x", "y") | _literal("fill", "opacity")
        encoding["text"] = {"field": "text", "type": "nominal"}
        self._layer(style | edge | mark, values, encoding)

    def spec(self, height: float, *, description: str) -> Spec:
        """The whole; `description` is for who cannot see it."""
        return {
            "$schema": _SCHEMA,
            "description": description,
            "width": self.width,
            "height": height,
            "padding": MARGIN,
            "autosize": "none",
            "background": "#ffffff",
            "config": {"view": {"stroke": None}, "font": FAMILY},
            "layer": self.layers,
        }

    def _layer(self, mark: Spec, values: list[Spec], encoding: Spec) -> None:
        if values:
            self.layers.append({"data": {"values": values}, "mark": mark, "encoding": encoding})


def _measured(text: Spec, size: float) -> Spec:
    """Without a limit that it stays far below: measuring letter by letter is half the cost of a text."""
    fits = width_of(text["text"], size) * _AT_MOST < text["limit"]
    return text | {"limit": 0} if fits else text


def drawable(text: str) -> str:
    """Without what no text font draws: emoji, and characters that only turn or join others."""
    kept = (c for c in text if c in _SIGNS or c.isspace() or unicodedata.category(c) not in _UNDRAWN)
    return " ".join("".join(kept).split())


def width_of(text: str, size: float) -> float:
    """About how wide a text is, in pixels."""
    return size * sum(_HANGUL_WIDTH if ord(c) >= _FIRST_WIDE else _LATIN_WIDTH for c in text)


def wrapped(text: str, width: float, size: float, lines: int) -> list[str]:
    """Lines of whole words; what is left over stands in the last, for `limit` to cut."""
    found = [""]
    for word in drawable(text).split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and len(found) < lines and width_of(longer, size) > width:
            found.append(word)
        else:
            found[-1] = longer
    return found


def _places(*names: str) -> Spec:
    """Positions in pixels from the top left corner."""
    return {
        name: {"field": name} if name.endswith("2") else {"field": name, "type": "quantitative"} | _UNSCALED
        for name in names
    }


def _literal(*names: str) -> Spec:
    return {name: {"field": name, "type": "nominal", "scale": None} for name in names}


_UNSCALED: Spec = {"scale": None, "axis": None}
