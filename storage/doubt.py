"""Whether an errand may have been sent: kept before it is, so that a process may die at any moment."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from storage import outbox
from storage.db import Tx
from storage.outbox import Claimed
from storage.tables import OutboxRow


def begin(tx: Tx, item: Claimed) -> bool:
    """Note, before it is sent, that it may have been: False when its lease ran out and another holds it."""
    begun = tx.execute(
        update(OutboxRow)
        .where(
            col(OutboxRow.id) == item.id,
            col(OutboxRow.attempts) == item.attempts,
            col(OutboxRow.done_at).is_(None),
        )
        .values(sent_at=tx.wall())
    )
    return bool(begun.rowcount)


def not_sent(tx: Tx, errand: int) -> None:
    """Nothing of it has reached anybody after all."""
    tx.execute(update(OutboxRow).where(col(OutboxRow.id) == errand).values(sent_at=None))


def give_up(tx: Tx, errand: int) -> bool:
    """Nobody wants it any more: whether nothing of it was ever sent, by anybody who held it."""
    unsent = tx.execute(
        update(OutboxRow)
        .where(
            col(OutboxRow.id) == errand, col(OutboxRow.done_at).is_(None), col(OutboxRow.sent_at).is_(None)
        )
        .values(done_at=tx.wall(), leased_until=None, outcome="moot")
    )
    if not unsent.rowcount:
        outbox.finish(tx, [(errand, "moot")])
    return bool(unsent.rowcount)
