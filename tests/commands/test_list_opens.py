"""Half an hour after the rollout its list can be worked through: its people are told once."""

from __future__ import annotations

from typing import Any

import pytest

from commands.requests import DeclareRollback, StandDown
from commands.show.checklists import checklists
from domain.checklists.model import Phase
from domain.errands import InThread, ListOpens, Tell, ToPerson
from domain.rollback import Criterion
from tests.support.driver import Driver
from tests.support.world import IC, OPS, QA, RM, world

PHASE = Phase.POST_SOON


def told(drive: Driver) -> list[Tell]:
    return drive.told(ListOpens)


def left(drive: Driver, release: str) -> int:
    (of,) = (one for one in drive.read(checklists, release).lists if one.phase is PHASE)
    return sum(1 for item in of.items if not item.judged.settled)


def declared(release: str) -> DeclareRollback:
    return DeclareRollback(release=release, criteria=(Criterion.ERROR_RATE,), evidence="5 %", migration=False)


def test_its_people_are_told_once_half_an_hour_after_the_rollout(drive: Driver) -> None:
    release = drive.to_verifying()
    drive.clock.move(minutes=29)
    drive.tick()
    assert told(drive) == []
    drive.clock.move(minutes=1)
    drive.tick()
    said = ListOpens(phase=PHASE, release=release, version="1.5.0", candidate=1, left=left(drive, release))
    assert said.left > 0
    assert [(one.to, one.said) for one in told(drive)] == [
        (InThread(release), said),
        *((ToPerson(user), said) for user in sorted({RM, OPS, QA})),
    ]
    drive.clock.move(days=2)
    drive.tick()
    assert len(told(drive)) == 4


@pytest.mark.parametrize(
    "rules",
    [
        {"checklists": {"lists": {"post_soon": {"strictness": "off"}}}},
        {"mute": ["list_opens"]},
    ],
)
def test_nobody_is_told_of_a_list_that_is_off_or_where_it_is_muted(
    drive: Driver, rules: dict[str, Any]
) -> None:
    with drive.tx() as tx:
        world(tx, **rules)
    drive.to_verifying()
    drive.clock.move(minutes=30)
    drive.tick()
    assert told(drive) == []


def test_a_rollback_ends_it_and_a_false_alarm_brings_it_back_late(drive: Driver) -> None:
    release = drive.to_verifying()
    drive.ok(declared(release), IC)
    drive.clock.move(minutes=40)
    drive.tick()
    assert told(drive) == []
    drive.ok(StandDown(room=drive.release(release).room, reason="a false alarm"), IC)
    drive.tick()
    assert [one.late for one in told(drive)] == [True] * 4
    drive.tick()
    assert len(told(drive)) == 4


def test_a_day_later_nobody_needs_to_hear_of_it(drive: Driver) -> None:
    release = drive.to_verifying()
    drive.ok(declared(release), IC)
    drive.clock.move(days=1, minutes=30)
    drive.ok(StandDown(room=drive.release(release).room, reason="a false alarm"), IC)
    drive.tick()
    assert told(drive) == []
