"""A war room without a rollback is closed by itself: nothing of a rollback is asked for, somebody reminds."""

from __future__ import annotations

import pytest

from commands.frame import perform
from commands.remind.fire import fire_due
from commands.requests import FinishPostmortem, Resolve, StandDown
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.resolve import resolve
from commands.rollback.show import room_view
from commands.rollback.stand_down import stand_down
from domain.errands import ArchiveRoom, InRoom, RoomToClose, Tell, ToPerson
from domain.events import PostmortemDone, RoomClosed
from domain.people import Actor, Origin, Via
from domain.rollback import Room, RoomState
from domain.views import Happened
from messages.texts import Reader
from messages.warroom import room_state
from tests.commands.rollback.stories import MADE, Story, release
from tests.support.clock import START, HandClock
from tests.support.world import IC, TEAM, TL


@pytest.fixture
def plain(story: Story) -> Room:
    """An incident that is over."""
    room = story.made(story.open(TL))
    story.done(resolve, Resolve(room=room.id, summary="dns"), TL)
    story.sent()
    return story.room(room.id)


def closed(story: Story, room: Room, link: str = "") -> object:
    """Without a word about the lists."""
    origin = Origin(Actor(TEAM, IC), Via.BUTTON)
    with story.database.transaction() as tx:
        outcome = perform(tx, finish_postmortem, FinishPostmortem(room=room.id, link=link), origin)
    assert isinstance(outcome, Happened), outcome
    return outcome.event


def buttons(story: Story, room: Room) -> list[str]:
    shown = room_state(Reader("en", "Asia/Seoul"), story.database.read_now(room_view, room.id))
    found = [block["elements"] for block in shown.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for elements in found for element in elements if "text" in element]


def test_what_was_stood_down_needs_none_of_a_rollbacks_lists(story: Story) -> None:
    story.given(release())
    room = story.led()
    story.done(stand_down, StandDown(room=room.id, reason="false alarm"), IC)
    story.done(resolve, Resolve(room=room.id, summary="fine"), IC)

    assert story.database.read_now(room_view, room.id).lists == ()
    assert closed(story, room) == RoomClosed(room=room.id, version="1.6.0", adopted=False)
    assert story.room(room.id).state is RoomState.CLOSED


def test_a_rollback_that_is_declared_again_has_its_lists_again(story: Story) -> None:
    story.given(release())
    room = story.led()
    before = story.database.read_now(room_view, room.id).lists
    story.done(stand_down, StandDown(room=room.id, reason="false alarm"), IC)

    story.declare(room=room.id)

    assert story.database.read_now(room_view, room.id).lists == before
    assert len(before) == 3


def test_a_resolved_room_offers_to_be_closed_and_its_channel_is_archived(story: Story, plain: Room) -> None:
    assert buttons(story, plain) == ["Close the room"]

    event = closed(story, plain)

    assert event == RoomClosed(room=plain.id, version="", adopted=False)
    assert ArchiveRoom(plain.id) in [errand for _, errand in story.sent()]
    assert buttons(story, plain) == []


def test_who_wrote_a_report_all_the_same_says_where_it_is(story: Story, plain: Room) -> None:
    assert closed(story, plain, "https://wiki/dns") == PostmortemDone(room=plain.id, link="https://wiki/dns")


def reminded(story: Story, clock: HandClock, hours: int) -> list[tuple[int, object]]:
    heard = []
    for hour in range(1, hours + 1):
        clock.move(hours=1)
        with story.database.transaction() as tx:
            fire_due(tx)
        told = [errand for _, errand in story.sent() if isinstance(errand, Tell)]
        heard += [(hour, errand.to) for errand in told if isinstance(errand.said, RoomToClose)]
    return heard


def test_it_is_reminded_of_once(story: Story, plain: Room, clock: HandClock) -> None:
    assert reminded(story, clock, 80) == [(24, InRoom(plain.id)), (24, ToPerson(TL))]


def test_what_is_reminded_of_names_the_room(story: Story, plain: Room, clock: HandClock) -> None:
    clock.move(hours=24)
    with story.database.transaction() as tx:
        fire_due(tx)

    said = RoomToClose(
        room=plain.id, version="", name=plain.name, channel=MADE, resolved_at=START, adopted=False
    )
    assert (ToPerson(TL), said) in story.told()


def test_a_closed_room_is_left_alone(story: Story, plain: Room, clock: HandClock) -> None:
    closed(story, plain)

    assert reminded(story, clock, 30) == []
