from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from storage import inbox
from storage.db import Database, Tx

NOW = datetime(2026, 3, 5, 5, tzinfo=UTC)


def claim(database: Database, key: str, answer: str) -> None:
    with database.transaction() as tx:
        inbox.claim(tx, key, answer)


def test_a_new_key_has_no_answer(database: Database) -> None:
    assert database.read_now(inbox.find, "T1:e1") is None


def test_a_key_keeps_its_first_answer(database: Database) -> None:
    claim(database, "T1:e1", "first")
    with pytest.raises(IntegrityError):
        claim(database, "T1:e1", "second")
    assert database.read_now(inbox.find, "T1:e1") == "first"


def test_a_key_goes_with_its_transaction(database: Database) -> None:
    with pytest.raises(ValueError, match="no"), database.transaction() as tx:
        inbox.claim(tx, "T1:e1", "first")
        raise ValueError("no")
    assert database.read_now(inbox.find, "T1:e1") is None


def test_keys_are_kept_for_a_day(database: Database) -> None:
    with time_machine.travel(NOW, tick=False) as wall:
        claim(database, "old", "x")
        wall.shift(3600)
        claim(database, "young", "y")
        wall.shift(23 * 3600 + 1)
        with database.transaction() as tx:
            inbox.forget_old(tx)
    assert database.read_now(inbox.find, "old") is None
    assert database.read_now(inbox.find, "young") == "y"


async def test_a_request_served_twice_at_once_is_answered_once(database: Database) -> None:
    served: list[int] = []

    def serve(tx: Tx, n: int) -> str:
        if (answer := inbox.find(tx, "request")) is not None:
            return answer
        inbox.claim(tx, "request", str(n))
        return str(n)

    async def ask(n: int) -> str:
        answer = await database.run(serve, n)
        served.append(n)
        return answer

    answers = await asyncio.gather(*(ask(n) for n in range(8)))
    assert len(set(answers)) == 1
    assert sorted(served) == list(range(8))
