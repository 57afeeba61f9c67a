from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from commands.requests import AddBlackout, AskException, DecideException, DeclareRollback, RevokeException
from domain.calendar.entries import GateRule
from domain.calendar.exceptions import ExceptionState
from domain.errands import InThread, RolloutWaits, StepOver, Tell, ToPerson
from domain.events import RolloutInterrupted, StepDone
from domain.needs import GateClosed, NotPaused
from domain.people import Role
from domain.refusals import NoException, NotReady, Refusal
from domain.rollback import Criterion
from domain.rollout.rollout import Rollout
from domain.types import Action, InFlight, ReleaseType, Stage
from storage import exceptions
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import IMPL, OPS, PM, PROJECT, RM, RM2, world

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def rules(drive: Driver, in_flight: str = "pause", rollout: str = "canary") -> None:
    with drive.tx() as tx:
        world(tx, types={"regular": {"rollout": rollout, "in_flight": in_flight}})


def deploying(drive: Driver, **how: Any) -> str:
    """A canary goes out on Thursday at 14:00; the window closes at 17:00."""
    rules(drive, **how)
    return drive.to_deploying()


def rollout(drive: Driver, release: str) -> Rollout:
    found = drive.release(release).rollout
    assert found is not None
    return found


def closes(drive: Driver) -> datetime:
    """The window's end; what is due then is done."""
    drive.clock.set(drive.clock().replace(hour=8, minute=0))
    drive.tick()
    return drive.clock()


def needs_of(refusal: Refusal) -> list[type]:
    assert isinstance(refusal, NotReady)
    return [type(one.need) for one in refusal.missing]


def places(tells: list[Tell]) -> list[object]:
    return [tell.to for tell in tells]


def test_a_window_that_closes_interrupts_the_rollout_and_asks_its_people(drive: Driver) -> None:
    release = deploying(drive)
    drive.step_out(release)
    at = closes(drive)
    found = rollout(drive, release)
    assert (found.paused, found.done, found.ending) == (True, 1, True)
    assert found.interruption is not None
    assert (found.interruption.since, found.interruption.step) == (at, "canary_50")
    told = drive.told(RolloutInterrupted)
    assert places(told) == [InThread(release), ToPerson(RM), ToPerson(OPS)]
    event = told[0].said
    assert isinstance(event, RolloutInterrupted)
    assert (event.step, event.left) == ("canary_50", ("canary_100",))
    assert [reason.rule for reason in event.reasons] == [GateRule.WINDOW]
    assert event.next_open == at + timedelta(days=4, hours=17)  # Tuesday 10:00
    assert ("RolloutInterrupted", "done", "") in [(a, o, "") for a, o, _ in drive.audited()]


def test_the_step_under_way_ends_and_the_next_one_is_refused(drive: Driver) -> None:
    release = deploying(drive)
    closes(drive)
    assert isinstance(drive.step_out(release), StepDone)
    assert needs_of(drive.refused(release, Action.STEP_DONE, OPS)) == [GateClosed]
    refusal = drive.refused(release, Action.CONTINUE, IMPL)
    assert isinstance(refusal, NotReady)
    assert [one.roles for one in refusal.missing] == [(Role.RELEASE_MANAGER,)]
    assert rollout(drive, release).done == 1


def test_a_rollout_may_finish_where_the_policy_says_so(drive: Driver) -> None:
    release = deploying(drive, in_flight="finish")
    closes(drive)
    for _ in range(3):
        drive.step_out(release)
    drive.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    assert drive.stage(release) is Stage.VERIFYING
    assert drive.told(RolloutInterrupted) == []


def test_the_last_step_under_way_is_left_in_peace(drive: Driver) -> None:
    release = deploying(drive)
    drive.step_out(release)
    drive.step_out(release)
    closes(drive)
    assert drive.told(RolloutInterrupted) == []
    drive.step_out(release)
    drive.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    assert drive.stage(release) is Stage.VERIFYING


def test_a_step_reported_before_anybody_noticed_is_the_last_for_now(drive: Driver) -> None:
    release = deploying(drive)
    drive.clock.set(drive.clock().replace(hour=8, minute=0))
    drive.step_out(release)
    found = rollout(drive, release)
    assert (found.paused, found.done, found.ending) == (True, 1, False)
    assert len(drive.told(RolloutInterrupted)) == 3
    drive.tick()
    assert len(drive.told(RolloutInterrupted)) == 3


def test_an_undecided_canary_is_asked_for_every_quarter_of_an_hour_and_escalates(drive: Driver) -> None:
    release = deploying(drive)
    drive.step_out(release)
    at = closes(drive)

    def asked(minutes: int) -> list[object]:
        before = len(drive.told(RolloutWaits))
        drive.clock.set(at + minutes * MINUTE)
        drive.tick()
        return places(drive.told(RolloutWaits)[before:])

    assert asked(14) == []
    assert asked(15) == [InThread(release), ToPerson(RM), ToPerson(OPS)]
    assert asked(29) == []
    assert asked(30) == [InThread(release), ToPerson(RM), ToPerson(OPS), ToPerson(RM2)]
    drive.step_out(release)  # the step under way ends: still undecided
    assert asked(45) != []
    assert drive.told(RolloutWaits)[-1].said.escalated  # type: ignore[union-attr]  # RolloutWaits


def test_after_downtime_it_is_asked_once_and_not_for_every_quarter_missed(drive: Driver) -> None:
    release = deploying(drive)
    drive.step_out(release)
    at = closes(drive)
    drive.clock.set(at + 200 * MINUTE)
    drive.tick()
    assert drive.told(RolloutWaits) == []
    drive.clock.set(at + 210 * MINUTE)
    drive.tick()
    assert places(drive.told(RolloutWaits)) == [InThread(release), ToPerson(RM), ToPerson(OPS), ToPerson(RM2)]


def test_blue_and_green_are_asked_for_once(drive: Driver) -> None:
    deploying(drive, rollout="blue_green")
    at = closes(drive)
    assert len(drive.told(RolloutInterrupted)) == 3
    drive.clock.set(at + HOUR)
    drive.tick()
    assert drive.told(RolloutWaits) == []


def test_an_open_gate_does_not_continue_by_itself_but_says_so(drive: Driver) -> None:
    release = deploying(drive, rollout="blue_green")
    at = closes(drive)
    drive.clock.set(at + timedelta(days=4, hours=17))
    drive.tick()
    assert rollout(drive, release).paused
    told = drive.told(RolloutWaits)
    assert places(told) == [InThread(release), ToPerson(RM), ToPerson(OPS)]
    assert told[0].said.reasons == ()  # type: ignore[union-attr]  # RolloutWaits
    drive.advance(release, Action.CONTINUE, IMPL)
    found = rollout(drive, release)
    assert (found.paused, found.interruption) == (False, None)
    assert needs_of(drive.refused(release, Action.CONTINUE, IMPL)) == [NotPaused]


def test_a_decision_ends_the_asking(drive: Driver) -> None:
    release = deploying(drive)
    drive.step_out(release)
    at = closes(drive)
    request = DeclareRollback(
        release=release, criteria=(next(iter(Criterion)),), evidence="slow", migration=False
    )
    drive.ok(request, RM)
    drive.clock.set(at + 15 * MINUTE)
    drive.tick()
    assert drive.told(RolloutWaits) == []


def test_what_fell_due_before_the_decision_is_moot_after_it(drive: Driver) -> None:
    """Down for a while, and somebody decided before the reminder that was due went out."""
    release = deploying(drive)
    drive.step_out(release)
    at = closes(drive)
    drive.clock.set(at + 15 * MINUTE)
    request = DeclareRollback(
        release=release, criteria=(next(iter(Criterion)),), evidence="slow", migration=False
    )
    drive.ok(request, RM)
    drive.tick()
    assert drive.told(RolloutWaits) == []
    assert ("AnnouncementSkipped", "done", "") in [(a, o, "") for a, o, _ in drive.audited()]


def test_a_policy_that_lets_it_finish_by_now_ends_the_pause_when_somebody_continues(drive: Driver) -> None:
    release = deploying(drive)
    drive.step_out(release)
    closes(drive)
    drive.step_out(release)
    rules(drive, in_flight="finish")
    drive.advance(release, Action.CONTINUE, IMPL)
    drive.step_out(release)
    drive.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    assert drive.stage(release) is Stage.VERIFYING


def test_a_blackout_that_begins_at_once_interrupts_too(drive: Driver) -> None:
    release = deploying(drive)
    _blackout(drive, drive.clock())
    drive.tick()
    assert drive.told(RolloutInterrupted)[0].to == InThread(release)


def _blackout(drive: Driver, start: datetime) -> str:
    event = drive.ok(
        AddBlackout(project=PROJECT, name="Sale", start=start, end=start + 5 * HOUR, reason="big"), PM
    )
    return str(event.blackout)  # type: ignore[union-attr]  # BlackoutAdded


@pytest.mark.parametrize("in_flight", [InFlight.PAUSE, InFlight.STOP])
def test_the_exception_that_the_deploy_used_covers_its_rollout(drive: Driver, in_flight: InFlight) -> None:
    """It was granted for two hours, and while they last the rollout goes on."""
    rules(drive, in_flight=in_flight)
    release = drive.to_approved()
    drive.clock.set(drive.release(release).deploy_at or drive.clock())
    _blackout(drive, drive.clock())
    drive.ok(DecideException(exception=ask(drive, release), grant=True), PM)
    drive.ready(release)
    drive.advance(release, Action.DEPLOY)
    drive.head_was_read(release, Action.DEPLOY)
    drive.step_out(release)
    assert not rollout(drive, release).paused
    drive.clock.move(hours=2)
    drive.tick()
    assert rollout(drive, release).ending


TEXTS = {"what": "x", "why": "y", "risk": "z", "way_back": "w"}


def ask(drive: Driver, release: str, **how: Any) -> str:
    asked = drive.ok(AskException(project=PROJECT, release=release, **TEXTS, **how), RM)
    (one,) = asked.asked  # type: ignore[union-attr]  # ExceptionAsked
    return str(one.exception)


def uses(drive: Driver) -> int:
    return [action for action, _, _ in drive.audited()].count("ExceptionUsed")


@pytest.mark.parametrize("single_use", [True, False])
def test_an_exception_lets_an_interrupted_rollout_go_on_while_it_lasts(
    drive: Driver,
    single_use: bool,  # noqa: FBT001 - both ways
) -> None:
    release = deploying(drive)
    closes(drive)
    exception = ask(drive, release, single_use=single_use)
    drive.ok(DecideException(exception=exception, grant=True), RM2)
    assert rollout(drive, release).paused  # nothing goes on by itself
    drive.advance(release, Action.CONTINUE, IMPL)
    assert uses(drive) == 1
    drive.step_out(release)
    assert not rollout(drive, release).paused
    drive.advance(release, Action.PAUSE, IMPL, note="a look at the errors")
    drive.advance(release, Action.CONTINUE, IMPL)
    assert uses(drive) == 1
    drive.clock.move(hours=2)
    drive.tick()
    assert rollout(drive, release).ending


def test_what_is_revoked_interrupts_the_rollout_that_it_let_go_on(drive: Driver) -> None:
    release = deploying(drive)
    closes(drive)
    exception = ask(drive, release, single_use=False)
    drive.ok(DecideException(exception=exception, grant=True), RM2)
    drive.advance(release, Action.CONTINUE, IMPL)
    drive.clock.move(minutes=1)
    drive.ok(RevokeException(exception=exception, reason="errors"), RM2)
    drive.tick()
    assert rollout(drive, release).ending


def test_a_stopped_rollout_heeds_no_exception(drive: Driver) -> None:
    release = deploying(drive, in_flight="stop")
    closes(drive)
    refusal = drive.no(AskException(project=PROJECT, release=release, **TEXTS), RM)
    assert isinstance(refusal, NoException)
    assert [reason.rule for reason in refusal.answer.closing] == [GateRule.WINDOW]


def test_what_is_asked_and_not_answered_ends_with_the_rollout(drive: Driver) -> None:
    release = deploying(drive)
    closes(drive)
    exception = ask(drive, release)
    drive.step_out(release)
    rules(drive, in_flight="finish")
    drive.advance(release, Action.CONTINUE, IMPL)
    drive.step_out(release)
    drive.step_out(release)
    drive.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    found = drive.read(exceptions.get, exception)
    assert found is not None
    assert found.state is ExceptionState.EXPIRED


def test_a_hotfix_is_bound_by_blackouts_alone(drive: Driver) -> None:
    rules(drive)
    release = drive.to_deploying(ReleaseType.HOTFIX)
    drive.clock.move(days=3)
    drive.tick()
    assert drive.told(RolloutInterrupted) == []
    _blackout(drive, drive.clock() + HOUR)
    drive.clock.move(hours=1)
    drive.tick()
    assert rollout(drive, release).ending


def test_two_replicas_interrupt_once(database: Database, clock: HandClock, drive: Driver) -> None:
    deploying(drive)
    another = Driver(database, clock)
    closes(drive)
    another.tick()
    assert len(drive.told(RolloutInterrupted)) == 3


# --- a step that has been watched for its time --------------------------------------------------------------


def over(drive: Driver, release: str, step: str, minutes: int) -> StepOver:
    version = str(drive.release(release).version)
    found = rollout(drive, release)
    following = found.steps[found.steps.index(step) + 1]
    return StepOver(
        release=release, version=version, candidate=1, step=step, lasts=minutes * MINUTE, next=following
    )


def test_a_canary_step_that_is_over_is_said_to_its_people_once(drive: Driver) -> None:
    release = deploying(drive)
    drive.clock.move(minutes=2)
    drive.tick()
    drive.advance(release, Action.STEP_LIVE, OPS)
    drive.clock.move(minutes=14, seconds=59)
    drive.tick()
    assert drive.told(StepOver) == []
    drive.clock.move(seconds=1)
    drive.tick()
    told = drive.told(StepOver)
    assert places(told) == [InThread(release), ToPerson(RM), ToPerson(OPS)]
    assert {tell.said for tell in told if tell.to == InThread(release)} == {
        over(drive, release, "canary_10", 15)
    }
    drive.clock.move(hours=1)
    drive.tick()
    assert len(drive.told(StepOver)) == 3


def test_the_next_step_has_a_time_of_its_own_and_the_last_one_none(drive: Driver) -> None:
    release = deploying(drive)
    drive.clock.move(minutes=10)
    drive.step_out(release)  # gone on from before its time
    drive.advance(release, Action.STEP_LIVE, OPS)
    drive.clock.move(minutes=30)
    drive.tick()
    assert {tell.said for tell in drive.told(StepOver) if tell.to == InThread(release)} == {
        over(drive, release, "canary_50", 30)
    }
    drive.step_out(release)
    drive.clock.move(hours=1)
    drive.tick()
    assert len(drive.told(StepOver)) == 3


def test_a_paused_step_is_watched_anew_when_it_goes_on(drive: Driver) -> None:
    release = deploying(drive)
    drive.advance(release, Action.STEP_LIVE, OPS)
    drive.clock.move(minutes=10)
    drive.advance(release, Action.PAUSE, IMPL, note="errors")
    drive.clock.move(minutes=10)
    drive.tick()
    assert drive.told(StepOver) == []
    drive.advance(release, Action.CONTINUE, IMPL)
    drive.clock.move(minutes=14)
    drive.tick()
    assert drive.told(StepOver) == []
    drive.clock.move(minutes=1)
    drive.tick()
    assert len(drive.told(StepOver)) == 3


def test_only_canary_steps_take_a_time(drive: Driver) -> None:
    deploying(drive, rollout="rolling")
    drive.clock.move(hours=2)
    drive.tick()
    assert drive.told(StepOver) == []
