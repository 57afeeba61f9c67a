"""The policy names another deployer in the middle of a rollout: who is at a step is who was to begin it."""

from __future__ import annotations

import pytest

from commands.rollout import fine
from domain.deploys.model import DeployState
from domain.errands import InThread, RolloutUndecided, StepOver, ToPerson
from domain.events import StepDone
from domain.lifecycle import possible
from domain.needs import StepNotLive
from domain.refusals import NotReady
from domain.rollout.model import StepIs
from domain.rollout.rollout import Rollout
from domain.types import Action, Stage
from messages.lines import line
from messages.texts import Reader
from tests.commands.deploys.conftest import RULES, Deploys
from tests.support.world import OPS, RM, world

A = Action
PEOPLE = {"deployer": "manual"}
EN, KO = (Reader(language, "Asia/Seoul", "Asia/Seoul") for language in ("en", "ko"))


def policy(drive: Deploys, production: dict[str, object], **rollout: object) -> None:
    with drive.tx() as tx:
        world(
            tx,
            deploy={"staging": RULES, "production": production},
            types={"regular": {"rollout": "canary"}},
            rollout=rollout,
            repository={"url": "https://git.example/shop.git"},
        )


def rollout(drive: Deploys, release: str) -> Rollout:
    found = drive.release(release).rollout
    assert found is not None
    return found


@pytest.fixture
def canary(drive: Deploys) -> str:
    """The first step is out, and has been watched."""
    policy(drive, RULES)
    release = drive.out(drive.start())
    drive.succeeds(release)
    drive.clock.move(minutes=15)
    return release


def test_the_next_step_is_the_people_s_where_the_policy_leaves_it_to_them(
    drive: Deploys, canary: str
) -> None:
    policy(drive, PEOPLE)

    event = drive.advance(canary, A.STEP_DONE, OPS)

    assert event == StepDone(
        release=canary, version="1.5.0", step="canary_10", done=1, total=3, by_hand="canary_50"
    )
    assert (rollout(drive, canary).automatic, drive.work(canary)[-1][1]) == (False, "canary_10")
    assert possible(drive.release(canary)) == (A.STEP_LIVE, A.PAUSE, A.DECLARE_ROLLBACK)
    refusal = drive.refused(canary, A.STEP_DONE, OPS)
    assert isinstance(refusal, NotReady)
    assert [one.need for one in refusal.missing] == [StepNotLive("canary_50", by_hand=True)]
    drive.advance(canary, A.STEP_LIVE, OPS)
    drive.clock.move(minutes=30)
    again = drive.advance(canary, A.STEP_DONE, OPS)
    assert again == StepDone(release=canary, version="1.5.0", step="canary_50", done=2, total=3)
    drive.advance(canary, A.STEP_LIVE, OPS)
    drive.advance(canary, A.STEP_DONE, OPS)
    drive.advance(canary, A.ROLLOUT_COMPLETE, OPS)
    assert drive.stage(canary) is Stage.VERIFYING


def test_people_are_asked_for_the_step_that_is_theirs_now(drive: Deploys, canary: str) -> None:
    policy(drive, PEOPLE)
    drive.advance(canary, A.STEP_DONE, OPS)

    drive.clock.move(minutes=30)
    drive.tick()

    (asked, *_) = drive.told(RolloutUndecided)
    assert isinstance(asked.said, RolloutUndecided)
    assert (asked.said.step, asked.said.state) == ("canary_50", StepIs.RUNNING)


def test_what_went_wrong_is_begun_again_by_whom_the_policy_names_now(drive: Deploys, canary: str) -> None:
    drive.advance(canary, A.STEP_DONE, OPS)
    drive.says(drive.last(canary), DeployState.FAILED, detail="no disk")
    policy(drive, PEOPLE)

    drive.advance(canary, A.CONTINUE)

    found = rollout(drive, canary)
    assert (found.automatic, found.state(1), found.times_of(1).attempt) == (False, StepIs.RUNNING, 2)
    assert drive.work(canary)[-1] == ("step", "canary_50", "failed")
    drive.advance(canary, A.STEP_LIVE, OPS)
    assert rollout(drive, canary).live


def test_a_deployer_that_the_policy_names_later_is_asked_for_the_next_step(drive: Deploys) -> None:
    policy(drive, PEOPLE)
    release = drive.out(drive.start())
    policy(drive, RULES)

    drive.advance(release, A.PAUSE, note="errors")
    drive.advance(release, A.CONTINUE)
    drive.advance(release, A.STEP_LIVE, OPS)  # people had begun it: it stays theirs
    drive.clock.move(minutes=15)
    drive.advance(release, A.STEP_DONE, OPS)

    assert rollout(drive, release).automatic
    assert drive.work(release)[1:] == [("step", "canary_50", "asked")]


def test_naru_does_not_go_on_to_what_people_would_not_know_is_theirs(
    drive: Deploys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fine, "not_fine", lambda _tx, _found: ())
    policy(drive, RULES, go_on="when_fine")
    release = drive.out(drive.start())
    drive.succeeds(release)
    policy(drive, PEOPLE, go_on="when_fine")

    drive.clock.move(minutes=15)
    drive.tick()

    assert rollout(drive, release).step_under_way == "canary_10"
    assert [tell.to for tell in drive.told(StepOver)] == [InThread(release), ToPerson(RM), ToPerson(OPS)]


def test_the_thread_says_whose_it_is() -> None:
    said = StepDone(release="r1", version="1.5.0", step="canary_10", done=1, total=3, by_hand="canary_50")
    assert line(EN, said, "") == (
        "🔵 *Info* *v1.5.0* Canary 10 % ▰▰▰▱▱▱▱▱▱▱ 1/3\n"
        "No deployer is asked for it: Canary 50 %. The policy now leaves production to people. "
        "Who puts it out, and reports it on the card: DevOps/SRE"
    )
    assert line(KO, said, "").split("\n")[1] == (
        "배포 도구에 요청하지 않습니다: 카나리 50%. 이제 정책에 따라 운영 배포는 사람이 합니다. "
        "배포하고 카드에서 보고할 사람: DevOps/SRE"
    )
