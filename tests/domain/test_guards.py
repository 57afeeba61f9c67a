from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain import needs
from domain.calendar.entries import GateRule
from domain.calendar.gate import GateAnswer, Verdict
from domain.calendar.reasons import GateReason
from domain.checklists.model import NamedItem, Phase
from domain.lifecycle import check
from domain.names import Names
from domain.needs import Missing
from domain.people import Role
from domain.refusals import NotReady, Refused
from domain.release import Condition, ConfirmItem, Due, Pending, Release, Unmet
from domain.situation import Other
from domain.types import Action, ReleaseType, Stage
from tests.support.builders import AT, SHA, rejected, release, rollout, situation

A, S = Action, Stage
RM, PM, OPS, QA = Role.RELEASE_MANAGER, Role.PM, Role.DEVOPS, Role.QA_LEAD
IC, IMPL = Role.INCIDENT_COMMANDER, Role.IMPLEMENTATION_MANAGER
HOUR = timedelta(hours=1)
CLOSED = GateAnswer(verdict=Verdict.CLOSED, at=AT)
WARN = GateAnswer(verdict=Verdict.WARN, at=AT)
BY_ITEM = {
    ConfirmItem.DEPLOYER_STANDING_BY: (OPS, RM),
    ConfirmItem.ONCALL_STANDING_BY: (Role.ONCALL, OPS),
}


def missing(found: Release, action: Action, **facts: Any) -> tuple[Missing, ...]:
    """What a holder of every role is told to be missing."""
    try:
        check(found, action, situation(*Role, **({"by_bot": True} | facts)))
    except Refused as no:
        refusal = no.refusal
    else:
        return ()
    assert isinstance(refusal, NotReady)
    assert (refusal.action, refusal.version, refusal.stage) == (action, "1.5.0", found.stage)
    return refusal.missing


def unconfirmed(*items: ConfirmItem) -> tuple[Missing, ...]:
    return tuple(Missing(needs.NotConfirmed(item), BY_ITEM[item]) for item in items)


@pytest.mark.parametrize(
    ("stage", "action"),
    [
        (S.BUILDING, A.BUILD_FAILED),
        (S.STAGING, A.STAGING_DEPLOYED),
        (S.STAGING, A.STAGING_FAILED),
        (S.DEPLOYING, A.PAUSE),
        (S.DEPLOYING, A.STOP),
        (S.ROLLING_BACK, A.STAND_DOWN),
        (S.VERIFYING, A.FIX_FORWARD),
        (S.QA, A.HOLD),
        (S.QA, A.CANCEL),
    ],
)
@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_reason_must_be_given(stage: Stage, action: Action, note: str) -> None:
    assert missing(release(stage), action, note=note) == (Missing(needs.ReasonMissing()),)


@pytest.mark.parametrize(
    ("stage", "action"),
    [(S.QA, A.QA_FAILED), (S.QA, A.BUG_FOUND), (S.APPROVAL, A.BUG_FOUND), (S.APPROVED, A.BUG_FOUND)],
)
def test_a_bug_must_be_named(stage: Stage, action: Action) -> None:
    assert missing(release(stage), action, note=" ") == (Missing(needs.BugMissing(), (QA, RM)),)


def test_skipping_staging_needs_a_reason() -> None:
    found = release(S.STAGING, type=ReleaseType.HOTFIX)
    assert missing(found, A.SKIP_STAGING, note="") == (Missing(needs.ReasonMissing()),)


# --- cut --------------------------------------------------------------------------------------------------


def test_nothing_to_release_is_not_cut() -> None:
    found = missing(release(), A.CUT_BRANCH, scope_size=0)
    assert found == (Missing(needs.EmptyScope("1.4.0"), (Role.TECH_LEAD,)),)


@pytest.mark.parametrize("kind", [ReleaseType.EMERGENCY, ReleaseType.HOTFIX])
def test_urgent_releases_are_cut_from_named_commits(kind: ReleaseType) -> None:
    assert missing(release(type=kind, commits=()), A.CUT_BRANCH, scope_size=0) == (
        Missing(needs.NoCommitsNamed(), (RM,)),
    )
    assert missing(release(type=kind), A.CUT_BRANCH, scope_size=0) == ()


def test_every_name_that_is_taken_is_said() -> None:
    taken = missing(release(), A.CUT_BRANCH, taken_names=("release/v1.5.0", "v1.5.0"))
    assert taken == tuple(Missing(needs.NameTaken(name), (RM, OPS)) for name in ("release/v1.5.0", "v1.5.0"))


@pytest.mark.parametrize("kind", [ReleaseType.REGULAR, ReleaseType.FEATURE])
def test_planned_releases_are_cut_when_their_freeze_has_begun(kind: ReleaseType) -> None:
    begins = AT + timedelta(seconds=1)
    for freeze_at in (begins, None):
        found = missing(release(type=kind, freeze_at=freeze_at), A.CUT_BRANCH)
        assert found == (Missing(needs.FreezeNotBegun(freeze_at), (RM,)),)
    assert missing(release(type=kind, freeze_at=AT), A.CUT_BRANCH) == ()
    assert missing(release(type=kind, freeze_at=begins), A.CUT_BRANCH, early=True) == ()


def test_an_early_cut_needs_a_reason() -> None:
    found = missing(release(freeze_at=AT + HOUR), A.CUT_BRANCH, early=True, note="")
    assert found == (Missing(needs.ReasonMissing(), (RM,)),)


def test_a_build_without_its_files_is_a_persons_word() -> None:
    unwritten = needs.FilesNotWritten(("CHANGELOG.md",), "not_text", "CHANGELOG.md")
    built = release(Stage.BUILDING, candidate=None)

    def lacks(**facts: Any) -> tuple[Missing, ...]:
        return missing(built, A.BUILD_PASSED, head=SHA, unwritten=unwritten, **facts)

    assert lacks() == (Missing(unwritten, (RM, OPS)),)
    assert lacks(without_files=True, note=" ") == (Missing(unwritten, (RM, OPS)),)
    assert lacks(note="all is green") == (Missing(unwritten, (RM, OPS)),)
    assert lacks(without_files=True, note="the file goes with 1.6") == ()


@pytest.mark.parametrize("kind", [ReleaseType.EMERGENCY, ReleaseType.HOTFIX])
def test_urgent_releases_have_no_freeze(kind: ReleaseType) -> None:
    assert missing(release(type=kind, freeze_at=None), A.CUT_BRANCH) == ()


@pytest.mark.parametrize(
    ("stage", "action"), [(S.CANDIDATE, A.CUT_BRANCH), (S.BUILDING, A.BUILD_PASSED), (S.APPROVED, A.DEPLOY)]
)
def test_the_git_worker_is_not_asked_twice(stage: Stage, action: Action) -> None:
    waiting = Pending(action=action, by="U0RM", at=AT)
    found = missing(release(stage, pending=waiting), action)
    assert found == (Missing(needs.WorkUnderWay(action, AT)),)


def test_a_build_is_of_a_known_commit() -> None:
    found = missing(release(S.BUILDING), A.BUILD_PASSED, head="")
    assert found == (Missing(needs.HeadUnknown("release/v1.5.0"), (OPS,)),)


# --- qa ---------------------------------------------------------------------------------------------------


def test_qa_answers_for_migration_and_breaking_changes() -> None:
    found = missing(release(S.QA), A.QA_PASSED, qa_answered=False)
    assert found == (Missing(needs.QaAnswerMissing(), (QA, RM)),)


def test_a_first_release_states_its_way_back() -> None:
    first = release(S.QA, previous_version="")
    assert missing(first, A.QA_PASSED) == (Missing(needs.WayBackMissing(), (RM, OPS)),)
    assert missing(first, A.QA_PASSED, way_back="restore the backup") == ()


def test_a_feature_names_a_stakeholder_before_approval_is_asked() -> None:
    for kind in ReleaseType:
        found = missing(release(S.QA, type=kind, stakeholders=()), A.QA_PASSED)
        expected = (Missing(needs.NoStakeholder(), (RM, PM)),) if kind is ReleaseType.FEATURE else ()
        assert found == expected


# --- deploy -----------------------------------------------------------------------------------------------


def test_a_closed_gate_holds_a_deploy_and_a_warning_does_not() -> None:
    assert missing(release(S.APPROVED), A.DEPLOY, gate=CLOSED) == (Missing(needs.GateClosed(CLOSED)),)
    assert missing(release(S.APPROVED), A.DEPLOY, gate=WARN) == ()


def test_a_locked_deploy_names_who_may_open_each_of_what_closes_it() -> None:
    lock = GateReason(rule=GateRule.LOCK, verdict=Verdict.CLOSED, detail="5xx")
    blackout = GateReason(rule=GateRule.BLACKOUT, verdict=Verdict.CLOSED, grantors=(Role.PM,))
    answer = GateAnswer(verdict=Verdict.CLOSED, at=AT, reasons=(lock, blackout))
    needed = Missing(needs.GateClosed(answer), (Role.PM, RM, Role.INCIDENT_COMMANDER))
    assert missing(release(S.APPROVED), A.DEPLOY, gate=answer) == (needed,)


def test_a_deploy_without_the_gates_answer_is_a_bug() -> None:
    with pytest.raises(ValueError, match="gate"):
        missing(release(S.APPROVED), A.DEPLOY, gate=None)


def test_the_soak_ends_at_its_moment() -> None:
    until = AT + timedelta(seconds=1)
    soaking = release(S.APPROVED, soak_until=until)
    assert missing(soaking, A.DEPLOY) == (Missing(needs.NotSoaked(until)),)
    assert missing(soaking, A.DEPLOY, at=until) == ()


@pytest.mark.parametrize("kind", list(ReleaseType))
def test_people_confirm_before_a_deploy(kind: ReleaseType) -> None:
    found = missing(release(S.APPROVED, type=kind, confirmations=()), A.DEPLOY)
    assert found == unconfirmed(*ConfirmItem)


def test_a_confirmation_counts_for_its_candidate_only() -> None:
    older = release(S.APPROVED)
    assert older.candidate is not None
    newer = release(S.APPROVED, candidate=type(older.candidate)(2, SHA, AT))
    assert len(missing(newer, A.DEPLOY)) == 2


def test_the_approval_is_bound_to_the_head_of_the_branch() -> None:
    assert missing(release(S.APPROVED), A.DEPLOY, head="b" * 40) == (
        Missing(needs.OutsideApproval(SHA, "b" * 40), (RM,)),
    )
    assert missing(release(S.APPROVED), A.DEPLOY, head="") == (
        Missing(needs.HeadUnknown("release/v1.5.0"), (OPS,)),
    )


# --- other releases ---------------------------------------------------------------------------------------


def other(stage: Stage, kind: ReleaseType = ReleaseType.REGULAR, *, older: bool = True) -> Other:
    return Other("r0", "1.4.1", kind, stage, older)


@pytest.mark.parametrize("stage", [S.DEPLOYING, S.ROLLING_BACK])
@pytest.mark.parametrize("kind", list(ReleaseType))
def test_one_production_deploy_at_a_time(kind: ReleaseType, stage: Stage) -> None:
    found = missing(release(S.APPROVED, type=kind), A.DEPLOY, others=(other(stage),))
    assert found == (Missing(needs.OtherDeploying("1.4.1", stage), (OPS, IC)),)


@pytest.mark.parametrize("stage", [S.DEPLOYING, S.VERIFYING])
def test_a_fix_forward_hotfix_does_not_wait_for_its_parent(stage: Stage) -> None:
    child = release(S.APPROVED, type=ReleaseType.HOTFIX, parent="r0")
    assert missing(child, A.DEPLOY, others=(other(stage),)) == ()


@pytest.mark.parametrize("stage", list(Stage))
def test_what_a_hotfix_mends_is_verified_after_it(stage: Stage) -> None:
    """Of its own hotfix; any other holds nobody up."""
    hotfix = Other("r2", "1.5.1", ReleaseType.HOTFIX, stage, older=False, parent="r1")
    found = missing(release(S.VERIFYING), A.VERIFIED, others=(hotfix, replace(hotfix, id="r3", parent="r9")))
    over = {S.RELEASED, S.CLOSED, S.ROLLED_BACK, S.CANCELLED}
    assert found == (() if stage in over else (Missing(needs.HotfixUnfinished("1.5.1", stage), (RM, IC)),))


@pytest.mark.parametrize("urgent", [ReleaseType.EMERGENCY, ReleaseType.HOTFIX])
@pytest.mark.parametrize("stage", [s for s in Stage if s not in {S.DEPLOYING, S.ROLLING_BACK}])
def test_urgent_releases_in_progress_block_planned_ones(urgent: ReleaseType, stage: Stage) -> None:
    found = missing(release(S.APPROVED), A.DEPLOY, others=(other(stage, urgent, older=False),))
    over = {S.ON_HOLD, S.RELEASED, S.CLOSED, S.ROLLED_BACK, S.CANCELLED}
    assert found == (() if stage in over else (Missing(needs.UrgentFirst("1.4.1", urgent), (RM, IC)),))


@pytest.mark.parametrize("stage", [s for s in Stage if s not in {S.DEPLOYING, S.ROLLING_BACK}])
def test_an_older_planned_release_is_finished_first(stage: Stage) -> None:
    found = missing(release(S.APPROVED), A.DEPLOY, others=(other(stage),))
    over = {S.ON_HOLD, S.RELEASED, S.CLOSED, S.ROLLED_BACK, S.CANCELLED}
    assert found == (() if stage in over else (Missing(needs.OlderUnfinished("1.4.1", stage), (RM,)),))


def test_a_newer_planned_release_holds_nobody_up() -> None:
    newer = other(S.QA, older=False)
    assert missing(release(S.APPROVED), A.DEPLOY, others=(newer,)) == ()


@pytest.mark.parametrize("kind", [ReleaseType.EMERGENCY, ReleaseType.HOTFIX])
def test_urgent_releases_never_wait_for_planned_ones(kind: ReleaseType) -> None:
    found = release(S.APPROVED, type=kind)
    assert missing(found, A.DEPLOY, others=(other(S.QA), other(S.VERIFYING))) == ()


# --- conditions -------------------------------------------------------------------------------------------


def condition(due: Due, unmet: Unmet = Unmet.BLOCKS, **facts: Any) -> Condition:
    known: dict[str, Any] = {"id": "1.1", "text": "watch it", "owner": "U0DEV", "asked_by": "U0RM2"}
    known |= {"due_at": AT + HOUR if due is Due.TIME else None}
    return Condition(candidate=1, due=due, unmet=unmet, **(known | facts))


def held(asked: Condition, *, at: timedelta = timedelta(0)) -> list[Action]:
    """The steps that the condition stops."""
    stages = {A.DEPLOY: S.APPROVED, A.ROLLOUT_COMPLETE: S.DEPLOYING, A.VERIFIED: S.VERIFYING}
    open_ = (Missing(needs.ConditionOpen("watch it", "U0DEV"), user="U0DEV"),)
    found = []
    for action, stage in stages.items():
        at_stage = release(stage, conditions=(asked,), rollout=rollout(3), soak_until=None)
        if missing(at_stage, action, at=AT + at) == open_:
            found.append(action)
    return found


@pytest.mark.parametrize(
    ("due", "unmet", "stopped"),
    [
        (Due.BEFORE_DEPLOY, Unmet.BLOCKS, [A.DEPLOY, A.ROLLOUT_COMPLETE, A.VERIFIED]),
        (Due.BEFORE_COMPLETE, Unmet.BLOCKS, [A.ROLLOUT_COMPLETE, A.VERIFIED]),
        (Due.AFTER_DEPLOY, Unmet.BLOCKS, [A.VERIFIED]),
        (Due.TIME, Unmet.BLOCKS, []),
        (Due.BEFORE_DEPLOY, Unmet.HOLDS_COMPLETION, [A.VERIFIED]),
        (Due.BEFORE_DEPLOY, Unmet.ROLLBACK_REVIEW, [A.VERIFIED]),
    ],
)
def test_an_open_condition_stops_what_it_is_due_before(due: Due, unmet: Unmet, stopped: list[Action]) -> None:
    assert held(condition(due, unmet)) == stopped
    assert held(condition(due, unmet, met_at=AT)) == []
    assert held(condition(due, unmet, id="2.1"), at=HOUR) == (
        [A.DEPLOY, A.ROLLOUT_COMPLETE, A.VERIFIED] if due is Due.TIME else stopped
    )


# --- rollout and after ------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", [A.STEP_DONE, A.ROLLOUT_COMPLETE])
def test_a_paused_rollout_does_not_go_on(action: Action) -> None:
    found = release(S.DEPLOYING, rollout=rollout(3, paused=True, pause_reason="errors"))
    assert missing(found, action) == (Missing(needs.RolloutPaused("errors"), (IMPL, RM, IC)),)


def test_what_is_not_paused_is_not_continued() -> None:
    assert missing(release(S.DEPLOYING, rollout=rollout(1)), A.CONTINUE) == (Missing(needs.NotPaused()),)


def test_a_rollout_is_complete_after_its_last_step() -> None:
    found = missing(release(S.DEPLOYING, rollout=rollout(2)), A.ROLLOUT_COMPLETE)
    assert found == (Missing(needs.StepsLeft(2, 3), (OPS,)),)


def test_what_reached_production_is_not_stopped() -> None:
    found = missing(release(S.DEPLOYING, rollout=rollout(1)), A.STOP)
    assert found == (Missing(needs.AlreadyInProduction(1), (OPS, IC)),)


@pytest.mark.parametrize("stage", [S.RELEASED, S.CLOSED])
def test_what_is_out_is_rolled_back_while_it_is_in_production(stage: S) -> None:
    found = missing(release(stage), A.DECLARE_ROLLBACK, production="1.6.0")
    assert found == (Missing(needs.NotInProduction("1.6.0")),)
    assert missing(release(stage), A.DECLARE_ROLLBACK, production="1.5.0") == ()


def test_restoring_is_not_stood_down_from() -> None:
    found = missing(release(S.ROLLING_BACK), A.STAND_DOWN, restore_begun=True)
    assert found == (Missing(needs.RestoreBegun(), (IC,)),)


def test_a_rollback_is_over_when_it_is_restored() -> None:
    found = missing(release(S.ROLLING_BACK), A.ROLLED_BACK, restore_open=("verify",))
    assert found == (Missing(needs.RestoreUnfinished(("verify",)), (IC, OPS)),)
    skipped = missing(release(S.ROLLING_BACK), A.ROLLED_BACK, left_out=("traffic",), restore_begun=True)
    assert skipped == (Missing(needs.NothingRestored(("traffic",), begun=True), (IC, OPS)),)


@pytest.mark.parametrize(
    ("stage", "action"),
    [
        (S.QA, A.QA_PASSED),
        (S.APPROVED, A.DEPLOY),
        (S.DEPLOYING, A.ROLLOUT_COMPLETE),
        (S.VERIFYING, A.VERIFIED),
        (S.RELEASED, A.CLOSE),
        (S.ROLLING_BACK, A.ROLLED_BACK),
    ],
)
def test_open_items_of_its_lists_stop_a_step(stage: Stage, action: Action) -> None:
    item = NamedItem("smoke_test", Names(en="Smoke test"))
    open_ = (Missing(needs.ItemsOpen(Phase.POST_AT_ONCE, (item,)), (QA, RM)),)
    assert missing(release(stage, rollout=rollout(3)), action, items=open_) == open_


def test_a_release_is_closed_after_monitoring_and_merged_back() -> None:
    found = release(S.RELEASED, monitoring_until=AT + HOUR, merged=False)
    assert missing(found, A.CLOSE) == (
        Missing(needs.StillMonitoring(AT + HOUR)),
        Missing(needs.NotMerged("release/v1.5.0"), (OPS, RM)),
    )
    assert missing(found, A.CLOSE, at=AT + HOUR) == (Missing(needs.NotMerged("release/v1.5.0"), (OPS, RM)),)


def test_who_rejected_is_named_to_who_resumes() -> None:
    found = missing(rejected(release()), A.RESUME)
    assert found == (Missing(needs.RejectionStands("U0RM2"), (RM,), "U0RM2"),)
    assert missing(release(S.ON_HOLD), A.REBUILD) == (Missing(needs.NotRejected()),)
