"""Decisions of approvers on a candidate; those that count no more stay for the audit."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, func, insert, select, true, update
from sqlmodel import col

from domain.approvals import Decision, Outcome
from storage.db import Prepared, Tx
from storage.tables import DecisionRow

_LIVE = Prepared(
    select(
        col(DecisionRow.user),
        col(DecisionRow.outcome),
        col(DecisionRow.at),
        col(DecisionRow.sha),
        col(DecisionRow.comment),
    ).where(
        col(DecisionRow.release) == bindparam("release"),
        col(DecisionRow.candidate) == bindparam("candidate"),
        col(DecisionRow.live) == true(),
    )
)
_DECIDE = Prepared(insert(DecisionRow), columns="release candidate user outcome sha at comment policy live")


def live(tx: Tx, release: str, candidate: int) -> list[Decision]:
    """The live decisions on a candidate."""
    return [
        Decision(user=user, outcome=Outcome(outcome), at=at, candidate=candidate, sha=sha, comment=comment)
        for user, outcome, at, sha, comment in _LIVE.all(tx, release=release, candidate=candidate)
    ]


def add(tx: Tx, release: str, decision: Decision, policy: str, *, replaces: bool) -> None:
    """Make this the person's one live decision. The unique index holds whatever races."""
    if replaces:
        end(tx, release, decision.candidate, (decision.user,))
    row = {
        "release": release,
        "candidate": decision.candidate,
        "user": decision.user,
        "outcome": decision.outcome.value,
        "sha": decision.sha,
        "at": decision.at,
        "comment": decision.comment,
        "policy": policy,
        "live": True,
    }
    _DECIDE.add(tx, [row])


def end(tx: Tx, release: str, candidate: int, users: Iterable[str] | None = None) -> None:
    """Decisions that count no more; they stay for the audit."""
    query = update(DecisionRow).where(
        col(DecisionRow.release) == release,
        col(DecisionRow.candidate) == candidate,
        col(DecisionRow.live) == true(),
    )
    if users is not None:
        query = query.where(col(DecisionRow.user).in_(list(users)))
    tx.execute(query.values(live=False))


def approved_before(tx: Tx, release: str, candidate: int) -> int:
    """The newest older candidate that somebody approved, whatever became of that; 0 for none."""
    approving = [Outcome.APPROVE.value, Outcome.CONDITIONS.value]
    query = select(func.max(col(DecisionRow.candidate))).where(
        col(DecisionRow.release) == release,
        col(DecisionRow.candidate) < candidate,
        col(DecisionRow.outcome).in_(approving),
    )
    return int(tx.execute(query).scalar() or 0)
