"""Which rounds of questions were taken on: each by one process, whatever restarts or stands beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, false, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from domain.health.baselines import Baseline
from storage.codec import adapter
from storage.db import Tx
from storage.tables import RoundRow

KEPT = timedelta(days=30)
_BASELINES = adapter(tuple[Baseline, ...])


def of_baseline(release: str, deploy: datetime) -> str:
    """Each deploy of a release has its own: what was usual before the one is not before the next."""
    return f"baseline:{release}:{deploy.astimezone(UTC):%Y%m%dT%H%M%S}"


def taken(tx: Tx) -> dict[tuple[str, str], datetime]:
    """The newest round by project and key."""
    found = tx.execute(select(col(RoundRow.project), col(RoundRow.key), col(RoundRow.slot)))
    return {(str(project), str(key)): slot for project, key, slot in found}


def take(tx: Tx, project: str, key: str, slot: datetime) -> bool:
    """Whether this round is the caller's: nobody had it, nor a later one."""
    adding = (postgresql if tx.dialect == "postgresql" else sqlite).insert(RoundRow)
    query = (
        adding.values(project=project, key=key, slot=slot, body="", partial=False)
        .on_conflict_do_update(
            index_elements=["project", "key"],
            set_={"slot": adding.excluded.slot},
            where=col(RoundRow.slot) < adding.excluded.slot,
        )
        .returning(col(RoundRow.slot))
    )
    return tx.execute(query).first() is not None


def answered(tx: Tx) -> set[tuple[str, str]]:
    """The baselines whose whole answer is kept, by project and key."""
    whole = select(col(RoundRow.project), col(RoundRow.key)).where(
        col(RoundRow.body) != "", col(RoundRow.partial) == false()
    )
    found = tx.execute(whole)
    return {(str(project), str(key)) for project, key in found}


def put_baselines(
    tx: Tx, project: str, key: str, found: tuple[Baseline, ...], *, partial: bool = False
) -> None:
    """`partial` when the rest is to be asked for with the next round."""
    tx.execute(
        RoundRow.__table__.update()  # type: ignore[attr-defined]  # set by SQLModel
        .where(col(RoundRow.project) == project, col(RoundRow.key) == key)
        .values(body=_BASELINES.dump_json(found).decode(), partial=partial)
    )


def baselines(tx: Tx, project: str, key: str) -> dict[str, Baseline] | None:
    """By metric; None before they are known. `key` is that of `of_baseline`."""
    query = select(col(RoundRow.body)).where(col(RoundRow.project) == project, col(RoundRow.key) == key)
    body = tx.execute(query).scalar()
    return {one.metric: one for one in _BASELINES.validate_json(str(body))} if body else None


def forget_old(tx: Tx, at: datetime) -> None:
    tx.execute(delete(RoundRow).where(col(RoundRow.slot) < at - KEPT))
