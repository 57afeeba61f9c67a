"""Opening a war room, adopting a channel, and the report that a channel was made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commands.requests import FinishPostmortem, OpenRoom, Resolve, RoomWasMade
from commands.rollback.open import open_room
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.reports import room_was_made
from commands.rollback.resolve import resolve
from domain.errands import (
    ArchiveRoom,
    Errand,
    InviteToRoom,
    MakeRoom,
    PinInRoom,
    PostSnapshot,
    SetRoomTopic,
    Show,
    Surface,
    SurfaceKind,
)
from domain.events import RoomChannelMade, RoomOpened
from domain.refusals import AlreadySo, Gone, NotAllowed, UnknownProject
from domain.release import Confirmation, ConfirmItem
from domain.rollback import Room, RoomState
from domain.rollback.snapshot import Snapshot
from storage import people
from tests.commands.rollback.stories import MADE, Story, migrating, release
from tests.support.clock import START, HandClock
from tests.support.world import DBA, DEV, DEV2, IC, ONCALL, OPS, PM, QA, RM, RM2, TL

CALLED = tuple(sorted((IC, OPS, ONCALL, TL, DBA, QA)))


def furnished(room: Room, kept: list[Snapshot]) -> list[Errand]:
    """What a channel needs to be a war room, in order."""
    summary = Surface(SurfaceKind.ROOM_SUMMARY, room.id)
    state = Surface(SurfaceKind.ROOM_STATE, room.id)
    return [
        InviteToRoom(room.id, room.invited),
        SetRoomTopic(room.id),
        Show(summary),
        PinInRoom(room.id, summary),
        Show(state),
        PinInRoom(room.id, state),
        Show(Surface(SurfaceKind.SEAT, room.id)),
        *(PostSnapshot(room.id, one.id) for one in kept),
    ]


def test_open_for_an_incident_has_a_channel_made(story: Story) -> None:
    room = story.open(QA)

    assert room == Room(
        id=room.id,
        project="shop",
        state=RoomState.OPEN,
        opened_at=START,
        opened_by=QA,
        name="incident-shop-20260302",
        invited=CALLED,
    )
    assert story.lane(f"room:{room.id}") == [MakeRoom(room.id)]
    opened = RoomOpened(room=room.id, release="", version="", name=room.name)
    assert story.timeline(room) == [(START, QA, opened)]
    assert story.audited() == [(QA, "RoomOpened", "done")]


def test_open_for_a_release_leaves_its_stage_and_keeps_the_link(story: Story) -> None:
    story.given(migrating())

    room = story.open(OPS, release="release-1.6.0")

    assert story.release() == migrating(room=room.id, revision=1)
    assert (room.name, room.version) == ("incident-v1-6-0", "1.6.0")
    assert room.invited == tuple(sorted((*CALLED, RM)))  # its captain


def test_who_stands_by_for_the_deploy_is_called_whatever_their_roles(story: Story) -> None:
    deployer = Confirmation(ConfirmItem.DEPLOYER_STANDING_BY, RM2, START, candidate=2)
    oncall = Confirmation(ConfirmItem.ONCALL_STANDING_BY, DEV, START, candidate=2)
    earlier = Confirmation(ConfirmItem.DEPLOYER_STANDING_BY, DEV2, START, candidate=1)
    story.given(release(captain="", confirmations=(earlier, deployer, oncall)))
    with story.database.transaction() as tx:
        people.put(tx, [replace(people.many(tx, [DEV])[DEV], active=False)])  # has left Slack

    assert story.open(OPS, release="release-1.6.0").invited == tuple(sorted((*CALLED, RM2)))


def test_an_adopted_channel_is_furnished_at_once(story: Story) -> None:
    room = story.open(PM, adopt="C0TALK")

    assert (room.channel, room.adopted, room.seat_asked_at) == ("C0TALK", True, START)
    assert room.invited == tuple(sorted((*CALLED, PM)))
    assert story.lane(f"room:{room.id}") == furnished(room, story.kept(room))
    opened = RoomOpened(room=room.id, release="", version="", name=room.name, channel="C0TALK")
    assert story.timeline(room) == [(START, PM, opened)]


def test_the_day_of_the_name_is_the_projects_own(story: Story, clock: HandClock) -> None:
    clock.move(hours=15)  # 00:30 in Seoul, the next day

    assert story.open().name == "incident-shop-20260303"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"release": "release-1.6.0"}, {"release": "release-1.6.0"}),
        ({"adopt": "C0TALK"}, {"adopt": "C0TALK"}),
        ({"adopt": "C0TALK"}, {}),
    ],
)
def test_two_rooms_for_the_same_are_one(story: Story, first: dict[str, str], second: dict[str, str]) -> None:
    story.given(release())
    story.open(OPS, **first)

    assert story.no(open_room, OpenRoom(project="shop", **second), TL) == AlreadySo("room", OPS)


def test_an_incident_beside_a_releases_room_is_another(story: Story) -> None:
    story.given(release())

    assert story.open(OPS, release="release-1.6.0").id != story.open(TL).id


def test_nobody_without_a_role_opens_a_room(story: Story) -> None:
    answer = story.no(open_room, OpenRoom(project="shop"), DEV)

    assert isinstance(answer, NotAllowed)
    assert (answer.what, PM in answer.who, DEV in answer.who) == ("warroom", True, False)


def test_what_is_not_there_is_refused(story: Story) -> None:
    assert story.no(open_room, OpenRoom(project="shop", release="none"), OPS) == Gone("release")
    assert story.no(open_room, OpenRoom(project="none"), OPS) == UnknownProject("none", ("shop",))


# --- the channel was made -----------------------------------------------------------------------------------


def test_a_made_channel_is_furnished(story: Story) -> None:
    room = story.open()
    story.sent()

    made = story.made(room)

    assert (made.channel, made.seat_asked_at) == (MADE, START)
    assert story.lane(f"room:{room.id}") == furnished(made, story.kept(room))
    event = RoomChannelMade(room=room.id, channel=MADE, name=room.name)
    assert story.timeline(room)[-1] == (START, "", event)


def test_a_made_channel_has_the_name_that_was_free(story: Story) -> None:
    room = story.open()
    report = RoomWasMade(room=room.id, channel=MADE, name="incident-shop-20260302-2")

    story.done(room_was_made, report, "")

    assert story.room(room.id).name == "incident-shop-20260302-2"


def test_a_report_that_comes_twice_changes_nothing(story: Story) -> None:
    room = story.made(story.open())
    story.sent()

    story.done(room_was_made, RoomWasMade(room=room.id, channel="C0OTHER", name="other"), "")

    assert story.room(room.id) == room
    assert story.sent() == []


def test_a_channel_that_comes_after_the_end_is_archived(story: Story) -> None:
    room = story.open(OPS)
    story.done(resolve, Resolve(room=room.id), OPS)
    story.done(finish_postmortem, FinishPostmortem(room=room.id), OPS)

    story.made(room)

    assert story.lane(f"room:{room.id}")[-1] == ArchiveRoom(room.id)


def test_a_report_of_a_room_that_is_not_there_is_refused(story: Story) -> None:
    report = RoomWasMade(room="none", channel=MADE, name="x")

    assert story.no(room_was_made, report, "") == Gone("room")
