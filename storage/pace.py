"""The turns in Slack's channels, one row each: whoever shares the database goes by them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from domain import pace
from domain.pace import Ask, Channel, Slot, Updates
from storage.db import Tx
from storage.tables import PaceRow

Now = Callable[[Tx], float]
KEPT = timedelta(days=1)
UPDATES = "chat.update"
_CHANNEL, _UPDATES = TypeAdapter(Channel), TypeAdapter(Updates)


def now(tx: Tx) -> float:
    """Seconds of the clock that all processes share: PostgreSQL's own, or since this machine started, which
    nobody sets. To be asked once the row is locked.
    """
    if tx.dialect == "postgresql":
        return float(tx.execute(select(func.extract("epoch", func.clock_timestamp()))).scalar_one())
    return time.monotonic()


def take(tx: Tx, ask: Ask, clock: Now = now) -> float:
    """Take a turn. 0 when it is the caller's, else the seconds after which to ask again."""
    channel = _channel(tx, ask)
    at = clock(tx)
    recent = pace.is_recent(channel, ask.ts, at)
    slot = _slot(tx, at, recent=recent) if pace.needs_slot(channel, ask, at) else Slot()
    channel, wait = pace.turn(channel, ask, at, slot)
    _put(tx, ask.channel, channel)
    return wait


def answered(tx: Tx, ask: Ask, clock: Now = now) -> None:
    """Slack has answered: the next turn comes a second later."""
    channel = _channel(tx, ask)
    _put(tx, ask.channel, pace.answered(channel, ask.who, clock(tx)))


def refused(tx: Tx, ask: Ask, after: float, clock: Now = now) -> None:
    """Slack took nothing and asks for patience: in the channel, for updates in the whole workspace."""
    channel = _channel(tx, ask)
    at = clock(tx)
    if not ask.ts:
        _put(tx, ask.channel, pace.refused(channel, after, at))
        return
    _put(tx, ask.channel, pace.given_back(channel, ask.who, at))
    updates = _updates(tx)
    _put(tx, UPDATES, pace.no_updates(updates, after, at))


def forget_old(tx: Tx) -> None:
    tx.execute(delete(PaceRow).where(col(PaceRow.used_at) < tx.wall() - KEPT))


def _slot(tx: Tx, at: float, *, recent: bool) -> Slot:
    updates, slot = pace.slot(_updates(tx), at, recent=recent)
    _put(tx, UPDATES, updates)
    return slot


def _channel(tx: Tx, ask: Ask) -> Channel:
    return _CHANNEL.validate_json(_locked(tx, ask.channel))


def _updates(tx: Tx) -> Updates:
    """To be asked for after the channel: whoever wants both rows takes them in the same order."""
    return _UPDATES.validate_json(_locked(tx, UPDATES))


def _locked(tx: Tx, key: str) -> str:
    query = select(col(PaceRow.body)).where(col(PaceRow.key) == key)
    query = query.with_for_update() if tx.dialect == "postgresql" else query
    found = tx.execute(query).scalar()
    if found is None:
        adding = (postgresql if tx.dialect == "postgresql" else sqlite).insert(PaceRow)
        row = {"key": key, "used_at": tx.wall(), "body": "{}"}
        tx.execute(adding.values(row).on_conflict_do_nothing(index_elements=["key"]))
        found = tx.execute(query).scalar_one()
    return str(found)


def _put(tx: Tx, key: str, value: Channel | Updates) -> None:
    body = _CHANNEL.dump_json(value) if isinstance(value, Channel) else _UPDATES.dump_json(value)
    changed = {"body": body.decode(), "used_at": tx.wall()}
    tx.execute(update(PaceRow).where(col(PaceRow.key) == key).values(changed))
