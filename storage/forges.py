"""What pull requests were marked with last, and how asking each project's forge goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlmodel import col

from domain.forges import ForgeState
from domain.statuses import Because, Marked
from storage.codec import adapter
from storage.db import Tx
from storage.people import upsert
from storage.tables import ForgeRow, PullRequestMarkRow

_STATE = adapter(ForgeState)
# What was merged is met on the branch a little later, and by then its exemption must still be known.
KEPT = timedelta(days=2)
_ROWS = (
    col(PullRequestMarkRow.number),
    col(PullRequestMarkRow.sha),
    col(PullRequestMarkRow.base),
    col(PullRequestMarkRow.because),
    col(PullRequestMarkRow.text),
)


def state(tx: Tx, project: str) -> ForgeState:
    body = tx.execute(select(col(ForgeRow.body)).where(col(ForgeRow.project) == project)).scalar()
    return _STATE.validate_json(str(body)) if body is not None else ForgeState()


def put_state(tx: Tx, project: str, found: ForgeState) -> None:
    upsert(tx, ForgeRow, [{"project": project, "body": _STATE.dump_json(found).decode()}], ["project"])


def marked(tx: Tx, project: str, numbers: Collection[int] | None = None) -> dict[int, Marked]:
    """By number: the open ones, or those of these numbers, open or lately closed."""
    of_project = col(PullRequestMarkRow.project) == project
    which = (
        col(PullRequestMarkRow.gone_at).is_(None)
        if numbers is None
        else col(PullRequestMarkRow.number).in_(numbers)
    )
    rows = tx.execute(select(*_ROWS).where(of_project, which)).all()
    return {
        number: Marked(number=number, sha=sha, base=base, because=Because(because), text=text)
        for number, sha, base, because, text in rows
    }


def mark(tx: Tx, project: str, found: Sequence[Marked]) -> None:
    """These were marked now."""
    at = tx.wall()
    rows = [
        {
            "project": project,
            "number": one.number,
            "sha": one.sha,
            "base": one.base,
            "because": one.because.value,
            "text": one.text,
            "set_at": at,
            "gone_at": None,
        }
        for one in found
    ]
    upsert(tx, PullRequestMarkRow, rows, ["project", "number"])


def keep_open(tx: Tx, project: str, still: Iterable[int]) -> None:
    """All others are closed or merged by now; those that have been so for long are forgotten."""
    gone = sorted(marked(tx, project).keys() - set(still))
    at = tx.wall()
    mine = col(PullRequestMarkRow.project) == project
    if gone:
        tx.execute(
            update(PullRequestMarkRow)
            .where(mine, col(PullRequestMarkRow.number).in_(gone))
            .values(gone_at=at)
        )
    tx.execute(delete(PullRequestMarkRow).where(mine, col(PullRequestMarkRow.gone_at) < at - KEPT))


def forget(tx: Tx, project: str) -> None:
    """Nothing of the project is marked."""
    tx.execute(delete(PullRequestMarkRow).where(col(PullRequestMarkRow.project) == project))
