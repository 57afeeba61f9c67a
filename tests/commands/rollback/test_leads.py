"""One war room leads a rollback; one that is over is none any more, and people elsewhere learn where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk import Call
from bot.slash.room import open_or_declare
from commands import find, slash
from commands.requests import FinishPostmortem, OpenRoom, Resolve, TakeSeat
from commands.rollback.declare import declare_rollback
from commands.rollback.open import open_room
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.resolve import resolve
from commands.rollback.seat import take_seat
from commands.rollback.show import rollback_form
from domain.errands import InChannel, InRoom, InviteToRoom
from domain.events import RoomLeads, SeatTakenBy
from domain.people import Actor, Origin, Via
from domain.refusals import Gone
from domain.rollback import Room, RoomState
from domain.types import Stage
from messages.ids import decode
from messages.texts import Reader
from storage import rooms
from storage.db import Database
from tests.commands.rollback.stories import MADE, Story, declaration, release
from tests.support.clock import START
from tests.support.world import CHANNEL, IC, OPS, TEAM, TL

OLD = "C0OLD"
NEW = "C0NEW"


@pytest.fixture
def over(story: Story) -> Room:
    """The war room of v1.6.0 was a false alarm and is resolved, not closed."""
    story.given(release())
    room = story.made(story.open(release="release-1.6.0"), OLD)
    story.done(resolve, Resolve(room=room.id, summary="false alarm"), IC)
    story.sent()
    return story.room(room.id)


def declared(story: Story, channel: str, **facts: str) -> Room:
    event = story.done(declare_rollback, declaration(**facts), OPS, channel=channel)
    return story.room(event.room)


# --- a room that is over ------------------------------------------------------------------------------------


def test_a_rollback_that_is_declared_where_a_room_is_over_has_a_new_room(story: Story, over: Room) -> None:
    room = declared(story, OLD, room=over.id)

    assert (room.id == over.id, room.state, room.channel) == (False, RoomState.ROLLING_BACK, "")
    assert story.room(over.id) == over
    assert story.release().room == room.id


def test_who_declared_there_learns_where_it_is_led(story: Story, over: Room) -> None:
    room = declared(story, OLD, room=over.id)
    story.sent()

    made = story.made(room, NEW)

    led = RoomLeads(room=room.id, version="1.6.0", name=made.name, channel=NEW)
    assert story.told() == [(InChannel(OLD), led)]


def test_they_learn_at_once_where_another_room_is_open(story: Story, over: Room) -> None:
    there = story.made(story.open(TL, release="release-1.6.0"), NEW)
    story.sent()

    room = declared(story, OLD, room=over.id)

    led = RoomLeads(room=there.id, version="1.6.0", name=there.name, channel=NEW)
    assert room.id == there.id
    assert (InChannel(OLD), led) in story.told()


def test_elsewhere_nobody_needs_to_learn(story: Story) -> None:
    story.given(release())
    room = declared(story, CHANNEL)
    story.sent()

    story.made(room)

    assert story.told() == []


def test_its_channel_can_be_adopted_again(story: Story, over: Room) -> None:
    event = story.done(open_room, OpenRoom(project="shop", release="release-1.6.0", adopt=OLD), OPS)

    room = declared(story, OLD, room=event.room)

    assert (room.channel, room.adopted) == (OLD, True)
    assert [said for place, said in story.told() if place == InChannel(OLD)] == []


def test_the_form_that_is_opened_there_names_no_room(story: Story, over: Room, database: Database) -> None:
    reader = Reader("en", "Asia/Seoul", "Asia/Seoul")
    call = Call(Origin(Actor(TEAM, OPS), Via.SLASH, "", OLD), reader, "", 0.0)
    with database.transaction() as tx:
        view = open_or_declare(tx, call, slash.RollbackText())

    assert isinstance(view, dict)
    assert decode(view["private_metadata"]).room == ""
    assert "A war room opens" in str(view["blocks"][0])
    assert database.read_now(rollback_form, "release-1.6.0", over.id).room == ""


def test_a_room_of_another_project_is_refused(story: Story, database: Database) -> None:
    story.given(release())
    with database.transaction() as tx:
        facts = {
            "project": "other",
            "state": RoomState.OPEN,
            "opened_at": START,
            "opened_by": OPS,
            "name": "x",
        }
        rooms.add(tx, Room(id="theirs", **facts))

    assert story.no(declare_rollback, declaration(room="theirs"), OPS) == Gone("room")


# --- what a channel stands for ------------------------------------------------------------------------------


def test_a_channel_is_its_room_until_that_is_closed(story: Story, over: Room, database: Database) -> None:
    assert database.read_now(find.room_of, OLD) == over
    story.done(finish_postmortem, FinishPostmortem(room=over.id), IC)

    assert database.read_now(find.room_of, OLD) is None


def test_a_projects_channel_is_its_own_again(story: Story, database: Database) -> None:
    room = story.open(adopt=CHANNEL)
    active = database.read_now(find.room_of, CHANNEL)
    story.done(resolve, Resolve(room=room.id), IC)

    assert (active, database.read_now(find.room_of, CHANNEL)) == (room, None)


def test_what_is_rolled_back_is_looked_for_as_anywhere_else(
    story: Story, over: Room, database: Database
) -> None:
    """The room's own release is long out of production: the one that is there is meant."""
    story.given(release("1.5.0", stage=Stage.ROLLED_BACK))
    with database.transaction() as tx:
        rooms.save(tx, over, replace(over, release="release-1.5.0", version="1.5.0"))

    assert database.read_now(find.to_roll_back, None, OLD).id == "release-1.6.0"
    assert database.read_now(find.release, None, OLD).id == "release-1.5.0"


# --- one war room -------------------------------------------------------------------------------------------


@pytest.fixture
def two(story: Story) -> tuple[Room, Room]:
    """One room for the release, commanded; and people who talk about an incident in a channel of theirs."""
    story.given(release())
    first = story.made(story.open(TL, release="release-1.6.0"))
    story.done(take_seat, TakeSeat(room=first.id), IC)
    second = story.open(adopt=NEW)
    story.sent()
    return story.room(first.id), second


def test_the_room_in_which_it_is_declared_leads(story: Story, two: tuple[Room, Room]) -> None:
    first, second = two

    lead = declared(story, NEW, room=second.id)

    assert (lead.id, lead.state, lead.release) == (second.id, RoomState.ROLLING_BACK, "release-1.6.0")
    assert story.room(first.id).state is RoomState.RESOLVED
    assert story.release().room == second.id
    assert story.database.read_now(rooms.active_of, "release-1.6.0") == lead


def test_the_other_room_is_told_and_its_people_are_called(story: Story, two: tuple[Room, Room]) -> None:
    first, second = two
    lead = declared(story, NEW, room=second.id)

    led = RoomLeads(room=second.id, version="1.6.0", name=second.name, channel=NEW, merged=True)
    assert story.timeline(first)[-1] == (START, OPS, led)
    assert (OPS, "RoomLeads", "done") in story.audited()
    sent = story.sent()
    assert (f"room:{first.id}", InRoom(first.id), led) in [
        (lane, getattr(errand, "to", None), getattr(errand, "said", None)) for lane, errand in sent
    ]
    assert set(first.invited) <= set(lead.invited)


def test_who_commanded_there_commands_here(story: Story, two: tuple[Room, Room]) -> None:
    _, second = two

    lead = declared(story, NEW, room=second.id)

    assert lead.commander == IC
    assert SeatTakenBy(room=lead.id, user=IC) in [event for _, _, event in story.timeline(lead)]


def test_who_commands_here_goes_on(story: Story, two: tuple[Room, Room]) -> None:
    _, second = two
    story.done(take_seat, TakeSeat(room=second.id), IC)
    before = story.room(second.id)

    assert declared(story, NEW, room=second.id).seats == before.seats


def test_people_of_the_other_room_alone_are_invited(story: Story) -> None:
    story.given(release())
    story.made(story.open("U0PM", release="release-1.6.0"))
    second = story.open(adopt=NEW)
    story.sent()

    lead = declared(story, NEW, room=second.id)

    assert InviteToRoom(lead.id, ("U0PM",)) in [errand for _, errand in story.sent()]
    assert "U0PM" in lead.invited


def test_declared_in_the_room_of_the_release_it_is_the_only_one(story: Story) -> None:
    story.given(release())
    room = story.made(story.open(release="release-1.6.0"))

    assert declared(story, MADE, room=room.id).id == room.id
