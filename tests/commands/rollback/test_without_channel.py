"""A war room whose channel Slack does not make can be led all the same: in one that is adopted for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.delivered import slack_refused
from bot.slack import Refusal
from commands.frame import perform
from commands.requests import LogLine, OpenRoom, Resolve, RoomWasMade, TakeSeat
from commands.rollback import without_channel
from commands.rollback.declare import declare_rollback
from commands.rollback.log import log_line
from commands.rollback.open import open_room
from commands.rollback.outside import tell
from commands.rollback.reports import room_was_made
from commands.rollback.resolve import resolve
from commands.rollback.seat import take_seat
from domain.checklists.model import Phase
from domain.errands import (
    InChannel,
    InThread,
    MakeRoom,
    PinInRoom,
    PostSnapshot,
    RoomOutside,
    Surface,
    SurfaceKind,
    ToPerson,
)
from domain.events import ListsOpened, RoomChannelMade, RoomNotMade
from domain.people import BOT, Holding, Origin, Role, RoleSource, Via
from domain.refusals import AlreadySo
from domain.rollback import Room, RoomState
from storage import outbox, people, surfaces
from storage.surfaces import Posted
from tests.commands.rollback.stories import MADE, Story, declaration, release
from tests.support.clock import START, HandClock
from tests.support.world import CHANNEL, IC, OPS, PM, RM, RM2, TL

HERE = "C0HERE"
CODE = "restricted_action"


def refused(story: Story, room: Room, code: str = CODE) -> None:
    with story.database.transaction() as tx:
        without_channel.was_refused(tx, room.id, code)


@pytest.fixture
def stranded(story: Story) -> Room:
    """A rollback is declared, and Slack makes no channel."""
    story.given(release())
    room = story.declare(OPS)
    story.sent()
    refused(story, room)
    return story.room(room.id)


def not_made(room: Room, code: str = CODE) -> RoomNotMade:
    return RoomNotMade(room=room.id, release=room.release, version=room.version, name=room.name, code=code)


def test_who_declared_who_may_command_and_the_thread_are_told(story: Story, stranded: Room) -> None:
    event = not_made(stranded)

    assert story.told() == [
        (InThread("release-1.6.0"), event),
        (ToPerson(OPS), event),
        (ToPerson(IC), event),
    ]
    assert story.timeline(stranded)[-1] == (START, "", event)
    assert story.audited()[-1] == ("", "RoomNotMade", "done")


def test_who_commands_is_told_alone(story: Story) -> None:
    story.given(release())
    room = story.declare(OPS, commander=IC)
    story.sent()

    refused(story, room)

    assert [place for place, _ in story.told()] == [InThread("release-1.6.0"), ToPerson(OPS), ToPerson(IC)]


def test_of_an_incident_the_projects_channel_is_told(story: Story) -> None:
    room = story.open(PM)
    story.sent()

    refused(story, room, "missing_scope")

    assert [place for place, _ in story.told()] == [InChannel(CHANNEL), ToPerson(PM), ToPerson(IC)]


def test_without_anybody_who_commands_the_release_managers_are_told(story: Story) -> None:
    story.given(release())
    with story.database.transaction() as tx:
        people.take(tx, "shop", Holding(Role.INCIDENT_COMMANDER, IC, RoleSource.POLICY))
        perform(tx, declare_rollback, declaration(), Origin(BOT, Via.TIMER))
    refused(story, story.room(story.release().room))

    told = [place for place, said in story.told() if isinstance(said, RoomNotMade)]
    assert told == [InThread("release-1.6.0"), ToPerson(RM), ToPerson(RM2)]


def test_a_refusal_that_comes_too_late_says_nothing(story: Story, stranded: Room) -> None:
    story.made(stranded, HERE)
    story.sent()

    refused(story, stranded)
    with story.database.transaction() as tx:
        without_channel.was_refused(tx, "none", CODE)

    assert story.sent() == []


def test_slacks_no_to_the_errand_is_what_tells(story: Story) -> None:
    story.given(release())
    room = story.declare(OPS)
    with story.database.transaction() as tx:
        claimed = outbox.claim_due(tx, git=False, limit=40, lease=START - START)
        item = next(one for one in claimed if one.errand == MakeRoom(room.id))
        slack_refused(tx, item, Refusal(CODE))

    assert (ToPerson(OPS), not_made(room)) in story.told()


# --- adopting -----------------------------------------------------------------------------------------------


def adopted(story: Story, by: str = TL, **facts: object) -> object:
    return story.done(open_room, OpenRoom(project="shop", adopt=HERE, **facts), by, channel=HERE)


@pytest.mark.parametrize("named", ["release-1.6.0", ""])
def test_a_channel_is_adopted_for_the_running_room(story: Story, stranded: Room, named: str) -> None:
    story.sent()

    event = adopted(story, release=named)

    assert event == RoomChannelMade(room=stranded.id, channel=HERE, name=stranded.name)
    room = story.room(stranded.id)
    assert (room.channel, room.adopted, room.state) == (HERE, True, RoomState.ROLLING_BACK)
    assert (TL in room.invited, room.seat_asked_at) == (True, START)
    sent = [errand for _, errand in story.sent()]
    state = Surface(SurfaceKind.ROOM_STATE, room.id)
    assert PinInRoom(room.id, state) in sent
    assert story.timeline(room)[-1] == (START, TL, event)


def test_the_thread_learns_where_it_is_led(story: Story, stranded: Room) -> None:
    story.sent()
    event = adopted(story)

    assert (InThread("release-1.6.0"), event) in story.told()


def test_it_is_led_there_to_its_end(story: Story, stranded: Room) -> None:
    adopted(story)
    story.done(take_seat, TakeSeat(room=stranded.id), IC)
    story.restored(stranded)

    story.done(resolve, Resolve(room=stranded.id, summary="back"), IC, channel=HERE)

    assert story.room(stranded.id).state is RoomState.RESOLVED


def test_a_playbook_is_opened_in_it_at_once(story: Story, stranded: Room) -> None:
    adopted(story, playbook=Phase.OUTAGE)

    opened = [event for *_, event in story.timeline(stranded) if isinstance(event, ListsOpened)]
    assert [event.phases for event in opened] == [(Phase.OUTAGE,)]


def test_a_channel_that_is_another_war_room_is_not_adopted(story: Story, stranded: Room) -> None:
    story.done(room_was_made, RoomWasMade(room=stranded.id, channel="C0FIRST", name="x"), "")
    again = OpenRoom(project="shop", release="release-1.6.0", adopt=HERE)

    assert story.no(open_room, again, TL) == AlreadySo("room", OPS)


def test_a_rollback_comes_before_an_incident(story: Story, clock: HandClock) -> None:
    story.given(release())
    rollback = story.declare(OPS)
    clock.move(minutes=5)
    incident = story.open(PM)

    assert story.database.read_now(without_channel.stranded) == story.room(rollback.id)
    story.made(rollback)
    assert story.database.read_now(without_channel.stranded, "shop") == story.room(incident.id)
    story.made(incident, "C0OTHER")
    assert story.database.read_now(without_channel.stranded, "shop") is None


def test_who_adopted_it_is_told_to_let_naru_in(story: Story, stranded: Room) -> None:
    adopted(story)
    story.sent()
    with story.database.transaction() as tx:
        tell(tx, stranded.id)

    assert story.told() == [(ToPerson(TL), RoomOutside(room=stranded.id, channel=HERE))]


# --- a channel that is gone ---------------------------------------------------------------------------------


def refuse(story: Story, room: Room, code: str) -> None:
    """Slack's no to the first errand that waits in the room's lane."""
    with story.database.transaction() as tx:
        claimed = outbox.claim_due(tx, git=False, limit=40, lease=START - START)
        item = next(one for one in claimed if one.lane == f"room:{room.id}")
        slack_refused(tx, item, Refusal(code))


@pytest.fixture
def archived(story: Story) -> Room:
    """A rollback is led, its messages stand in its channel, and somebody archives that."""
    story.given(release())
    room = story.led(OPS)
    summary = Posted(Surface(SurfaceKind.ROOM_SUMMARY, room.id), MADE, "1.1", "shown")
    with story.database.transaction() as tx:
        surfaces.put(tx, summary)
    story.done(log_line, LogLine(room=room.id, text="errors rise"), IC)
    refuse(story, room, "is_archived")
    return room


@pytest.mark.parametrize("code", ["is_archived", "channel_not_found"])
def test_a_rollback_whose_channel_is_gone_goes_on_without_one(story: Story, code: str) -> None:
    story.given(release())
    room = story.led(OPS)
    story.done(log_line, LogLine(room=room.id, text="errors rise"), IC)

    refuse(story, room, code)

    lost = replace(not_made(room, code), lost=MADE)
    after = story.room(room.id)
    assert (after.channel, after.state, after.commander) == ("", RoomState.ROLLING_BACK, IC)
    assert story.timeline(room)[-1] == (START, "", lost)
    assert story.audited()[-1] == ("", "RoomNotMade", "done")
    places = [InThread("release-1.6.0"), ToPerson(OPS), ToPerson(IC)]
    assert [place for place, said in story.told() if said == lost] == places


def test_nothing_waits_any_more_for_a_channel_that_is_gone(story: Story, archived: Room) -> None:
    with story.database.transaction() as tx:
        claimed = outbox.claim_due(tx, git=False, limit=40, lease=START - START)

    assert [one for one in claimed if one.lane == f"room:{archived.id}"] == []
    assert story.database.read_now(surfaces.of_subject, archived.id) == []


@pytest.mark.parametrize("named", ["release-1.6.0", ""])
def test_another_channel_is_adopted_in_its_place(story: Story, archived: Room, named: str) -> None:
    story.sent()

    event = adopted(story, release=named)

    assert event == RoomChannelMade(room=archived.id, channel=HERE, name=archived.name)
    room = story.room(archived.id)
    assert (room.channel, room.adopted, room.adopted_by, room.commander) == (HERE, True, TL, IC)
    sent = [errand for _, errand in story.sent()]
    assert PinInRoom(room.id, Surface(SurfaceKind.ROOM_STATE, room.id)) in sent
    assert [one for one in sent if isinstance(one, PostSnapshot)]
    story.step(room, "notice", by=IC)


def test_a_room_that_is_over_is_left_as_it_is(story: Story) -> None:
    story.given(release())
    room = story.restored(story.led(OPS))
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)

    refuse(story, room, "is_archived")

    assert story.room(room.id).channel == MADE
    assert [said for _, said in story.told() if isinstance(said, RoomNotMade)] == []


def test_another_no_of_slack_leaves_the_room_its_channel(story: Story) -> None:
    story.given(release())
    room = story.led(OPS)
    story.done(log_line, LogLine(room=room.id, text="errors rise"), IC)

    refuse(story, room, "msg_too_long")

    assert story.room(room.id).channel == MADE
