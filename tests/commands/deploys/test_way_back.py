"""The way back where production has a deployer: one step after the other, without further commands."""

from __future__ import annotations

from typing import Any

import pytest

from commands.requests import DeclareRollback, MoveStep, StandDown
from domain.deploys.model import DeployState, DeployWhy
from domain.errands import StepWaits, ToPerson
from domain.events import DeploymentMoved, StepMoved
from domain.refusals import NotReady
from domain.rollback import Criterion, Room, StepKey, StepState
from domain.types import Stage
from storage import rooms
from tests.commands.deploys.conftest import Deploys
from tests.support.driver import changes
from tests.support.world import DBA, IC, OPS

S = DeployState
K = StepKey
W, R, D = StepState.WAITING, StepState.RUNNING, StepState.DONE
TRAFFIC = ("rollback", "traffic", "asked")


def room_of(drive: Deploys, release: str) -> Room:
    found = drive.read(rooms.get, drive.release(release).room)
    assert found is not None
    return found


def step_of(drive: Deploys, release: str, key: StepKey) -> tuple[StepState, str]:
    step = room_of(drive, release).step(key)
    assert step is not None
    return step.state, step.note


def states(drive: Deploys, release: str) -> dict[str, str]:
    keys = (K.DATABASE, K.APPLICATION, K.TRAFFIC, K.CACHES)
    return {step.key.value: step.state.value for step in room_of(drive, release).steps if step.key in keys}


def declare(drive: Deploys, release: str, *, target: str = "v1.4.0", **facts: Any) -> str:
    plain: dict[str, Any] = {"criteria": (Criterion.ERROR_RATE,), "evidence": "5 %", "migration": False}
    drive.ok(DeclareRollback(release=release, target=target, commander=IC, **(plain | facts)), IC)
    return release


@pytest.fixture
def back(drive: Deploys, deploying: str) -> str:
    """Green is live, and errors rise: a rollback with a database step is declared."""
    drive.succeeds(deploying)
    return declare(drive, deploying, migration=True)


@pytest.fixture
def rolling(drive: Deploys) -> str:
    """Rolled out batch by batch: the database goes back first, then the application, then the traffic."""
    drive.rules("rolling")
    return declare(drive, drive.out(drive.start()), migration=True)


def move(drive: Deploys, release: str, step: StepKey, state: str, user: str = OPS, note: str = "") -> None:
    request = MoveStep(room=drive.release(release).room, step=step.value, state=state, note=note)
    drive.ok(request, user)


def told(drive: Deploys, kind: type) -> list[tuple[str, Any]]:
    """(user, what) of what people were told in person."""
    return [(t.to.user, t.said) for t in drive.told(kind) if isinstance(t.to, ToPerson)]


def test_traffic_goes_back_at_once_and_ends_with_the_deployer_s_word(drive: Deploys, back: str) -> None:
    asked = drive.last(back)
    assert drive.work(back)[-1] == TRAFFIC
    assert (asked.target, asked.sha, asked.asked_by) == ("v1.4.0", "", "")
    assert room_of(drive, back).restore_begun
    assert isinstance(drive.no(StandDown(room=drive.release(back).room, reason="no"), IC), NotReady)

    drive.succeeds(back, evidence="blue serves")

    assert step_of(drive, back, K.TRAFFIC) == (D, "blue serves")
    assert drive.chain_holds()


def test_the_way_back_is_asked_with_the_tag_that_git_has(drive: Deploys, deploying: str) -> None:
    drive.rules(prefix="shop/")
    drive.succeeds(deploying)
    declare(drive, deploying)

    assert drive.last(deploying).target == "shop/v1.4.0"


def test_a_database_step_waits_for_its_press_and_its_people_are_told(drive: Deploys, back: str) -> None:
    assert told(drive, StepWaits) == []
    drive.succeeds(back)

    assert [(user, said.step, said.minutes) for user, said in told(drive, StepWaits)] == [
        (DBA, "database", 0)
    ]
    assert states(drive, back) == {"traffic": "done", "database": "waiting", "caches": "waiting"}
    before = drive.work(back)
    move(drive, back, K.DATABASE, "started", IC)
    move(drive, back, K.DATABASE, "done", IC)
    move(drive, back, K.CACHES, "started")
    assert drive.work(back) == before


def test_after_the_database_the_machine_goes_on_one_step_at_a_time(drive: Deploys, rolling: str) -> None:
    before = drive.work(rolling)
    assert states(drive, rolling)["database"] == "waiting"
    assert not room_of(drive, rolling).restore_begun
    move(drive, rolling, K.DATABASE, "started", DBA)
    assert drive.work(rolling) == before

    move(drive, rolling, K.DATABASE, "done", DBA)
    assert drive.work(rolling)[len(before) :] == [("rollback", "application", "asked")]
    assert states(drive, rolling)["traffic"] == "waiting"
    drive.succeeds(rolling)
    assert drive.work(rolling)[-1] == TRAFFIC
    drive.succeeds(rolling)

    assert [user for user, said in told(drive, StepWaits) if said.step == "caches"] == [OPS]
    assert states(drive, rolling) == {
        "database": "done",
        "application": "done",
        "traffic": "done",
        "caches": "waiting",
    }


def test_skipping_what_comes_before_lets_the_machine_go_on(drive: Deploys, rolling: str) -> None:
    move(drive, rolling, K.DATABASE, "skipped", IC, note="the old version runs on it after all")
    assert drive.work(rolling)[-1] == ("rollback", "application", "asked")

    move(drive, rolling, K.APPLICATION, "skipped", IC, note="it never went out")

    assert drive.work(rolling)[-2:] == [("rollback", "application", "cancelled"), TRAFFIC]


def test_a_way_back_that_failed_calls_people_and_can_be_started_again(drive: Deploys, back: str) -> None:
    drive.says(drive.last(back), S.FAILED, detail="no blue there")

    step = room_of(drive, back).step(K.TRAFFIC)
    assert step is not None
    assert (step.state, step.failed, room_of(drive, back).restore_begun) == (W, "no blue there", True)
    failed = [(user, said.state, said.room) for user, said in told(drive, DeploymentMoved)]
    assert failed == [(user, S.FAILED, room_of(drive, back).id) for user in sorted((IC, OPS))]
    assert drive.work(back)[-1] == ("rollback", "traffic", "failed")  # nothing is tried again by itself
    move(drive, back, K.TRAFFIC, "started")
    assert drive.work(back)[-2:] == [("rollback", "traffic", "failed"), TRAFFIC]
    assert drive.chain_holds()


def test_without_a_commander_those_who_could_be_learn_of_the_failure(drive: Deploys, deploying: str) -> None:
    drive.ok(
        DeclareRollback(
            release=deploying, criteria=(Criterion.DATA,), evidence="x", migration=False, target="v1.4.0"
        ),
        OPS,
    )
    drive.says(drive.last(deploying), S.LOST)

    assert [user for user, said in told(drive, DeploymentMoved) if said.state is S.LOST] == sorted((IC, OPS))


def test_a_deployer_that_was_never_reached_has_not_begun_anything(drive: Deploys, back: str) -> None:
    drive.says(drive.last(back), S.FAILED, why=DeployWhy.UNREACHABLE)

    assert not room_of(drive, back).restore_begun
    drive.ok(StandDown(room=drive.release(back).room, reason="errors fell by themselves"), IC)
    assert drive.stage(back) is Stage.DEPLOYING


def test_a_step_that_people_ended_themselves_stays_as_they_left_it(drive: Deploys, back: str) -> None:
    move(drive, back, K.TRAFFIC, "done")

    drive.says(drive.last(back), S.FAILED)

    assert step_of(drive, back, K.TRAFFIC) == (D, "")


def test_what_had_counted_as_lost_and_worked_is_done(drive: Deploys, back: str) -> None:
    drive.says(drive.last(back), S.LOST)
    assert step_of(drive, back, K.TRAFFIC)[0] is W

    drive.succeeds(back)

    said = [t.said for t in drive.told(DeploymentMoved) if isinstance(t.said, DeploymentMoved)]
    assert (said[-1].state, said[-1].mended) == (S.SUCCEEDED, True)
    assert step_of(drive, back, K.TRAFFIC)[0] is D
    assert states(drive, back)["database"] == "waiting"


def test_after_not_healthy_people_decide_what_is_done_again(drive: Deploys, deploying: str) -> None:
    declare(drive, deploying)
    drive.succeeds(deploying)
    move(drive, deploying, K.CACHES, "done")
    move(drive, deploying, K.HEALTH_CHECK, "started")
    before = drive.work(deploying)

    move(drive, deploying, K.HEALTH_CHECK, "reopened", note="still 8 %")

    assert drive.work(deploying) == before
    assert states(drive, deploying) == {"traffic": "waiting", "caches": "waiting"}
    drive.tick()
    move(drive, deploying, K.TRAFFIC, "started", IC)
    assert drive.work(deploying)[-1] == TRAFFIC
    assert room_of(drive, deploying).step(K.TRAFFIC).owner == IC  # type: ignore[union-attr]  # it is there


def test_where_people_deploy_the_step_waits_and_its_owner_is_told(drive: Deploys, deploying: str) -> None:
    drive.rules(production={"deployer": "manual"})
    declare(drive, deploying)

    assert states(drive, deploying) == {"traffic": "waiting", "caches": "waiting"}
    room = room_of(drive, deploying)
    said = StepWaits(room=room.id, version="1.5.0", target="v1.4.0", step="traffic", minutes=0, who=(OPS,))
    assert told(drive, StepWaits) == [(OPS, said)]
    assert not room.restore_begun
    drive.ok(StandDown(room=room.id, reason="a false alarm"), IC)


def test_without_an_earlier_version_no_deployer_is_asked(drive: Deploys) -> None:
    """It would deploy once more what is to be taken back."""
    drive.read_repository(tags=(), production="", next_version="0.1.0", scope=changes(since=""))
    release = drive.out(drive.start(), way_back="take it offline")

    declare(drive, release, target="")

    (user, said), *_ = told(drive, StepWaits)
    assert (user, said.target, said.stated) == (OPS, "", "take it offline")
    move(drive, release, StepKey(said.step), "started")
    assert [work for work in drive.work(release) if work[0] == "rollback"] == []


def test_the_machine_s_start_stands_on_the_timeline(drive: Deploys, back: str) -> None:
    room = room_of(drive, back)

    moved = [e for e in drive.read(rooms.entries, room.id) if isinstance(e.event, StepMoved)]

    assert [(e.user, e.event) for e in moved if isinstance(e.event, StepMoved)][-1] == (
        "",
        StepMoved(room=room.id, step="traffic", state="started"),
    )
