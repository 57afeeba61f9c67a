from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from commands.requests import Cancel, Retarget, RetryGit
from domain import needs
from domain import refusals as r
from domain.approvals import Outcome
from domain.checklists.model import Phase
from domain.errands import (
    CutBranch,
    DropBranch,
    FinishRelease,
    NotDone,
    ReadHead,
    Show,
    Surface,
    SurfaceKind,
    TagCandidate,
    TaskLeft,
    ToPerson,
)
from domain.events import Advanced, ApprovalAsked, ApprovalsLapsed, Denied, GitDone, GitFailed, WorkAsked
from domain.needs import Missing
from domain.people import Role
from domain.release import Pending, Release
from domain.scope import Scope
from domain.types import Action, ReleaseType, Stage
from storage import people, repositories, scopes
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import SHA, SHA2, Driver, changes
from tests.support.world import DEV, IC, OPS, PROJECT, QA, RM, RM2, person, world

A, S, R = Action, Stage, ReleaseType


def asked_to_cut(drive: Driver, **facts: Any) -> str:
    release = drive.start(**facts)
    drive.advance(release, A.CUT_BRANCH, early=True, note="quiet week")
    return release


def asked_to_deploy(drive: Driver) -> str:
    release = drive.to_approval()
    deploy_at = drive.release(release).deploy_at
    assert deploy_at is not None
    drive.clock.set(deploy_at)
    drive.decide(release, RM2)
    drive.ready(release)
    drive.advance(release, A.DEPLOY, OPS)
    return release


# --- cut --------------------------------------------------------------------------------------------------


def test_a_cut_is_asked_of_the_worker_and_decided_by_its_report(drive: Driver) -> None:
    release = asked_to_cut(drive)
    waiting = drive.release(release)
    assert (waiting.stage, waiting.branch) == (S.CANDIDATE, "release/v1.5.0")
    assert waiting.pending == Pending(
        action=A.CUT_BRANCH, by=RM, at=drive.clock(), note="quiet week", early=True
    )
    assert CutBranch(PROJECT, release) in drive.errands()

    event = drive.branch_was_cut(release, scope=changes(7))
    assert isinstance(event, Advanced)
    assert (event.action, event.target) == (A.CUT_BRANCH, S.BUILDING)
    assert drive.release(release).pending is None
    assert drive.read(scopes.of, release, 1) == changes(7)
    assert drive.audited()[-1] == ("Advanced", "done", RM)  # in the name of who asked


def test_the_same_work_is_not_asked_twice(drive: Driver) -> None:
    release = asked_to_cut(drive)
    refusal = drive.refused(release, A.CUT_BRANCH, early=True, note="again")
    assert isinstance(refusal, r.NotReady)
    assert refusal.missing == (Missing(needs.WorkUnderWay(A.CUT_BRANCH, drive.clock())),)


def test_what_is_known_to_be_missing_is_refused_at_once(drive: Driver) -> None:
    drive.read_repository(scope=changes(0), tags=("v1.4.0", "v1.5.0-rc.1"))
    release = drive.start()
    refusal = drive.refused(release, A.CUT_BRANCH)
    assert isinstance(refusal, r.NotReady)
    assert [type(one.need) for one in refusal.missing] == [needs.EmptyScope, needs.FreezeNotBegun]
    assert drive.release(release).pending is None


def test_a_feature_is_not_judged_by_the_scope_of_a_regular_release(drive: Driver) -> None:
    drive.read_repository(scope=changes(0))
    release = drive.start(R.FEATURE)
    drive.advance(release, A.CUT_BRANCH, early=True, note="soak is long")
    drive.branch_was_cut(release)
    assert drive.stage(release) is S.BUILDING


def test_somebody_elses_branch_of_that_name_is_said(drive: Driver) -> None:
    drive.read_repository(branches=(("main", SHA), ("release/v1.5.0", SHA2)))
    release = drive.start()
    refusal = drive.refused(release, A.CUT_BRANCH, early=True, note="quiet week")
    assert isinstance(refusal, r.NotReady)
    assert refusal.missing[0].need == needs.NameTaken("release/v1.5.0")


def test_our_own_branch_of_an_earlier_try_is_no_hindrance(drive: Driver) -> None:
    release = asked_to_cut(drive)
    drive.branch_was_cut(release, problem="unreachable")
    drive.read_repository(branches=(("main", SHA), ("release/v1.5.0", SHA)))
    drive.ok(RetryGit(release=release), RM)
    drive.branch_was_cut(release)
    assert drive.stage(release) is S.BUILDING


def test_a_problem_changes_nothing_and_leaves_a_task(drive: Driver) -> None:
    release = asked_to_cut(drive)
    event = drive.branch_was_cut(release, problem="conflict", detail="a.py", files=("a.py",))
    assert event == GitFailed(
        release=release,
        version="1.5.0",
        work="cut_branch",
        problem="conflict",
        detail="a.py",
        files=("a.py",),
    )
    found = drive.release(release)
    assert found.stage is S.CANDIDATE
    assert found.pending is not None
    assert (found.pending.problem, found.pending.files) == ("conflict", ("a.py",))
    (task,) = drive.told(TaskLeft)
    assert task.to == ToPerson(RM)


def test_what_git_could_not_do_can_be_tried_again(drive: Driver) -> None:
    release = asked_to_cut(drive)
    drive.branch_was_cut(release, problem="unreachable")
    assert isinstance(drive.ok(RetryGit(release=release), RM), WorkAsked)
    assert isinstance(drive.no(RetryGit(release=release), RM), r.AlreadySo)
    assert isinstance(drive.no(RetryGit(release=release), DEV), r.NotAllowed)
    drive.branch_was_cut(release)
    assert drive.stage(release) is S.BUILDING
    assert drive.git_errands().count(CutBranch(PROJECT, release)) == 2


def test_what_the_remote_rules_out_is_told_to_who_asked(drive: Driver) -> None:
    release = asked_to_cut(drive)
    event = drive.branch_was_cut(release, taken=("v1.5.0",))
    assert isinstance(event, Denied)
    assert isinstance(event.refusal, r.NotReady)
    assert [one.need for one in event.refusal.missing] == [needs.NameTaken("v1.5.0")]
    found = drive.release(release)
    assert (found.stage, found.pending) == (S.CANDIDATE, None)
    (told,) = drive.told(NotDone)
    assert told.to == ToPerson(RM)
    assert drive.audited()[-1][:2] == ("Denied", "denied")


def test_a_report_that_comes_twice_changes_nothing(drive: Driver) -> None:
    release = asked_to_cut(drive)
    drive.branch_was_cut(release)
    before, audited = drive.release(release), drive.audited()
    assert isinstance(drive.branch_was_cut(release), GitDone)
    assert (drive.release(release), drive.audited()) == (before, audited)


def test_hotfixes_of_a_day_are_counted(drive: Driver) -> None:
    first = drive.start(R.HOTFIX, IC)
    second = drive.start(R.HOTFIX, IC)
    branches = []
    for release in (second, first):
        drive.advance(release, A.CUT_BRANCH, IC, commits=(SHA2,))
        branches.append(drive.release(release).branch)
    assert branches == ["hotfix/INC-20260302-1", "hotfix/INC-20260302-2"]


@pytest.mark.parametrize(
    ("kind", "branch"),
    [
        (R.REGULAR, "release/v1.5.0"),
        (R.EMERGENCY, "release/hotfix-v1.4.1"),
        (R.HOTFIX, "hotfix/INC-20260302-1"),
        (R.FEATURE, "release/feature-search"),
    ],
)
def test_each_type_has_its_branch(drive: Driver, kind: ReleaseType, branch: str) -> None:
    release = drive.start(kind)
    drive.cut(release)
    assert drive.release(release).branch == branch


def test_trunk_based_projects_release_from_main(database: Database, clock: HandClock) -> None:
    with database.transaction() as tx:
        world(tx, repository={"flow": "trunk"})
    drive = Driver(database, clock)
    release = drive.start()
    drive.cut(release)
    assert drive.release(release).branch == "main"


def test_a_project_without_a_repository_says_so(drive: Driver) -> None:
    release = drive.start()
    with drive.tx() as tx:
        tx.execute(repositories.RepositoryRow.__table__.delete())  # type: ignore[attr-defined]  # set by SQLModel
    refusal = drive.refused(release, A.CUT_BRANCH, early=True, note="quiet week")
    assert refusal == r.RepositoryUnknown(PROJECT)


# --- build ------------------------------------------------------------------------------------------------


def test_a_build_makes_a_candidate_of_the_head_that_was_read(drive: Driver) -> None:
    release = drive.start()
    drive.cut(release)
    drive.advance(release, A.BUILD_PASSED)
    assert drive.stage(release) is S.BUILDING
    drive.head_was_read(release, A.BUILD_PASSED, head=SHA2, scope=changes(9))
    found = drive.release(release)
    assert found.candidate is not None
    assert (found.stage, found.rc, found.candidate.sha) == (S.STAGING, 1, SHA2)
    assert drive.read(scopes.of, release, 1) == changes(9)
    assert TagCandidate(PROJECT, release, 1, SHA2) in drive.errands()


def test_authors_are_matched_to_people_and_the_others_named(drive: Driver) -> None:
    release = drive.start()
    drive.cut(release)
    scope = changes(top_authors=("dev@naru.example", "who@else.example"), all_authors=("dev2@naru.example",))
    drive.build(release, scope=scope)
    found = drive.release(release)
    assert (found.authors, found.unlinked) == ((DEV,), ("who@else.example",))


def test_for_urgent_releases_any_author_is_barred(drive: Driver) -> None:
    release = drive.start(R.HOTFIX, IC)
    drive.cut(release)
    scope = changes(top_authors=(), all_authors=("dev@naru.example", "dev2@naru.example"))
    drive.build(release, scope=scope)
    assert drive.release(release).authors == ("U0DEV", "U0DEV2")


def test_a_head_that_cannot_be_read_leaves_a_task(drive: Driver) -> None:
    release = drive.start()
    drive.cut(release)
    drive.advance(release, A.BUILD_PASSED)
    event = drive.head_was_read(release, A.BUILD_PASSED, head="", scope=None, problem="missing_ref")
    assert isinstance(event, GitFailed)
    found = drive.release(release)
    assert found.pending is not None
    assert (found.stage, found.pending.problem) == (S.BUILDING, "missing_ref")


def test_a_failed_tag_leaves_a_task_beside_the_way(drive: Driver) -> None:
    release = drive.to_qa()
    before = drive.release(release)
    drive.refs_were_made(release, "tag_candidate", problem="tag_exists")
    assert comparable(drive.release(release)) == comparable(before)
    assert [tell.to for tell in drive.told(TaskLeft)] == [ToPerson(RM)]


def comparable(found: Release) -> dict[str, Any]:
    return {name: value for name, value in vars(found).items() if name != "revision"}


def test_a_new_candidate_lapses_the_approvals_of_the_older(drive: Driver) -> None:
    release = drive.to_approved()
    drive.advance(release, A.BUG_FOUND, QA, note="it crashes")
    assert Show(Surface(SurfaceKind.APPROVAL, f"{release}/1")) == last_show(drive, SurfaceKind.APPROVAL)
    drive.advance(release, A.REBUILD)
    drive.build(release, head=SHA2)
    (lapsed,) = [tell.said for tell in drive.told(ApprovalsLapsed)]
    assert lapsed == ApprovalsLapsed(
        release=release, version="1.5.0", candidate=1, why="new_candidate", users=(RM2,)
    )
    drive.advance(release, A.STAGING_DEPLOYED, OPS, note="healthy")
    drive.pass_qa(release)
    asked = [tell.said for tell in drive.told(ApprovalAsked)][-1]
    assert isinstance(asked, ApprovalAsked)
    assert (asked.candidate, asked.sha, asked.again) == (2, SHA2, "new_candidate")
    assert drive.stage(release) is S.APPROVAL


def last_show(drive: Driver, kind: SurfaceKind) -> Show:
    shows = [e for e in drive.errands() if isinstance(e, Show) and e.surface.kind is kind]
    return shows[-1]


# --- deploy -----------------------------------------------------------------------------------------------


def test_a_deploy_is_decided_when_the_head_is_known(drive: Driver) -> None:
    release = asked_to_deploy(drive)
    assert drive.stage(release) is S.APPROVED
    assert drive.git_errands()[-1] == ReadHead(PROJECT, release, A.DEPLOY)
    drive.head_was_read(release, A.DEPLOY)
    found = drive.release(release)
    assert (found.stage, found.pending, found.deploy_started_at) == (S.DEPLOYING, None, drive.clock())


def test_a_branch_that_moved_is_outside_the_approval_and_goes_back(drive: Driver) -> None:
    release = asked_to_deploy(drive)
    event = drive.head_was_read(release, A.DEPLOY, head=SHA2)
    assert isinstance(event, Denied)
    assert isinstance(event.refusal, r.NotReady)
    assert [one.need for one in event.refusal.missing] == [needs.OutsideApproval(SHA, SHA2)]
    assert [tell.to for tell in drive.told(NotDone)] == [ToPerson(OPS)]
    found = drive.release(release)
    assert (found.stage, found.pending, found.approval_asked_at) == (S.FIXING, None, None)


def test_the_gate_is_asked_again_when_the_report_comes(drive: Driver) -> None:
    release = asked_to_deploy(drive)
    drive.clock.move(hours=4)  # 18:00 in Seoul: the window closed an hour ago
    event = drive.head_was_read(release, A.DEPLOY)
    assert isinstance(event, Denied | ApprovalsLapsed)
    assert drive.stage(release) is not S.DEPLOYING


def test_an_approval_that_ended_meanwhile_is_asked_again(drive: Driver) -> None:
    release = asked_to_deploy(drive)
    until = drive.release(release).approval_until
    assert until is not None
    drive.clock.set(until)
    event = drive.head_was_read(release, A.DEPLOY)
    assert isinstance(event, ApprovalsLapsed)
    assert (event.why, event.users) == ("time", (RM2,))
    found = drive.release(release)
    assert (found.stage, found.pending, found.approval_asked_at) == (S.APPROVAL, None, until)
    assert ToPerson(OPS) in [tell.to for tell in drive.told(ApprovalsLapsed)]


def test_an_approval_without_its_role_is_found_before_a_deploy(drive: Driver) -> None:
    release = drive.to_approval()
    deploy_at = drive.release(release).deploy_at
    assert deploy_at is not None
    drive.clock.set(deploy_at)
    drive.decide(release, RM2)
    drive.ready(release)
    leave(drive, RM2)
    event = drive.advance(release, A.DEPLOY, OPS)
    assert isinstance(event, ApprovalsLapsed)
    assert (event.why, drive.stage(release)) == ("role_lost", S.APPROVAL)


def leave(drive: Driver, user: str) -> None:
    with drive.tx() as tx:
        people.put(tx, [person(user, active=False)])


def test_a_deploy_lists_all_that_is_missing_at_once(drive: Driver) -> None:
    release = drive.to_approved()
    refusal = drive.refused(release, A.DEPLOY)
    assert isinstance(refusal, r.NotReady)
    kinds = [type(one.need).__name__ for one in refusal.missing]
    lists = ["ItemsOpen"] * (len(kinds) - 4)
    assert kinds == ["GateClosed", "NotSoaked", *lists, "NotConfirmed", "NotConfirmed"]
    open_ = [one.need for one in refusal.missing if isinstance(one.need, needs.ItemsOpen)]
    assert {one.phase for one in open_} == {Phase.PRE_RELEASE, Phase.RELEASE_START}


def test_the_watch_finds_a_head_that_moved(drive: Driver) -> None:
    release = drive.to_approved()
    assert isinstance(drive.head_was_read(release, None), GitDone)
    assert drive.stage(release) is S.APPROVED
    drive.head_was_read(release, None, head=SHA2)
    found = drive.release(release)
    assert (found.stage, found.approval_asked_at) == (S.FIXING, None)


def test_the_watch_lets_a_build_be(drive: Driver) -> None:
    release = drive.start()
    drive.cut(release)
    drive.head_was_read(release, None, head=SHA2)
    assert drive.stage(release) is S.BUILDING


# --- finish -----------------------------------------------------------------------------------------------


def test_what_is_verified_is_tagged_and_merged(drive: Driver) -> None:
    release = drive.to_released()
    assert FinishRelease(PROJECT, release) in drive.git_errands()
    assert drive.release(release).merged


def test_a_conflict_of_the_merge_leaves_a_task_and_closing_waits(drive: Driver) -> None:
    release = drive.to_released()
    drive.refs_were_made(release, problem="conflict", files=("b.py",))
    found = drive.release(release)
    assert found.pending is not None
    assert found.pending.problem == "conflict"
    drive.ok(RetryGit(release=release), OPS)
    drive.refs_were_made(release)
    assert (drive.release(release).merged, drive.release(release).pending) == (True, None)


def test_a_cancelled_branch_is_dropped_by_choice(drive: Driver) -> None:
    kept, dropped = drive.to_qa(), drive.to_qa(version="1.6.0")
    drive.ok(Cancel(release=kept, reason="no need"), RM)
    drive.ok(Cancel(release=dropped, reason="no need", delete_branch=True), RM)
    drops = [errand for errand in drive.errands() if isinstance(errand, DropBranch)]
    assert drops == [DropBranch(PROJECT, dropped)]


def test_a_cancel_can_name_what_supersedes_it(drive: Driver) -> None:
    release, newer = drive.start(), drive.start(version="1.6.0")
    cancel = Cancel(release=release, reason="1.6.0 has it all", superseded_by="v1.7.0")
    assert drive.no(cancel, RM) == r.UnknownRelease("v1.7.0", ("v1.6.0",))
    assert drive.no(replace(cancel, superseded_by="1.5.0"), RM) == r.UnknownRelease("1.5.0", ("v1.6.0",))
    drive.ok(replace(cancel, superseded_by="v1.6.0"), RM)
    found = drive.release(release)
    assert (found.stage, found.superseded_by) == (S.CANCELLED, "1.6.0")
    drive.ok(Cancel(release=newer, reason="no need"), RM)


def test_what_is_not_merged_back_to_main_and_develop_is_not_closed(drive: Driver) -> None:
    release = drive.to_verifying()
    drive.advance(release, A.VERIFIED)
    drive.refs_were_made(release, problem="conflict", files=("b.py",))
    drive.clock.move(days=1)
    drive.settle_lists(release, Phase.POST_SOON, Phase.POST_FINISH)
    not_merged = Missing(needs.NotMerged("release/v1.5.0"), (Role.DEVOPS, Role.RELEASE_MANAGER))
    refusal = r.NotReady(A.CLOSE, "1.5.0", S.RELEASED, (not_merged,), release)
    assert drive.refused(release, A.CLOSE) == refusal
    drive.ok(RetryGit(release=release), OPS)
    drive.refs_were_made(release)
    drive.advance(release, A.CLOSE)
    assert drive.stage(release) is S.CLOSED


# --- facts ------------------------------------------------------------------------------------------------


def test_a_failed_reading_keeps_the_older_facts(drive: Driver) -> None:
    drive.read_repository()
    drive.clock.move(minutes=5)
    drive.read_repository(problem="unreachable", detail="timeout", tags=(), scope=None)
    facts = drive.read(repositories.facts, PROJECT)
    assert facts is not None
    assert (facts.tags, facts.problem, facts.read_at) == (("v1.4.0",), "unreachable", drive.clock())
    assert isinstance(facts.scope, Scope)


def test_reading_the_same_again_is_not_news(drive: Driver) -> None:
    drive.read_repository()
    audited = drive.audited()
    drive.clock.move(minutes=5)
    drive.read_repository()
    assert drive.audited() == audited


def test_a_hold_ends_the_wait_for_the_worker(drive: Driver) -> None:
    release = asked_to_cut(drive)
    drive.advance(release, A.HOLD, note="not now")
    assert isinstance(drive.branch_was_cut(release), GitDone)
    assert drive.stage(release) is S.ON_HOLD
    drive.advance(release, A.RESUME)
    drive.advance(release, A.CUT_BRANCH, early=True, note="now")
    drive.branch_was_cut(release)
    assert drive.stage(release) is S.BUILDING


def test_a_reject_while_the_worker_reads_stops_the_deploy(drive: Driver) -> None:
    release = asked_to_deploy(drive)
    drive.decide(release, RM2, Outcome.REJECT, comment="errors in the logs")
    event = drive.head_was_read(release, A.DEPLOY)
    assert isinstance(event, Denied)
    assert isinstance(event.refusal, r.WrongStage)
    assert (drive.stage(release), drive.release(release).pending) == (S.ON_HOLD, None)


def test_a_release_that_moved_is_judged_by_its_new_date(drive: Driver) -> None:
    release = drive.start()
    deploy_at = drive.release(release).deploy_at
    assert deploy_at is not None
    drive.ok(Retarget(release=release, deploy_at=deploy_at + timedelta(days=7)), RM)
    drive.clock.set(deploy_at)
    refusal = drive.refused(release, A.CUT_BRANCH)
    assert isinstance(refusal, r.NotReady)
    assert refusal.missing[0].need == needs.FreezeNotBegun(deploy_at + timedelta(days=4))


def test_an_approval_that_ended_during_the_rollout_is_asked_again_after_a_stop(drive: Driver) -> None:
    release = drive.to_deploying()
    until = drive.release(release).approval_until
    assert until is not None
    drive.clock.set(until)
    drive.tick()
    assert drive.stage(release) is S.DEPLOYING
    drive.advance(release, A.STOP, note="wrong build")
    assert drive.stage(release) is S.APPROVAL


def test_an_approval_that_ended_on_hold_is_asked_again_when_resumed(drive: Driver) -> None:
    release = drive.to_approved()
    until = drive.release(release).approval_until
    assert until is not None
    drive.advance(release, A.HOLD, note="wait")
    drive.clock.set(until)
    drive.tick()
    drive.advance(release, A.RESUME)
    assert drive.stage(release) is S.APPROVAL
