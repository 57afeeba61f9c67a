from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.deploys.model import DeployerKind, Deployment, DeployState, DeployWhy, Purpose
from domain.deploys.reports import Outcome, Report, Taken, cancelled, take
from domain.reminders import Reminder, of_deployment
from domain.types import Environment, ReminderKind

S = DeployState
AT = datetime(2026, 3, 2, 5, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)
ENDS = (S.SUCCEEDED, S.FAILED, S.CANCELLED)


def deployment(**facts: Any) -> Deployment:
    known: dict[str, Any] = {
        "id": "d1",
        "project": "shop",
        "release": "r1",
        "candidate": 1,
        "sha": "a" * 40,
        "environment": Environment.PRODUCTION,
        "purpose": Purpose.STEP,
        "step": "canary_10",
        "target": "v1.5.0-rc.1",
        "deployer": DeployerKind.WEBHOOK,
        "asked_at": AT,
        "asked_by": "U0OPS",
    }
    return Deployment(**(known | facts))


def report(state: DeployState, **facts: Any) -> Report:
    return Report(**({"deployment": "d1", "state": state} | facts))


def test_the_first_word_says_that_it_runs() -> None:
    found = take(deployment(), report(S.RUNNING, percent=10, url="https://ci.example"), LATER)

    running = deployment(
        state=S.RUNNING, percent=10, url="https://ci.example", running_at=LATER, heard_at=LATER
    )
    assert found == Outcome(Taken.TAKEN, running, moved=True)


def test_progress_is_taken_without_another_state() -> None:
    running = deployment(state=S.RUNNING, percent=10, running_at=AT, heard_at=AT)

    found = take(running, report(S.RUNNING, percent=20), LATER)

    assert found == Outcome(Taken.TAKEN, replace(running, percent=20, heard_at=LATER))


def test_the_same_once_more_is_only_heard() -> None:
    running = deployment(state=S.RUNNING, percent=10, running_at=AT, heard_at=AT)

    assert take(running, report(S.RUNNING, percent=10), LATER) == Outcome(
        Taken.SAME, replace(running, heard_at=LATER)
    )


def test_a_smaller_number_is_an_older_word() -> None:
    running = deployment(state=S.RUNNING, percent=60, running_at=AT)

    assert take(running, report(S.RUNNING, percent=50), LATER) == Outcome(Taken.OUT_OF_ORDER, running)


@pytest.mark.parametrize("state", ENDS)
def test_it_may_end_at_once(state: DeployState) -> None:
    found = take(deployment(), report(state, why=DeployWhy.SAID, detail="x" * 400), LATER)

    assert (found.taken, found.deployment.state, found.deployment.ended_at) == (Taken.TAKEN, state, LATER)
    wrong = state is not S.SUCCEEDED
    assert found.deployment.why is (DeployWhy.SAID if wrong else None)
    assert found.deployment.detail == ("x" * 300 if wrong else "")
    assert found.deployment.percent == (None if wrong else 100)


@pytest.mark.parametrize("state", ENDS)
@pytest.mark.parametrize("said", [*ENDS, S.LOST, S.RUNNING])
def test_after_its_end_nothing_changes(state: DeployState, said: DeployState) -> None:
    over = deployment(state=state, ended_at=AT)

    found = take(over, report(said), LATER)

    if said is state:
        assert found == Outcome(Taken.SAME, over)
    else:
        late = over if said in {S.LOST, S.RUNNING} else replace(over, late=said)
        assert found == Outcome(Taken.LATE, late)


def test_another_deployment_s_word_changes_nothing() -> None:
    assert take(deployment(), report(S.FAILED, deployment="d2"), LATER) == Outcome(Taken.OTHER, deployment())
    assert take(deployment(), report(S.ASKED), LATER) == Outcome(Taken.OTHER, deployment())


@pytest.mark.parametrize("said", [*ENDS, S.RUNNING])
def test_what_was_lost_comes_back(said: DeployState) -> None:
    lost = deployment(state=S.LOST, why=DeployWhy.SILENT, ended_at=AT)

    found = take(lost, report(said), LATER)

    assert (found.taken, found.moved, found.mended) == (Taken.TAKEN, True, True)
    assert (found.deployment.state, found.deployment.why) == (said, None)
    assert found.deployment.ended_at == (None if said is S.RUNNING else LATER)


def test_what_it_waits_for_is_told_once_and_until_it_goes_on() -> None:
    runs = deployment(state=S.RUNNING, running_at=AT, heard_at=AT)
    waits = report(S.RUNNING, why=DeployWhy.APPROVAL)

    found = take(runs, waits, LATER)

    waiting = replace(runs, why=DeployWhy.APPROVAL, heard_at=LATER)
    assert found == Outcome(Taken.TAKEN, waiting, moved=True)
    assert take(waiting, waits, LATER) == Outcome(Taken.SAME, waiting)
    assert take(waiting, report(S.RUNNING), LATER) == Outcome(Taken.TAKEN, replace(waiting, why=None))
    assert cancelled(waiting, LATER).why is None


def test_what_was_lost_and_given_up_stays_lost() -> None:
    lost = deployment(state=S.LOST, ended_at=AT)

    found = take(lost, report(S.SUCCEEDED), LATER, given_up=True)

    assert found == Outcome(Taken.LATE, replace(lost, late=S.SUCCEEDED))


def test_only_what_runs_can_be_given_up() -> None:
    assert cancelled(deployment(), LATER) == deployment(state=S.CANCELLED, ended_at=LATER, ending=True)
    unsent = deployment(state=S.CANCELLED, ended_at=LATER)
    assert cancelled(deployment(), LATER, sent=False) == unsent
    failed = deployment(state=S.FAILED, ended_at=AT)
    assert cancelled(failed, LATER) == failed


def test_the_silence_is_counted_from_the_last_word() -> None:
    running = deployment(state=S.RUNNING, heard_at=LATER)
    due = LATER + timedelta(minutes=30)

    assert of_deployment(running, timedelta(minutes=30)) == (
        Reminder(
            key=f"deploy_silent:d1:{due.isoformat()}",
            kind=ReminderKind.DEPLOY_SILENT,
            subject="d1",
            due=due,
            expires=due + timedelta(days=3650),
            occasion=due.isoformat(),
        ),
    )
    assert of_deployment(replace(running, state=S.FAILED, ended_at=LATER), timedelta(minutes=30)) == ()


def test_after_a_cancel_the_silence_is_counted_until_it_is_known_how_it_ended() -> None:
    ending = cancelled(deployment(), LATER)

    (reminder,) = of_deployment(ending, timedelta(minutes=30))

    assert reminder.due == LATER + timedelta(minutes=30)
    assert of_deployment(replace(ending, why=DeployWhy.SILENT), timedelta(minutes=30)) == ()
    assert of_deployment(replace(ending, ending=False), timedelta(minutes=30)) == ()


@pytest.mark.parametrize("why", [None, DeployWhy.SILENT])
@pytest.mark.parametrize("said", ENDS)
def test_how_a_cancelled_one_ended_is_known_when_its_deployer_says_so(
    said: DeployState, why: DeployWhy | None
) -> None:
    ending = replace(cancelled(deployment(), AT), why=why)

    found = take(ending, report(said, external="7", url="https://ci.example/7"), LATER)

    known = replace(ending, ending=False, external="7", url="https://ci.example/7")
    if said is S.CANCELLED:
        assert found == Outcome(Taken.TAKEN, replace(known, why=None), moved=True)
    else:
        assert found == Outcome(Taken.LATE, replace(known, late=said))


@pytest.mark.parametrize("said", [S.RUNNING, S.LOST])
def test_one_that_is_being_cancelled_may_run_a_little_longer(said: DeployState) -> None:
    ending = cancelled(deployment(), AT)

    assert take(ending, report(said), LATER) == Outcome(Taken.LATE, ending)


@given(st.sampled_from(S), st.sampled_from(S), st.integers(-5, 500) | st.none())
def test_a_percent_is_never_more_than_the_whole(
    of: DeployState, said: DeployState, percent: int | None
) -> None:
    found = take(deployment(state=of), report(said, percent=percent), LATER)

    assert found.deployment.percent is None or 0 <= found.deployment.percent <= 100


class Machine(RuleBasedStateMachine):
    """Whatever a deployer says, in whatever order: a model of what may become of it."""

    def __init__(self) -> None:
        super().__init__()
        self.it = deployment()
        self.at = AT
        self.given_up = False
        self.ended: DeployState | None = None

    @rule(said=st.sampled_from((*ENDS, S.RUNNING, S.LOST)), percent=st.integers(0, 100) | st.none())
    def hears(self, said: DeployState, percent: int | None) -> None:
        before, self.at = self.it, self.at + timedelta(minutes=1)
        found = take(before, report(said, percent=percent), self.at, given_up=self.given_up)
        again = take(found.deployment, report(said, percent=percent), self.at, given_up=self.given_up)
        assert replace(again.deployment, heard_at=None) == replace(found.deployment, heard_at=None)
        assert not again.moved
        if found.taken in {Taken.OUT_OF_ORDER, Taken.OTHER}:
            assert found.deployment == before
        if found.taken is Taken.LATE:
            assert replace(found.deployment, late=before.late, ending=before.ending) == before
            assert before.ending or not found.deployment.ending
        assert (found.deployment.percent or 0) >= (before.percent or 0)
        self.it = found.deployment
        if self.ended is None and self.it.state in ENDS:
            self.ended = self.it.state

    @rule()
    def is_given_up(self) -> None:
        self.it, self.given_up = cancelled(self.it, self.at), True
        if self.ended is None and self.it.state in ENDS:
            self.ended = self.it.state

    @invariant()
    def an_end_is_the_end(self) -> None:
        assert self.ended is None or self.it.state is self.ended
        assert self.it.over is (self.it.ended_at is not None)


TestMachine = Machine.TestCase
