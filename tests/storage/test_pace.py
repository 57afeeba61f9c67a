"""Turns of which every process that shares the database knows."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import select

from domain.pace import IN_FLIGHT_S, UPDATES_AT_ONCE, Ask
from storage import pace
from storage.db import Database
from storage.tables import PaceRow
from tests.support.clock import HandClock


class Watch:
    """The seconds that all share, moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self, _: object) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def other(database: Database, clock: HandClock) -> Iterator[Database]:
    """The same database as another process has it."""
    with closing(Database(database.url, clock)) as other:
        yield other


def take(database: Database, ask: Ask, watch: Watch) -> float:
    with database.transaction() as tx:
        return round(pace.take(tx, ask, watch), 6)


def answered(database: Database, ask: Ask, watch: Watch) -> None:
    with database.transaction() as tx:
        pace.answered(tx, ask, watch)


def test_a_turn_of_one_process_is_not_anothers(database: Database, other: Database, watch: Watch) -> None:
    first, second = Ask("1", "C1"), Ask("2", "C1", "1.1")
    assert take(database, first, watch) == 0
    assert take(other, second, watch) == 1.0
    assert take(other, Ask("3", "C2"), watch) == 0
    watch.now += 0.5
    answered(database, first, watch)
    assert take(other, second, watch) == 1.0
    watch.now += 1
    assert take(other, second, watch) == 0


def test_a_process_that_is_gone_leaves_nothing_locked(
    database: Database, other: Database, watch: Watch
) -> None:
    assert take(other, Ask("1", "C1"), watch) == 0
    other.engine.dispose()
    watch.now += IN_FLIGHT_S
    assert take(database, Ask("2", "C1"), watch) == 0


def test_who_asks_at_the_same_moment_gets_one_turn(database: Database, other: Database) -> None:
    """By the clock that they really share."""
    together = Barrier(4)

    def one(number: int) -> float:
        together.wait()
        with (database if number % 2 else other).transaction() as tx:
            return pace.take(tx, Ask(str(number), "C1", f"{number}.1"))

    with ThreadPoolExecutor(4) as threads:
        waits = sorted(threads.map(one, range(4)))
    assert waits[0] == 0
    assert waits[1] > 0


def test_slack_asks_for_patience_of_all(database: Database, other: Database, watch: Watch) -> None:
    line = Ask("1", "C1")
    assert take(database, line, watch) == 0
    with database.transaction() as tx:
        pace.refused(tx, line, 5, watch)
    assert take(other, Ask("2", "C1", "1.1"), watch) == 5.0


def test_patience_with_updates_is_the_whole_workspaces(
    database: Database, other: Database, watch: Watch
) -> None:
    card = Ask("1", "C1", "1.1")
    assert take(database, card, watch) == 0
    with database.transaction() as tx:
        pace.refused(tx, card, 5, watch)
    assert take(other, Ask("2", "C2", "2.2"), watch) == 5.0
    assert take(other, Ask("3", "C1"), watch) == 0


def test_updates_of_all_channels_share_what_the_workspace_takes(
    database: Database, other: Database, watch: Watch
) -> None:
    waits = [
        take((database, other)[n % 2], Ask(str(n), f"C{n}", "1.1"), watch) for n in range(UPDATES_AT_ONCE + 2)
    ]
    assert waits == [0.0] * UPDATES_AT_ONCE + [1.2, 2.4]


def test_who_waits_for_its_slot_keeps_it(database: Database, watch: Watch) -> None:
    for n in range(UPDATES_AT_ONCE):
        take(database, Ask(str(n), f"C{n}", "1.1"), watch)
    late = Ask("late", "C1000", "1.1")
    assert take(database, late, watch) == 1.2
    watch.now += 0.2
    assert take(database, late, watch) == 1.0
    watch.now += 1.0
    assert take(database, late, watch) == 0


def test_old_rows_are_forgotten(database: Database, watch: Watch) -> None:
    used_at = datetime(2026, 3, 5, 5, tzinfo=UTC)
    with time_machine.travel(used_at, tick=False) as wall:
        take(database, Ask("1", "C1"), watch)
        wall.move_to(used_at + timedelta(days=1, seconds=1))
        take(database, Ask("2", "C2"), watch)
        with database.transaction() as tx:
            pace.forget_old(tx)
            assert tx.execute(select(PaceRow.key)).scalars().all() == ["C2"]


def test_the_shared_clock_goes_on_whoever_asks_and_is_not_business_time(
    database: Database, other: Database, clock: HandClock
) -> None:
    with database.transaction() as tx:
        first = pace.now(tx)
    clock.move(days=30)
    with other.transaction() as tx:
        second = pace.now(tx)
    assert first < second < first + timedelta(days=1).total_seconds()
