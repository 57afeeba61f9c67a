from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col

from storage import inbox
from storage.db import Database, NotStarted, Tx, Unavailable
from storage.db.engines import Turnstile
from storage.tables import InboxRow
from tests.support.clock import HandClock

SOON = 5.0


@pytest.fixture
def sqlite(migrated_sqlite: Path, tmp_path: Path, clock: HandClock) -> Iterator[Database]:
    path = tmp_path / "naru.db"
    shutil.copy(migrated_sqlite, path)
    found = Database(f"sqlite:///{path}", now=clock)
    yield found
    found.close()


def keys(database: Database) -> list[str]:
    return database.read_now(
        lambda tx: [str(row[0]) for row in tx.execute(select(col(InboxRow.key)).order_by(col(InboxRow.key)))]
    )


def claim(tx: Tx, key: str) -> str:
    inbox.claim(tx, key, "answer")
    return key


class Held:
    """A job that holds the writer up until it is let go, so that others queue behind it as one batch."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, tx: Tx) -> str:
        self.begun.set()
        assert self.go.wait(SOON)
        return "held"


async def until(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, SOON)


async def test_a_unit_of_work_is_readable_when_it_is_answered(database: Database) -> None:
    assert await database.run(claim, "one") == "one"
    assert await database.read(inbox.find, "one") == "answer"


async def test_a_unit_of_work_that_fails_writes_nothing(database: Database) -> None:
    def fail(tx: Tx) -> None:
        claim(tx, "one")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.run(fail)
    assert keys(database) == []


async def test_undo_takes_back_and_goes_on_in_the_same_transaction(database: Database) -> None:
    def work(tx: Tx) -> None:
        claim(tx, "refused")
        tx.undo()
        claim(tx, "answer to it")

    await database.run(work)
    assert keys(database) == ["answer to it"]


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError):
        database.read_now(claim, "one")
    assert keys(database) == []


def test_a_reader_sees_one_moment(database: Database) -> None:
    def look(tx: Tx) -> tuple[object, object]:
        before = inbox.find(tx, "one")
        with database.transaction() as other:
            claim(other, "one")
        return before, inbox.find(tx, "one")

    assert database.read_now(look) == (None, None)
    assert keys(database) == ["one"]


async def test_a_job_past_its_deadline_is_dropped_before_it_begins(database: Database) -> None:
    with pytest.raises(NotStarted):
        await database.run(claim, "late", deadline=time.monotonic() - 0.001)
    assert await database.run(claim, "in time", deadline=time.monotonic() + SOON) == "in time"
    assert keys(database) == ["in time"]


async def test_the_outbox_is_told_after_the_commit(database: Database) -> None:
    seen: list[list[str]] = []
    database.listen(lambda: seen.append(keys(database)))

    def work(tx: Tx) -> None:
        claim(tx, "one")
        tx.wrote_outbox = True

    await database.run(work)
    await database.run(claim, "two")
    with database.transaction() as tx:
        tx.wrote_outbox = True
    assert seen == [["one"], ["one", "two"]]


# --- group commit -----------------------------------------------------------------------------------------


async def test_neighbours_commit_together_and_each_gets_its_own_answer(sqlite: Database) -> None:
    held = Held()
    first = asyncio.create_task(sqlite.run(held))
    await until(held.begun)
    connections: list[int] = []

    def work(tx: Tx, key: str) -> str:
        connections.append(id(tx.connection))
        return claim(tx, key)

    rest = [asyncio.create_task(sqlite.run(work, f"k{n}")) for n in range(9)]
    await asyncio.sleep(0.05)
    held.go.set()
    assert await asyncio.gather(first, *rest) == ["held", *(f"k{n}" for n in range(9))]
    assert len(set(connections)) == 1
    assert keys(sqlite) == [f"k{n}" for n in range(9)]


async def test_a_failing_job_does_not_harm_its_neighbours(sqlite: Database) -> None:
    held = Held()
    first = asyncio.create_task(sqlite.run(held))
    await until(held.begun)

    def fail(tx: Tx) -> None:
        claim(tx, "mine")
        raise KeyError("bug")

    jobs = [sqlite.run(claim, "a"), sqlite.run(fail), sqlite.run(claim, "a"), sqlite.run(claim, "b")]
    rest = [asyncio.ensure_future(job) for job in jobs]
    await asyncio.sleep(0.05)
    held.go.set()
    await first
    found = await asyncio.gather(*rest, return_exceptions=True)
    assert [type(one) for one in found] == [str, KeyError, IntegrityError, str]
    assert keys(sqlite) == ["a", "b"]


async def test_a_dead_batch_is_replayed_job_by_job(sqlite: Database) -> None:
    """A job that loses the shared transaction takes nothing of its neighbours along."""
    held = Held()
    first = asyncio.create_task(sqlite.run(held))
    await until(held.begun)
    runs: list[str] = []

    def work(tx: Tx, key: str) -> str:
        runs.append(key)
        return claim(tx, key)

    def lose(tx: Tx) -> None:
        tx.connection.connection.dbapi_connection.rollback()  # type: ignore[union-attr]  # a live connection
        raise RuntimeError("lost")

    jobs = [sqlite.run(work, "a"), sqlite.run(lose), sqlite.run(work, "b")]
    rest = [asyncio.ensure_future(job) for job in jobs]
    await asyncio.sleep(0.05)
    held.go.set()
    await first
    found = await asyncio.gather(*rest, return_exceptions=True)
    assert found[0] == "a"
    assert isinstance(found[1], RuntimeError)
    assert found[2] == "b"
    assert runs == ["a", "a", "b"]
    assert keys(sqlite) == ["a", "b"]
    assert sqlite.alive


@pytest.mark.parametrize(("writes", "times"), [(True, 2), (False, 1)])
async def test_a_batch_is_replayed_only_where_something_written_must_be_taken_back(
    sqlite: Database, *, writes: bool, times: int
) -> None:
    held = Held()
    first = asyncio.create_task(sqlite.run(held))
    await until(held.begun)
    runs: list[str] = []

    def refused(tx: Tx) -> str:
        runs.append("refused")
        if writes:
            claim(tx, "taken back")
        else:
            inbox.find(tx, "looked at")
        tx.undo()
        return claim(tx, "answer to it")

    jobs = [sqlite.run(claim, "a"), sqlite.run(refused), sqlite.run(claim, "b")]
    rest = [asyncio.ensure_future(job) for job in jobs]
    await asyncio.sleep(0.05)
    held.go.set()
    await first
    assert await asyncio.gather(*rest) == ["a", "answer to it", "b"]
    assert keys(sqlite) == ["a", "answer to it", "b"]
    assert runs == ["refused"] * times


async def test_a_job_cancelled_in_the_queue_is_dropped_and_the_writer_lives(sqlite: Database) -> None:
    held = Held()
    first = asyncio.create_task(sqlite.run(held))
    await until(held.begun)
    given_up = asyncio.create_task(sqlite.run(claim, "given up"))
    await asyncio.sleep(0.02)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    held.go.set()
    await first
    assert await sqlite.run(claim, "after") == "after"
    assert keys(sqlite) == ["after"]


async def test_a_job_that_has_begun_is_finished_although_its_caller_gave_up(sqlite: Database) -> None:
    begun, go = threading.Event(), threading.Event()

    def work(tx: Tx) -> None:
        begun.set()
        assert go.wait(SOON)
        claim(tx, "begun")

    caller = asyncio.create_task(sqlite.run(work))
    await until(begun)
    caller.cancel()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    await sqlite.run(claim, "next")
    assert keys(sqlite) == ["begun", "next"]


async def test_a_deadline_that_passes_while_the_writer_waits_drops_the_job(sqlite: Database) -> None:
    held = Held()
    first = asyncio.create_task(sqlite.run(held))
    await until(held.begun)
    late = asyncio.create_task(sqlite.run(claim, "late", deadline=time.monotonic() + 0.05))
    await asyncio.sleep(0.1)
    held.go.set()
    await first
    with pytest.raises(NotStarted):
        await late
    assert keys(sqlite) == []


async def test_a_stopped_writer_refuses_and_is_not_alive(sqlite: Database) -> None:
    await sqlite.run(claim, "one")
    assert sqlite._writer is not None
    sqlite._writer.stop()
    assert not sqlite.alive
    with pytest.raises(Unavailable):
        await sqlite.run(claim, "two")


async def test_what_is_queued_is_finished_before_the_end(sqlite: Database) -> None:
    held = Held()
    first = asyncio.create_task(sqlite.run(held))
    await until(held.begun)
    queued = asyncio.create_task(sqlite.run(claim, "queued"))
    await asyncio.sleep(0.02)
    assert sqlite._writer is not None
    stopping = asyncio.create_task(asyncio.to_thread(sqlite._writer.stop))
    held.go.set()
    await asyncio.gather(first, queued, stopping)
    assert keys(sqlite) == ["queued"]


async def test_a_transaction_of_another_thread_takes_its_turn(sqlite: Database) -> None:
    held = Held()
    first = asyncio.create_task(sqlite.run(held))
    await until(held.begun)

    def other() -> None:
        with sqlite.transaction() as tx:
            claim(tx, "other")

    waiting = asyncio.create_task(asyncio.to_thread(other))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    held.go.set()
    await asyncio.gather(first, waiting)
    assert keys(sqlite) == ["other"]


# --- two processes ----------------------------------------------------------------------------------------

CONTENDER = textwrap.dedent(
    """
    import sys, time
    from storage import inbox
    from storage.db import Database
    database, name, rounds = Database(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    worst = 0.0
    for n in range(rounds):
        begun = time.monotonic()
        with database.transaction() as tx:
            inbox.claim(tx, f"{name}{n}", "x")
        worst = max(worst, time.monotonic() - begun)
    print(worst)
    """
)


def test_two_processes_take_turns_on_one_file(sqlite: Database) -> None:
    command = [sys.executable, "-c", CONTENDER, sqlite.url]
    both = [
        subprocess.Popen([*command, name, "150"], stdout=subprocess.PIPE, text=True) for name in ("a", "b")
    ]
    waits = [float(process.communicate(timeout=60)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert len(keys(sqlite)) == 300
    assert max(waits) < 2.0  # by SQLite's own waiting alone the worst is longer


def test_the_turnstile_lets_nobody_pass_twice(tmp_path: Path) -> None:
    """While somebody waits, who leaves cannot come back before them."""
    ours, theirs = Turnstile(tmp_path / "db"), Turnstile(tmp_path / "db")
    order: list[str] = []
    inside, waiting = threading.Event(), threading.Event()

    def other() -> None:
        assert inside.wait(SOON)
        waiting.set()
        with theirs.held():
            order.append("theirs")

    thread = threading.Thread(target=other)
    thread.start()
    with ours.held():
        order.append("ours")
        inside.set()
        assert waiting.wait(SOON)
        time.sleep(0.05)
    with ours.held():
        order.append("ours")
    thread.join()
    assert order == ["ours", "theirs", "ours"]
    ours.close()
    theirs.close()


# --- PostgreSQL -------------------------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_lost_race_for_a_unique_key_is_run_again(database: Database) -> None:
    """Two replicas serve one request: the slower one finds the first answer."""
    both_looked = threading.Barrier(2, timeout=SOON)
    first_time = threading.local()
    runs: list[str | None] = []

    def serve(tx: Tx) -> str:
        found = inbox.find(tx, "request")
        runs.append(found)
        if not getattr(first_time, "met", False):
            first_time.met = True
            both_looked.wait()
        if found is not None:
            return f"again: {found}"
        inbox.claim(tx, "request", "first")
        return "first"

    answers = await asyncio.gather(database.run(serve), database.run(serve))
    assert sorted(answers) == ["again: first", "first"]
    assert runs == [None, None, "first"]


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_deadlock_is_run_again(database: Database) -> None:
    with database.transaction() as tx:
        claim(tx, "a")
        claim(tx, "b")
    met = threading.Barrier(2, timeout=SOON)
    once = threading.local()

    def lock(tx: Tx, first: str, second: str) -> str:
        query = "SELECT key FROM inbox WHERE key = :key FOR UPDATE"
        tx.execute(text(query).bindparams(key=first))
        if not getattr(once, "met", False):
            once.met = True
            met.wait()
        tx.execute(text(query).bindparams(key=second))
        return first

    found = await asyncio.gather(database.run(lock, "a", "b"), database.run(lock, "b", "a"))
    assert list(found) == ["a", "b"]


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_what_is_no_race_is_not_tried_again(database: Database) -> None:
    runs: list[int] = []

    def wrong(tx: Tx) -> None:
        runs.append(1)
        tx.execute(insert(InboxRow).values(key=None, at=tx.wall(), answer=""))

    with pytest.raises(IntegrityError):
        await database.run(wrong)
    assert runs == [1]


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_connection_that_the_server_ended_is_replaced(database: Database) -> None:
    ended: list[bool] = []

    def work(tx: Tx) -> str:
        if not ended:
            ended.append(True)
            with database.engine.connect() as other:
                mine = tx.execute(text("SELECT pg_backend_pid()")).scalar()
                other.execute(text("SELECT pg_terminate_backend(:pid)").bindparams(pid=mine))
        return claim(tx, "one")

    assert await database.run(work) == "one"
    assert keys(database) == ["one"]
