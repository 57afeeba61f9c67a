"""A message that is marked in the room goes onto its timeline as it stood: once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commands.requests import FinishPostmortem, LogMessage, Resolve
from commands.rollback.log import LONGEST, log_message
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.resolve import resolve
from domain.errands import InRoom
from domain.events import Logged
from domain.refusals import AlreadySo, NotAMember, TextMissing
from domain.rollback import Room
from tests.commands.rollback.stories import MADE, Story, release
from tests.support.clock import START
from tests.support.world import DEV, GUEST, IC, OPS, QA

TS = "1772494200.000100"
SAID_AT = datetime.fromtimestamp(1772494200, UTC)


@pytest.fixture
def led(story: Story) -> Room:
    story.given(release())
    return story.led()


def marking(room: Room, text: str = "orders fail", ts: str = TS) -> LogMessage:
    return LogMessage(room=room.id, ts=ts, text=text, author=DEV)


def test_a_marked_message_is_on_the_timeline_with_who_said_it_when(story: Story, led: Room) -> None:
    event = story.done(log_message, marking(led), QA, channel=MADE)

    assert event == Logged(room=led.id, text="orders fail", said_by=DEV, said_at=SAID_AT)
    assert story.timeline(led)[-1] == (START, QA, event)
    assert story.told() == [(InRoom(led.id), event)]
    assert story.audited()[-1] == (QA, "Logged", "done")


def test_whoever_marks_it_again_changes_nothing(story: Story, led: Room) -> None:
    story.done(log_message, marking(led), QA, channel=MADE)
    before = story.timeline(led)
    story.sent()

    story.done(log_message, marking(led), IC, channel=MADE)

    assert story.timeline(led) == before
    assert story.sent() == []
    story.done(log_message, marking(led, ts="1772494201.000100"), IC, channel=MADE)
    assert len(story.timeline(led)) == len(before) + 1


@pytest.mark.parametrize("ts", ["", "now", "99999999999999.1"])
def test_a_message_whose_time_cannot_be_read_has_none(story: Story, led: Room, ts: str) -> None:
    event = story.done(log_message, marking(led, ts=ts), QA, channel=MADE)

    assert event == Logged(room=led.id, text="orders fail", said_by=DEV)


def test_of_a_long_message_the_beginning_is_kept(story: Story, led: Room) -> None:
    event = story.done(log_message, marking(led, "x" * (LONGEST + 1)), QA, channel=MADE)

    assert event.text == "x" * (LONGEST - 1) + "…"


def test_what_cannot_be_logged_is_refused(story: Story, led: Room) -> None:
    assert story.no(log_message, marking(led, " "), QA, channel=MADE) == TextMissing("text")
    assert story.no(log_message, marking(led), GUEST, channel=MADE) == NotAMember("guest", MADE)


def test_a_closed_room_takes_no_more(story: Story) -> None:
    room = story.made(story.open(OPS))
    story.done(resolve, Resolve(room=room.id), OPS)
    story.done(log_message, marking(room), OPS, channel=MADE)
    story.done(finish_postmortem, FinishPostmortem(room=room.id), OPS)

    refusal = story.no(log_message, marking(room, ts="1772494202.0"), OPS, channel=MADE)

    assert refusal == AlreadySo("resolved")
