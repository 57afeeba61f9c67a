from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.calendar.slots import Slot
from domain.people import Role
from domain.release import Candidate, Hold, Pending, QaReport, Release
from domain.rollout.model import StepTimes, WentOn
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
from domain.rollout.rules import RolloutRules
from domain.steps import freeze_begun, lift_freeze, pass_qa, reject, step
from domain.types import Action, ReleaseType, RolloutStrategy, Stage
from tests.support.builders import AT, SHA, rejected, release, rollout, situation
from tests.support.world import DEV, policy

A, S = Action, Stage
POLICY = policy()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEW = "b" * 40


def stepped(found: Release, action: Action, slot: Slot | None = None, **facts: Any) -> Release:
    now = situation(*Role, **({"by_bot": True} | facts))
    return step(found, action, now, POLICY, slot)


def until(close: datetime | None) -> Slot:
    return Slot(
        day=AT.date(),
        freeze_at=None,
        branch_at=None,
        qa_first_day=None,
        qa_last_day=None,
        deploy_at=AT,
        window_close_at=close,
    )


def changed(before: Release, after: Release) -> dict[str, Any]:
    """The fields that a step changed, its stage aside."""
    now = vars(after)
    known = {name for name in now if now[name] != vars(before)[name]}
    return {name: now[name] for name in known - {"stage", "stage_since"}}


def test_a_build_makes_the_next_candidate_and_qa_begins_anew() -> None:
    before = release(S.BUILDING, approval_asked_at=AT, staging_skipped="hurry")
    after = stepped(before, A.BUILD_PASSED, head=NEW)
    assert changed(before, after) == {
        "candidate": Candidate(2, NEW, AT),
        "qa": None,
        "soak_until": None,
        "staging_skipped": "",
        "approval_asked_at": None,
    }


@pytest.mark.parametrize(
    ("kind", "soak"),
    [
        (ReleaseType.REGULAR, 24 * HOUR),
        (ReleaseType.EMERGENCY, HOUR / 2),
        (ReleaseType.HOTFIX, None),
        (ReleaseType.FEATURE, 3 * DAY),
    ],
)
def test_staging_starts_the_soak_of_the_type(kind: ReleaseType, soak: timedelta | None) -> None:
    after = stepped(release(S.STAGING, type=kind, soak_until=None), A.STAGING_DEPLOYED)
    assert after.soak_until == (AT + soak if soak else None)


def test_a_skipped_staging_keeps_its_reason() -> None:
    after = stepped(release(S.STAGING, type=ReleaseType.HOTFIX), A.SKIP_STAGING, note="users are down")
    assert (after.staging_skipped, after.soak_until) == ("users are down", None)


@pytest.mark.parametrize(
    ("kind", "close", "granted"),
    [
        (ReleaseType.REGULAR, AT + HOUR, AT + HOUR),
        (ReleaseType.REGULAR, AT + 8 * DAY, AT + 7 * DAY),
        (ReleaseType.REGULAR, None, AT + 7 * DAY),
        (ReleaseType.FEATURE, None, AT + 7 * DAY),
        (ReleaseType.REGULAR, AT, AT + 7 * DAY),
        (ReleaseType.EMERGENCY, AT + HOUR, AT + DAY),
        (ReleaseType.HOTFIX, AT + HOUR, AT + DAY),
        (ReleaseType.HOTFIX, None, AT + DAY),
    ],
)
def test_an_approval_lasts_for_its_window_and_no_longer_than_the_policy_says(
    kind: ReleaseType, close: datetime | None, granted: datetime
) -> None:
    after = stepped(release(S.APPROVAL, type=kind), A.REQUIREMENTS_MET, until(close))
    assert (after.stage, after.approved_at, after.approval_until) == (S.APPROVED, AT, granted)


def test_a_lapsed_approval_is_asked_from_now_on() -> None:
    before = release(S.APPROVED, approval_asked_at=AT - DAY, approved_at=AT - HOUR, approval_until=AT)
    after = stepped(before, A.APPROVAL_LAPSED)
    assert changed(before, after) == {"approval_asked_at": AT, "approved_at": None, "approval_until": None}


@pytest.mark.parametrize(
    ("stage", "action"),
    [
        (S.QA, A.QA_FAILED),
        (S.APPROVED, A.BUG_FOUND),
        (S.APPROVED, A.HEAD_MOVED),
        (S.APPROVAL, A.BUG_FOUND),
        (S.FIXING, A.REBUILD),
    ],
)
def test_there_is_no_approval_while_fixing(stage: Stage, action: Action) -> None:
    before = release(stage, approval_asked_at=AT, approved_at=AT, approval_until=AT + DAY)
    after = stepped(before, action)
    assert (after.approval_asked_at, after.approved_at, after.approval_until) == (None, None, None)


def test_a_deploy_begins_the_rollout_of_the_type() -> None:
    after = stepped(release(S.APPROVED, type=ReleaseType.FEATURE), A.DEPLOY)
    assert after.rollout == Rollout(
        strategy=RolloutStrategy.CANARY,
        steps=("canary_10", "canary_50", "canary_100"),
        since=AT,
        plan=plan_of(RolloutStrategy.CANARY, RolloutRules()),
        times=(StepTimes(began=AT, attempt=1),),
    )
    assert after.deploy_started_at == AT


def test_a_rollout_goes_step_by_step_and_can_pause() -> None:
    going = stepped(release(S.DEPLOYING, rollout=rollout()), A.STEP_LIVE)
    assert going.rollout == rollout(since=AT, times=(StepTimes(live=AT),))
    one = stepped(going, A.STEP_DONE, by_bot=False)
    times = (StepTimes(live=AT, ended=AT), StepTimes(began=AT, attempt=1))
    went = WentOn(by=DEV, at=AT, left="canary_10", began="canary_50")
    assert one.rollout == rollout(1, since=AT, times=times, went=went)
    paused = stepped(one, A.PAUSE, note="errors")
    assert paused.rollout == rollout(1, paused=True, pause_reason="errors", since=AT, times=times, went=went)
    again = replace(went, left="canary_50")
    assert stepped(paused, A.CONTINUE).rollout == rollout(1, since=AT, times=times, went=again)


def test_a_stop_before_production_takes_the_rollout_away() -> None:
    before = release(S.DEPLOYING, rollout=rollout(), deploy_started_at=AT)
    after = stepped(before, A.STOP)
    assert after.stage is S.APPROVED
    assert changed(before, after) == {
        "rollout": None,
        "deploy_started_at": None,
        "confirmations": (),
        "asked_anew_at": AT,
    }


def test_the_freeze_lifts_when_the_rollout_is_complete() -> None:
    before = release(S.DEPLOYING, rollout=rollout(3))
    after = stepped(before, A.ROLLOUT_COMPLETE)
    assert changed(before, after) == {"deployed_at": AT, "freeze_lifted_at": AT}


@pytest.mark.parametrize(
    ("stage", "action"), [(S.ROLLING_BACK, A.ROLLED_BACK), (S.QA, A.CANCEL), (S.RELEASED, A.CLOSE)]
)
def test_the_freeze_ends_with_its_release(stage: Stage, action: Action) -> None:
    assert stepped(release(stage), action).freeze_lifted_at == AT
    assert stepped(release(stage, freeze_at=None), action).freeze_lifted_at is None
    earlier = AT - DAY
    assert stepped(release(stage, freeze_lifted_at=earlier), action).freeze_lifted_at == earlier


def test_the_freeze_stays_while_qa_fails() -> None:
    assert stepped(release(S.QA), A.QA_FAILED).freeze_lifted_at is None


@pytest.mark.parametrize(
    ("kind", "hours"),
    [
        (ReleaseType.REGULAR, 24),
        (ReleaseType.EMERGENCY, 2),
        (ReleaseType.HOTFIX, 1),
        (ReleaseType.FEATURE, 48),
    ],
)
def test_monitoring_counts_from_the_deploy(kind: ReleaseType, hours: int) -> None:
    deployed = AT - 30 * timedelta(minutes=1)
    after = stepped(release(S.VERIFYING, type=kind, deployed_at=deployed), A.VERIFIED)
    assert after.monitoring_until == deployed + hours * HOUR


def test_a_hold_remembers_where_it_came_from() -> None:
    after = stepped(release(S.APPROVAL), A.HOLD, note="holiday")
    assert after.hold == Hold(source=S.APPROVAL, by=DEV, at=AT, reason="holiday")
    back = stepped(after, A.RESUME)
    assert (back.stage, back.hold, back.approval_asked_at) == (S.APPROVAL, None, AT)


def test_a_reject_blocks_until_it_is_taken_back() -> None:
    before = release(S.APPROVED, approved_at=AT, approval_until=AT + DAY)
    after = reject(before, situation(by_bot=True), "U0PM", "too risky")
    assert after.hold == Hold(source=S.APPROVAL, by="U0PM", at=AT, reason="too risky", by_rejection=True)
    assert (after.stage, after.approved_at, after.approval_until) == (S.ON_HOLD, None, None)
    withdrawn = stepped(after, A.REJECTION_WITHDRAWN)
    assert (withdrawn.stage, withdrawn.hold, withdrawn.approval_asked_at) == (S.APPROVAL, None, AT)


def test_a_new_candidate_answers_a_reject() -> None:
    after = stepped(replace(rejected(release()), approval_asked_at=AT), A.REBUILD)
    assert (after.stage, after.hold, after.approval_asked_at) == (S.BUILDING, None, None)


def test_passing_qa_asks_for_approval() -> None:
    report = QaReport(by=DEV, at=AT, candidate=1, migration=True, breaking=False, report="https://qa")
    after = pass_qa(release(S.QA, qa=None), situation(Role.QA_LEAD), report)
    assert (after.stage, after.qa, after.approval_asked_at) == (S.APPROVAL, report, AT)


def test_a_rollback_remembers_where_it_was_declared() -> None:
    declared = stepped(release(S.VERIFYING), A.DECLARE_ROLLBACK)
    assert (declared.stage, declared.before_rollback) == (S.ROLLING_BACK, S.VERIFYING)
    back = stepped(declared, A.STAND_DOWN)
    assert (back.stage, back.before_rollback) == (S.VERIFYING, None)


@pytest.mark.parametrize("action", [A.HOLD, A.BUG_FOUND, A.HEAD_MOVED])
def test_a_step_ends_the_wait_for_the_git_worker(action: Action) -> None:
    waiting = Pending(action=A.DEPLOY, by=DEV, at=AT)
    assert stepped(release(S.APPROVED, pending=waiting), action).pending is None


@pytest.mark.parametrize(
    ("freeze_at", "lifted_at", "begun"),
    [
        (None, None, False),
        (AT, None, True),
        (AT + timedelta(seconds=1), None, False),
        (AT - DAY, AT - HOUR, False),
    ],
)
def test_a_freeze_has_begun_from_its_moment_until_it_is_lifted(
    *, freeze_at: datetime | None, lifted_at: datetime | None, begun: bool
) -> None:
    assert freeze_begun(release(freeze_at=freeze_at, freeze_lifted_at=lifted_at), AT) is begun


def test_lifting_twice_keeps_the_first_moment() -> None:
    once = lift_freeze(release(), AT)
    assert lift_freeze(once, AT + HOUR) == once
    assert once.candidate == Candidate(1, SHA, AT - 2 * DAY)
