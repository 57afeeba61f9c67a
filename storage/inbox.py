"""Request keys: a request that comes again finds its first answer."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import col

from storage.db import Prepared, Tx
from storage.tables import InboxRow

KEPT = timedelta(hours=24)
_FIND = Prepared(select(col(InboxRow.answer)).where(col(InboxRow.key) == bindparam("key")))
_CLAIM = Prepared(insert(InboxRow), columns="key at answer")


def find(tx: Tx, key: str) -> str | None:
    """The stored answer, None for a new request."""
    found = _FIND.first(tx, key=key)
    return str(found[0]) if found else None


def claim(tx: Tx, key: str, answer: str) -> None:
    """Store the answer. Raises IntegrityError when the key was claimed meanwhile: the caller runs again."""
    _CLAIM.add(tx, [{"key": key, "at": tx.wall(), "answer": answer}])


def forget_old(tx: Tx) -> None:
    tx.execute(delete(InboxRow).where(col(InboxRow.at) < tx.wall() - KEPT))
