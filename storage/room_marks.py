"""What happens once in a war room: a message put on the timeline by emoji, somebody being briefed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlmodel import col

from storage.db import Tx
from storage.tables import BriefedRow, MarkedRow


def is_marked(tx: Tx, room: str, ts: str) -> bool:
    """Whether the message of that `ts` is on the room's timeline; the room is locked by then."""
    query = select(col(MarkedRow.ts)).where(col(MarkedRow.room) == room, col(MarkedRow.ts) == ts)
    return tx.execute(query).first() is not None


def mark(tx: Tx, room: str, ts: str) -> None:
    tx.execute(insert(MarkedRow).values(room=room, ts=ts))


def brief(tx: Tx, room: str, users: Iterable[str]) -> tuple[str, ...]:
    """Note that these people know what the room is about; returns those who did not. The room is locked."""
    asked = tuple(dict.fromkeys(users))
    known = set(tx.execute(select(col(BriefedRow.user)).where(col(BriefedRow.room) == room)).scalars())
    new = tuple(user for user in asked if user not in known)
    if new:
        tx.execute(insert(BriefedRow), [{"room": room, "user": user} for user in new])
    return new
