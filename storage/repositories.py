"""What the git worker last read of each project's remote."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from domain.scope import RepositoryFacts
from storage.codec import adapter
from storage.db import Tx
from storage.people import upsert
from storage.tables import RepositoryRow

_FACTS = adapter(RepositoryFacts)


def facts(tx: Tx, project: str) -> RepositoryFacts | None:
    body = tx.execute(select(col(RepositoryRow.body)).where(col(RepositoryRow.project) == project)).scalar()
    return _FACTS.validate_json(str(body)) if body is not None else None


def put(tx: Tx, project: str, found: RepositoryFacts) -> None:
    row = {"project": project, "read_at": found.read_at, "body": _FACTS.dump_json(found).decode()}
    upsert(tx, RepositoryRow, [row], ["project"])
