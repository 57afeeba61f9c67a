"""Scopes: what each candidate of a release changes."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from domain.release import Release
from domain.scope import Scope
from storage.codec import adapter
from storage.db import Tx
from storage.tables import ScopeRow

_SCOPE = adapter(Scope)


@lru_cache(maxsize=128)
def _load(body: str) -> Scope:
    """Each approval looks at the migrations of a scope that may list thousands of changes."""
    found: Scope = _SCOPE.validate_json(body)
    return found


def put(tx: Tx, release: str, candidate: int, scope: Scope) -> None:
    dialect = postgresql if tx.dialect == "postgresql" else sqlite
    body = _SCOPE.dump_json(scope).decode()
    adding = dialect.insert(ScopeRow).values(release=release, candidate=candidate, body=body)
    tx.execute(adding.on_conflict_do_update(index_elements=["release", "candidate"], set_={"body": body}))


def of(tx: Tx, release: str, candidate: int) -> Scope | None:
    """The scope of a candidate, or the newest one known before it."""
    query = (
        select(col(ScopeRow.body))
        .where(col(ScopeRow.release) == release, col(ScopeRow.candidate) <= candidate)
        .order_by(col(ScopeRow.candidate).desc())
        .limit(1)
    )
    body = tx.execute(query).scalar()
    return _load(str(body)) if body is not None else None


def rewrite(tx: Tx, release: str, candidate: int, scope: Scope) -> None:
    """In the place of what `of` gives."""
    query = select(func.max(col(ScopeRow.candidate))).where(
        col(ScopeRow.release) == release, col(ScopeRow.candidate) <= candidate
    )
    put(tx, release, int(tx.execute(query).scalar_one()), scope)


def now(tx: Tx, release: Release) -> Scope | None:
    """Of the current candidate; before the first one what the branch was cut with, else what was proposed."""
    return of(tx, release.id, max(release.rc, 1))


def candidates(tx: Tx, release: str) -> tuple[int, ...]:
    """The numbers of the candidates whose scope is known, in order."""
    query = (
        select(col(ScopeRow.candidate))
        .where(col(ScopeRow.release) == release, col(ScopeRow.candidate) > 0)
        .order_by(col(ScopeRow.candidate))
    )
    return tuple(int(row[0]) for row in tx.execute(query))
