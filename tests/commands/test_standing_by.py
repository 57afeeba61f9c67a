"""Who stands by, and what is ready at the start, holds for one attempt on one day; a word can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands.requests import Confirm, Retarget
from commands.show import checklists as lists
from commands.show.release import card
from domain.checklists.model import Phase
from domain.checklists.standing import Standing
from domain.events import Confirmed
from domain.refusals import Gone, NotYourWord, Outdated, TooLate
from domain.release import ConfirmItem
from domain.types import Action, Stage
from tests.support.driver import Driver
from tests.support.world import ONCALL, OPS, RM, RM2, world

DEPLOYER = ConfirmItem.DEPLOYER_STANDING_BY


@pytest.fixture(autouse=True)
def _green_and_blue(drive: Driver) -> None:
    with drive.tx() as tx:
        world(tx, types={"regular": {"rollout": "blue_green"}})


def ticked(drive: Driver, release: str) -> list[str]:
    """What people have done of the list at the start."""
    view = next(
        one for one in drive.read(lists.checklists, release).lists if one.phase is Phase.RELEASE_START
    )
    by_hand = (one.judged for one in view.items if not one.judged.item.auto)
    return [one.item.key for one in by_hand if one.standing is Standing.DONE]


def test_a_stop_asks_anew(drive: Driver) -> None:
    release = drive.to_deploying()
    drive.clock.move(minutes=10)
    drive.advance(release, Action.STOP, RM, note="another day")
    assert drive.read(card, release).to_confirm == tuple(ConfirmItem)
    assert ticked(drive, release) == []
    drive.clock.move(minutes=10)
    drive.ready(release)
    assert len(ticked(drive, release)) > 1
    drive.advance(release, Action.DEPLOY)


def test_another_day_asks_anew_and_another_hour_does_not(drive: Driver) -> None:
    release = drive.to_approved()
    drive.ready(release)
    there = ticked(drive, release)
    planned = drive.release(release).deploy_at
    assert planned is not None
    drive.clock.move(minutes=10)
    drive.ok(Retarget(release=release, deploy_at=planned + timedelta(hours=1), reason="lunch"), RM)
    assert (drive.read(card, release).to_confirm, ticked(drive, release)) == ((), there)
    drive.ok(Retarget(release=release, deploy_at=planned + timedelta(days=7), reason="later"), RM)
    assert (drive.read(card, release).to_confirm, ticked(drive, release)) == (tuple(ConfirmItem), [])


def test_who_has_confirmed_takes_it_back_and_nobody_else(drive: Driver) -> None:
    release = drive.to_approved()
    back = Confirm(release=release, item=DEPLOYER, candidate=1, take_back=True)
    assert drive.no(back, OPS) == Gone("confirmation")
    drive.confirm(release, DEPLOYER, OPS)
    drive.confirm(release, ConfirmItem.ONCALL_STANDING_BY, ONCALL)
    assert drive.no(back, RM2) == NotYourWord(OPS)
    assert drive.ok(back, OPS) == Confirmed(
        release=release, version="1.5.0", item=DEPLOYER, candidate=1, taken_back=True
    )
    assert drive.read(card, release).to_confirm == (DEPLOYER,)
    drive.confirm(release, DEPLOYER, RM)


def test_it_is_taken_back_of_this_candidate_and_before_the_deploy(drive: Driver) -> None:
    release = drive.to_deploying()
    assert drive.no(Confirm(release=release, item=DEPLOYER, candidate=2, take_back=True), OPS) == Outdated(
        "1.5.0", 2, 1
    )
    back = Confirm(release=release, item=DEPLOYER, candidate=1, take_back=True)
    assert drive.no(back, OPS) == TooLate("1.5.0", Stage.DEPLOYING)
