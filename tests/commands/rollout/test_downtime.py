from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from commands.requests import (
    Cancel,
    DeclareRollback,
    MoveStep,
    Resolve,
    Retarget,
    StandDown,
)
from domain.checklists.model import ItemState, Phase
from domain.checklists.shipped import shipped
from domain.errands import Downtime, DowntimeCalledOff, DowntimeOverrun, InChannel
from domain.people import Role
from domain.rollback import Criterion, Room, StepState
from domain.rollout.downtime import WhyOff
from domain.types import Action, Stage
from storage import checklists, rooms
from tests.support.driver import Driver
from tests.support.world import CHANNEL, IC, OPS, RM, world

HOUR = timedelta(hours=1)
KEPT_POSTED = {
    "company": [CHANNEL, "C0ALL"],
    "customers": ["C0ALL", {"channel": "C0STATUS", "language": "en"}],
}
EVERYWHERE = [InChannel(CHANNEL), InChannel("C0ALL"), InChannel("C0STATUS", "en")]


def rules(drive: Driver, *, channels: Any = None, **big_bang: str) -> None:
    with drive.tx() as tx:
        world(
            tx,
            types={"regular": {"rollout": "big_bang"}},
            rollout={"big_bang": big_bang},
            communication={"channels": channels or {}},
        )


def told(drive: Driver) -> list[Any]:
    """All that was said of a downtime, in order."""
    kinds = Downtime | DowntimeOverrun | DowntimeCalledOff
    return [tell.said for tell in drive.told() if isinstance(tell.said, kinds)]


def declared(drive: Driver, release: str) -> Room:
    request = DeclareRollback(
        release=release, criteria=(Criterion.ERROR_RATE,), evidence="4 % errors", migration=False
    )
    drive.ok(request, OPS)
    room = drive.read(rooms.get, drive.release(release).room)
    assert isinstance(room, Room)
    return room


def rolled_back(drive: Driver, room: Room) -> None:
    for step in room.steps:
        if step.state is not StepState.SKIPPED:
            drive.ok(MoveStep(room=room.id, step=step.key, state="done"), OPS)
    done = ItemState(done_at=drive.clock(), done_by=IC)
    items = shipped()[Phase.ROLLBACK_DURING].items
    with drive.tx() as tx:
        checklists.put(tx, room.id, Phase.ROLLBACK_DURING, {item.key: done for item in items})
    drive.ok(Resolve(room=room.id, summary="back"), IC)


def test_a_big_bang_tells_the_channel_how_long_the_service_is_down(drive: Driver) -> None:
    rules(drive, downtime="2h")
    release = drive.to_deploying()
    (told,) = drive.told(Downtime)
    assert told.to == InChannel(CHANNEL)
    at = drive.clock()
    assert told.said == Downtime(release=release, version="1.5.0", since=at, until=at + 2 * HOUR)


def test_the_channel_hears_when_the_service_is_back(drive: Driver) -> None:
    """Not with the step, but with the rollout: until then it may be tested behind closed doors."""
    rules(drive, downtime="2h")
    release = drive.to_deploying()
    at = drive.clock()
    drive.clock.move(minutes=90)
    drive.step_out(release)
    assert len(drive.told(Downtime)) == 1
    drive.clock.move(minutes=90)
    drive.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    (_, told) = drive.told(Downtime)
    assert told.to == InChannel(CHANNEL)
    assert told.said == Downtime(release=release, version="1.5.0", since=at, until=at + 3 * HOUR, over=True)


@pytest.mark.parametrize("rollout", ["canary", "rolling", "blue_green"])
def test_what_keeps_the_service_up_announces_no_downtime(drive: Driver, rollout: str) -> None:
    with drive.tx() as tx:
        world(tx, types={"regular": {"rollout": rollout}}, rollout={"big_bang": {"announce_before": "1d"}})
    drive.to_verifying()
    assert drive.told(Downtime) == []


def test_a_big_bang_without_downtime_announces_none(drive: Driver) -> None:
    rules(drive, downtime="0s")
    drive.to_verifying()
    assert drive.told(Downtime) == []


def test_the_downtime_is_announced_ahead_where_the_policy_says_so(drive: Driver) -> None:
    rules(drive, announce_before="1d")
    release = drive.to_approval()
    deploy_at = drive.release(release).deploy_at
    assert deploy_at is not None
    drive.clock.set(deploy_at - 25 * HOUR)
    drive.tick()
    assert drive.told(Downtime) == []
    drive.clock.set(deploy_at - 24 * HOUR)
    drive.tick()
    (told,) = drive.told(Downtime)
    assert told.to == InChannel(CHANNEL)
    assert told.said == Downtime(
        release=release, version="1.5.0", since=deploy_at, until=deploy_at + HOUR / 2, ahead=True
    )


# --- longer than announced ----------------------------------------------------------------------------------


def test_a_downtime_that_overruns_its_end_says_so_once(drive: Driver) -> None:
    rules(drive, downtime="2h")
    release = drive.to_deploying()
    at = drive.clock()
    drive.clock.set(at + 2 * HOUR - timedelta(seconds=1))
    drive.tick()
    assert len(told(drive)) == 1
    drive.clock.set(at + 2 * HOUR)
    drive.tick()
    (overrun,) = drive.told(DowntimeOverrun)
    who = (Role.DEVOPS, Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER, Role.TECH_LEAD)
    said = DowntimeOverrun(release=release, version="1.5.0", since=at, until=at + 2 * HOUR, roles=who)
    assert (overrun.to, overrun.said) == (InChannel(CHANNEL), said)
    drive.clock.move(hours=5)
    drive.tick()
    drive.advance(release, Action.PAUSE, RM, note="still at it")
    drive.tick()
    assert len(drive.told(DowntimeOverrun)) == 1


def test_a_downtime_that_is_over_in_time_overruns_nothing(drive: Driver) -> None:
    rules(drive, downtime="2h")
    release = drive.to_deploying()
    drive.roll_out(release)
    drive.clock.move(hours=3)
    drive.tick()
    assert [type(one) for one in told(drive)] == [Downtime, Downtime]


def test_while_it_is_rolled_back_others_bring_the_service_back(drive: Driver) -> None:
    rules(drive, downtime="2h")
    release = drive.to_deploying()
    drive.clock.move(hours=1)
    declared(drive, release)
    drive.clock.move(hours=1)
    drive.tick()
    (overrun,) = drive.told(DowntimeOverrun)
    assert isinstance(overrun.said, DowntimeOverrun)
    assert overrun.said.roles == (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER)


# --- another end --------------------------------------------------------------------------------------------


def test_a_rollback_ends_the_downtime_that_it_met(drive: Driver) -> None:
    rules(drive, downtime="2h")
    release = drive.to_deploying()
    at = drive.clock()
    drive.clock.move(minutes=10)
    room = declared(drive, release)
    assert len(told(drive)) == 1
    drive.clock.move(minutes=40)
    rolled_back(drive, room)
    assert drive.stage(release) is Stage.ROLLED_BACK
    whose = {"release": release, "version": "1.5.0", "since": at}
    assert told(drive)[1:] == [Downtime(**whose, until=at + timedelta(minutes=50), over=True)]


def test_a_rollback_that_is_stood_down_leaves_the_downtime_as_it_was(drive: Driver) -> None:
    rules(drive, downtime="2h")
    release = drive.to_deploying()
    room = declared(drive, release)
    drive.ok(StandDown(room=room.id, reason="a false alarm"), IC)
    assert len(told(drive)) == 1
    drive.advance(release, Action.STEP_DONE, OPS)
    drive.advance(release, Action.ROLLOUT_COMPLETE, OPS)
    assert [one.over for one in told(drive)] == [False, True]


def test_a_rollback_after_the_downtime_says_nothing_of_it(drive: Driver) -> None:
    rules(drive, downtime="2h")
    release = drive.to_verifying()
    rolled_back(drive, declared(drive, release))
    assert [one.over for one in told(drive)] == [False, True]


def _announced(drive: Driver, *, channels: Any = None) -> tuple[str, Any]:
    rules(drive, channels=channels, announce_before="1d")
    release = drive.to_approval()
    deploy_at = drive.release(release).deploy_at
    assert deploy_at is not None
    drive.clock.set(deploy_at - 24 * HOUR)
    drive.tick()
    assert {one.ahead for one in told(drive)} == {True}
    whose = {"release": release, "version": "1.5.0", "since": deploy_at, "until": deploy_at + HOUR / 2}
    return release, whose


def test_a_release_that_is_cancelled_calls_its_announced_downtime_off(drive: Driver) -> None:
    release, whose = _announced(drive)
    drive.advance(release, Action.HOLD, RM, note="not now")
    assert len(told(drive)) == 1
    drive.ok(Cancel(release=release, reason="not at all"), RM)
    assert told(drive)[1:] == [DowntimeCalledOff(**whose, why=WhyOff.CANCELLED)]


def test_a_deploy_that_moves_calls_its_announced_downtime_off_and_announces_the_other(drive: Driver) -> None:
    release, whose = _announced(drive)
    later = whose["since"] + timedelta(days=7)
    drive.ok(Retarget(release=release, deploy_at=later), RM)
    assert told(drive)[1:] == [DowntimeCalledOff(**whose, why=WhyOff.MOVED)]
    drive.clock.set(later - 24 * HOUR)
    drive.tick()
    assert told(drive)[2:] == [
        Downtime(release=release, version="1.5.0", since=later, until=later + HOUR / 2, ahead=True)
    ]


def test_a_downtime_that_nobody_was_told_of_is_not_called_off(drive: Driver) -> None:
    rules(drive, announce_before="1d")
    release = drive.to_approval()
    drive.ok(Cancel(release=release, reason="not at all"), RM)
    assert told(drive) == []


# --- who is told --------------------------------------------------------------------------------------------


def test_every_audience_with_a_channel_reads_of_the_downtime_once(drive: Driver) -> None:
    rules(drive, channels=KEPT_POSTED, downtime="1h", announce_before="1d")
    release = drive.to_approval()
    deploy_at = drive.release(release).deploy_at
    assert deploy_at is not None
    drive.clock.set(deploy_at - 24 * HOUR)
    drive.tick()
    drive.deploy(release)
    drive.clock.move(hours=1)
    drive.tick()
    drive.roll_out(release)
    assert [tell.to for tell in drive.told(Downtime)] == 3 * EVERYWHERE
    overrun = drive.told(DowntimeOverrun)
    assert [tell.to for tell in overrun] == EVERYWHERE
    assert [bool(tell.said.roles) for tell in overrun] == [True, False, False]  # type: ignore[union-attr]


def test_every_audience_reads_that_it_is_called_off(drive: Driver) -> None:
    release, _ = _announced(drive, channels=KEPT_POSTED)
    drive.ok(Cancel(release=release, reason="not at all"), RM)
    assert [tell.to for tell in drive.told(DowntimeCalledOff)] == EVERYWHERE
