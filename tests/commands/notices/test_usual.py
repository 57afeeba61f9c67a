"""What the form of a notice starts from follows what happened to the release, as the audit trail has it."""

from __future__ import annotations

from commands.notices.show import notice_form
from domain.notices import NoticeKind
from domain.types import Action
from tests.support.driver import Driver
from tests.support.world import RM, world


def kind(drive: Driver, release: str) -> NoticeKind:
    return drive.read(notice_form, release).kind


def test_a_rollout_that_is_held_up_or_stopped_is_told_as_that(drive: Driver) -> None:
    with drive.tx() as tx:
        world(tx, types={"regular": {"rollout": "blue_green"}})
    release = drive.to_deploying()
    assert kind(drive, release) is NoticeKind.STARTED
    drive.advance(release, Action.PAUSE, note="errors")
    assert kind(drive, release) is NoticeKind.DELAYED
    drive.advance(release, Action.STOP, RM, note="wrong build")
    assert kind(drive, release) is NoticeKind.ABORTED
