"""A commander whose account is no longer active holds up nothing: the seat is free, others are told (6.2)."""

from __future__ import annotations

import pytest

from commands.remind.fire import fire_due
from commands.requests import PeopleSeen, Resolve, StandDown, TakeSeat
from commands.rollback.resolve import resolve
from commands.rollback.seat import take_seat
from commands.rollback.stand_down import stand_down
from commands.seen import people_seen
from domain.errands import (
    InRoom,
    PostmortemReminder,
    RollbackNotice,
    SeatEmpty,
    SetRoomTopic,
    Show,
    Surface,
    SurfaceKind,
    ToPerson,
)
from domain.events import SeatLeft
from domain.people import BOT, Origin, Person, Role, Via
from domain.rollback import Room, Seat
from domain.rollback.seat import SEAT_ROLES
from storage import people
from tests.commands.rollback.stories import Story, release
from tests.support.clock import START, HandClock
from tests.support.world import DEV, IC, OPS, RM, RM2, TL, person

SLACK = Origin(BOT, Via.EVENT)
FIRST = (Role.INCIDENT_COMMANDER,)


def seen(story: Story, *found: Person) -> None:
    with story.database.transaction() as tx:
        people_seen(tx, PeopleSeen(people=found), SLACK)


@pytest.fixture
def led(story: Story, clock: HandClock) -> Room:
    """For a quarter of an hour."""
    story.given(release())
    room = story.led(OPS)
    clock.move(minutes=15)
    return room


def test_who_leaves_is_up_and_others_are_told_at_once(story: Story, led: Room, clock: HandClock) -> None:
    seen(story, person(IC, active=False))

    event = SeatLeft(room=led.id, user=IC, roles=SEAT_ROLES)
    room = story.room(led.id)
    assert (room.commander, room.seats) == ("", (Seat(user=IC, since=START, until=clock()),))
    assert story.timeline(room)[-1] == (clock(), "", event)
    assert story.audited()[-1] == ("", "SeatLeft", "done")
    sent = [errand for _, errand in story.sent()]
    assert [(one.to, one.said) for one in sent if hasattr(one, "said")] == [
        (place, event) for place in (InRoom(led.id), *(ToPerson(user) for user in sorted([OPS, RM, RM2, TL])))
    ]
    assert Show(Surface(SurfaceKind.SEAT, led.id)) in sent
    assert SetRoomTopic(led.id) in sent


def test_others_take_the_seat(story: Story, led: Room) -> None:
    seen(story, person(IC, active=False))

    story.done(take_seat, TakeSeat(room=led.id), TL)

    assert story.room(led.id).commander == TL


def test_the_seat_is_asked_for_from_then_on(story: Story, led: Room, clock: HandClock) -> None:
    seen(story, person(IC, guest=True))
    story.sent()
    asked = []
    for _ in range(2):
        clock.move(minutes=5)
        with story.database.transaction() as tx:
            while fire_due(tx):
                pass
        asked += [
            said for place, said in story.told() if place == InRoom(led.id) and isinstance(said, SeatEmpty)
        ]

    assert asked == [SeatEmpty(room=led.id, roles=SEAT_ROLES, minutes=minutes) for minutes in (5, 10)]


def test_a_room_without_a_channel_is_as_free(story: Story) -> None:
    story.given(release())
    room = story.declare(OPS, commander=IC)
    story.sent()

    seen(story, person(IC, active=False))

    assert story.room(room.id).commander == ""
    assert story.told() == []  # before ten minutes only incident commanders may take it: nobody is one now


def test_who_stays_keeps_the_seat(story: Story, led: Room) -> None:
    seen(story, person(IC, name="Renamed"), person(DEV, active=False))

    assert story.room(led.id) == led


def test_a_room_that_is_over_is_left_as_it_was(story: Story, led: Room) -> None:
    room = story.restored(led)
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)
    before = story.room(room.id)

    seen(story, person(IC, active=False))

    assert story.room(room.id) == before


def test_who_has_left_since_is_not_reminded_of_the_post_mortem(
    story: Story, led: Room, clock: HandClock
) -> None:
    """Who resolved it is asked, else who declared it."""
    story.done(resolve, Resolve(room=story.restored(led).id, summary="back"), IC)
    seen(story, person(IC, active=False))
    story.sent()
    clock.move(hours=20)
    with story.database.transaction() as tx:
        while fire_due(tx):
            pass

    told = [place for place, said in story.told() if isinstance(said, PostmortemReminder)]
    assert told == [InRoom(led.id), ToPerson(OPS)]


def test_a_stakeholder_who_has_left_is_told_nothing(story: Story) -> None:
    story.given(release(stakeholders=(DEV, TL)))
    with story.database.transaction() as tx:
        people.put(tx, [person(DEV, active=False)])

    room = story.declare(OPS)
    story.done(stand_down, StandDown(room=room.id, reason="a false alarm"), IC)

    told = [place for place, said in story.told() if isinstance(said, RollbackNotice)]
    assert ToPerson(TL) in told
    assert ToPerson(DEV) not in told
