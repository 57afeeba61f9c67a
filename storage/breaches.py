"""Breaches of rollback criteria: one at a time of a rule on a release, and kept when they are over."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from domain.criteria.model import LIVE, Breach
from storage.codec import adapter
from storage.db import Tx
from storage.tables import BreachRow

_BREACH = adapter(Breach)


def open_one(tx: Tx, breach: Breach) -> bool:
    """Whether it is the first: False where the rule has one on this release already."""
    dialect = postgresql if tx.dialect == "postgresql" else sqlite
    row = {"id": breach.id, "project": breach.project, "release": breach.release, "rule": breach.rule}
    added = tx.execute(
        dialect.insert(BreachRow)
        .values(**row, opened_at=breach.opened_at, **_changing(breach))
        .on_conflict_do_nothing(index_elements=["live"])
    )
    return bool(added.rowcount)


def save(tx: Tx, breach: Breach) -> None:
    tx.execute(update(BreachRow).where(col(BreachRow.id) == breach.id).values(**_changing(breach)))


def _changing(breach: Breach) -> dict[str, str | None]:
    live = f"{breach.release}/{breach.rule}" if breach.state in LIVE else None
    return {"state": breach.state.value, "live": live, "body": _BREACH.dump_json(breach).decode()}


def get(tx: Tx, breach: str) -> Breach | None:
    body = tx.execute(select(col(BreachRow.body)).where(col(BreachRow.id) == breach)).scalar()
    return _BREACH.validate_json(str(body)) if body is not None else None


def live(tx: Tx, release: str) -> tuple[Breach, ...]:
    """Those of a release that are not over, oldest first."""
    return tuple(one for one in of_release(tx, release, only_live=True))


def live_of(tx: Tx, releases: Iterable[str]) -> tuple[Breach, ...]:
    """Those of any of these releases that are not over, oldest first: one query, none without a release."""
    wanted = list(releases)
    if not wanted:
        return ()
    query = (
        select(col(BreachRow.body))
        .where(col(BreachRow.release).in_(wanted), col(BreachRow.live).is_not(None))
        .order_by(col(BreachRow.opened_at), col(BreachRow.rule), col(BreachRow.id))
    )
    return tuple(_BREACH.validate_json(str(row[0])) for row in tx.execute(query))


def of_release(tx: Tx, release: str, *, only_live: bool = False) -> tuple[Breach, ...]:
    """All that a release ever had, oldest first; what began together by the names of the rules."""
    query = (
        select(col(BreachRow.body))
        .where(col(BreachRow.release) == release)
        .order_by(col(BreachRow.opened_at), col(BreachRow.rule), col(BreachRow.id))
    )
    if only_live:
        query = query.where(col(BreachRow.live).is_not(None))
    return tuple(_BREACH.validate_json(str(row[0])) for row in tx.execute(query))
