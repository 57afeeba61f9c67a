"""Who presses in the war room's channel reads the line there; from elsewhere the answer comes privately."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from commands.requests import FinishPostmortem, LogLine, MoveStep, Resolve, StandDown, TakeSeat
from commands.rollback.declare import declare_rollback
from commands.rollback.log import log_line
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.resolve import resolve
from commands.rollback.seat import take_seat
from commands.rollback.stand_down import stand_down
from commands.rollback.steps import move_step
from domain.errands import InRoom, Privately
from domain.people import Via
from domain.rollback import Room
from domain.views import Happened
from storage import rooms
from tests.commands.rollback.stories import MADE, Story, declaration, release
from tests.support.world import CHANNEL, IC, OPS


def _seat(story: Story) -> tuple[Room, Any, Any]:
    room = story.made(story.declare(OPS))
    return room, take_seat, TakeSeat(room=room.id)


def _step(story: Story) -> tuple[Room, Any, Any]:
    room = story.led()
    return room, move_step, MoveStep(room=room.id, step="traffic", state="started")


def _line(story: Story) -> tuple[Room, Any, Any]:
    room = story.led()
    return room, log_line, LogLine(room=room.id, text="errors fall")


def _resolved(story: Story) -> tuple[Room, Any, Any]:
    room = story.restored(story.led())
    return room, resolve, Resolve(room=room.id)


def _stood_down(story: Story) -> tuple[Room, Any, Any]:
    room = story.led()
    return room, stand_down, StandDown(room=room.id, reason="the dashboard was wrong")


def _post_mortem(story: Story) -> tuple[Room, Any, Any]:
    room = story.restored(story.led())
    story.done(resolve, Resolve(room=room.id), IC)
    return room, finish_postmortem, FinishPostmortem(room=room.id)


def _declared(story: Story) -> tuple[Room, Any, Any]:
    room = story.made(story.open(IC, release="release-1.6.0"))
    return room, declare_rollback, declaration(room=room.id)


PRESSES = [_seat, _step, _line, _resolved, _stood_down, _post_mortem, _declared]


@pytest.mark.parametrize("press", PRESSES)
def test_a_press_in_the_room_is_answered_by_the_rooms_line(
    story: Story, press: Callable[[Story], tuple[Room, Any, Any]]
) -> None:
    story.given(release())
    room, verb, request = press(story)
    story.sent()

    assert isinstance(story.ask(verb, request, IC, channel=MADE, via=Via.BUTTON), Happened)

    places = [to for to, _ in story.told()]
    assert InRoom(room.id) in places
    assert not any(isinstance(to, Privately) for to in places)


@pytest.mark.parametrize("press", PRESSES)
def test_a_press_elsewhere_is_answered_privately_once(
    story: Story, press: Callable[[Story], tuple[Room, Any, Any]]
) -> None:
    story.given(release())
    _, verb, request = press(story)
    story.sent()

    assert isinstance(story.ask(verb, request, IC, channel=CHANNEL, via=Via.BUTTON), Happened)

    assert [to for to, _ in story.told() if isinstance(to, Privately)] == [Privately(CHANNEL, IC)]


def test_a_press_before_the_channel_is_made_is_answered_privately(story: Story) -> None:
    story.given(release())
    room = story.declare(OPS)
    story.sent()

    story.ask(take_seat, TakeSeat(room=room.id), IC, channel=CHANNEL, via=Via.BUTTON)

    assert story.database.read_now(rooms.get, room.id).commander == IC  # type: ignore[union-attr]
    assert [to for to, _ in story.told()] == [Privately(CHANNEL, IC)]
