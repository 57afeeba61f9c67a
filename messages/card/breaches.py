"""What of the rollback criteria stands against a release, on its card."""

from __future__ import annotations

from collections.abc import Iterator

from domain.criteria.model import BreachState
from domain.views import CardView
from messages import blocks
from messages.blocks import Block
from messages.criteria import words
from messages.parts import fitting
from messages.texts import Reader

_LIMIT = 1500


def breaches(reader: Reader, view: CardView) -> Iterator[Block]:
    """Nothing where there is none."""
    shown = [one for one in view.breaches if one.state is not BreachState.OVER]
    if not shown:
        return
    rows = [f"• {words.breach(reader, one)} ({words.state(reader, one)})" for one in shown]
    title = reader.t("*Rollback criteria*")
    yield blocks.section(f"{title}\n{fitting(reader, rows, _LIMIT)}")
