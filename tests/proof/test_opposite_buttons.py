"""Two people press opposite buttons on a rollout step at the same moment: one wins, and the other is told.

Of opposite buttons the careful one always holds: a pause, a stop and a rollback are never refused because
somebody goes on. Who goes on either came first, and both are told what that means now, or is told why it does
not count (ADR 0018).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.rendering import said
from bot.verbs import VERBS
from commands.frame import perform
from commands.requests import Advance, DeclareRollback, StandDown
from domain.errands import GoOvertaken, Privately, Tell, ToPerson
from domain.people import Actor, Origin, Via
from domain.release import Release
from domain.rollback import Criterion
from domain.rollout import moves
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
from domain.rollout.rules import RolloutRules
from domain.types import Action, ReleaseType, RolloutStrategy, Stage
from domain.views import Happened, Outcome, SaidNo
from messages.refusals import refusal_text
from messages.texts import Reader
from storage import audit, outbox, releases
from storage.db import Database, Tx
from storage.tables import OutboxRow
from tests.proof.noise import seed_of
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.proof import full, rounds
from tests.support.world import CHANNEL, IC, IMPL, OPS, RM, TEAM, World

pytestmark = [pytest.mark.proof, pytest.mark.timeout(0)]
EN = Reader("en", "Asia/Seoul")
ROUNDS = rounds(4, 1000)
MINUTE = timedelta(minutes=1)
CANARY, BLUE_GREEN = RolloutStrategy.CANARY, RolloutStrategy.BLUE_GREEN
Pressed = tuple[Any, str]


class Opposite:
    """One release on its rollout; every round sets it back to where the buttons are pressed."""

    def __init__(self, database: Database, clock: HandClock, seed: str) -> None:
        self.database, self.driver, self.clock = database, Driver(database, clock), clock
        self.random = random.Random(seed_of(seed))
        self.release = self.driver.to_deploying(ReleaseType.FEATURE)
        self.last_row = 0

    def rollout(self, strategy: RolloutStrategy, *, automatic: bool) -> Rollout:
        """Its first step is out, by a deployer or by people, and its watch is over."""
        at, plan = self.clock(), plan_of(strategy, RolloutRules())
        going = moves.set_out(strategy, plan, at - 30 * MINUTE, automatic=automatic)
        return moves.went_live(going, at - 20 * MINUTE)

    def given(self, rollout: Rollout) -> Release:
        self.clock.move(microseconds=1)
        with self.database.transaction() as tx:
            found = releases.lock(tx, self.release)
            assert found is not None
            as_it_was = replace(found, stage=Stage.DEPLOYING, rollout=rollout, room="", before_rollback=None)
            return releases.save(tx, found, as_it_was, RM)

    async def at_once(self, *presses: Pressed) -> list[Outcome]:
        """In any order: whoever is drawn first is a little ahead."""
        self._tells()
        drawn = list(enumerate(presses))
        self.random.shuffle(drawn)
        outcomes = await asyncio.gather(*(self._press(request, by) for _, (request, by) in drawn))
        told = {number: outcome for (number, _), outcome in zip(drawn, outcomes, strict=True)}
        return [told[number] for number in range(len(presses))]

    async def _press(self, request: Any, by: str) -> Outcome:
        asked = Origin(Actor(TEAM, by), Via.BUTTON, channel=CHANNEL)
        return await self.database.run(perform, VERBS[type(request)], request, asked)

    def now(self) -> Release:
        return self.driver.release(self.release)

    def press(self, action: Action, **facts: Any) -> Advance:
        return Advance(release=self.release, action=action, from_rc=1, **facts)

    def goes_on(self, case: Case) -> Advance:
        """To continue speaks of no step: it is what was paused that goes on."""
        return self.press(case.go, from_step="" if case.continues else KEYS[case.step])

    def holds(self, case: Case) -> Advance | DeclareRollback:
        shown: dict[str, Any] = {"from_step": KEYS[case.step], "from_paused": case.continues}
        if case.careful is not Action.DECLARE_ROLLBACK:
            return self.press(case.careful, note="errors at 4 %", **shown)
        return DeclareRollback(
            release=self.release,
            criteria=(Criterion.ERROR_RATE,),
            evidence="errors at 4 %",
            migration=False,
            **shown,
        )

    async def round_is_over(self) -> None:
        """A rollback that was declared is called off: the next round has its own."""
        now = self.now()
        if now.stage is Stage.ROLLING_BACK:
            await asyncio.to_thread(self.driver.ok, StandDown(room=now.room, reason="the round is over"), IC)

    def _tells(self) -> list[Tell]:
        """What was said since the last look."""

        def look(tx: Tx) -> list[Any]:
            rows = select(col(OutboxRow.id), col(OutboxRow.body)).where(col(OutboxRow.id) > self.last_row)
            return list(tx.execute(rows.order_by(col(OutboxRow.id))))

        rows = self.database.read_now(look)
        self.last_row = max([self.last_row, *(row[0] for row in rows)])
        errands = [outbox.ERRANDS.load(str(row[1])) for row in rows]
        return [errand for errand in errands if isinstance(errand, Tell)]

    def told(self, outcome: dict[str, Outcome]) -> dict[str, list[str]]:
        """What each of the two reads of it, by person: a refusal, the private answer, the line afterwards."""
        words = {by: [refused(one)] if isinstance(one, SaidNo) else [] for by, one in outcome.items()}
        for tell in self._tells():
            mine = isinstance(tell.to, Privately) or isinstance(tell.said, GoOvertaken)
            if mine and isinstance(tell.to, Privately | ToPerson):
                words[tell.to.user].append(said(EN, tell).text)
        return words


def refused(outcome: SaidNo) -> str:
    return refusal_text(EN, outcome.refusal)


@pytest.fixture
def opposite(database: Database, clock: HandClock, shop: World, request: pytest.FixtureRequest) -> Opposite:
    return Opposite(database, clock, request.node.originalname)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What goes on and what holds it up, as both were shown for `step`, and where that leaves the rollout.

    `begins` is what the go begins. `too_late` where nothing is left to stop once somebody went on.
    """

    strategy: RolloutStrategy
    automatic: bool
    go: Action
    careful: Action
    step: str
    begins: str
    too_late: bool = False

    def __str__(self) -> str:
        mode = "automatic" if self.automatic else "by_hand"
        return f"{self.go}-{self.careful}-{self.strategy}-{mode}"

    @property
    def continues(self) -> bool:
        return self.go is Action.CONTINUE

    @property
    def goer(self) -> str:
        return IMPL if self.continues else OPS

    @property
    def holder(self) -> str:
        return {Action.PAUSE: IMPL, Action.STOP: RM, Action.DECLARE_ROLLBACK: IC}[self.careful]


def cases() -> Iterator[Case]:
    first, then = "Canary 10 %", "Canary 50 %"
    green, switched = "Green side", "Traffic switched"
    for automatic in (False, True):
        of = partial(Case, automatic=automatic)
        done, on = Action.STEP_DONE, Action.CONTINUE
        pause, stop, back = Action.PAUSE, Action.STOP, Action.DECLARE_ROLLBACK
        yield of(strategy=CANARY, go=done, careful=pause, step=first, begins=then)
        yield of(strategy=CANARY, go=done, careful=back, step=first, begins=then)
        yield of(strategy=BLUE_GREEN, go=done, careful=stop, step=green, begins=switched, too_late=True)
        yield of(strategy=BLUE_GREEN, go=on, careful=stop, step=green, begins=green)
    by_hand = partial(Case, automatic=False)
    yield by_hand(strategy=CANARY, go=on, careful=back, step=first, begins=first)


KEYS = {"Canary 10 %": "canary_10", "Green side": "green_healthy"}
WENT_ON = {Action.STEP_DONE: "Step done", Action.CONTINUE: "Continue"}
NOT_AFTER = {
    Action.PAUSE: (
        "*{go}* has to wait for v1.5.0: one thing is missing.\n"
        "• The rollout is paused: errors at 4 % "
        "(ask: implementation manager, release manager or incident commander)\n"
        "Nothing was changed. Try again when this is settled."
    ),
    Action.STOP: (
        "*{go}* is not possible for v1.5.0 now. Its stage: Approved\n"
        "Possible now: Report a bug, Deploy, Hold, Cancel release"
    ),
    Action.DECLARE_ROLLBACK: (
        "*{go}* is not possible for v1.5.0 now. Its stage: Rolling back\n"
        "Possible now: Stand down, Rollback complete"
    ),
}
TOO_LATE = (
    "*Stop rollout* has to wait for v1.5.0: one thing is missing.\n"
    "• Users may have it already: pause, continue, or declare a rollback. "
    "(ask: DevOps/SRE or incident commander)\n"
    "Nothing was changed. Try again when this is settled."
)
RECORDED = {
    "canary-step_done": "Recorded: *v1.5.0* Canary 10 % ▰▰▰▱▱▱▱▱▱▱ 1/3",
    "blue_green-step_done": "Recorded: *v1.5.0* Green side ▰▰▰▰▰▱▱▱▱▱ 1/2",
    "canary-continue": "Recorded: *v1.5.0* Rollout continued",
    "blue_green-continue": "Recorded: *v1.5.0* Rollout continued",
}
HELD = {
    Action.PAUSE: (
        "Recorded: *v1.5.0* Rollout paused\n> errors at 4 %\n",
        "Next: continue, or declare a rollback.",
    ),
    Action.STOP: (
        "Recorded: *v1.5.0* Rollout stopped · Stage: Approved\n> errors at 4 %\n",
        "Nothing reached production. The approval still counts.",
    ),
    Action.DECLARE_ROLLBACK: (
        "Recorded: *Rollback declared*: v1.5.0 → v1.4.0\nCriteria: Error rate\nDB migration: no\n> errors at 4 %\n",
        "The war room is being prepared; its people are invited.",
    ),
}
NOW = {
    Action.PAUSE: "Paused now: {step}",
    Action.STOP: "Stopped now: {step}",
    Action.DECLARE_ROLLBACK: "Rolled back now, from here: {step}",
}
AFTERWARDS = {
    Action.PAUSE: "The rollout was paused right after it.",
    Action.STOP: "The rollout was stopped right after it; nothing has reached production.",
    Action.DECLARE_ROLLBACK: "A rollback was declared right after it.",
}


def held_first(case: Case) -> dict[str, list[str]]:
    """Whoever goes on is told why it does not count."""
    recorded, after = HELD[case.careful]
    no = NOT_AFTER[case.careful].format(go=WENT_ON[case.go])
    return {case.goer: [no], case.holder: [recorded + after]}


def went_first(case: Case) -> dict[str, list[str]]:
    """Both count, and both are told what that means now; but what is in production is not stopped."""
    counted = RECORDED[f"{case.strategy}-{case.go}"]
    # No deployer is at the next step any more: a rollback could not be called off otherwise.
    if case.automatic and not case.continues:
        counted += (
            f"\nNo deployer is asked for it: {case.begins}. The policy now leaves production to people. "
            "Who puts it out, and reports it on the card: DevOps/SRE"
        )
    if case.too_late:
        return {case.goer: [counted], case.holder: [TOO_LATE]}
    recorded, after = HELD[case.careful]
    how = f"continued it: {case.step}" if case.continues else f"gone on: {case.step} → {case.begins}"
    unseen = f"Before you pressed, <@{case.goer}> had {how}. {NOW[case.careful].format(step=case.begins)}\n"
    overtaken = (
        f"🟠 *Warning* *v1.5.0* *Your go counted*, and this has begun: {case.begins}. "
        f"{AFTERWARDS[case.careful]} — <@{case.holder}>\n> errors at 4 %"
    )
    return {case.goer: [counted, overtaken], case.holder: [recorded + unseen + after]}


def stands(release: Release) -> tuple[Stage, int | None, bool | None]:
    if release.rollout is None:
        return release.stage, None, None
    return release.stage, release.rollout.done, release.rollout.paused


def expected(case: Case, *, went: bool) -> tuple[Stage, int | None, bool | None]:
    """Of opposite buttons the careful one holds, unless it was too late for it."""
    done = int(went and not case.continues)
    match case.careful:
        case Action.PAUSE:
            return Stage.DEPLOYING, done, True
        case Action.STOP if not (went and case.too_late):
            return Stage.APPROVED, None, None
        case Action.STOP:
            return Stage.DEPLOYING, done, False
        case _:
            return Stage.ROLLING_BACK, done, case.continues and not went


@pytest.mark.parametrize("case", list(cases()), ids=str)
async def test_of_opposite_buttons_one_wins_and_the_other_is_told(opposite: Opposite, case: Case) -> None:
    orders = set()
    for _ in range(ROUNDS):
        rollout = opposite.rollout(case.strategy, automatic=case.automatic)
        opposite.given(moves.paused(rollout, "not sure") if case.continues else rollout)
        going_on, holding = await opposite.at_once(
            (opposite.goes_on(case), case.goer), (opposite.holds(case), case.holder)
        )
        went = isinstance(going_on, Happened)
        orders.add(went)
        assert isinstance(holding, Happened) is not (went and case.too_late)
        assert stands(opposite.now()) == expected(case, went=went)
        read = opposite.told({case.goer: going_on, case.holder: holding})
        assert read == (went_first(case) if went else held_first(case))
        await opposite.round_is_over()
    assert orders == {True, False} or not full()
    assert opposite.database.read_now(audit.verify) is None


@pytest.mark.parametrize("automatic", [False, True], ids=["by_hand", "automatic"])
async def test_the_same_step_reported_by_two(opposite: Opposite, automatic: bool) -> None:  # noqa: FBT001
    for _ in range(ROUNDS):
        opposite.given(opposite.rollout(CANARY, automatic=automatic))
        press = opposite.press(Action.STEP_DONE, from_step="canary_10")
        outcomes = await opposite.at_once((press, OPS), (press, OPS))
        (slower,) = [outcome for outcome in outcomes if isinstance(outcome, SaidNo)]
        assert refused(slower) == (
            "Somebody was faster on v1.5.0. Already done: Canary 10 %\n"
            "• Now under way: Canary 50 %\n"
            "The card shows how it stands."
        )
        rollout = opposite.now().rollout
        assert rollout is not None
        assert rollout.done == 1
