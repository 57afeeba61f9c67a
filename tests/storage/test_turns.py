"""The loop and the writer take turns; nobody waits long for one, and nobody's answer depends on it."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

from sqlalchemy import text

from storage.db import Database, TurnLoop, Tx
from storage.db.turns import PATIENCE_S, Turn, turn_of

LONG_S = 20 * PATIENCE_S


def test_turn_is_one_persons_at_a_time() -> None:
    turn = Turn()
    with turn.held():
        assert not turn.take()
    assert turn.take()
    turn.give()


def test_who_lost_patience_leaves_the_turn_to_its_holder() -> None:
    turn = Turn()
    with turn.held():
        with turn.held():
            pass
        assert not turn.take()


def _in_turn_loop(url: str, work: object) -> object:
    async def main() -> object:
        database = Database(url)
        try:
            return await work(database)  # type: ignore[operator]  # a coroutine function of a test
        finally:
            database.close()

    with asyncio.Runner(loop_factory=TurnLoop) as runner:
        return runner.run(main())


def test_writer_works_while_the_loop_waits_for_its_sockets(tmp_path: Path) -> None:
    async def work(database: Database) -> list[bool]:
        turn = turn_of(asyncio.get_running_loop())
        mine = not turn.take()  # the loop has it while one of its tasks runs

        def look(tx: Tx) -> bool:
            tx.execute(text("SELECT 1"))
            taken = threading.Event()
            other = threading.Thread(target=lambda: turn.take() and (turn.give(), taken.set()))
            other.start()
            other.join()
            return not taken.is_set()

        return [mine, await database.run(look)]

    assert _in_turn_loop(f"sqlite:///{tmp_path / 'naru.db'}", work) == [True, True]


def test_loop_goes_on_while_a_long_piece_of_work_keeps_the_turn(tmp_path: Path) -> None:
    async def work(database: Database) -> bool:
        begun = threading.Event()

        def long_work(_tx: Tx) -> None:
            begun.set()
            time.sleep(LONG_S)

        writing = asyncio.ensure_future(database.run(long_work))
        await asyncio.to_thread(begun.wait)
        steps = 0
        while not writing.done():
            await asyncio.sleep(0)
            steps += 1
        return steps > 1

    assert _in_turn_loop(f"sqlite:///{tmp_path / 'naru.db'}", work)


def test_loop_of_another_kind_gets_a_turn_of_its_own() -> None:
    loop = asyncio.new_event_loop()
    try:
        assert turn_of(loop).take()
    finally:
        loop.close()
