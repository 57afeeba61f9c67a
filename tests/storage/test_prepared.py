"""A prepared statement reads, writes and fails like the same statement run by SQLAlchemy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from storage import decisions
from storage.db import Database, Prepared, Tx
from storage.tables import InboxRow, OutboxRow, PersonRow

AT = datetime(2026, 3, 4, 3, 0, 0, 7, tzinfo=UTC)
ADD = Prepared(insert(OutboxRow), columns="lane dedupe due_at added_at attempts outcome body leased_until")
ROWS = select(
    col(OutboxRow.dedupe), col(OutboxRow.due_at), col(OutboxRow.leased_until), col(OutboxRow.attempts)
).order_by(col(OutboxRow.dedupe))
IN_LANE = ROWS.where(col(OutboxRow.lane) == bindparam("lane"), col(OutboxRow.outcome) == "kept")
KEY = Prepared(insert(InboxRow), columns="key at answer")


def row(dedupe: str, **facts: object) -> dict[str, object]:
    usual = {"lane": "a", "due_at": AT, "added_at": AT, "attempts": 0, "outcome": "kept", "body": "{}"}
    return usual | {"leased_until": None, "dedupe": dedupe} | facts


def test_rows_come_back_as_sqlalchemy_reads_them(database: Database) -> None:
    seoul = AT.astimezone(timezone(timedelta(hours=9)))
    with database.transaction() as tx:
        ADD.add(tx, [row("1"), row("2", leased_until=seoul, attempts=3), row("3", outcome="gone")])
        ADD.add(tx, [row("4", due_at=AT.replace(microsecond=0))])
        ADD.add(tx, [])
    with database.transaction() as tx:
        found = Prepared(IN_LANE).all(tx, lane="a")
        assert found == [tuple(r) for r in tx.execute(IN_LANE, {"lane": "a"})]
    assert found == [("1", AT, None, 0), ("2", AT, AT, 3), ("4", AT.replace(microsecond=0), None, 0)]
    assert all(one[1].tzinfo is UTC or one[1].utcoffset() == timedelta(0) for one in found)


def test_rows_are_written_as_sqlalchemy_writes_them(database: Database) -> None:
    with database.transaction() as tx:
        ADD.add(tx, [row("prepared")])
        tx.execute(insert(OutboxRow), [row("core")])
    with database.transaction() as tx:
        kept = tx.connection.exec_driver_sql(
            "SELECT due_at, added_at, leased_until, attempts FROM outbox"
        ).all()
    assert kept[0] == kept[1]


def test_a_truth_is_a_truth(database: Database) -> None:
    people = Prepared(insert(PersonRow), columns="user team name email locale zone bot guest stranger active")
    known = {"team": "T", "name": "n", "email": "", "locale": "en", "zone": "UTC"}
    flags = {"bot": False, "guest": True, "stranger": False, "active": True}
    with database.transaction() as tx:
        people.add(tx, [{"user": "U1"} | known | flags])
        asked = select(col(PersonRow.guest), col(PersonRow.bot)).where(col(PersonRow.guest).is_(True))
        assert Prepared(asked).all(tx) == [(True, False)]
        assert Prepared(asked).first(tx) == (True, False)


def test_the_first_of_nothing_is_none(database: Database) -> None:
    with database.transaction() as tx:
        assert Prepared(IN_LANE).first(tx, lane="nobody") is None


def test_each_database_gets_its_own_words(database: Database) -> None:
    columns = "lane dedupe due_at added_at attempts outcome body leased_until"
    once = Prepared(
        sqlite.insert(OutboxRow).on_conflict_do_nothing(index_elements=["dedupe"]),
        postgresql.insert(OutboxRow).on_conflict_do_nothing(index_elements=["dedupe"]),
        columns=columns,
    )
    with database.transaction() as tx:
        once.add(tx, [row("1"), row("1", attempts=9)])
        once.add(tx, [row("1", attempts=9)])
        assert Prepared(ROWS).all(tx) == [("1", AT, None, 0)]


def test_the_errors_are_those_of_sqlalchemy(database: Database) -> None:
    one, two = ({"key": key, "at": AT, "answer": ""} for key in ("one", "two"))
    with database.transaction() as tx:
        KEY.add(tx, [one])
    for rows in ([one], [two, two]):
        with database.transaction() as tx:
            with pytest.raises(IntegrityError) as failed:
                KEY.add(tx, rows)
            tx.undo()
        assert not failed.value.connection_invalidated


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="zone"), database.transaction() as tx:
        KEY.add(tx, [{"key": "one", "at": AT.replace(tzinfo=None), "answer": ""}])


def test_what_the_session_holds_back_is_written_first(database: Database) -> None:
    def work(tx: Tx) -> object:
        tx.session.add(InboxRow(key="one", at=AT, answer="held back"))
        asked = select(col(InboxRow.answer)).where(col(InboxRow.key) == bindparam("key"))
        return Prepared(asked).first(tx, key="one")

    with database.transaction() as tx:
        assert work(tx) == ("held back",)


def test_a_list_of_unknown_length_is_not_for_preparing(database: Database) -> None:
    with database.transaction() as tx, pytest.raises(ValueError, match="not for preparing"):
        Prepared(ROWS.where(col(OutboxRow.lane).in_(["a", "b"]))).all(tx)


def test_live_decisions_are_found_by_their_index(database: Database) -> None:
    """A comparison that the partial index does not know would read every decision ever made."""
    if not database.is_sqlite:
        pytest.skip("asks SQLite for its plan")
    with database.transaction() as tx:
        plan = decisions._LIVE._plan(tx)
        steps = tx.drive(f"EXPLAIN QUERY PLAN {plan.text}", ["R", 1]).fetchall()
    assert ["uq_decision_live" in step[3] for step in steps] == [True]
