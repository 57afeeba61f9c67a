"""Which branches beside main were told of: each once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlmodel import col

from storage.db import Tx
from storage.people import upsert
from storage.tables import ToldBranchRow


def told(tx: Tx, project: str) -> frozenset[str]:
    """The names of the branches that were told."""
    query = select(col(ToldBranchRow.branch)).where(col(ToldBranchRow.project) == project)
    return frozenset(str(row[0]) for row in tx.execute(query))


def tell(tx: Tx, project: str, branches: Collection[str]) -> None:
    """Note that these are told now."""
    rows = [{"project": project, "branch": branch, "told_at": tx.now()} for branch in branches]
    upsert(tx, ToldBranchRow, rows, ["project", "branch"])


def forget(tx: Tx, project: str, branches: Collection[str]) -> None:
    """These are gone or young again: under the same name another one is told anew."""
    of_project = col(ToldBranchRow.project) == project
    tx.execute(delete(ToldBranchRow).where(of_project, col(ToldBranchRow.branch).in_(branches)))
