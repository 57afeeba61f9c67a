"""Which lists `/release checklist` opens, and where."""

from __future__ import annotations

import pytest

from bot.desk import Call
from bot.slash.checklist import answer
from commands.slash import ChecklistText
from domain.checklists.model import Phase
from domain.people import Actor, Origin, Via
from domain.refusals import NotInARoom, Refused
from messages.ids import Target, decode
from messages.texts import Reader
from storage.db import Database
from tests.commands.rollback.stories import MADE, Story, release
from tests.support.world import CHANNEL, IC, OPS, TEAM, World
from tests.web.test_postmortem import rolled_back

AFTER = Phase.ROLLBACK_AFTER


@pytest.fixture
def story(database: Database, shop: World) -> Story:
    return Story(database)


def opened(story: Story, command: ChecklistText, channel: str = CHANNEL) -> Target:
    """What the form that opens is about."""
    call = Call(Origin(Actor(TEAM, IC), Via.SLASH, "k", channel), Reader("en", "Asia/Seoul"), "", 0.0)
    with story.database.transaction() as tx:
        view = answer(tx, call, command)
    assert isinstance(view, dict)
    about = decode(view["private_metadata"])
    return Target(release=about.release, room=about.room, state=about.state)


def test_after_a_rollback_the_list_is_opened_by_the_version_wherever_it_is_asked_for(
    database: Database, shop: World
) -> None:
    story, room = rolled_back(database)
    there = Target(room=room.id, state=AFTER)

    assert opened(story, ChecklistText(phase=AFTER, release="v1.6.0"), "C0ELSEWHERE") == there
    assert opened(story, ChecklistText(phase=AFTER)) == there
    assert opened(story, ChecklistText(release="1.6.0")) == there
    assert opened(story, ChecklistText(), MADE) == there
    assert opened(story, ChecklistText(phase=Phase.ROLLBACK_BEFORE, release="1.6.0")) == Target(
        room=room.id, state=Phase.ROLLBACK_BEFORE
    )


def test_what_is_rolled_back_has_the_lists_of_its_room(story: Story) -> None:
    story.given(release())
    room = story.led(OPS)

    assert opened(story, ChecklistText(release="1.6.0")) == Target(room=room.id, state=Phase.ROLLBACK_BEFORE)
    assert opened(story, ChecklistText(release="1.6.0", phase=Phase.STAGING)) == Target(
        release="release-1.6.0", state=Phase.STAGING
    )


def test_a_release_that_was_never_rolled_back_has_no_such_list(story: Story) -> None:
    story.given(release())

    assert opened(story, ChecklistText(release="1.6.0")).release == "release-1.6.0"
    for named in ("1.6.0", None):
        with pytest.raises(Refused) as no:
            opened(story, ChecklistText(phase=AFTER, release=named))
        assert no.value.refusal == NotInARoom(())
