"""A release that is verified, or stands again, only after its monitoring was to be over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from commands.requests import DeclareRollback, StandDown
from commands.show.release import card
from domain.errands import InThread, MonitoringOver, StillVerifying, Tell, ToPerson
from domain.reminders import still_verifying
from domain.rollback import Criterion
from domain.types import Action, ReleaseType, Stage
from tests.support.builders import AT, release
from tests.support.driver import Driver
from tests.support.world import IC, OPS, RM, world

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTHING_OPEN = {"lists": {"post_soon": {"strictness": "off"}, "post_finish": {"strictness": "off"}}}


@pytest.fixture(autouse=True)
def _without_lists(drive: Driver) -> None:
    with drive.tx() as tx:
        world(tx, checklists=NOTHING_OPEN)


def asked(drive: Driver) -> list[Tell]:
    return drive.told(MonitoringOver)


@pytest.mark.parametrize("kind", [ReleaseType.REGULAR, ReleaseType.HOTFIX])
def test_whether_to_close_is_asked_soon_of_what_is_verified_late(drive: Driver, kind: ReleaseType) -> None:
    found = drive.to_verifying(kind)
    drive.clock.move(hours=30)
    drive.advance(found, Action.VERIFIED)
    drive.refs_were_made(found, refs=())
    drive.tick()
    assert asked(drive) == []  # git may still be at it
    drive.clock.move(minutes=5)
    drive.tick()
    assert len(asked(drive)) == 1
    assert drive.release(found).close_asked_at == drive.clock()
    assert Action.CLOSE in drive.read(card, found).actions
    drive.clock.move(days=3)
    drive.tick()
    assert len(asked(drive)) == 1
    drive.advance(found, Action.CLOSE)
    assert drive.stage(found) is Stage.CLOSED


def test_without_monitoring_it_is_asked_as_soon_as_it_is_released(drive: Driver) -> None:
    with drive.tx() as tx:
        world(tx, checklists=NOTHING_OPEN, types={"regular": {"monitoring": "0s"}})
    found = drive.to_released()
    drive.clock.move(minutes=5)
    drive.tick()
    assert drive.release(found).close_asked_at == drive.clock()


def test_a_false_alarm_that_outlasts_the_monitoring_leaves_the_question(drive: Driver) -> None:
    found = drive.to_released()
    until = drive.release(found).monitoring_until
    assert until is not None
    drive.clock.set(until - HOUR / 2)
    drive.ok(
        DeclareRollback(release=found, criteria=(Criterion.ERROR_RATE,), evidence="5 %", migration=False), IC
    )
    drive.clock.move(hours=1)
    drive.tick()
    assert asked(drive) == []
    drive.ok(StandDown(room=drive.release(found).room, reason="a false alarm"), IC)
    drive.clock.move(minutes=5)
    drive.tick()
    assert len(asked(drive)) == 1
    assert drive.release(found).close_asked_at == drive.clock()


def test_what_nobody_verifies_is_asked_for_each_day(drive: Driver) -> None:
    found = drive.to_verifying()
    deployed = drive.clock()
    drive.clock.set(deployed + DAY - timedelta(minutes=1))
    drive.tick()
    assert drive.told(StillVerifying) == []
    for _ in range(2):
        drive.clock.move(days=1)
        drive.tick()
        drive.tick()
    told = drive.told(StillVerifying)
    said = StillVerifying(release=found, version="1.5.0", candidate=1, deployed_at=deployed, monitoring=DAY)
    assert [(one.to, one.said) for one in told] == [(InThread(found), said), (ToPerson(RM), said)] * 2
    drive.advance(found, Action.VERIFIED)
    drive.clock.move(days=1)
    drive.tick()
    assert len(drive.told(StillVerifying)) == 4


def test_a_rollback_ends_the_question_of_who_verifies(drive: Driver) -> None:
    found = drive.to_verifying()
    drive.clock.move(hours=23)
    drive.ok(
        DeclareRollback(release=found, criteria=(Criterion.ERROR_RATE,), evidence="5 %", migration=False), OPS
    )
    drive.clock.move(days=2)
    drive.tick()
    assert drive.told(StillVerifying) == []


@pytest.mark.parametrize(
    ("monitoring", "passed", "due"),
    [
        (HOUR, timedelta(0), HOUR),
        (HOUR, HOUR, HOUR + DAY),
        (2 * HOUR, HOUR, 2 * HOUR),
        (timedelta(0), timedelta(0), HOUR),
        (HOUR, 2 * DAY, HOUR + 2 * DAY),
    ],
)
def test_it_is_asked_when_the_monitoring_is_over_and_then_each_day(
    monitoring: timedelta, passed: timedelta, due: timedelta
) -> None:
    (found,) = still_verifying(release(Stage.VERIFYING, deployed_at=AT), monitoring, AT + passed)
    assert found.due == AT + due


@pytest.mark.parametrize(("stage", "deployed"), [(Stage.RELEASED, AT), (Stage.VERIFYING, None)])
def test_only_what_is_deployed_and_not_verified_is_asked_for(stage: Stage, deployed: datetime | None) -> None:
    assert still_verifying(release(stage, deployed_at=deployed), HOUR, AT) == ()
