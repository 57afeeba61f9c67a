"""The colours of the pictures: each text against its ground has a contrast of at least 4.5 to 1 (WCAG AA)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.calendar.agenda import ItemKind

PAPER, INK, QUIET, FAINT = "#ffffff", "#0f172a", "#475569", "#94a3b8"
LINE, WEEKEND, OUTSIDE, FESTIVE = "#dbe1ea", "#f6f8fb", "#fafbfc", "#fff3f2"
HOLIDAY, SATURDAY, TODAY = "#c01f1f", "#1d4ed8", "#1d4ed8"


@dataclass(frozen=True, kw_only=True)
class Shade:
    """A bar: its ground, the letters on it, its edge."""

    fill: str
    ink: str
    edge: str


SHADES: Mapping[ItemKind, Shade] = {
    ItemKind.BLACKOUT: Shade(fill="#b91c1c", ink="#ffffff", edge="#b91c1c"),
    ItemKind.MAINTENANCE: Shade(fill="#fde68a", ink="#713f12", edge="#d9a514"),
    ItemKind.FREEZE: Shade(fill="#d6e6fb", ink="#1e3a8a", edge="#d6e6fb"),
    ItemKind.QA: Shade(fill="#d9cefb", ink="#43188a", edge="#d9cefb"),
    ItemKind.DEPLOY: Shade(fill="#14713b", ink="#ffffff", edge="#14713b"),
    ItemKind.WINDOW: Shade(fill="#d8f1ee", ink="#0f5450", edge="#d8f1ee"),
    ItemKind.NO_DEPLOY_HOURS: Shade(fill="#e5e7eb", ink="#374151", edge="#e5e7eb"),
}
UNTAKEN = Shade(fill="#ffffff", ink="#14713b", edge="#14713b")
"""A date of the cadence that no release has taken."""
WARNED = Shade(fill="#fff7e8", ink="#8a3d06", edge="#d97706")
CLOSED = Shade(fill="#fdecec", ink="#a01414", edge="#c01f1f")
"""A deploy that the gate would warn of or close."""
