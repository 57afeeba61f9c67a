"""The post-mortem as files of Markdown, one in each language: asked for, and once more when it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from commands.rollback.case import require_part, room_case
from commands.rollback.lanes import in_room
from domain.errands import PostPostmortem
from domain.people import Origin
from domain.refusals import Gone, Refused
from domain.rollback import Room
from storage import outbox
from storage.db import Tx

LANGUAGES = ("ko", "en")
# A second press within this time asks for the files that are on their way.
_ONCE_IN = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class AskFiles:
    room: str


def ask(tx: Tx, request: AskFiles, origin: Origin) -> None:
    """No verb: nothing is decided, and nothing of it is kept. Raises Refused."""
    found = room_case(tx, request.room)
    require_part(tx, found, origin)
    if found.room.postmortem_due is None or found.room.postmortem_done_at is not None:
        raise Refused(Gone("postmortem"))
    post(tx, found.room, str(int(tx.wall().timestamp() // _ONCE_IN.total_seconds())))


def post(tx: Tx, room: Room, time: str) -> None:
    """Into the room's channel, while it is there; the same `time` is posted once."""
    if room.channel:
        waiting = [(f"postmortem:{room.id}:{language}:{time}", language) for language in LANGUAGES]
        outbox.add(tx, [in_room(room, key, PostPostmortem(room.id, language)) for key, language in waiting])
