"""Emergency playbooks are checklists that open in a war room."""

from __future__ import annotations

import pytest

from commands.requests import OpenPlaybook, OpenRoom, Resolve
from commands.rollback.open import open_room
from commands.rollback.playbook import open_playbook
from commands.rollback.resolve import resolve
from commands.show.checklists import room_checklists
from domain.checklists.model import Phase
from domain.errands import InRoom
from domain.events import ListsOpened, RoomOpened
from domain.refusals import AlreadySo, Gone, NotAMember
from tests.commands.rollback.stories import MADE, Story, release
from tests.support.clock import START
from tests.support.world import GUEST, OPS, QA

PLAYBOOKS = (Phase.OUTAGE, Phase.DATA_LOSS, Phase.SECURITY)


@pytest.mark.parametrize("phase", PLAYBOOKS)
def test_a_playbook_opens_in_the_room_with_its_owners(story: Story, phase: Phase) -> None:
    room = story.made(story.open(OPS))
    story.sent()

    event = story.done(open_playbook, OpenPlaybook(room=room.id, playbook=phase), QA, channel=MADE)

    assert event == ListsOpened(room=room.id, phases=(phase,), release="", version="")
    assert story.timeline(room)[-1] == (START, QA, event)
    assert story.told() == [(InRoom(room.id), event)]
    (shown,) = story.database.read_now(room_checklists, room.id).lists
    assert shown.phase is phase
    assert shown.items
    assert all(one.may_tick for one in shown.items)
    assert story.room(room.id).state is room.state


def test_of_a_release_the_playbook_names_it(story: Story) -> None:
    story.given(release())
    room = story.open(OPS, release="release-1.6.0")

    event = story.done(open_playbook, OpenPlaybook(room=room.id, playbook=Phase.OUTAGE), OPS)

    assert event == ListsOpened(
        room=room.id, phases=(Phase.OUTAGE,), release="release-1.6.0", version="1.6.0"
    )


def test_a_new_room_opens_with_its_playbook(story: Story) -> None:
    room = story.open(OPS, playbook=Phase.SECURITY)

    events = [event for _, _, event in story.timeline(room)]
    assert [type(event) for event in events] == [RoomOpened, ListsOpened]
    shown = story.database.read_now(room_checklists, room.id).lists
    assert [one.phase for one in shown] == [Phase.SECURITY]


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
