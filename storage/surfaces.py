"""Living messages: where each was posted, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlmodel import col

from domain.errands import Surface, SurfaceKind
from storage.db import Tx
from storage.people import upsert
from storage.tables import HomeRow, SurfaceRow


@dataclass(frozen=True)
class Posted:
    """`shown` is the hash of the rendered message that Slack took last."""

    surface: Surface
    channel: str
    ts: str
    shown: str


def _posted(row: SurfaceRow) -> Posted:
    return Posted(Surface(SurfaceKind(row.kind), row.subject, row.audience), row.channel, row.ts, row.shown)


def get(tx: Tx, surface: Surface) -> Posted | None:
    query = select(SurfaceRow).where(
        col(SurfaceRow.kind) == surface.kind.value,
        col(SurfaceRow.subject) == surface.subject,
        col(SurfaceRow.audience) == surface.audience,
    )
    row = tx.session.scalars(query).first()
    return _posted(row) if row else None


def of_subject(tx: Tx, subject: str) -> list[Posted]:
    query = select(SurfaceRow).where(col(SurfaceRow.subject) == subject).order_by(col(SurfaceRow.id))
    return [_posted(row) for row in tx.session.scalars(query)]


def put(tx: Tx, posted: Posted) -> None:
    row = {
        "kind": posted.surface.kind.value,
        "subject": posted.surface.subject,
        "audience": posted.surface.audience,
        "channel": posted.channel,
        "ts": posted.ts,
        "shown": posted.shown,
    }
    upsert(tx, SurfaceRow, [row], ["kind", "subject", "audience"])


def shows(tx: Tx, surface: Surface, shown: str) -> None:
    tx.execute(
        update(SurfaceRow)
        .where(
            col(SurfaceRow.kind) == surface.kind.value,
            col(SurfaceRow.subject) == surface.subject,
            col(SurfaceRow.audience) == surface.audience,
        )
        .values(shown=shown)
    )


def forget(tx: Tx, surface: Surface) -> None:
    """The message is gone from Slack: the next Show posts it anew."""
    tx.execute(
        delete(SurfaceRow).where(
            col(SurfaceRow.kind) == surface.kind.value,
            col(SurfaceRow.subject) == surface.subject,
            col(SurfaceRow.audience) == surface.audience,
        )
    )


def opened_home(tx: Tx, user: str) -> None:
    upsert(tx, HomeRow, [{"user": user, "opened_at": tx.wall()}], ["user"])


def homes(tx: Tx) -> list[str]:
    """Everybody who has opened App Home."""
    return [str(row[0]) for row in tx.execute(select(col(HomeRow.user)))]
