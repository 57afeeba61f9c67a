"""Which war room's lists are meant, where they are asked for outside of it."""

from __future__ import annotations

import pytest

from commands import find
from commands.checklists.tick import tick
from commands.requests import FinishPostmortem, Resolve, StandDown, TickItems
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.resolve import resolve
from commands.rollback.stand_down import stand_down
from commands.show.checklists import room_checklists
from domain.checklists.model import Phase
from domain.checklists.standing import Standing
from domain.refusals import ListsUnfinished, NotInARoom, Refused
from domain.rollback import Room
from tests.commands.rollback.stories import MADE, RESTORE, Story, release
from tests.support.clock import HandClock
from tests.support.world import CHANNEL, IC, OPS, origin

AFTER = Phase.ROLLBACK_AFTER


def meant(
    story: Story, phase: Phase, *, named: str | None = None, channel: str = CHANNEL, within: str | None = None
) -> str:
    """The id of the room."""
    with story.database.transaction() as tx:
        about = find.release(tx, named, channel, within) if named else None
        return find.room_with_list(tx, phase, about, channel, within).id


def nowhere(story: Story, phase: Phase, named: str | None = None) -> object:
    with pytest.raises(Refused) as no:
        meant(story, phase, named=named)
    return no.value.refusal


def resolved(story: Story) -> Room:
    """The rollback is over, its post-mortem is owed."""
    room = story.led(OPS)
    story.restored(room)
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)
    return story.room(room.id)


def test_the_list_after_a_rollback_is_found_by_the_version_wherever_it_is_asked_for(story: Story) -> None:
    story.given(release())
    room = resolved(story)

    assert meant(story, AFTER, named="v1.6.0") == room.id
    assert meant(story, AFTER, named="1.6.0", channel="C0ELSEWHERE") == room.id


def test_without_a_version_it_is_that_of_the_only_rollback(story: Story) -> None:
    story.given(release())
    room = resolved(story)
    incident = story.open(OPS)

    assert meant(story, AFTER) == room.id
    assert meant(story, AFTER, channel="C0ELSEWHERE", within="shop") == room.id
    assert nowhere(story, Phase.OUTAGE) == NotInARoom((MADE,))  # either of two
    assert incident.channel == ""


def test_while_it_is_rolled_back_its_lists_are_found_as_well(story: Story) -> None:
    story.given(release())
    room = story.declare(OPS)

    assert meant(story, Phase.ROLLBACK_DURING, named="1.6.0") == room.id
    assert meant(story, Phase.ROLLBACK_DURING) == room.id
    assert meant(story, Phase.OUTAGE, named="1.6.0") == room.id


def test_a_room_without_a_rollback_has_playbooks_only(story: Story) -> None:
    story.given(release())
    room = story.open(OPS, release="release-1.6.0")

    assert meant(story, Phase.OUTAGE, named="1.6.0") == room.id
    assert nowhere(story, AFTER, "1.6.0") == NotInARoom(())
    story.done(stand_down, StandDown(room=story.declare(OPS).id, reason="a false alarm"), IC)
    assert nowhere(story, AFTER) == NotInARoom(())


def during(story: Story, room: Room, phase: Phase = Phase.ROLLBACK_DURING) -> dict[str, Standing]:
    (found,) = [one for one in story.database.read_now(room_checklists, room.id).lists if one.phase is phase]
    return {one.judged.item.key: one.judged.standing for one in found.items}


def test_only_what_was_done_is_done(story: Story) -> None:
    story.given(release())
    room = story.led(OPS)
    asked = dict.fromkeys(during(story, room), Standing.OPEN) | {"database_rolled_back": Standing.NOT_ASKED}
    assert during(story, room) == asked

    story.restored(room, *RESTORE, "health_check")
    for step in ("core_functions", "integrations"):
        story.step(room, step, "skipped", note="QA is asleep")
    assert during(story, room) == dict.fromkeys(asked, Standing.DONE) | {
        "database_rolled_back": Standing.NOT_ASKED,
        "core_functions_tried": Standing.WAIVED,
    }
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)
    assert during(story, room, AFTER)["integrations_fine"] is Standing.WAIVED


def test_what_was_said_before_it_was_called_off_does_not_hold_for_the_next(
    story: Story, clock: HandClock
) -> None:
    story.given(release())
    room, before = story.led(OPS), Phase.ROLLBACK_BEFORE
    keys = ("snapshot_taken", "integrations_considered")
    story.done(tick, TickItems(room=room.id, phase=before, keys=keys), IC)
    said = during(story, room, before)
    assert [said[key] for key in keys] == [Standing.DONE] * 2
    story.done(stand_down, StandDown(room=room.id, reason="a false alarm"), IC)
    clock.move(hours=20)

    again = story.declare(OPS, room=room.id)

    assert again.id == room.id
    now = during(story, again, before)
    assert now == said | dict.fromkeys(keys, Standing.OPEN)


def test_the_open_post_mortem_says_which_version_it_is_about(story: Story) -> None:
    story.given(release())
    room = resolved(story)

    with story.database.transaction() as tx, pytest.raises(Refused) as no:
        finish_postmortem(tx, FinishPostmortem(room=room.id), origin(IC))

    assert isinstance(no.value.refusal, ListsUnfinished)
    assert no.value.refusal.version == "1.6.0"
