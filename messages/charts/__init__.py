"""Pictures as Vega-Lite specifications: plain dicts, drawn by whoever can draw them."""

from pathlib import Path

from messages.charts.breach import breach_picture
from messages.charts.canvas import FAMILY, Spec
from messages.charts.month import month_picture
from messages.charts.timeline import timeline_picture

FONTS = Path(__file__).parent / "fonts"
"""The folder of the font that the pictures' letters are of."""

__all__ = ["FAMILY", "FONTS", "Spec", "breach_picture", "month_picture", "timeline_picture"]
