"""The git worker on a real remote: what it does when the remote does not answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import gitworker
from domain.errands import TaskLeft
from domain.repository import ProblemKind
from domain.types import Action, ReleaseType, Stage
from storage.db import Database
from tests.bot.house import House
from tests.support.clock import HandClock


@pytest.fixture
def house(database: Database, clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(gitworker, "RETRIES", (timedelta(0),) * 3)
    return House(database, clock, tmp_path)


async def test_a_remote_that_comes_back_is_asked_again_without_a_word(house: House) -> None:
    release = house.drive.start(ReleaseType.REGULAR)
    reachable = house.mirror
    house.mirror = replace(reachable, remote_url="http://127.0.0.1:1/shop.git")
    house.drive.advance(release, Action.CUT_BRANCH, early=True, note="a quiet week")
    await house.worker.work()
    silent = house.drive.release(release).pending
    house.mirror = reachable
    await house.work()

    assert silent is not None
    assert (silent.problem, house.drive.stage(release)) == ("", Stage.BUILDING)
    assert house.drive.told(TaskLeft) == []


async def test_a_remote_that_stays_away_leaves_a_task_after_four_tries(house: House) -> None:
    house.mirror = replace(house.mirror, remote_url="http://127.0.0.1:1/shop.git")
    release = await house.cut()

    pending = house.drive.release(release).pending
    assert pending is not None
    assert (pending.problem, house.drive.stage(release)) == (ProblemKind.UNREACHABLE, Stage.CANDIDATE)
    assert [tell.said.work for tell in house.drive.told(TaskLeft)] == ["cut_branch"]  # type: ignore[union-attr]
