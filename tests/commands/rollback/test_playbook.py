"""Emergency playbooks are checklists that open in a war room."""

from __future__ import annotations

import pytest

from commands.requests import OpenPlaybook, OpenRoom, Resolve
from commands.rollback.open import open_room
from commands.rollback.playbook import open_playbook
from commands.rollback.resolve import resolve
from commands.show.checklists import room_checklists
from domain.checklists.model import Phase
from domain.errands import InRoom, InviteToRoom, Tell, ToPerson
from domain.events import ListsOpened, RoomOpened
from domain.refusals import AlreadySo, Gone, NotAMember
from storage.db import Database
from tests.commands.rollback.stories import MADE, Story, release
from tests.support.clock import START
from tests.support.world import DBA, DEV, DEV2, GUEST, IC, ONCALL, OPS, QA, ROLES, world

PLAYBOOKS = (Phase.OUTAGE, Phase.DATA_LOSS, Phase.SECURITY)


OWNERS = {Phase.OUTAGE: (IC, ONCALL, OPS), Phase.DATA_LOSS: (DBA, OPS, QA), Phase.SECURITY: (IC, OPS)}
STAFFED = {role.value: {"users": list(users)} for role, users in ROLES.items()} | {
    "security": {"users": [DEV]},
    "support": {"users": [DEV2]},
}


@pytest.fixture
def staffed(database: Database) -> Story:
    """Security and support have people, who are not called into every war room."""
    with database.transaction() as tx:
        world(tx, roles=STAFFED)
    return Story(database)


@pytest.mark.parametrize("phase", PLAYBOOKS)
def test_a_playbook_opens_in_the_room_with_its_owners(story: Story, phase: Phase) -> None:
    room = story.made(story.open(OPS))
    story.sent()

    event = story.done(open_playbook, OpenPlaybook(room=room.id, playbook=phase), QA, channel=MADE)

    who = tuple(user for user in sorted(OWNERS[phase]) if user != QA)
    assert event == ListsOpened(room=room.id, phases=(phase,), release="", version="", who=who)
    assert story.timeline(room)[-1] == (START, QA, event)
    assert story.told() == [(InRoom(room.id), event), *((ToPerson(user), event) for user in who)]
    (shown,) = story.database.read_now(room_checklists, room.id).lists
    assert shown.phase is phase
    assert shown.items
    assert all(one.may_tick for one in shown.items)
    assert story.room(room.id).state is room.state


def test_its_owners_are_called_into_the_room(staffed: Story) -> None:
    room = staffed.made(staffed.open(OPS))
    staffed.sent()

    event = staffed.done(open_playbook, OpenPlaybook(room=room.id, playbook=Phase.SECURITY), OPS)
    sent = staffed.sent()

    assert event.who == (DEV, IC)
    assert staffed.room(room.id).invited == (*room.invited, DEV)
    assert InviteToRoom(room.id, (DEV,)) in [errand for _, errand in sent]
    told = [errand.to for lane, errand in sent if isinstance(errand, Tell) and lane.startswith("dm:")]
    assert told == [ToPerson(DEV), ToPerson(IC)]


def test_of_a_release_the_playbook_names_it(story: Story) -> None:
    story.given(release())
    room = story.open(OPS, release="release-1.6.0")

    event = story.done(open_playbook, OpenPlaybook(room=room.id, playbook=Phase.OUTAGE), OPS)

    assert event == ListsOpened(
        room=room.id, phases=(Phase.OUTAGE,), release="release-1.6.0", version="1.6.0", who=(IC, ONCALL)
    )


def test_a_new_room_opens_with_its_playbook(staffed: Story) -> None:
    """It is said in the channel as soon as there is one; its owners learn of it at once."""
    room = staffed.open(OPS, playbook=Phase.OUTAGE)

    (_, _, opened), (at, by, event) = staffed.timeline(room)
    assert isinstance(opened, RoomOpened)
    assert event == ListsOpened(room=room.id, phases=(Phase.OUTAGE,), who=(DEV2, IC, ONCALL))
    assert staffed.told() == [(ToPerson(user), event) for user in (DEV2, IC, ONCALL)]
    shown = staffed.database.read_now(room_checklists, room.id).lists
    assert [one.phase for one in shown] == [Phase.OUTAGE]

    made = staffed.made(room)
    lane = staffed.lane(f"room:{room.id}")
    assert InviteToRoom(room.id, made.invited) in lane
    assert DEV2 in made.invited
    assert lane[-1] == Tell(project="shop", to=InRoom(room.id), said=event, by=by, at=at)


def test_in_an_adopted_channel_it_is_said_once(story: Story) -> None:
    room = story.open(OPS, adopt="C0TALK", playbook=Phase.SECURITY)

    said = [what for to, what in story.told() if to == InRoom(room.id)]
    assert [what.phases for what in said if isinstance(what, ListsOpened)] == [(Phase.SECURITY,)]


def test_each_playbook_opens_once(story: Story) -> None:
    room = story.open(OPS, playbook=Phase.OUTAGE)

    refusal = story.no(open_playbook, OpenPlaybook(room=room.id, playbook=Phase.OUTAGE), QA)

    assert refusal == AlreadySo("playbook")
    story.done(open_playbook, OpenPlaybook(room=room.id, playbook=Phase.DATA_LOSS), QA)


def test_other_lists_are_no_playbooks(story: Story) -> None:
    room = story.open(OPS)

    assert story.no(open_playbook, OpenPlaybook(room=room.id, playbook=Phase.STAGING), QA) == Gone("playbook")
    asked = OpenRoom(project="shop", adopt="C0TALK", playbook=Phase.STAGING)
    assert story.no(open_room, asked, QA) == Gone("playbook")


def test_who_takes_no_part_opens_none_and_a_room_that_is_over_takes_none(story: Story) -> None:
    room = story.made(story.open(OPS))
    asked = OpenPlaybook(room=room.id, playbook=Phase.OUTAGE)

    assert story.no(open_playbook, asked, GUEST, channel=MADE) == NotAMember("guest", MADE)
    story.done(resolve, Resolve(room=room.id), OPS)
    assert story.no(open_playbook, asked, OPS) == AlreadySo("resolved")
