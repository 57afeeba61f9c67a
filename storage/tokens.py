"""The tokens of projects: kept for good, so that what one of them did can always be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import RowMapping
from sqlmodel import col

from domain.tokens import Scope, Token
from storage.db import Tx
from storage.tables import TokenRow

_COLUMNS = tuple(col(getattr(TokenRow, name)) for name in Token.__dataclass_fields__)


def add(tx: Tx, token: Token) -> None:
    tx.execute(insert(TokenRow).values(**_row(token)))


def put(tx: Tx, token: Token) -> None:
    """Write one that is there."""
    tx.execute(update(TokenRow).where(col(TokenRow.id) == token.id).values(**_row(token)))


def used(tx: Tx, token: str, at: datetime) -> None:
    """Only the time: it must not write back a token that was revoked meanwhile."""
    tx.execute(update(TokenRow).where(col(TokenRow.id) == token).values(used_at=at))


def get(tx: Tx, token: str) -> Token | None:
    row = tx.execute(select(*_COLUMNS).where(col(TokenRow.id) == token)).mappings().first()
    return _token(row) if row else None


def of_project(tx: Tx, project: str) -> list[Token]:
    """Oldest first, with those that are good for nothing any more."""
    query = select(*_COLUMNS).where(col(TokenRow.project) == project)
    rows = tx.execute(query.order_by(col(TokenRow.created_at), col(TokenRow.id))).mappings()
    return [_token(row) for row in rows]


def scopes_of(tx: Tx, token: str, project: str) -> frozenset[Scope]:
    """What a token may do in a project now; nothing for no token."""
    found = get(tx, token) if token else None
    if found is None or found.project != project or not found.alive(tx.wall()):
        return frozenset()
    return frozenset(found.scopes)


def _row(token: Token) -> dict[str, Any]:
    return vars(token) | {"scopes": " ".join(token.scopes)}


def _token(row: RowMapping) -> Token:
    return Token(**(dict(row) | {"scopes": tuple(Scope(one) for one in row["scopes"].split())}))
