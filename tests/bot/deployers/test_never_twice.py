"""A workflow is dispatched once, whatever happens to the answer, to the list of runs, or to the process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.deployworker import DeployWorker
from domain.deploys.model import DeployState, DeployWhy
from domain.types import Action
from storage import doubt, outbox
from storage.db import Database
from tests.bot.deployers.actions import Actions, actions
from tests.support.clock import HandClock
from tests.support.github import GitHub
from tests.support.world import World

S = DeployState


@pytest.fixture
def yard(database: Database, clock: HandClock, shop: World, hub: GitHub) -> Actions:
    return actions(database, clock, hub)


def killed() -> None:
    """The process dies while GitHub has the request."""
    for task in asyncio.all_tasks():
        if getattr(task.get_coro(), "__qualname__", "") == "DeployWorker._one":
            task.cancel()


def silence(yard: Actions) -> None:
    yard.drive.clock.move(minutes=30)
    yard.drive.tick()


@pytest.mark.parametrize("lost_as", ["cut", "502", "500", "huge"])
async def test_what_may_have_arrived_is_looked_for_until_it_is_listed(
    yard: Actions, hub: GitHub, lost_as: str
) -> None:
    """GitHub lists a run some seconds after it was dispatched, and the next try is no later than that."""
    hub.loses_answers, hub.lost_as, hub.unlisted = 1, lost_as, True
    release = yard.staging()
    for _ in range(5):
        await yard.work_on()
    assert yard.states(release) == [S.ASKED]
    hub.unlisted = False

    await yard.work_on()

    assert (yard.only(release).state, yard.only(release).external) == (S.RUNNING, "701")
    assert len(hub.dispatched) == 1


async def test_a_step_in_production_is_dispatched_once(yard: Actions, hub: GitHub) -> None:
    hub.loses_answers, hub.lost_as, hub.unlisted = 9, "502", True
    yard.drive.to_deploying()
    yard.tagged()
    for _ in range(5):
        await yard.work_on()

    assert sorted(one["inputs"]["step"] for one in hub.dispatched) == ["", "green_healthy"]


async def test_what_is_never_listed_is_lost_after_the_silence_and_left_to_people(
    yard: Actions, hub: GitHub
) -> None:
    hub.loses_answers, hub.unlisted = 1, True
    release = yard.staging()
    for _ in range(3):
        await yard.work_on()

    silence(yard)
    await yard.work_on()

    assert (yard.only(release).state, yard.only(release).why) == (S.LOST, DeployWhy.SILENT)
    assert len(hub.dispatched) == 1


async def test_while_it_cannot_be_looked_for_it_is_not_dispatched_either(yard: Actions, hub: GitHub) -> None:
    """A limit or a token that is refused is an answer to the look, and says nothing of the dispatch."""
    hub.loses_answers = 1
    release = yard.staging()
    await yard.work()
    for fault in ("retry", "401"):
        hub.faults["/runs"] = fault
        await yard.work_on()
    assert (yard.only(release).state, yard.only(release).why) == (S.LOST, DeployWhy.BAD_TOKEN)
    hub.faults.clear()

    await yard.work_on()

    assert (yard.only(release).state, yard.only(release).external) == (S.RUNNING, "701")
    assert len(hub.dispatched) == 1


async def test_killed_between_sending_and_keeping_it_is_not_sent_again(yard: Actions, hub: GitHub) -> None:
    hub.on_dispatch, hub.unlisted = killed, True
    release = yard.staging()
    await yard.work()
    assert yard.states(release) == [S.ASKED]
    hub.on_dispatch = None
    for _ in range(3):
        await yard.work_on()
    hub.unlisted = False
    await yard.work_on()

    assert (yard.only(release).state, yard.only(release).external) == (S.RUNNING, "701")
    assert len(hub.dispatched) == 1


@dataclass
class Slow:
    """A database that has `before` done first whenever it is asked whether something may be sent."""

    database: Database
    before: Callable[[], Awaitable[None]]

    def __post_init__(self) -> None:
        self.read = self.database.read

    async def run(self, job: Any, *args: Any) -> Any:
        if job.__name__ == "_may_be_sent":
            await self.before()
        return await self.database.run(job, *args)


async def test_killed_before_it_could_be_sent_it_is_sent(
    yard: Actions, hub: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies() -> None:
        killed()
        await asyncio.sleep(0)

    release = yard.staging()
    with monkeypatch.context() as patched:
        patched.setattr(yard.worker, "_db", Slow(yard.drive.database, dies))
        await yard.worker.work()
        await yard.worker.idle()
    assert (yard.states(release), hub.dispatched) == ([S.ASKED], [])

    await yard.work_on()

    assert (yard.states(release), len(hub.dispatched)) == ([S.RUNNING], 1)


async def test_a_process_that_slept_while_another_sent_it_sends_nothing(
    yard: Actions, hub: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lease was over when it woke, and what it had read was that nobody had sent it."""
    other = DeployWorker(yard.drive.database, yard.worker._deployers)

    async def sleeps() -> None:
        yard.hurry()
        await other.work()
        await other.idle()

    release = yard.staging()
    monkeypatch.setattr(yard.worker, "_db", Slow(yard.drive.database, sleeps))
    await yard.worker.work()
    await yard.worker.idle()

    assert (yard.states(release), len(hub.dispatched)) == ([S.RUNNING], 1)


@pytest.mark.parametrize("retries", [1, 3])
async def test_what_surely_did_not_arrive_is_sent_again(yard: Actions, hub: GitHub, retries: int) -> None:
    """Nobody answers at the address, and then GitHub wants fewer requests: neither has started anything."""
    url = hub.url
    yard.service.url = "http://127.0.0.1:9"
    yard.rules(retries=retries)
    release = yard.staging()
    await yard.work()
    assert yard.states(release) == [S.ASKED]
    yard.service.url = url
    yard.rules(retries=3)
    hub.faults["dispatches"] = "retry"
    await yard.work_on()
    hub.faults.clear()

    await yard.work_on()

    assert (yard.states(release), len(hub.dispatched)) == ([S.RUNNING], 1)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "https://a..b"])
async def test_a_github_that_is_not_there_has_failed_and_may_be_asked_again(
    yard: Actions, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setattr("domain.forges.rules.refuse_unless_host", lambda _: None)
    yard.service.url = url
    yard.rules()
    release = yard.staging()
    for _ in range(4):
        await yard.work_on()

    found = yard.only(release)
    assert (found.state, found.why, found.never_asked) == (S.FAILED, DeployWhy.UNREACHABLE, True)


async def test_what_is_cancelled_before_it_is_listed_is_cancelled_when_it_is(
    yard: Actions, hub: GitHub
) -> None:
    """A dispatch whose answer was lost may have started: it is not forgotten when people give it up."""
    hub.loses_answers, hub.unlisted = 1, True
    release = yard.staging()
    await yard.work()
    await yard.work_on()
    yard.drive.advance(release, Action.HOLD, note="wait")
    await yard.work_on()
    hub.unlisted = False
    for _ in range(2):
        await yard.work_on()

    assert hub.runs[0]["conclusion"] == "cancelled"
    assert (yard.states(release), yard.only(release).ending) == ([S.CANCELLED], False)
    assert len(hub.dispatched) == 1


def test_an_errand_that_another_has_taken_is_not_begun(yard: Actions) -> None:
    yard.staging()
    with yard.drive.tx() as tx:
        (first,) = outbox.claim_due(tx, deploys=True, limit=9, lease=timedelta(seconds=-1))
        (second,) = outbox.claim_due(tx, deploys=True, limit=9, lease=timedelta(minutes=1))
        assert not doubt.begin(tx, first)
        assert doubt.begin(tx, second)
        outbox.finish(tx, [(second.id, "done")])
        assert not doubt.begin(tx, second)
