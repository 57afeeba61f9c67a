"""Where branches were last seen on the remote, and which commits were told to have come during a freeze."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from domain.frozen import Look, Seen
from storage.db import Tx
from storage.people import upsert
from storage.tables import FrozenCommitRow, WatchedBranchRow


def seen(tx: Tx, project: str) -> dict[str, Seen]:
    """By branch."""
    query = select(col(WatchedBranchRow.branch), col(WatchedBranchRow.head), col(WatchedBranchRow.seen_at))
    rows = tx.execute(query.where(col(WatchedBranchRow.project) == project))
    return {row.branch: Seen(row.head, row.seen_at) for row in rows}


def begin(tx: Tx, project: str, branch: str, at: Seen) -> None:
    """A branch begins here: what it carries already did not come onto it."""
    upsert(tx, WatchedBranchRow, [_row(project, branch, at)], ["project", "branch"])


def move(tx: Tx, project: str, look: Look) -> bool:
    """Note a look; False when somebody else has looked since it was begun, and told what there was."""
    row = _row(project, look.line.branch, look.now)
    if look.before is None:
        dialect = postgresql if tx.dialect == "postgresql" else sqlite
        adding = dialect.insert(WatchedBranchRow).values(**row)
        return tx.execute(adding.on_conflict_do_nothing()).rowcount == 1
    changed = tx.execute(
        update(WatchedBranchRow)
        .where(
            col(WatchedBranchRow.project) == project,
            col(WatchedBranchRow.branch) == look.line.branch,
            col(WatchedBranchRow.head) == look.before.head,
        )
        .values(head=look.now.head, seen_at=look.now.at)
    )
    return changed.rowcount == 1


def _row(project: str, branch: str, at: Seen) -> dict[str, object]:
    return {"project": project, "branch": branch, "head": at.head, "seen_at": at.at}


def told(tx: Tx, project: str, shas: Sequence[str]) -> frozenset[str]:
    """Those of these commits that were told before."""
    query = select(col(FrozenCommitRow.sha)).where(
        col(FrozenCommitRow.project) == project, col(FrozenCommitRow.sha).in_(shas)
    )
    return frozenset(str(row[0]) for row in tx.execute(query))


def tell(tx: Tx, project: str, shas: Iterable[str], look: Look) -> None:
    """Note that these commits are told now."""
    at = {"branch": look.line.branch, "seen_at": look.now.at}
    upsert(tx, FrozenCommitRow, [{"project": project, "sha": sha, **at} for sha in shas], ["project", "sha"])
