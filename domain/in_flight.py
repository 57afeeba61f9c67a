"""A rollout under way on which the gate closes: its step ends, people decide on the rest (spec 3.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from domain.calendar.entries import Calendar
from domain.calendar.gate import GateAnswer, Question, Verdict, gate
from domain.release import Release
from domain.rollout import moves
from domain.rollout.rollout import Interruption, Rollout
from domain.types import InFlight, Stage


def gate_in_flight(
    calendar: Calendar, question: Question, rule: InFlight, started: datetime, at: datetime
) -> GateAnswer | None:
    """What the gate says to a rollout that set out at `started`; None when it goes on whatever the gate says.

    The exceptions of `calendar` include those that the deploy used.
    """
    match rule:
        case InFlight.FINISH:
            return None
        case InFlight.PAUSE:
            return gate(calendar, question=question, at=at)
        case InFlight.STOP:
            set_out_with = tuple(permit for permit in calendar.permits if permit.since <= started)
            return _ungrantable(gate(replace(calendar, permits=set_out_with), question=question, at=at))
        case _:
            assert_never(rule)


def _ungrantable(answer: GateAnswer) -> GateAnswer:
    reasons = tuple(replace(reason, grantors=()) for reason in answer.reasons)
    return replace(answer, reasons=reasons)


def closed(answer: GateAnswer | None) -> bool:
    return answer is not None and answer.verdict is Verdict.CLOSED


def interrupts(release: Release, answer: GateAnswer | None) -> bool:
    """Whether a closed gate has something to keep from happening that it does not keep already."""
    rollout = release.rollout
    if release.stage is not Stage.DEPLOYING or rollout is None or rollout.interruption:
        return False
    return closed(answer) and rollout.done < len(rollout.steps) - 1


def interrupted(rollout: Rollout, at: datetime) -> Rollout:
    """Paused, but for the step under way."""
    return replace(rollout, paused=True, interruption=Interruption(since=at, step=rollout.step_under_way))


def step_done(rollout: Rollout, answer: GateAnswer | None, at: datetime) -> Rollout:
    """One more step is done; where the gate has closed by then, the next one has to wait.

    With the last one nothing is left to wait for.
    """
    if rollout.complete:
        return rollout
    done = moves.ended(rollout, at)
    if done.complete:
        return replace(done, paused=False, interruption=None)
    if closed(answer) and rollout.interruption is None:
        before = Interruption(since=at, step=rollout.step_under_way)
        return replace(done, paused=True, interruption=before)
    return done if done.paused else moves.begun(done, at)
