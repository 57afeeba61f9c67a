"""What of a delivery is kept, and who is told of one that Slack refuses."""

from __future__ import annotations

from bot.slack import Refusal
from commands.notes import delivery
from domain.errands import Show, SurfaceKind
from storage import outbox, surfaces
from storage.db import Tx
from storage.outbox import Claimed
from storage.surfaces import Posted


def stands(tx: Tx, errand: Show, posted: Posted) -> None:
    surfaces.put(tx, posted)
    if errand.surface.kind is SurfaceKind.NOTES:
        delivery.was_posted(tx, errand)


def slack_refused(tx: Tx, item: Claimed, refusal: Refusal) -> None:
    """Slack's no is told to who can do something about it, together with the errand's end."""
    shown = item.errand
    notes = isinstance(shown, Show) and shown.surface.kind is SurfaceKind.NOTES
    if isinstance(shown, Show) and notes and delivery.was_refused(tx, shown, refusal.code):
        outbox.refuse(tx, item.id, refusal.code)
    else:
        outbox.finish(tx, [(item.id, f"refused: {refusal}")])
