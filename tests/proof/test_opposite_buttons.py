"""Two people press opposite buttons on a rollout step at the same moment: neither press is lost or half done.

Of opposite buttons the careful one always holds: a pause, a stop and a rollback are never refused because
somebody goes on. Who goes on either came first, and their step counts, or is told why it does not.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.verbs import VERBS
from commands.frame import perform
from commands.requests import Advance, DeclareRollback, StandDown
from domain.people import Actor, Origin, Via
from domain.refusals import Refusal
from domain.release import Release, Rollout
from domain.rollback import Criterion
from domain.rollout import moves
from domain.rollout.plans import plan_of
from domain.rollout.rules import RolloutRules
from domain.types import Action, ReleaseType, RolloutStrategy, Stage
from domain.views import Happened, Outcome, SaidNo
from messages.refusals import refusal_text
from messages.texts import Reader
from storage import audit, releases
from storage.db import Database
from tests.proof.noise import seed_of
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.proof import rounds
from tests.support.world import IC, IMPL, OPS, RM, TEAM, World

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]
EN = Reader("en", "Asia/Seoul")
ROUNDS = rounds(8, 1000)
MINUTE = timedelta(minutes=1)
PLAN = plan_of(RolloutStrategy.CANARY, RolloutRules())
Pressed = tuple[Any, str]


class Opposite:
    """One release on its canary; every round sets it back to where the buttons are pressed."""

    def __init__(self, database: Database, clock: HandClock, seed: str) -> None:
        self.database, self.driver = database, Driver(database, clock)
        self.random = random.Random(seed_of(seed))
        self.release = self.driver.to_deploying(ReleaseType.FEATURE)
        self.at = clock()

    def watched(self) -> Rollout:
        """Live under a deployer, and its watch is over."""
        going = moves.set_out(RolloutStrategy.CANARY, PLAN, self.at - 30 * MINUTE, automatic=True)
        return moves.went_live(going, self.at - 20 * MINUTE)

    def by_hand(self) -> Rollout:
        """Out, as people have said, and its watch is over."""
        going = moves.set_out(RolloutStrategy.CANARY, PLAN, self.at - 30 * MINUTE)
        return moves.went_live(going, self.at - 20 * MINUTE)

    def paused(self, strategy: RolloutStrategy = RolloutStrategy.CANARY) -> Rollout:
        going = moves.set_out(strategy, plan_of(strategy, RolloutRules()), self.at - 30 * MINUTE)
        return moves.paused(going, "errors")

    def given(self, rollout: Rollout) -> Release:
        with self.database.transaction() as tx:
            found = releases.lock(tx, self.release)
            assert found is not None
            as_it_was = replace(found, stage=Stage.DEPLOYING, rollout=rollout, room="", before_rollback=None)
            return releases.save(tx, found, as_it_was, RM)

    async def at_once(self, *presses: Pressed) -> list[Outcome]:
        """In any order: whoever is drawn first is a little ahead."""
        drawn = list(enumerate(presses))
        self.random.shuffle(drawn)
        outcomes = await asyncio.gather(*(self._press(request, by) for _, (request, by) in drawn))
        told = {number: outcome for (number, _), outcome in zip(drawn, outcomes, strict=True)}
        return [told[number] for number in range(len(presses))]

    async def _press(self, request: Any, by: str) -> Outcome:
        asked = Origin(Actor(TEAM, by), Via.BUTTON)
        return await self.database.run(perform, VERBS[type(request)], request, asked)

    def now(self) -> Release:
        return self.driver.release(self.release)

    def press(self, action: Action, **facts: Any) -> Advance:
        return Advance(release=self.release, action=action, from_rc=1, **facts)


@pytest.fixture
def opposite(database: Database, clock: HandClock, shop: World, request: pytest.FixtureRequest) -> Opposite:
    return Opposite(database, clock, request.node.originalname)


def told(outcome: Outcome) -> str:
    assert isinstance(outcome, SaidNo)
    refusal: Refusal = outcome.refusal
    return refusal_text(EN, refusal)


@pytest.mark.parametrize("automatic", [False, True], ids=["by_hand", "automatic"])
async def test_a_step_that_is_done_against_a_pause(opposite: Opposite, automatic: bool) -> None:  # noqa: FBT001
    first: Counter[str] = Counter()
    for _ in range(ROUNDS):
        opposite.given(opposite.watched() if automatic else opposite.by_hand())
        going_on, pausing = await opposite.at_once(
            (opposite.press(Action.STEP_DONE, from_step="canary_10"), OPS),
            (opposite.press(Action.PAUSE, note="errors at 4 %"), IMPL),
        )
        rollout = opposite.now().rollout
        assert rollout is not None
        assert isinstance(pausing, Happened)
        assert (rollout.paused, rollout.pause_reason) == (True, "errors at 4 %")
        if isinstance(going_on, Happened):
            first["done"] += 1
            assert (rollout.done, rollout.step_under_way) == (1, "canary_50")
        else:
            first["paused"] += 1
            assert (rollout.done, rollout.step_under_way) == (0, "canary_10")
            assert "The rollout is paused: errors at 4 %" in told(going_on)
    assert set(first) <= {"done", "paused"}
    assert opposite.database.read_now(audit.verify) is None


@pytest.mark.parametrize("automatic", [False, True], ids=["by_hand", "automatic"])
async def test_the_same_step_reported_by_two(opposite: Opposite, automatic: bool) -> None:  # noqa: FBT001
    for _ in range(ROUNDS):
        opposite.given(opposite.watched() if automatic else opposite.by_hand())
        press = opposite.press(Action.STEP_DONE, from_step="canary_10")
        outcomes = await opposite.at_once((press, OPS), (press, OPS))
        (slower,) = [outcome for outcome in outcomes if isinstance(outcome, SaidNo)]
        assert told(slower) == (
            "Somebody was faster on v1.5.0. Already done: Canary 10 %\n"
            "• Now under way: Canary 50 %\n"
            "The card shows how it stands."
        )
        rollout = opposite.now().rollout
        assert rollout is not None
        assert rollout.done == 1


async def test_continuing_against_a_stop(opposite: Opposite) -> None:
    """Of a green side, which serves nobody yet."""
    for _ in range(ROUNDS):
        opposite.given(opposite.paused(RolloutStrategy.BLUE_GREEN))
        going_on, stopping = await opposite.at_once(
            (opposite.press(Action.CONTINUE), IMPL),
            (opposite.press(Action.STOP, note="the wrong build"), RM),
        )
        assert isinstance(stopping, Happened)
        assert (opposite.now().stage, opposite.now().rollout) == (Stage.APPROVED, None)
        if isinstance(going_on, SaidNo):
            assert "Approved" in told(going_on)


async def test_continuing_against_a_rollback(opposite: Opposite) -> None:
    for _ in range(ROUNDS):
        opposite.given(opposite.paused())
        going_on, declaring = await opposite.at_once(
            (opposite.press(Action.CONTINUE), IMPL),
            (
                DeclareRollback(
                    release=opposite.release,
                    criteria=(Criterion.ERROR_RATE,),
                    evidence="errors at 4 %",
                    migration=False,
                ),
                IC,
            ),
        )
        assert isinstance(declaring, Happened)
        assert opposite.now().stage is Stage.ROLLING_BACK
        if isinstance(going_on, SaidNo):
            assert "Rolling back" in told(going_on)
        room = opposite.now().room
        await asyncio.to_thread(opposite.driver.ok, StandDown(room=room, reason="the round is over"), IC)
