"""What the git worker last read of each project's remote."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import select
from sqlmodel import col

from domain.scope import RepositoryFacts
from storage.codec import adapter
from storage.db import Tx
from storage.people import upsert
from storage.tables import RepositoryRow

_FACTS = adapter(RepositoryFacts)


@lru_cache(maxsize=64)
def _load(body: str) -> RepositoryFacts:
    """The same text is the same frozen value: it is read far more often than the repository changes."""
    found: RepositoryFacts = _FACTS.validate_json(body)
    return found


def facts(tx: Tx, project: str) -> RepositoryFacts | None:
    body = tx.execute(select(col(RepositoryRow.body)).where(col(RepositoryRow.project) == project)).scalar()
    return _load(str(body)) if body is not None else None


def put(tx: Tx, project: str, found: RepositoryFacts) -> None:
    row = {"project": project, "read_at": found.read_at, "body": _FACTS.dump_json(found).decode()}
    upsert(tx, RepositoryRow, [row], ["project"])
