from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - fills the metadata
from domain.events import Denied
from domain.people import BOT, Origin, Via
from domain.refusals import Gone
from storage import audit, schema
from storage.db import Database
from tests.support.postgres import EMPTY, Server
from tests.support.world import World


def _differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, SQLModel.metadata))


def test_migrated_schema_is_the_metadata(database: Database) -> None:
    assert _differences(database.engine) == []


def test_migrated_indexes_have_their_conditions(database: Database) -> None:
    where = {
        index["name"]: str(index["dialect_options"][f"{database.engine.dialect.name}_where"]).strip("()")
        for table in ("decision", "outbox")
        for index in inspect(database.engine).get_indexes(table)
        if any(option.endswith("_where") for option in index.get("dialect_options", {}))
    }
    live = "live = 1" if database.is_sqlite else "live"
    assert where == {"uq_decision_live": live, "ix_outbox_waiting": "done_at IS NULL"}


def test_a_migrated_database_is_current(database: Database) -> None:
    assert schema.state(database.engine) is schema.State.CURRENT
    assert schema.is_current(database.engine)


def test_an_empty_database_is_told_and_upgraded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deep/down/naru.db"
    (tmp_path / "deep/down").mkdir(parents=True)
    engine = create_engine(url)
    assert schema.state(engine) is schema.State.EMPTY
    schema.upgrade(url)
    assert schema.state(engine) is schema.State.CURRENT


@pytest.mark.postgres
def test_an_empty_postgres_is_told_and_upgraded(postgres: Server) -> None:
    with postgres.database(template=EMPTY) as url:
        engine = create_engine(url)
        assert schema.state(engine) is schema.State.EMPTY
        schema.upgrade(engine)
        schema.upgrade(url)
        assert schema.is_current(engine)
        engine.dispose()


def test_upgrade_of_a_newer_database_is_refused(database_url: str, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema.state(database.engine) is schema.State.NEWER
    with pytest.raises(schema.NewerDatabase, match="9999"):
        schema.upgrade(database_url)


def test_upgrade_leaves_foreign_keys_on(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/naru.db")
    schema.upgrade(database.engine)
    with database.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    database.close()


def test_upgrade_with_broken_references_is_refused(tmp_path: Path, migrated_sqlite: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO scope (release, candidate, body) VALUES ('nobody', 0, '{}')"))
    engine.dispose()
    with pytest.raises(schema.BrokenReferences, match="scope"):
        schema.upgrade(f"sqlite:///{path}")


def test_upgrade_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_connection: object) -> None:
        raise OSError("pulled the plug")

    url = f"sqlite:///{tmp_path}/naru.db"
    monkeypatch.setattr(schema, "_check_references", fails)
    with pytest.raises(OSError, match="plug"):
        schema.upgrade(url)
    engine = create_engine(url)
    assert schema.state(engine) is schema.State.EMPTY
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_replicas_that_start_together_migrate_once_on_sqlite(tmp_path: Path) -> None:
    for start in range(20):  # one start in seven met the switch to WAL
        _together(f"sqlite:///{tmp_path}/{start}.db")


@pytest.mark.postgres
def test_replicas_that_start_together_migrate_once_on_postgres(postgres: Server) -> None:
    with postgres.database(template=EMPTY) as url:
        _together(url)


def _together(url: str) -> None:
    start = Barrier(4)

    def replica() -> None:
        start.wait()
        schema.upgrade(url)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(replica) for _ in range(4)]:
            done.result(timeout=30)
    engine = create_engine(url)
    assert schema.is_current(engine)
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'somebody else'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE seq = 2",
    ],
)
def test_the_audit_trail_refuses_change(database: Database, shop: World, statement: str) -> None:
    _record(database, shop, 2)
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as tx:
        tx.execute(text(statement))
    with database.transaction() as tx:
        assert audit.verify(tx) is None


def test_the_audit_trail_refuses_replacement(database: Database, shop: World) -> None:
    _record(database, shop, 1)
    statement = "TRUNCATE audit" if not database.is_sqlite else "REPLACE INTO audit SELECT * FROM audit"
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as tx:
        tx.execute(text(statement))


def _record(database: Database, shop: World, rows: int) -> None:
    with database.transaction() as tx:
        for _ in range(rows):
            denied = Denied(request="Decide", refusal=Gone("release"), release="")
            audit.append(tx, Origin(BOT, Via.BOT), shop.project.key, [denied])
