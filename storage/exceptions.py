"""Freeze exceptions: one JSON body each, with the columns that queries need."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select
from sqlmodel import col

from domain.calendar.exceptions import ExceptionState, FreezeException
from storage.codec import adapter
from storage.db import Prepared, Tx
from storage.people import upsert
from storage.tables import ExceptionRow

_EXCEPTION = adapter(FreezeException)
_ONCE_GRANTED = (ExceptionState.USED, ExceptionState.EXPIRED, ExceptionState.REVOKED)
_BODY = select(col(ExceptionRow.body)).order_by(col(ExceptionRow.asked_at), col(ExceptionRow.id))


def of_project(
    tx: Tx, project: str, states: Collection[ExceptionState] = (), release: str = ""
) -> tuple[FreezeException, ...]:
    """In the order in which they were asked; no state named means any, no release named all."""
    query = _BODY.where(col(ExceptionRow.project) == project)
    if states:
        query = query.where(col(ExceptionRow.state).in_([state.value for state in states]))
    if release:
        query = query.where(col(ExceptionRow.release) == release)
    return tuple(_EXCEPTION.validate_json(str(row[0])) for row in tx.execute(query))


_ONCE = or_(*(col(ExceptionRow.state) == state.value for state in _ONCE_GRANTED))
_GRANTED = Prepared(
    _BODY.where(
        col(ExceptionRow.project) == bindparam("project"),
        or_(
            col(ExceptionRow.state) == ExceptionState.GRANTED.value,
            and_(_ONCE, col(ExceptionRow.asked_at) >= bindparam("since")),
        ),
    )
)


def granted(tx: Tx, project: str, since: datetime) -> tuple[FreezeException, ...]:
    """Those that are granted, and of those that have ended the ones asked `since`."""
    found = _GRANTED.all(tx, project=project, since=since)
    return tuple(_EXCEPTION.validate_json(str(row[0])) for row in found)


def asked_between(tx: Tx, project: str, since: datetime, until: datetime) -> tuple[FreezeException, ...]:
    """Those asked from `since` to before `until`."""
    asked_at = col(ExceptionRow.asked_at)
    query = _BODY.where(col(ExceptionRow.project) == project, asked_at >= since, asked_at < until)
    return tuple(_EXCEPTION.validate_json(str(row[0])) for row in tx.execute(query))


def get(tx: Tx, id_: str, *, lock: bool = False) -> FreezeException | None:
    """`lock` for whoever will change it: a reading transaction may not."""
    query = select(col(ExceptionRow.body)).where(col(ExceptionRow.id) == id_)
    if lock and tx.dialect == "postgresql":
        query = query.with_for_update()
    body = tx.execute(query).scalar()
    return _EXCEPTION.validate_json(str(body)) if body is not None else None


def put(tx: Tx, found: FreezeException) -> None:
    row = {
        "id": found.id,
        "project": found.project,
        "release": found.release or None,
        "state": found.state.value,
        "asked_at": found.asked_at,
        "body": _EXCEPTION.dump_json(found).decode(),
    }
    upsert(tx, ExceptionRow, [row], ["id"])
