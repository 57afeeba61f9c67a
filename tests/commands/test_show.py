from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from commands.requests import AddBlackout, Cancel, NewCondition
from commands.show import lists
from commands.show.forms import start_form
from commands.show.release import approval, card
from commands.show.scope import scope
from domain import needs
from domain import refusals as r
from domain.approvals import Outcome, Slot
from domain.calendar.gate import Verdict
from domain.checklists.model import Phase
from domain.errands import Surface, SurfaceKind
from domain.needs import Missing
from domain.people import Role
from domain.refusals import Refused
from domain.release import ConfirmItem
from domain.types import Action, Column, ReleaseType, Stage
from domain.views import Row
from storage import surfaces
from storage.db import Database, Tx
from storage.surfaces import Posted
from tests.support.clock import HandClock
from tests.support.driver import SHA2, Driver, changes
from tests.support.world import (
    DEV,
    GUEST,
    IC,
    ONCALL,
    OPS,
    OUTSIDE,
    OWNER,
    PM,
    PROJECT,
    QA,
    RM,
    RM2,
    STRANGER,
    TL,
    world,
)

A, S, R = Action, Stage, ReleaseType
HOUR = timedelta(hours=1)


def tasks(drive: Driver, user: str) -> list[tuple[str, object]]:
    found = drive.read(lists.mine, user).tasks
    return [(task.kind, task.action or task.item or task.text or task.version) for task in found]


# --- the card ---------------------------------------------------------------------------------------------


def test_a_card_shows_the_proposed_scope_until_there_is_a_candidate(drive: Driver) -> None:
    release = drive.start()
    view = drive.read(card, release)
    assert view.scope == changes(since="v1.4.0")
    assert view.actions == (A.CUT_BRANCH, A.HOLD, A.CANCEL)
    assert (view.tally, view.missing, view.to_confirm) == (None, (), ())
    drive.cut(release, scope=changes(9))
    drive.build(release, scope=changes(11))
    built = drive.read(card, release).scope
    assert built is not None
    assert built.counts.features == 11


def test_an_approved_card_says_what_the_deploy_still_needs(drive: Driver) -> None:
    release = drive.to_approved()
    drive.settle_lists(release, Phase.PRE_RELEASE, Phase.RELEASE_START)
    view = drive.read(card, release)
    until = drive.release(release).soak_until
    assert until is not None
    assert [type(one.need) for one in view.missing] == [
        needs.NotSoaked,
        *[needs.NotConfirmed] * 2,
    ]
    assert view.missing[0] == Missing(needs.NotSoaked(until))
    assert view.to_confirm == (
        ConfirmItem.DEPLOYER_STANDING_BY,
        ConfirmItem.ONCALL_STANDING_BY,
    )
    assert view.tally is not None
    assert view.tally.slots == (Slot(Role.RELEASE_MANAGER, RM2),)
    assert view.gate.verdict is Verdict.CLOSED


def test_a_card_asks_for_fewer_confirmations_of_a_hotfix(drive: Driver) -> None:
    release = drive.to_approval(R.HOTFIX)
    assert drive.read(card, release).to_confirm == (
        ConfirmItem.DEPLOYER_STANDING_BY,
        ConfirmItem.ONCALL_STANDING_BY,
    )


def test_an_unusually_large_change_is_marked(database: Database, clock: HandClock) -> None:
    with database.transaction() as tx:
        world(tx, large_change=10)
    drive = Driver(database, clock)
    release = drive.start()
    drive.cut(release, scope=changes(10))
    drive.build(release, scope=changes(10))
    assert not drive.read(card, release).large
    drive.advance(release, A.STAGING_FAILED, note="flaky")
    drive.advance(release, A.REBUILD)
    drive.build(release, scope=changes(11))
    assert drive.read(card, release).large


@pytest.mark.parametrize("view", [card, scope])
def test_what_is_gone_is_said(drive: Driver, view: object) -> None:
    with pytest.raises(Refused) as no:
        drive.read(view, "nowhere")  # type: ignore[arg-type]  # a view of a release
    assert no.value.refusal == r.Gone("release")


# --- the approval request ---------------------------------------------------------------------------------


def test_a_request_shows_its_own_candidate(drive: Driver) -> None:
    release = drive.to_approval()
    drive.decide(release, RM2, Outcome.CONDITIONS, conditions=(NewCondition(text="watch"),))
    old = drive.read(approval, f"{release}/1")
    assert (old.current, [d.user for d in old.decisions]) == (True, [RM2])
    drive.advance(release, A.BUG_FOUND, QA, note="crash")
    drive.advance(release, A.REBUILD)
    drive.build(release, head=SHA2, scope=changes(12))
    old = drive.read(approval, f"{release}/1")
    assert (old.current, [d.user for d in old.decisions]) == (False, [RM2])
    assert old.scope is not None
    assert old.scope.counts.features == 3


# --- lists ------------------------------------------------------------------------------------------------


def test_a_list_says_what_each_release_waits_for(drive: Driver) -> None:
    drive.to_approval(R.EMERGENCY)
    drive.clock.move(hours=1)
    second = drive.start()
    view = drive.read(lists.listed, PROJECT)
    assert view.ended == 0
    first_row, second_row = view.rows
    assert (first_row.stage, first_row.waits_for) == (S.APPROVAL, (TL, PM))
    assert second_row == Row(
        project=PROJECT,
        release=second,
        version="1.5.0",
        type=R.REGULAR,
        stage=S.CANDIDATE,
        column=Column.CANDIDATE,
        changes=3,
        deploy_at=datetime(2026, 3, 5, 5, tzinfo=UTC),
        held=False,
        waits_for=(),
        waits_for_roles=(Role.RELEASE_MANAGER,),
        since=drive.clock(),
    )


def test_a_list_knows_when_a_release_went_out(drive: Driver) -> None:
    """Its date is what was planned, and a hotfix has none."""
    release = drive.to_deploying(R.HOTFIX)
    begun = drive.clock()
    (deploying,) = drive.read(lists.listed, PROJECT).rows
    drive.clock.move(minutes=20)
    drive.roll_out(release)
    (verifying,) = drive.read(lists.listed, PROJECT).rows
    dates = [(row.deploy_at, row.deploy_started_at, row.deployed_at) for row in (deploying, verifying)]
    assert dates == [(None, begun, None), (None, begun, drive.clock())]


def test_the_board_keeps_held_releases_in_their_column(drive: Driver) -> None:
    held = drive.to_qa()
    drive.advance(held, A.HOLD, note="wait")
    gone = drive.start(version="1.6.0")
    drive.ok(Cancel(release=gone, reason="no"), RM)
    columns = drive.read(lists.board, PROJECT).columns
    shown = {column: [(row.release, row.held) for row in rows] for column, rows in columns.items()}
    assert shown == {
        Column.CANDIDATE: [],
        Column.QA_TESTING: [(held, True)],
        Column.APPROVED: [],
        Column.DEPLOYING: [],
        Column.DONE: [(gone, False)],
    }
    assert drive.read(lists.listed, PROJECT).ended == 1


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (R.REGULAR, Verdict.CLOSED),
        (R.FEATURE, Verdict.CLOSED),
        (R.EMERGENCY, Verdict.WARN),
        (R.HOTFIX, Verdict.OPEN),
    ],
)
def test_can_i_deploy_on_a_monday_that_is_a_holiday(
    drive: Driver, kind: ReleaseType, verdict: Verdict
) -> None:
    view = drive.read(lists.can_i_deploy, PROJECT, kind, None)
    assert (view.answer.verdict, view.release) == (verdict, None)


def test_can_i_deploy_is_about_the_release_that_waits(drive: Driver) -> None:
    release = drive.to_approved(R.HOTFIX)
    now = drive.clock()
    drive.ok(AddBlackout(project=PROJECT, name="Sale", start=now, end=now + HOUR), PM)
    view = drive.read(lists.can_i_deploy, PROJECT, R.HOTFIX, None)
    assert view.release is not None
    assert (view.release.id, view.answer.who_can_grant) == (release, (Role.PM,))


# --- mine and Home ----------------------------------------------------------------------------------------


def test_what_waits_for_me_follows_the_release(drive: Driver) -> None:
    release = drive.start()
    assert tasks(drive, RM) == [("action", A.CUT_BRANCH)]
    assert tasks(drive, QA) == []
    drive.cut(release)
    assert tasks(drive, RM) == [("action", A.BUILD_PASSED)]
    drive.build(release)
    assert tasks(drive, OPS) == [("action", A.STAGING_DEPLOYED)]
    drive.advance(release, A.STAGING_DEPLOYED, OPS, note="healthy")
    assert tasks(drive, QA) == [("action", A.QA_PASSED)]
    drive.pass_qa(release)
    assert ("approve", "1.5.0") in tasks(drive, RM2)
    assert ("approve", "1.5.0") not in tasks(drive, RM)
    assert tasks(drive, ONCALL) == [("confirm", ConfirmItem.ONCALL_STANDING_BY)]


def test_conditions_and_failed_git_work_wait_for_their_people(drive: Driver) -> None:
    release = drive.to_approval()
    condition = NewCondition(text="watch the queue", owner=DEV)
    drive.decide(release, RM2, Outcome.CONDITIONS, conditions=(condition,))
    assert tasks(drive, DEV) == [("condition", "watch the queue")]
    other = drive.start(version="1.6.0")
    drive.advance(other, A.CUT_BRANCH, early=True, note="x")
    drive.branch_was_cut(other, problem="conflict")
    assert ("git", "conflict") in tasks(drive, RM)


def test_nothing_waits_while_a_release_is_on_hold(drive: Driver) -> None:
    release = drive.to_qa()
    drive.advance(release, A.HOLD, note="wait")
    assert tasks(drive, QA) == []


def test_a_task_leads_to_its_card(drive: Driver) -> None:
    release = drive.start()

    def post(tx: Tx) -> None:
        surfaces.put(tx, Posted(Surface(SurfaceKind.CARD, release), "C1", "1.2", "x"))

    with drive.tx() as tx:
        post(tx)
    (task,) = drive.read(lists.mine, RM).tasks
    assert (task.channel, task.ts, task.zone) == ("C1", "1.2", "Asia/Seoul")


def test_the_card_of_a_superseded_release_knows_where_the_newer_one_is(drive: Driver) -> None:
    release, newer = drive.start(), drive.start(version="1.6.0")
    drive.ok(Cancel(release=release, reason="1.6.0 has it all", superseded_by="1.6.0"), RM)
    before = drive.read(card, release)
    with drive.tx() as tx:
        surfaces.put(tx, Posted(Surface(SurfaceKind.CARD, newer), "C1", "1.2", "x"))
    after = drive.read(card, release)
    assert (before.newer_channel, before.newer_ts) == ("", "")
    assert (after.newer_channel, after.newer_ts) == ("C1", "1.2")


def test_home_shows_a_member_what_runs_and_what_comes(drive: Driver) -> None:
    release = drive.start()
    (found,) = drive.read(lists.home, RM).projects
    assert [row.release for row in found.running] == [release]
    assert [slot.day.day for slot in found.slots] == [12, 19, 26]
    assert found.gate.verdict is Verdict.CLOSED
    assert found.problem == ""


@pytest.mark.parametrize(
    ("user", "why_not"), [(GUEST, "guest"), (STRANGER, "stranger"), (OUTSIDE, ""), ("U0NOBODY", "")]
)
def test_home_shows_others_no_project(drive: Driver, user: str, why_not: str) -> None:
    drive.start()
    view = drive.read(lists.home, user)
    assert (view.projects, view.tasks, view.why_not) == ((), (), why_not)


def test_roles_are_shown_with_their_members(drive: Driver) -> None:
    view = drive.read(lists.roles, PROJECT)
    assert view.owners == (OWNER,)
    assert view.members[Role.INCIDENT_COMMANDER] == (IC,)


# --- forms ------------------------------------------------------------------------------------------------


def test_the_start_form_proposes_version_and_slot(drive: Driver) -> None:
    drive.read_repository()
    form = drive.read(start_form, PROJECT, R.REGULAR)
    assert (form.proposed, form.deploy_at) == ("1.5.0", datetime(2026, 3, 5, 5, tzinfo=UTC))
    hotfix = drive.read(start_form, PROJECT, R.HOTFIX)
    assert (hotfix.proposed, hotfix.slots, hotfix.deploy_at) == ("1.4.1", (), None)


def test_the_start_form_of_a_fix_forward_follows_its_parent(drive: Driver) -> None:
    parent = drive.to_verifying()
    form = drive.read(start_form, PROJECT, R.HOTFIX, "", parent)
    assert (form.proposed, form.parent) == ("1.5.1", parent)
