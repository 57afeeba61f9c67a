from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.calendar.blackouts import Blackout
from domain.calendar.entries import Calendar, GateRule, Permit
from domain.calendar.gate import GateAction, GateAnswer, Question, Verdict
from domain.calendar.reasons import GateReason
from domain.calendar.rules import CalendarRules
from domain.calendar.type_rules import TypeGate, WindowRule
from domain.in_flight import gate_in_flight, interrupted, interrupts, step_done
from domain.needs import GateClosed, Missing, RolloutPaused
from domain.people import Role
from domain.refusals import NotReady, Refused
from domain.release import Release
from domain.reminders import of_rollout
from domain.rollout.rollout import Interruption, Rollout
from domain.steps import step
from domain.types import Action, InFlight, ReleaseType, ReminderKind, RolloutStrategy, Stage
from tests.support.builders import AT, out, release, rollout, situation
from tests.support.world import policy

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OPS, RM, IC, IMPL = Role.DEVOPS, Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER, Role.IMPLEMENTATION_MANAGER
SALE = GateReason(
    rule=GateRule.BLACKOUT,
    verdict=Verdict.CLOSED,
    subject="b1",
    name="Sale",
    until=AT + 5 * HOUR,
    grantors=(Role.PM,),
)
OPEN = GateAnswer(verdict=Verdict.OPEN, at=AT, next_change=AT + HOUR)
WARN = GateAnswer(verdict=Verdict.WARN, at=AT)
CLOSED = GateAnswer(
    verdict=Verdict.CLOSED,
    at=AT,
    reasons=(SALE,),
    next_open=AT + 5 * HOUR,
    next_change=AT + 5 * HOUR,
)
HELD = Interruption(since=AT, step="canary_10")


def deploying(done: int = 0, **facts: Any) -> Release:
    return release(Stage.DEPLOYING, rollout=rollout(done, **facts), deploy_started_at=AT - HOUR)


def held(done: int = 0, **facts: Any) -> Release:
    return deploying(done, paused=True, interruption=HELD, **facts)


def after(found: Release, action: Action, gate: GateAnswer | None) -> Rollout | None:
    taken = step(found, action, situation(OPS, RM, gate=gate, at=AT), policy())
    return bare(taken.rollout)


def bare(found: Rollout | None) -> Rollout | None:
    """Without what is kept for the card, and of who went on."""
    return replace(found, times=(), went=None) if found else None


def missing(found: Release, action: Action, gate: GateAnswer | None) -> tuple[Missing, ...]:
    with pytest.raises(Refused) as refused:
        after(found, action, gate)
    assert isinstance(refused.value.refusal, NotReady)
    return refused.value.refusal.missing


# --- the gate that a rollout meets ------------------------------------------------------------------------

QUESTION = Question(
    action=GateAction.DEPLOY,
    release_type=ReleaseType.REGULAR,
    rules=TypeGate(window=WindowRule.ANY_TIME),
    release_id="r1",
)
BLACKOUT = Blackout(id="b1", name="Sale", start=AT, end=AT + 5 * HOUR)


def permit(since: datetime) -> Permit:
    return Permit(
        id="e1",
        rule=GateRule.BLACKOUT,
        subject="b1",
        release_id="r1",
        granted_by="U0PM",
        since=since,
        until=AT + 2 * HOUR,
    )


def met(rule: InFlight, *permits: Permit) -> GateAnswer | None:
    calendar = Calendar(
        zone="Asia/Seoul",
        rules=CalendarRules(no_deploy_hours=()),
        blackouts=(BLACKOUT,),
        permits=permits,
    )
    return gate_in_flight(calendar, QUESTION, rule, AT - HOUR, AT + MINUTE)


def test_who_may_finish_meets_no_gate() -> None:
    assert met(InFlight.FINISH) is None


@pytest.mark.parametrize(
    ("rule", "granted_at", "verdict"),
    [
        (InFlight.PAUSE, None, Verdict.CLOSED),
        (InFlight.PAUSE, AT, Verdict.OPEN),
        (InFlight.STOP, None, Verdict.CLOSED),
        (InFlight.STOP, AT, Verdict.CLOSED),  # granted after it set out
        (InFlight.STOP, AT - 2 * HOUR, Verdict.OPEN),  # it set out with it
    ],
)
def test_a_pause_heeds_every_exception_and_a_stop_those_that_it_set_out_with(
    rule: InFlight, granted_at: datetime | None, verdict: Verdict
) -> None:
    answer = met(rule, *([permit(granted_at)] if granted_at else []))
    assert answer is not None
    assert answer.verdict is verdict


def test_a_stop_names_nobody_who_could_open_it() -> None:
    paused, stopped = met(InFlight.PAUSE), met(InFlight.STOP)
    assert paused is not None
    assert stopped is not None
    assert (paused.who_can_grant, stopped.who_can_grant) == ((Role.PM,), ())


# --- interrupted ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "answer", "expected"),
    [
        (deploying(), CLOSED, True),
        (deploying(1), CLOSED, True),
        (deploying(1, paused=True, pause_reason="errors"), CLOSED, True),
        (deploying(2), CLOSED, False),  # the last step is under way: nothing comes after it
        (deploying(3), CLOSED, False),
        (held(), CLOSED, False),
        (deploying(), OPEN, False),
        (deploying(), WARN, False),
        (deploying(), None, False),
        (release(Stage.APPROVED), CLOSED, False),
    ],
)
def test_a_closed_gate_interrupts_what_has_steps_left(
    found: Release,
    answer: GateAnswer | None,
    expected: bool,  # noqa: FBT001 - a table
) -> None:
    assert interrupts(found, answer) is expected


def test_the_step_under_way_may_end_and_no_other() -> None:
    one = interrupted(rollout(), AT)
    assert one == rollout(paused=True, interruption=HELD)
    assert one.ending
    two = step_done(one, CLOSED, AT + MINUTE)
    assert bare(two) == rollout(1, paused=True, interruption=HELD, since=AT + MINUTE)
    assert not two.ending


def test_whoever_paused_it_before_has_to_continue_it_first() -> None:
    assert not interrupted(rollout(paused=True, pause_reason="errors"), AT).ending


def test_a_step_that_ends_after_the_gate_closed_is_the_last_for_now() -> None:
    assert bare(step_done(rollout(), CLOSED, AT)) == rollout(1, paused=True, interruption=HELD, since=AT)
    assert bare(step_done(rollout(), OPEN, AT)) == rollout(1, since=AT)
    assert bare(step_done(rollout(), None, AT)) == rollout(1, since=AT)


def test_with_the_last_step_nothing_waits_any_more() -> None:
    last = Interruption(since=AT, step="canary_100")
    held_up = rollout(2, paused=True, interruption=last)
    assert bare(step_done(held_up, CLOSED, AT)) == rollout(3, since=AT)
    assert bare(step_done(rollout(2), CLOSED, AT)) == rollout(3, since=AT)
    assert bare(step_done(rollout(3), CLOSED, AT)) == rollout(3)


def test_only_where_users_are_left_on_two_versions_something_is_undecided() -> None:
    kinds = [kind for kind in RolloutStrategy if rollout(strategy=kind, interruption=HELD).undecided]
    assert kinds == [RolloutStrategy.CANARY, RolloutStrategy.ROLLING]
    assert not rollout().undecided


# --- the steps of the lifecycle ---------------------------------------------------------------------------


def test_the_step_under_way_is_reported_and_the_next_one_refused() -> None:
    under_way = replace(held(), rollout=out(paused=True, interruption=HELD))
    assert after(under_way, Action.STEP_DONE, CLOSED) == rollout(1, paused=True, interruption=HELD, since=AT)
    assert missing(held(1), Action.STEP_DONE, CLOSED) == (Missing(GateClosed(CLOSED), (Role.PM,)),)


def test_where_the_gate_is_open_again_it_is_continued_first() -> None:
    assert missing(held(1), Action.STEP_DONE, OPEN) == (Missing(RolloutPaused(""), (IMPL, RM, IC)),)


def test_continuing_needs_an_open_gate_whoever_paused_it() -> None:
    closed = (Missing(GateClosed(CLOSED), (Role.PM,)),)
    assert missing(held(1), Action.CONTINUE, CLOSED) == closed
    assert missing(deploying(1, paused=True, pause_reason="errors"), Action.CONTINUE, CLOSED) == closed
    assert after(held(1), Action.CONTINUE, OPEN) == rollout(1, since=AT)
    assert after(held(1), Action.CONTINUE, None) == rollout(1, since=AT)  # the policy lets it finish


def test_both_reasons_of_a_pause_are_named() -> None:
    both = held(1, pause_reason="errors")
    assert missing(both, Action.STEP_DONE, CLOSED) == (
        Missing(GateClosed(CLOSED), (Role.PM,)),
        Missing(RolloutPaused("errors"), (IMPL, RM, IC)),
    )


# --- reminders --------------------------------------------------------------------------------------------


def due(found: Release, answer: GateAnswer | None, at: datetime = AT) -> list[tuple[str, datetime, int]]:
    return [(one.kind, one.due, one.count) for one in of_rollout(found, answer, at)]


def test_a_rollout_is_looked_at_when_the_gate_turns() -> None:
    assert due(deploying(), OPEN) == [(ReminderKind.GATE_TURNS, AT + HOUR, 1)]
    assert due(deploying(), None) == []


def test_a_gate_that_has_closed_already_is_noticed_at_once() -> None:
    assert due(deploying(), CLOSED) == [(ReminderKind.GATE_TURNS, AT, 1)]


def test_whoever_decides_is_asked_every_quarter_of_an_hour() -> None:
    turns = (ReminderKind.GATE_TURNS, AT + 5 * HOUR, 1)
    undecided = ReminderKind.ROLLOUT_UNDECIDED
    assert due(held(), CLOSED) == [turns, (undecided, AT + 15 * MINUTE, 1)]
    assert due(held(), CLOSED, AT + 15 * MINUTE)[1] == (undecided, AT + 30 * MINUTE, 2)
    assert due(held(), CLOSED, AT + 61 * MINUTE)[1] == (undecided, AT + 75 * MINUTE, 5)


def test_blue_and_green_wait_in_peace() -> None:
    blue_green = replace(held(), rollout=rollout(strategy=RolloutStrategy.BLUE_GREEN, interruption=HELD))
    assert due(blue_green, CLOSED) == [(ReminderKind.GATE_TURNS, AT + 5 * HOUR, 1)]
