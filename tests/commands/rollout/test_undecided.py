"""Users have the new version, or may have it, and nobody says how it goes on: asked again, who can answer."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errands import InThread, RolloutUndecided, StepOver, Tell, ToPerson
from domain.rollout.model import StepIs
from domain.types import Action
from messages.lines import blocks_for, line
from messages.texts import Reader
from tests.commands.rollout.conftest import Automatic
from tests.support.builders import AT
from tests.support.driver import Driver
from tests.support.world import IC, IMPL, OPS, RM, RM2, world

EN, KO = (Reader(language, "Asia/Seoul", "Asia/Seoul") for language in ("en", "ko"))
A = Action


def deploying(drive: Driver, strategy: str = "canary", **rules: Any) -> str:
    with drive.tx() as tx:
        world(tx, types={"regular": {"rollout": strategy}}, rollout=rules)
    return drive.to_deploying()


def asked(drive: Driver, minutes: int) -> list[Tell]:
    """What is asked in that time; no reminder is missed."""
    before = len(drive.told(RolloutUndecided))
    for _ in range(minutes):
        drive.clock.move(minutes=1)
        drive.tick()
    return drive.told(RolloutUndecided)[before:]


def offered(tells: list[Tell]) -> dict[object, tuple[Action, ...]]:
    return {tell.to: tell.said.offered for tell in tells}  # type: ignore[union-attr]  # asks for a decision


def test_whoever_is_asked_after_the_watch_sees_what_they_may_press(drive: Driver) -> None:
    release = deploying(drive)
    drive.advance(release, A.STEP_LIVE, OPS)
    drive.clock.move(minutes=15)
    drive.tick()
    assert offered(drive.told(StepOver)) == {
        InThread(release): (A.STEP_DONE, A.PAUSE, A.DECLARE_ROLLBACK),
        ToPerson(RM): (A.PAUSE, A.DECLARE_ROLLBACK),
        ToPerson(OPS): (A.STEP_DONE, A.DECLARE_ROLLBACK),
    }


def test_a_canary_that_a_person_has_paused_is_asked_about_until_it_is_decided(drive: Driver) -> None:
    release = deploying(drive)
    drive.step_out(release)
    drive.clock.move(minutes=29)
    since = drive.clock()
    drive.advance(release, A.PAUSE, IMPL, note="errors")
    assert asked(drive, 29) == []
    first = asked(drive, 1)
    said = RolloutUndecided(
        release=release,
        version="1.5.0",
        candidate=1,
        step="canary_50",
        state=StepIs.RUNNING,
        since=since,
        paused=True,
        reason="errors",
        next="canary_100",
        offered=(A.STEP_LIVE, A.CONTINUE, A.DECLARE_ROLLBACK),
    )
    assert first[0].said == said
    assert offered(first) == {
        InThread(release): (A.STEP_LIVE, A.CONTINUE, A.DECLARE_ROLLBACK),
        ToPerson(RM): (A.CONTINUE, A.DECLARE_ROLLBACK),
        ToPerson(OPS): (A.STEP_LIVE, A.DECLARE_ROLLBACK),
    }
    again = asked(drive, 30)
    assert [tell.to for tell in again] == [
        InThread(release),
        ToPerson(RM),
        ToPerson(OPS),
        ToPerson(IC),
        ToPerson(RM2),
    ]
    drive.advance(release, A.CONTINUE, IMPL)
    assert asked(drive, 29) == []


def test_after_the_first_question_a_step_is_asked_about_again(machine: Automatic) -> None:
    release = machine.to_deploying()
    assert asked(machine, 14) == []  # its deployer is at it
    machine.live(release, "canary_10")
    assert asked(machine, 44) == []
    (tell, *_) = asked(machine, 1)
    assert isinstance(tell.said, RolloutUndecided)
    assert (tell.said.state, tell.said.next) == (StepIs.WATCHED, "canary_50")
    machine.advance(release, A.STEP_DONE, OPS)
    assert asked(machine, 14) == []


def test_a_deployer_that_is_at_a_step_for_long_is_asked_about(machine: Automatic) -> None:
    """Three times as long as it was expected to take; that it says “running” is no answer."""
    release = machine.to_deploying()
    since = machine.clock()
    assert asked(machine, 14) == []
    first = asked(machine, 1)
    said = RolloutUndecided(
        release=release,
        version="1.5.0",
        candidate=1,
        step="canary_10",
        state=StepIs.RUNNING,
        since=since,
        next="canary_50",
        offered=(A.PAUSE, A.DECLARE_ROLLBACK),
        late=True,
    )
    assert first[0].said == said
    assert offered(first) == {
        InThread(release): (A.PAUSE, A.DECLARE_ROLLBACK),
        ToPerson(RM): (A.PAUSE, A.DECLARE_ROLLBACK),
        ToPerson(OPS): (A.DECLARE_ROLLBACK,),
    }
    assert asked(machine, 29) == []
    again = asked(machine, 1)
    assert [tell.said.escalated for tell in again] == [False, False, False, True, True]  # type: ignore[union-attr]
    assert [tell.to for tell in again[3:]] == [ToPerson(IC), ToPerson(RM2)]
    machine.advance(release, A.PAUSE, IMPL, note="it hangs")
    assert [tell.said.late for tell in asked(machine, 30)] == [False] * 3  # type: ignore[union-attr]
    machine.advance(release, A.CONTINUE, IMPL)  # the step begins again
    assert [len(asked(machine, minutes)) for minutes in (14, 1)] == [0, 3]
    machine.live(release, "canary_10")
    assert asked(machine, 14) == []


def test_green_that_no_user_is_on_may_hang_as_well(machine: Automatic) -> None:
    machine.rules("blue_green")
    release = machine.to_deploying()
    assert asked(machine, 29) == []
    (tell, *_) = asked(machine, 1)
    assert isinstance(tell.said, RolloutUndecided)
    assert (tell.said.step, tell.said.offered) == ("green_healthy", (A.PAUSE, A.DECLARE_ROLLBACK))
    assert tell.to == InThread(release)


def test_what_people_never_say_is_out_is_asked_for(drive: Driver) -> None:
    deploying(drive, ask_every="10m")
    assert asked(drive, 9) == []
    assert [tell.said.state for tell in asked(drive, 1)] == [StepIs.RUNNING] * 3  # type: ignore[union-attr]


def test_a_rollout_whose_steps_are_done_is_completed(drive: Driver) -> None:
    release = deploying(drive)
    for _ in range(3):
        drive.step_out(release)
    told = asked(drive, 30)
    assert [tell.said.state for tell in told] == [StepIs.DONE] * 3  # type: ignore[union-attr]
    drive.advance(release, A.ROLLOUT_COMPLETE, OPS)
    assert asked(drive, 60) == []


def test_green_without_users_waits_in_peace(drive: Driver) -> None:
    deploying(drive, "blue_green")
    assert asked(drive, 90) == []


HEAD = ("🟠 *Warning* *v1.5.0* *The rollout waits for a decision* since Thu 5 Mar 14:00.",)


@pytest.mark.parametrize(
    ("facts", "english"),
    [
        (
            {"paused": True, "reason": "errors"},
            ["Paused: errors", "Continue, or declare a rollback."],
        ),
        (
            {"paused": True, "reason": "silent", "unheard": True},
            [
                "Paused: Nothing was heard of it for too long: look at what really runs.",
                "Continue, or declare a rollback.",
                "Is it out, though its deployer has not said so? Then say so with a reason: Canary 10 %",
            ],
        ),
        ({}, ["Canary 10 % has been watched. Go on, pause, or declare a rollback."]),
        (
            {"state": StepIs.RUNNING},
            ["Canary 10 % is being put out. Is it out? Then say so. If not: pause, or roll back."],
        ),
        (
            {"state": StepIs.DONE, "step": ""},
            ["All steps are done. All well? Then complete the rollout. If not: declare a rollback."],
        ),
        (
            {"escalated": True},
            [
                "Canary 10 % has been watched. Go on, pause, or declare a rollback.",
                "You are told because nobody has decided yet.",
            ],
        ),
    ],
)
def test_it_says_what_is_to_be_decided(facts: dict[str, Any], english: list[str]) -> None:
    assert line(EN, _said(**facts), "").split("\n") == [*HEAD, *english]


def test_a_step_that_takes_long_is_looked_at_where_it_runs() -> None:
    said = _said(late=True, url="https://ci.example/7", state=StepIs.RUNNING)
    assert line(EN, said, "").split("\n") == [
        "🟠 *Warning* *v1.5.0* *Canary 10 % takes longer than planned*: since Thu 5 Mar 14:00.",
        (
            "Its deployer has not said that it is out: perhaps somebody has to approve it there."
            " <https://ci.example/7|Watch it>"
        ),
        "If nothing comes of it, pause the rollout: its deployer is told to leave it.",
    ]
    alone = _said(late=True, state=StepIs.RUNNING, escalated=True)
    assert line(KO, alone, "").split("\n") == [
        "🟠 *경고* *v1.5.0* *예정보다 오래 걸리는 단계: 카나리 10%* (시작: 3월 5일(목) 14:00)",
        "배포 도구가 아직 배포 완료를 알리지 않았습니다. 그쪽에서 누군가의 승인을 기다리는지 살펴봐 주십시오.",
        "진전이 없으면 배포를 일시 중지해 주십시오. 배포 도구에 중단을 요청합니다.",
        "아직 아무도 결정하지 않아 알려 드립니다.",
    ]


def test_in_korean_as_well_and_with_the_buttons_that_are_offered() -> None:
    said = _said(offered=(A.STEP_DONE, A.DECLARE_ROLLBACK))
    assert line(KO, said, "") == (
        "🟠 *경고* *v1.5.0* *배포가 결정을 기다립니다*: 3월 5일(목) 14:00부터\n"
        "카나리 10%: 지켜보는 시간이 끝났습니다. "
        "다음 단계로 넘어가거나 일시 중지하거나 롤백을 선언해 주십시오."
    )
    blocks = blocks_for(KO, said, "")
    assert blocks is not None
    labels = [button["text"]["text"] for button in blocks[1]["elements"]]
    assert labels == ["다음 단계로: 카나리 50%", "롤백 선언"]
    assert blocks_for(KO, _said(), "") is None


@pytest.mark.parametrize(("unheard", "press"), [(True, "release.ask"), (False, "release.advance")])
def test_what_a_deployer_has_not_said_asks_how_one_knows(unheard: bool, press: str) -> None:  # noqa: FBT001
    said = _said(paused=True, unheard=unheard, state=StepIs.RUNNING, offered=(A.STEP_LIVE,))
    blocks = blocks_for(KO, said, "")
    assert blocks is not None
    assert [one["action_id"] for one in blocks[1]["elements"]] == [f"{press}:step_live"]


def test_after_a_loss_whoever_runs_deploys_may_say_that_it_is_out(machine: Automatic) -> None:
    release = machine.to_deploying()
    machine.failed(release, "canary_10", "silent")
    asked_for = asked(machine, 30)
    (told, *_) = asked_for
    assert isinstance(told.said, RolloutUndecided)
    assert (told.said.unheard, told.said.state) == (True, StepIs.FAILED)
    assert offered(asked_for) == {
        InThread(release): (A.STEP_LIVE, A.CONTINUE, A.DECLARE_ROLLBACK),
        ToPerson(RM): (A.CONTINUE, A.DECLARE_ROLLBACK),
        ToPerson(OPS): (A.STEP_LIVE, A.DECLARE_ROLLBACK),
    }


def _said(**facts: Any) -> RolloutUndecided:
    known: dict[str, Any] = {
        "release": "r1",
        "version": "1.5.0",
        "candidate": 1,
        "step": "canary_10",
        "state": StepIs.WATCHED,
        "since": AT,
        "next": "canary_50",
    }
    return RolloutUndecided(**(known | facts))
