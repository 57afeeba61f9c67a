"""What of a delivery is kept, and who is told of one that Slack refuses."""

from __future__ import annotations

from datetime import timedelta

from bot.slack import Refusal
from commands.notes import delivery
from commands.notices import refused
from commands.rollback import without_channel
from commands.rollback.outside import is_adopted, tell
from domain.errands import InChannel, MakeRoom, Show, SurfaceKind, Tell
from messages.lines.notes import OUTSIDE
from storage import outbox, surfaces
from storage.db import Tx
from storage.outbox import Claimed
from storage.surfaces import Posted

ROOM = "room:"
GONE = frozenset({"is_archived", "channel_not_found"})
AGAIN, TRIES = timedelta(seconds=20), 180
"""For an hour somebody may still invite Naru into the channel that became a war room."""


def stands(tx: Tx, errand: Show, posted: Posted) -> None:
    surfaces.put(tx, posted)
    if errand.surface.kind is SurfaceKind.NOTES:
        delivery.was_posted(tx, errand)


def slack_refused(tx: Tx, item: Claimed, refusal: Refusal) -> None:
    """Slack's no is told to who can do something about it, together with the errand's end."""
    shown = item.errand
    if _waits_outside(tx, item, refusal) or _lost(tx, item, refusal):
        return
    if isinstance(shown, MakeRoom):
        without_channel.was_refused(tx, shown.room, refusal.code)
        outbox.finish(tx, [(item.id, f"told: {refusal}")])
        return
    said = shown.said if isinstance(shown, Tell) else None
    if isinstance(shown, Tell) and isinstance(said, refused.OUTWARD) and isinstance(shown.to, InChannel):
        refused.was_refused(tx, said, channel=shown.to.channel, by=shown.by, code=refusal.code)
    notes = isinstance(shown, Show) and shown.surface.kind is SurfaceKind.NOTES
    if isinstance(shown, Show) and notes and delivery.was_refused(tx, shown, refusal.code):
        outbox.refuse(tx, item.id, refusal.code)
    else:
        outbox.finish(tx, [(item.id, f"refused: {refusal}")])


def _lost(tx: Tx, item: Claimed, refusal: Refusal) -> bool:
    """The channel of a war room was archived by hand, or is gone: what was to be done in it ends with it."""
    room = _room(item)
    return refusal.code in GONE and bool(room) and without_channel.was_lost(tx, room, refusal.code)


def _room(item: Claimed) -> str:
    return item.lane.removeprefix(ROOM) if item.lane.startswith(ROOM) else ""


def _waits_outside(tx: Tx, item: Claimed, refusal: Refusal) -> bool:
    """A war room that Naru is not let into goes on where it stopped once somebody invites it."""
    room = _room(item)
    if refusal.code not in OUTSIDE or not room or not is_adopted(tx, room) or item.attempts > TRIES:
        return False
    if item.attempts == 1:
        tell(tx, room)
    outbox.put_back(tx, item.id, AGAIN, refusal.code)
    return True
