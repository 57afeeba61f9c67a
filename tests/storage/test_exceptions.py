"""Exceptions as rows: those of an older schema read as what they were, and merges need no release."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from domain.calendar.entries import GateRule
from domain.calendar.exceptions import ExceptionState, FreezeException, Restriction
from storage import exceptions, schema
from storage.db import Database
from tests.support.postgres import EMPTY
from tests.support.world import World

AT = datetime(2026, 3, 5, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD: dict[str, Any] = {
    "id": "e1",
    "project": "shop",
    "release": "r1",
    "blackout": "b1",
    "state": "used",
    "asked_by": "U0OPS",
    "asked_at": AT.isoformat(),
    "what": "v1.5.0",
    "why": "세법",
    "risk": "low",
    "way_back": "v1.4.0",
    "decided_by": "U0PM",
    "since": (AT + HOUR).isoformat(),
    "until": (AT + 3 * HOUR).isoformat(),
    "note": "only the fix",
}
NEW = FreezeException(
    id="e1",
    project="shop",
    release="r1",
    restriction=Restriction(rule=GateRule.BLACKOUT, subject="b1", name="Spring sale"),
    state=ExceptionState.USED,
    asked_by="U0OPS",
    asked_at=AT,
    what="v1.5.0",
    why="세법",
    risk="low",
    way_back="v1.4.0",
    closed_until=AT + 24 * HOUR,
    decided_by="U0PM",
    decided_at=AT + HOUR,
    since=AT + HOUR,
    until=AT + 3 * HOUR,
    note="only the fix",
    used_at=AT + HOUR,
    ended_at=AT + HOUR,
)
WAITING = {"id": "e2", "blackout": "gone", "state": "asked", "decided_by": "", "since": None, "until": None}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/naru.db"
        return
    with request.getfixturevalue("postgres").database(template=EMPTY) as url:
        yield url


def _upgrade_to(url: str, revision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        upgrade = schema.command.upgrade
        patched.setattr(schema.command, "upgrade", lambda config, _head: upgrade(config, revision))
        schema.upgrade(url)


def _insert(engine: Engine, table: str, **values: object) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    slots = ", ".join(f":{name}" for name in values)
    with engine.begin() as connection:
        connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({slots})'), values)  # noqa: S608 - our own words


def test_exceptions_of_an_older_schema_are_read_as_what_they_were(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _upgrade_to(empty, "0003", monkeypatch)
    engine = create_engine(empty)
    moment = AT.replace(tzinfo=None) if engine.dialect.name == "sqlite" else AT
    release = {"project": "shop", "version": "1.5.0", "type": "regular", "stage": "approved", "body": "{}"}
    _insert(engine, "release", id="r1", created_at=moment, stage_since=moment, revision=1, **release)
    ends = moment + 24 * HOUR
    sale = {"id": "b1", "project": "shop", "name": "Spring sale", "reason": "", "added_by": "U0PM"}
    _insert(engine, "blackout", starts_at=moment, ends_at=ends, added_at=moment, **sale)
    for old in (OLD, OLD | WAITING):
        row = {name: old[name] for name in ("id", "project", "release", "state")}
        _insert(engine, "freeze_exception", asked_at=moment, body=json.dumps(old), **row)
    engine.dispose()

    schema.upgrade(empty)

    database = Database(empty)
    try:
        waiting = replace(
            NEW,
            id="e2",
            state=ExceptionState.ASKED,
            restriction=Restriction(rule=GateRule.BLACKOUT, subject="gone"),
            decided_by="",
            **dict.fromkeys(("closed_until", "decided_at", "since", "until", "used_at", "ended_at")),
        )
        assert database.read_now(exceptions.of_project, "shop") == (NEW, waiting)
    finally:
        database.close()


def test_a_merge_in_the_freeze_of_a_free_slot_has_no_release(database: Database, shop: World) -> None:
    slot = Restriction(rule=GateRule.CODE_FREEZE, subject="2026-03-05", name="2026-03-05")
    merge = replace(NEW, release="", restriction=slot)
    with database.transaction() as tx:
        exceptions.put(tx, merge)
        exceptions.put(tx, replace(merge, note="later"))
    assert database.read_now(exceptions.get, "e1") == replace(merge, note="later")
    assert database.read_now(exceptions.asked_between, "shop", AT, AT + HOUR) == (
        replace(merge, note="later"),
    )
    assert database.read_now(exceptions.asked_between, "shop", AT - HOUR, AT) == ()
    assert database.read_now(exceptions.of_project, "shop", (ExceptionState.ASKED,)) == ()
