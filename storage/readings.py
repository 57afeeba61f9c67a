"""Readings of health: kept for a month; the newest of each metric stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, false, select, text, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from domain.health.model import Reading, Source, WhyNone
from domain.health.turns import Told
from domain.types import Environment
from storage.codec import adapter
from storage.db import Tx
from storage.ids import new_id
from storage.people import upsert
from storage.tables import MetricRow, ReadingRow

KEPT = timedelta(days=30)
_BY_ROUND = frozenset({Source.PROMETHEUS, Source.ENDPOINT})
_ENTRY = adapter(Reading)
_COLUMNS = tuple(
    col(getattr(ReadingRow, name)) for name in Reading.__dataclass_fields__ if name != "environment"
)
_KEYS = ["project", "environment", "metric", "release"]
_IN_GO = 500
_LONGEST_DETAIL = 300
_LOCK = 0x68656C74  # "helt"


def add(tx: Tx, project: str, readings: Iterable[Reading]) -> list[Reading]:
    """Keep them; returns those that are new: what a monitor said in one round is taken once."""
    rows = {_key(row): (row, one) for row, one in ((_row(project, one), one) for one in readings)}
    known = _known(tx, project, [row for row, _ in rows.values()])
    fresh = {key: found for key, found in rows.items() if key not in known}
    kept = [row for row, _ in fresh.values()]
    for start in range(0, len(kept), _IN_GO):
        upsert(tx, ReadingRow, kept[start : start + _IN_GO], [*_KEYS, "slot"], change=False)
    found = [one for _, one in fresh.values()]
    _remember(tx, project, [one for one in found if not one.baseline])
    return found


def lock(tx: Tx, project: str) -> None:
    """Before anything else is locked: who takes readings in and who records that they came go the opposite
    way, and would wait for each other. The SQLite writer already is alone.
    """
    if tx.dialect == "postgresql":
        turn = text("SELECT pg_advisory_xact_lock(:lock, hashtext(:project))")
        tx.execute(turn.bindparams(lock=_LOCK, project=project))


def since(
    tx: Tx,
    project: str,
    environment: Environment,
    at: datetime,
    metrics: Sequence[str] | None = None,
    *,
    until: datetime | None = None,
) -> list[Reading]:
    """What was measured from `at` on, but for baselines, oldest first; of `metrics` where some are named."""
    query = (
        select(*_COLUMNS)
        .where(
            col(ReadingRow.project) == project,
            col(ReadingRow.environment) == environment.value,
            col(ReadingRow.at) >= at,
            col(ReadingRow.baseline) == false(),
        )
        .order_by(col(ReadingRow.at), col(ReadingRow.id))
    )
    if metrics is not None:
        query = query.where(col(ReadingRow.metric).in_(metrics))
    if until is not None:
        query = query.where(col(ReadingRow.at) <= until)
    return [_reading(row, environment) for row in tx.execute(query).mappings()]


def baseline(tx: Tx, release: str) -> list[Reading]:
    """What was asked of the time before the deploy of a release, oldest first."""
    query = (
        select(*_COLUMNS)
        .where(col(ReadingRow.release) == release, col(ReadingRow.baseline) == true())
        .order_by(col(ReadingRow.at), col(ReadingRow.id))
    )
    return [_reading(row, Environment.PRODUCTION) for row in tx.execute(query).mappings()]


def newest_of_each(
    tx: Tx, project: str, environment: Environment, *, after: datetime | None = None
) -> list[Reading]:
    """Of each metric and each release; none from before `after`."""
    query = select(col(MetricRow.body)).where(
        col(MetricRow.project) == project, col(MetricRow.environment) == environment.value
    )
    if after is not None:
        query = query.where(col(MetricRow.at) >= after)
    return [_ENTRY.validate_json(str(body)) for (body,) in tx.execute(query)]


def told(tx: Tx, project: str, environment: Environment, release: str) -> Mapping[str, Told]:
    """By metric, what people were told last in a release's thread."""
    query = select(col(MetricRow.metric), col(MetricRow.out), col(MetricRow.unreadable)).where(
        col(MetricRow.project) == project,
        col(MetricRow.environment) == environment.value,
        col(MetricRow.release) == release,
    )
    if tx.dialect == "postgresql":
        query = query.with_for_update()
    return {str(name): Told(out, unreadable) for name, out, unreadable in tx.execute(query)}


def put_told(tx: Tx, project: str, environment: Environment, release: str, after: Mapping[str, Told]) -> None:
    """Of metrics that have a reading."""
    for metric, one in after.items():
        tx.execute(
            MetricRow.__table__.update()  # type: ignore[attr-defined]  # set by SQLModel
            .where(
                col(MetricRow.project) == project,
                col(MetricRow.environment) == environment.value,
                col(MetricRow.metric) == metric,
                col(MetricRow.release) == release,
            )
            .values(out=one.out, unreadable=one.unreadable)
        )


def forget_old(tx: Tx, at: datetime) -> None:
    tx.execute(delete(ReadingRow).where(col(ReadingRow.at) < at - KEPT))
    tx.execute(delete(MetricRow).where(col(MetricRow.at) < at - KEPT))


def _remember(tx: Tx, project: str, readings: Sequence[Reading]) -> None:
    """An older reading that comes late does not take the place of a newer one."""
    rows: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in sorted(readings, key=lambda one: one.at):
        row = {
            "project": project,
            "environment": one.environment.value,
            "metric": one.metric,
            "release": one.release,
            "at": one.at,
            "out": False,
            "unreadable": False,
            "body": _ENTRY.dump_json(one).decode(),
        }
        rows[(one.environment.value, one.metric, one.release)] = row
    if not rows:
        return
    adding = (postgresql if tx.dialect == "postgresql" else sqlite).insert(MetricRow)
    newer = adding.on_conflict_do_update(
        index_elements=_KEYS,
        set_={"at": adding.excluded.at, "body": adding.excluded.body},
        where=col(MetricRow.at) <= adding.excluded.at,
    )
    tx.execute(newer, list(rows.values()))


def _known(tx: Tx, project: str, rows: Sequence[dict[str, Any]]) -> set[tuple[str, ...]]:
    slots = sorted({row["slot"] for row in rows})
    found: set[tuple[str, ...]] = set()
    for start in range(0, len(slots), _IN_GO):
        query = select(
            col(ReadingRow.environment), col(ReadingRow.metric), col(ReadingRow.release), col(ReadingRow.slot)
        ).where(col(ReadingRow.project) == project, col(ReadingRow.slot).in_(slots[start : start + _IN_GO]))
        found |= {tuple(map(str, row)) for row in tx.execute(query)}
    return found


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["environment"], row["metric"], row["release"], row["slot"])


def _row(project: str, one: Reading) -> dict[str, Any]:
    return vars(one) | {
        "project": project,
        "environment": one.environment.value,
        "source": one.source.value,
        "why": one.why.value if one.why else "",
        "detail": one.detail[:_LONGEST_DETAIL],
        "slot": _slot(one),
    }


def _slot(one: Reading) -> str:
    """People and pipelines may say two things at the same moment, a monitor says one."""
    if one.baseline:
        return f"baseline:{one.at.isoformat()}"
    return f"{one.source.value}:{one.at.isoformat()}" if one.source in _BY_ROUND else new_id()


def _reading(row: Mapping[Any, Any], environment: Environment) -> Reading:
    facts = dict(row)
    facts["why"] = WhyNone(facts["why"]) if facts["why"] else None
    facts["source"] = Source(facts["source"])
    return Reading(environment=environment, **facts)
