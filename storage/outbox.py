"""The outbox: errands committed with their cause, claimed with a lease, delivered in order per lane."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from domain.errands import Errand, Show, Surface, SurfaceKind
from storage.codec import Codec
from storage.db import Prepared, Tx
from storage.tables import OutboxRow, SurfaceRow

ERRANDS: Codec[Errand] = Codec(Errand)
GIT, DEPLOY = "git:", "deploy:"
"""Lanes of these are not for Slack: each kind has a worker of its own."""
KEPT = timedelta(days=7)
_ADD = Prepared(
    sqlite.insert(OutboxRow).on_conflict_do_nothing(index_elements=["dedupe"]),
    postgresql.insert(OutboxRow).on_conflict_do_nothing(index_elements=["dedupe"]),
    columns="lane dedupe due_at added_at attempts outcome body",
)
_STANDS = Prepared(
    select(col(SurfaceRow.id)).where(
        col(SurfaceRow.kind) == bindparam("kind"),
        col(SurfaceRow.subject) == bindparam("subject"),
        col(SurfaceRow.audience) == bindparam("audience"),
    )
)


@dataclass(frozen=True)
class Waiting:
    """An errand to add. `lane` keeps order; `dedupe` makes a second one with the same key impossible."""

    lane: str
    dedupe: str
    errand: Errand
    after: timedelta = timedelta(0)


@dataclass(frozen=True)
class Claimed:
    """`attempts` counts this one. `sent_at` is set when an earlier attempt may have arrived."""

    id: int
    lane: str
    errand: Errand
    attempts: int
    added_at: datetime
    sent_at: datetime | None


def add(tx: Tx, waiting: Sequence[Waiting]) -> None:
    """Add errands; one whose dedupe key is already there is left as it is."""
    if not waiting:
        return
    wall = tx.wall()
    rows = [
        {
            "lane": _lane(tx, item),
            "dedupe": item.dedupe,
            "due_at": wall + item.after,
            "added_at": wall,
            "attempts": 0,
            "outcome": "",
            "body": ERRANDS.dump(item.errand),
        }
        for item in waiting
    ]
    _ADD.add(tx, rows)
    tx.wrote_outbox = True


def _lane(tx: Tx, item: Waiting) -> str:
    """A card that stands is brought up to date beside the lines of its channel, not behind them."""
    errand = item.errand
    if not isinstance(errand, Show) or errand.surface.kind is not SurfaceKind.CARD:
        return item.lane
    surface = errand.surface
    known = {"kind": surface.kind.value, "subject": surface.subject, "audience": surface.audience}
    return lane_of_card(surface) if _STANDS.first(tx, **known) is not None else item.lane


def lane_of_card(surface: Surface) -> str:
    return f"card:{surface.subject}"


def claim_due(
    tx: Tx,
    *,
    git: bool = False,
    deploys: bool = False,
    but: Collection[str] = (),
    limit: int,
    lease: timedelta,
) -> list[Claimed]:
    """Lease the first waiting errand of each lane that is due, oldest first: of git, of the deployers, or
    else of Slack. The lanes of `but` are left alone.
    """
    wall = tx.wall()
    in_git, in_deploys = (col(OutboxRow.lane).startswith(kind) for kind in (GIT, DEPLOY))
    meant = in_git if git else in_deploys if deploys else ~in_git & ~in_deploys
    first = _first_of_lanes().where(meant)
    if but:
        first = first.where(col(OutboxRow.lane).not_in(but))
    free = or_(col(OutboxRow.leased_until).is_(None), col(OutboxRow.leased_until) < wall)
    ready = (
        select(OutboxRow.__table__)  # type: ignore[attr-defined]  # set by SQLModel
        .where(
            col(OutboxRow.id).in_(first),
            col(OutboxRow.done_at).is_(None),
            col(OutboxRow.due_at) <= wall,
            free,
        )
        .order_by(col(OutboxRow.id))
        .limit(limit)
    )
    if tx.dialect == "postgresql":
        ready = ready.with_for_update(skip_locked=True)
    rows = tx.execute(ready).mappings().all()
    if rows:
        tx.execute(
            update(OutboxRow)
            .where(col(OutboxRow.id).in_([row["id"] for row in rows]))
            .values(leased_until=wall + lease, attempts=col(OutboxRow.attempts) + 1)
        )
    return [
        Claimed(
            id=row["id"],
            lane=row["lane"],
            errand=ERRANDS.load(row["body"]),
            attempts=row["attempts"] + 1,
            added_at=row["added_at"],
            sent_at=row["sent_at"],
        )
        for row in rows
    ]


def sending(tx: Tx, errand: int) -> None:
    """Note that the next thing is a send whose outcome may stay unknown."""
    tx.execute(update(OutboxRow).where(col(OutboxRow.id) == errand).values(sent_at=tx.wall()))


def finish(tx: Tx, errands: Iterable[tuple[int, str]]) -> None:
    """Mark errands as done, with their outcome in a word."""
    for errand, outcome in errands:
        tx.execute(
            update(OutboxRow)
            .where(col(OutboxRow.id) == errand)
            .values(done_at=tx.wall(), leased_until=None, outcome=outcome[:200])
        )


def withdraw(tx: Tx, dedupe: str) -> bool:
    """Whether nobody is at the errand with this key, and nothing was ever sent; it never will be then."""
    found = tx.execute(
        update(OutboxRow)
        .where(
            col(OutboxRow.dedupe) == dedupe,
            col(OutboxRow.done_at).is_(None),
            col(OutboxRow.leased_until).is_(None),
            col(OutboxRow.sent_at).is_(None),
        )
        .values(done_at=tx.wall(), outcome="withdrawn")
    )
    return bool(found.rowcount)


def clear(tx: Tx, lane: str) -> None:
    """What waits in this lane is not wanted any more; what somebody is at is left to them."""
    tx.execute(
        update(OutboxRow)
        .where(
            col(OutboxRow.lane) == lane,
            col(OutboxRow.done_at).is_(None),
            col(OutboxRow.leased_until).is_(None),
        )
        .values(done_at=tx.wall(), outcome="moot")
    )


def same_after(tx: Tx, item: Claimed) -> list[int]:
    """The errands behind this one in its lane that ask for just the same."""
    query = select(col(OutboxRow.id)).where(
        col(OutboxRow.lane) == item.lane,
        col(OutboxRow.done_at).is_(None),
        col(OutboxRow.leased_until).is_(None),
        col(OutboxRow.id) > item.id,
        col(OutboxRow.body) == ERRANDS.dump(item.errand),
    )
    return [int(row[0]) for row in tx.execute(query)]


def waits(tx: Tx, lane: str, errand: Errand) -> bool:
    """Whether just this is still to be done in its lane."""
    query = select(col(OutboxRow.id)).where(
        col(OutboxRow.lane) == lane,
        col(OutboxRow.done_at).is_(None),
        col(OutboxRow.body) == ERRANDS.dump(errand),
    )
    return tx.execute(query.limit(1)).first() is not None


def hand_back(tx: Tx, item: Claimed, lane: str = "", *, after: timedelta = timedelta(0)) -> None:
    """As if it had not been claimed; to wait in another lane, or a while, if that is given."""
    tx.execute(
        update(OutboxRow)
        .where(col(OutboxRow.id) == item.id)
        .values(
            leased_until=None,
            attempts=item.attempts - 1,
            lane=lane or item.lane,
            due_at=col(OutboxRow.due_at) if not after else tx.wall() + after,
        )
    )


def drop(tx: Tx, lane: str, why: str) -> None:
    """Nothing of what waits in the lane is done any more."""
    tx.execute(
        update(OutboxRow)
        .where(col(OutboxRow.lane) == lane, col(OutboxRow.done_at).is_(None))
        .values(done_at=tx.wall(), leased_until=None, outcome=why[:200])
    )


def refuse(tx: Tx, errand: int, code: str) -> None:
    """Done, and told to a person, who may ask the same again: its key is free."""
    tx.execute(
        update(OutboxRow)
        .where(col(OutboxRow.id) == errand)
        .values(
            done_at=tx.wall(),
            leased_until=None,
            outcome=f"told: {code}"[:200],
            dedupe=col(OutboxRow.dedupe) + f":{errand}",
        )
    )


def put_back(tx: Tx, errand: int, after: timedelta, why: str) -> None:
    """Release the lease and try again later; the lane waits."""
    tx.execute(
        update(OutboxRow)
        .where(col(OutboxRow.id) == errand)
        .values(leased_until=None, due_at=tx.wall() + after, outcome=why[:200])
    )


def added_at(tx: Tx, dedupe: str) -> datetime | None:
    """When the errand with this key was added (wall time), None when it is gone or never was."""
    return tx.execute(select(col(OutboxRow.added_at)).where(col(OutboxRow.dedupe) == dedupe)).scalar()


def next_due(tx: Tx) -> datetime | None:
    """When the next waiting errand may be tried (wall time), None when none waits.

    Behind the first of its lane nothing can be tried, and a leased one not before its lease is over.
    """
    heads = select(col(OutboxRow.due_at), col(OutboxRow.leased_until)).where(
        col(OutboxRow.id).in_(_first_of_lanes())
    )
    return min(
        (max(row.due_at, row.leased_until or row.due_at) for row in tx.execute(heads)),
        default=None,
    )


def _first_of_lanes() -> Select[Any]:
    waiting = select(func.min(col(OutboxRow.id))).where(col(OutboxRow.done_at).is_(None))
    return waiting.group_by(col(OutboxRow.lane))


def forget_old(tx: Tx) -> None:
    tx.execute(delete(OutboxRow).where(col(OutboxRow.done_at) < tx.wall() - KEPT))
