from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlmodel import col

from domain.errands import ReadRepository, SetRoomTopic, ShowCopies
from storage import doubt, outbox
from storage.db import Database, Tx
from storage.outbox import Waiting
from storage.tables import OutboxRow

NOW = datetime(2026, 3, 5, 5, tzinfo=UTC)
LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)


def add(database: Database, *waiting: Waiting) -> None:
    with database.transaction() as tx:
        outbox.add(tx, waiting)


def errand(lane: str, name: str, after: timedelta = timedelta(0)) -> Waiting:
    return Waiting(lane, name, ShowCopies(name), after)


def claim(database: Database, *, git: bool = False, limit: int = 10) -> list[str]:
    """The subjects of what was claimed."""
    with database.transaction() as tx:
        found = outbox.claim_due(tx, git=git, limit=limit, lease=LEASE)
    return [item.errand.subject for item in found if isinstance(item.errand, ShowCopies)]


def ids(database: Database) -> dict[str, int]:
    def look(tx: Tx) -> dict[str, int]:
        rows = tx.execute(select(col(OutboxRow.dedupe), col(OutboxRow.id)))
        return {str(row[0]): int(row[1]) for row in rows}

    return database.read_now(look)


def finish(database: Database, *names: str) -> None:
    known = ids(database)
    with database.transaction() as tx:
        outbox.finish(tx, [(known[name], "sent") for name in names])


@pytest.fixture
def wall() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


def test_a_lane_is_delivered_in_its_order(database: Database) -> None:
    add(database, errand("C1", "a"), errand("C1", "b"), errand("C2", "x"), errand("C1", "c"))
    assert claim(database) == ["a", "x"]
    assert claim(database) == []
    finish(database, "a")
    assert claim(database) == ["b"]
    finish(database, "x", "b")
    assert claim(database) == ["c"]


def test_a_first_errand_that_is_put_back_holds_its_lane(
    database: Database, wall: time_machine.Traveller
) -> None:
    add(database, errand("C1", "a"), errand("C1", "b"))
    assert claim(database) == ["a"]
    with database.transaction() as tx:
        outbox.put_back(tx, ids(database)["a"], 10 * SECOND, "ratelimited")
    assert claim(database) == []
    wall.shift(10)
    assert claim(database) == ["a"]


def test_an_errand_that_is_due_later_waits(database: Database, wall: time_machine.Traveller) -> None:
    add(database, errand("C1", "a", after=LEASE))
    assert claim(database) == []
    wall.shift(60)
    assert claim(database) == ["a"]


def test_a_lease_that_ran_out_is_claimed_again_and_counted(
    database: Database, wall: time_machine.Traveller
) -> None:
    add(database, errand("C1", "a"))
    assert claim(database) == ["a"]
    with database.transaction() as tx:
        outbox.sending(tx, ids(database)["a"])
    wall.shift(60)
    assert claim(database) == []
    wall.shift(1)
    with database.transaction() as tx:
        (again,) = outbox.claim_due(tx, git=False, limit=1, lease=LEASE)
    assert (again.attempts, again.sent_at) == (2, NOW)


def test_the_oldest_lanes_come_first(database: Database) -> None:
    add(database, *(errand(f"C{n}", f"e{n}") for n in range(5)))
    assert claim(database, limit=3) == ["e0", "e1", "e2"]
    assert claim(database, limit=3) == ["e3", "e4"]


def test_git_work_is_claimed_by_the_git_worker_only(database: Database) -> None:
    add(database, Waiting("git:shop", "g", ReadRepository("shop")), errand("C1", "a"))
    assert claim(database) == ["a"]
    with database.transaction() as tx:
        (found,) = outbox.claim_due(tx, git=True, limit=5, lease=LEASE)
    assert found.errand == ReadRepository("shop")


def test_a_second_errand_with_the_same_key_is_left_out(database: Database) -> None:
    add(database, errand("C1", "a"))
    add(database, Waiting("C1", "a", SetRoomTopic("other")), errand("C1", "b"))
    assert claim(database) == ["a"]
    finish(database, "a")
    add(database, errand("C1", "a"))
    assert claim(database) == ["b"]


def test_an_errand_goes_with_its_transaction(database: Database) -> None:
    with pytest.raises(ValueError, match="no"), database.transaction() as tx:
        outbox.add(tx, [errand("C1", "a")])
        raise ValueError("no")
    assert claim(database) == []


def test_a_finished_errand_keeps_its_outcome(database: Database) -> None:
    add(database, errand("C1", "a"))
    claim(database)
    with database.transaction() as tx:
        outbox.finish(tx, [(ids(database)["a"], "x" * 300)])

    def look(tx: Tx) -> tuple[object, ...]:
        row = tx.execute(select(col(OutboxRow.outcome), col(OutboxRow.leased_until))).one()
        return tuple(row)

    assert database.read_now(look) == ("x" * 200, None)


def test_next_due_looks_at_the_first_of_each_lane(database: Database, wall: time_machine.Traveller) -> None:
    assert database.read_now(outbox.next_due) is None
    add(database, errand("C1", "a", after=30 * SECOND), errand("C1", "b"))
    assert database.read_now(outbox.next_due) == NOW + 30 * SECOND
    add(database, errand("C2", "x"))
    assert database.read_now(outbox.next_due) == NOW
    assert claim(database) == ["x"]
    assert database.read_now(outbox.next_due) == NOW + 30 * SECOND
    wall.shift(31)
    assert claim(database) == ["a"]
    assert database.read_now(outbox.next_due) == NOW + LEASE
    finish(database, "x", "a", "b")
    assert database.read_now(outbox.next_due) is None


def test_old_errands_are_forgotten_when_they_are_done(
    database: Database, wall: time_machine.Traveller
) -> None:
    add(database, errand("C1", "a"), errand("C2", "b"))
    finish(database, "a")
    wall.shift(8 * 24 * 3600)
    with database.transaction() as tx:
        outbox.forget_old(tx)
    assert set(ids(database)) == {"b"}


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_two_replicas_never_claim_the_same(database: Database) -> None:
    add(database, *(errand(f"C{n}", f"e{n}") for n in range(4)))
    with database.transaction() as one, database.transaction() as two:
        first = outbox.claim_due(one, git=False, limit=2, lease=LEASE)
        second = outbox.claim_due(two, git=False, limit=4, lease=LEASE)
    lanes = [item.lane for item in (*first, *second)]
    assert sorted(lanes) == ["C0", "C1", "C2", "C3"]


def test_only_what_was_never_begun_can_be_withdrawn(database: Database) -> None:
    add(database, errand("C1", "a"), errand("C2", "b"), errand("C3", "c"))
    assert claim(database, limit=1) == ["a"]
    finish(database, "c")

    with database.transaction() as tx:
        withdrawn = {name: outbox.withdraw(tx, name) for name in ("a", "b", "c", "d")}

    assert withdrawn == {"a": False, "b": True, "c": False, "d": False}
    assert claim(database) == []


def test_what_was_put_back_can_be_withdrawn_unless_it_may_have_been_sent(database: Database) -> None:
    add(database, errand("C1", "a"), errand("C2", "b"))
    with database.transaction() as tx:
        first, second = outbox.claim_due(tx, limit=9, lease=LEASE)
        assert doubt.begin(tx, first)
        assert doubt.begin(tx, second)
        doubt.not_sent(tx, first.id)
        for item in (first, second):
            outbox.put_back(tx, item.id, SECOND, "away")

        withdrawn = {name: outbox.withdraw(tx, name) for name in ("a", "b")}

    assert withdrawn == {"a": True, "b": False}


def test_whoever_gives_up_an_errand_learns_whether_another_has_sent_it(database: Database) -> None:
    add(database, errand("C1", "a"), errand("C2", "b"), errand("C3", "c"))
    with database.transaction() as tx:
        a, b, c = outbox.claim_due(tx, limit=9, lease=LEASE)
        assert doubt.begin(tx, b)
        outbox.finish(tx, [(c.id, "sent")])

        assert [doubt.give_up(tx, item.id) for item in (a, b, c)] == [True, False, False]
        assert [doubt.begin(tx, item) for item in (a, b)] == [False, False]


def test_a_lane_is_cleared_of_what_nobody_is_at(database: Database) -> None:
    add(database, errand("C1", "a"), errand("C1", "b"), errand("C2", "x"))
    assert claim(database, limit=1) == ["a"]

    with database.transaction() as tx:
        outbox.clear(tx, "C1")
    finish(database, "a")

    assert claim(database) == ["x"]
