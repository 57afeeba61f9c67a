from __future__ import annotations

from dataclasses import replace

import pytest

from commands.deploys.ask import target_sha
from commands.deploys.left import given_up
from commands.deploys.report import not_cancelled
from commands.requests import AskDeployerAgain, ReportStep
from domain.deploys.model import DeployState, DeployWhy, Purpose
from domain.deploys.reports import Taken
from domain.errands import AskDeployer, InThread, ToPerson
from domain.events import DeploymentAsked, DeploymentMoved, StepLive
from domain.people import Role
from domain.refusals import AlreadySo, Gone, NotAllowed
from domain.types import Action, Stage
from tests.commands.deploys.conftest import DEPLOYER, Deploys
from tests.support.driver import SHA
from tests.support.world import IC, IMPL, OPS, QA, RM

S = DeployState
STAGED = ("staging", "", "succeeded")


def test_a_step_that_begins_asks_and_the_next_one_after_the_go(drive: Deploys, deploying: str) -> None:
    assert drive.work(deploying) == [STAGED, ("step", "green_healthy", "asked")]

    drive.succeeds(deploying)
    assert drive.work(deploying)[1:] == [("step", "green_healthy", "succeeded")]
    drive.advance(deploying, Action.STEP_DONE, OPS)

    assert drive.work(deploying)[1:] == [
        ("step", "green_healthy", "succeeded"),
        ("step", "traffic_switched", "asked"),
    ]
    drive.succeeds(deploying)
    drive.advance(deploying, Action.STEP_DONE, OPS)
    drive.advance(deploying, Action.ROLLOUT_COMPLETE, OPS)
    assert drive.stage(deploying) is Stage.VERIFYING
    assert drive.chain_holds()


def test_a_step_that_failed_pauses_and_is_asked_again_when_the_rollout_goes_on(
    drive: Deploys, deploying: str
) -> None:
    first = drive.last(deploying)

    drive.says(first, S.FAILED, detail="pod crashed")

    rollout = drive.release(deploying).rollout
    assert rollout is not None
    assert (rollout.paused, rollout.pause_reason) == (True, "pod crashed")
    drive.advance(deploying, Action.CONTINUE)
    assert drive.work(deploying)[1:] == [
        ("step", "green_healthy", "failed"),
        ("step", "green_healthy", "asked"),
    ]
    assert [one.attempt for one in drive.of(deploying)] == [1, 1, 2]
    assert drive.says(first, S.SUCCEEDED) is Taken.LATE


def test_a_lost_step_that_was_tried_again_is_not_mended(drive: Deploys, deploying: str) -> None:
    first = drive.last(deploying)
    drive.says(first, S.LOST)
    drive.advance(deploying, Action.CONTINUE)

    assert drive.says(first, S.SUCCEEDED) is Taken.LATE

    assert drive.work(deploying)[1:] == [
        ("step", "green_healthy", "lost"),
        ("step", "green_healthy", "asked"),
    ]
    rollout = drive.release(deploying).rollout
    assert rollout is not None
    assert not rollout.live


def test_a_pause_and_a_stop_tell_the_deployer_to_end_it(drive: Deploys, deploying: str) -> None:
    drive.advance(deploying, Action.PAUSE, note="a moment")
    assert drive.work(deploying)[1:] == [("step", "green_healthy", "cancelled")]
    drive.advance(deploying, Action.CONTINUE)
    assert drive.work(deploying)[-1] == ("step", "green_healthy", "asked")

    drive.advance(deploying, Action.STOP, note="another day")

    assert drive.work(deploying)[-1] == ("step", "green_healthy", "cancelled")
    assert drive.stage(deploying) is Stage.APPROVED


def test_what_a_pipeline_says_of_a_step_ends_the_deployer_s_work(drive: Deploys, deploying: str) -> None:
    def says(step: str, *, done: bool, note: str) -> None:
        drive.ok(ReportStep(release=deploying, step=step, done=done, note=note), OPS)

    says("green_healthy", done=True, note="health 200")

    assert drive.work(deploying)[1:] == [("step", "green_healthy", "succeeded")]
    assert drive.last(deploying).evidence == "health 200"
    rollout = drive.release(deploying).rollout
    assert rollout is not None
    assert rollout.live
    drive.advance(deploying, Action.STEP_DONE, OPS)
    says("traffic_switched", done=False, note="no route")
    says("traffic_switched", done=False, note="no route")
    assert drive.work(deploying)[-1] == ("step", "traffic_switched", "failed")
    rollout = drive.release(deploying).rollout
    assert rollout is not None
    assert (rollout.paused, rollout.pause_reason) == (True, "no route")


def test_a_lost_step_that_comes_back_says_that_it_is_paused_and_who_continues(
    drive: Deploys, deploying: str
) -> None:
    drive.says(drive.last(deploying), S.LOST)
    drive.succeeds(deploying)

    rollout = drive.release(deploying).rollout
    assert rollout is not None
    assert (rollout.live, rollout.paused) == (True, True)
    roles = (Role.IMPLEMENTATION_MANAGER, Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER)
    event = StepLive(
        release=deploying,
        version="1.5.0",
        candidate=1,
        step="green_healthy",
        next="traffic_switched",
        until=None,  # no user is on it: there is nothing to watch
        number=1,
        total=2,
        paused="silent",
        roles=roles,
    )
    told = [(tell.to, tell.said) for tell in drive.told(StepLive)]
    people = (RM, OPS, IC, IMPL, "U0RM2")
    assert told == [(to, event) for to in (InThread(deploying), *map(ToPerson, people))]

    drive.advance(deploying, Action.CONTINUE, RM)
    rollout = drive.release(deploying).rollout
    assert rollout is not None
    assert (rollout.live, rollout.paused, rollout.since) == (True, False, drive.clock())
    assert len(drive.told(StepLive)) == 1 + len(people)


# --- staging ------------------------------------------------------------------------------------------------


def test_where_people_deploy_nobody_is_asked(drive: Deploys) -> None:
    drive.rules(staging={"deployer": "manual"}, production={"deployer": "manual"})
    release = drive.to_deploying()

    assert drive.work(release) == []


def test_the_next_candidate_is_another_piece_of_work(drive: Deploys) -> None:
    release = drive.start()
    drive.cut(release)
    drive.build(release)
    drive.says(drive.last(release), S.FAILED, detail="no")
    drive.advance(release, Action.REBUILD)
    drive.build(release)

    assert [(one.candidate, one.state, one.attempt) for one in drive.of(release)] == [
        (1, S.FAILED, 1),
        (2, S.ASKED, 1),
    ]


def test_what_was_never_asked_leaves_the_candidate_where_it_is(drive: Deploys) -> None:
    release = drive.start()
    drive.cut(release)
    drive.build(release)

    drive.says(drive.last(release), S.FAILED, why=DeployWhy.NO_SECRET)

    assert drive.stage(release) is Stage.STAGING
    called = [tell.to for tell in drive.told(DeploymentMoved)]
    assert [getattr(to, "user", "") for to in called] == ["", RM, OPS]


def test_a_staging_deploy_is_asked_for_once_more(drive: Deploys) -> None:
    release = drive.start()
    drive.cut(release)
    drive.build(release)
    again = AskDeployerAgain(release=release, candidate=1)
    assert drive.no(again, OPS) == AlreadySo("deployment")

    drive.says(drive.last(release), S.LOST)
    assert isinstance(drive.no(again, QA), NotAllowed)
    event = drive.ok(again, OPS)

    assert isinstance(event, DeploymentAsked)
    assert (event.attempt, event.purpose, event.deployment) == (2, Purpose.STAGING, drive.last(release).id)
    assert drive.work(release) == [("staging", "", "lost"), ("staging", "", "asked")]
    assert drive.no(again, RM) == AlreadySo("deployment")
    assert drive.no(replace(again, candidate=2), RM) == Gone("deployment")
    drive.says(drive.last(release), S.FAILED, why=DeployWhy.NO_SECRET)
    drive.rules(staging={"deployer": "manual"})
    assert drive.no(again, RM) == Gone("deployer")
    drive.rules()
    drive.ok(again, RM)
    drive.succeeds(release)
    assert drive.stage(release) is Stage.QA
    assert drive.no(again, RM) == Gone("deployment")


def test_a_cancel_that_the_deployer_never_heard_is_told_once(drive: Deploys, deploying: str) -> None:
    drive.says(drive.last(deploying), S.RUNNING)
    drive.advance(deploying, Action.PAUSE, note="a moment")
    cancelled = drive.last(deploying)

    def unheard(id_: str) -> None:
        with drive.tx() as tx:
            not_cancelled(tx, id_, DeployWhy.UNREACHABLE, "no route", DEPLOYER)

    unheard(cancelled.id)
    unheard(cancelled.id)
    unheard("nobody")

    told = [t for t in drive.told(DeploymentMoved) if isinstance(t.said, DeploymentMoved) and t.said.goes_on]
    assert [t.to for t in told] == [InThread(deploying), ToPerson(RM), ToPerson(OPS)]
    last = drive.last(deploying)
    assert (last.state, last.why, last.detail) == (S.CANCELLED, DeployWhy.UNREACHABLE, "no route")


def test_what_was_never_sent_is_cancelled_at_once_and_nobody_is_told_of_it(
    drive: Deploys, deploying: str
) -> None:
    drive.advance(deploying, Action.PAUSE, note="a moment")

    found = drive.last(deploying)
    assert (found.state, found.ending) == (S.CANCELLED, False)
    of_it = [one for one in drive.errands() if getattr(one, "deployment", "") == found.id]
    assert of_it == [AskDeployer("shop", found.id)]


def test_a_staging_deploy_that_a_hold_cancelled_begins_again_when_it_is_resumed(drive: Deploys) -> None:
    release = drive.start()
    drive.cut(release)
    drive.build(release)
    first = drive.last(release)
    drive.says(first, S.RUNNING)

    drive.advance(release, Action.HOLD, note="wait")
    assert drive.work(release) == [("staging", "", "cancelled")]
    drive.advance(release, Action.RESUME)

    assert drive.work(release) == [("staging", "", "cancelled"), ("staging", "", "asked")]
    asked = [t.said for t in drive.told(DeploymentAsked) if isinstance(t.said, DeploymentAsked)]
    assert [(one.attempt, one.waits) for one in asked] == [(1, False), (2, True)]
    drive.says(first, S.CANCELLED)
    drive.succeeds(release)
    assert drive.stage(release) is Stage.QA


def test_what_people_have_to_decide_is_not_asked_for_by_a_resume(drive: Deploys) -> None:
    release = drive.start()
    drive.cut(release)
    drive.build(release)
    drive.says(drive.last(release), S.LOST)

    drive.advance(release, Action.HOLD, note="wait")
    drive.advance(release, Action.RESUME)

    assert drive.work(release) == [("staging", "", "lost")]


def test_one_that_its_deployer_cancelled_is_told_to_who_runs_deploys_and_asked_for_again(
    drive: Deploys,
) -> None:
    release = drive.start()
    drive.cut(release)
    drive.build(release)

    drive.says(drive.last(release), S.CANCELLED, why=DeployWhy.SAID, detail="cancelled")

    called = [tell.to for tell in drive.told(DeploymentMoved)]
    assert called == [InThread(release), ToPerson(RM), ToPerson(OPS)]
    drive.ok(AskDeployerAgain(release=release, candidate=1), OPS)
    assert drive.work(release) == [("staging", "", "cancelled"), ("staging", "", "asked")]


def test_a_word_about_nothing_is_none(drive: Deploys) -> None:
    release = drive.start()
    drive.cut(release)
    drive.build(release)

    nothing = replace(drive.last(release), id="nobody")

    assert drive.says(nothing, S.RUNNING) is None


def test_the_end_of_a_rollback_ends_what_its_deployer_is_at() -> None:
    assert given_up(Stage.ROLLING_BACK, Stage.ROLLED_BACK) is Purpose.ROLLBACK
    assert given_up(Stage.ROLLING_BACK, Stage.ROLLING_BACK) is None
    assert given_up(Stage.STAGING, Stage.QA) is None
    assert given_up(Stage.STAGING, Stage.FIXING) is Purpose.STAGING


def test_the_commit_of_the_version_to_go_back_to_is_told_where_it_is_known(drive: Deploys) -> None:
    release = drive.release(drive.to_qa())
    with drive.tx() as tx:
        assert target_sha(tx, release, "v1.5.0") == SHA
        assert target_sha(tx, release, "v1.4.0") == ""
        assert target_sha(tx, release, "the one before") == ""


@pytest.mark.parametrize(
    ("version", "tag"),
    [
        ("1.5.0", "shop/v1.5.0-rc.1"),
        ("2.0.0-beta.1", "shop/v2.0.0-beta.1.rc.1"),
        ("1.5.0+build.7", "shop/v1.5.0-rc.1"),
    ],
)
def test_the_deployer_is_told_the_tag_that_git_has(drive: Deploys, version: str, tag: str) -> None:
    drive.rules(prefix="shop/")
    release = drive.start(version=version)
    drive.cut(release)
    drive.build(release)

    assert drive.last(release).target == tag
