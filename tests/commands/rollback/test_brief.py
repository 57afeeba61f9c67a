"""Who comes late to a war room is told where it stands, once; who was there from its beginning is not."""

from __future__ import annotations

from commands.requests import Escalate, FinishPostmortem, MemberMoved, PeopleSeen, Resolve
from commands.rollback.escalate import escalate
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.resolve import resolve
from commands.seen import member_moved, people_seen
from domain.errands import Brief, Privately
from domain.people import BOT, Origin, Person, Role, Via
from tests.commands.rollback.stories import MADE, Story, release
from tests.support.world import DEV, IC, OPS, PM, TEAM

SEEN = Origin(BOT, Via.EVENT)


def moves(story: Story, user: str, *, channel: str = MADE, joined: bool = True) -> list[tuple[str, object]]:
    """Somebody joins or leaves; the briefings that follow."""
    story.sent()
    with story.database.transaction() as tx:
        member_moved(tx, MemberMoved(channel=channel, user=user, joined=joined), SEEN)
    return [item for item in story.sent() if isinstance(item[1], Brief)]


def test_a_latecomer_is_briefed_privately_and_once(story: Story) -> None:
    story.given(release())
    room = story.led()

    assert moves(story, DEV) == [(f"private:{DEV}", Brief(room=room.id, to=Privately(MADE, DEV)))]
    assert moves(story, DEV, joined=False) == []
    assert moves(story, DEV) == []


def test_who_was_called_at_the_beginning_knows_already(story: Story) -> None:
    story.given(release())
    story.led()

    assert moves(story, OPS) == []


def test_who_is_called_in_later_is_briefed(story: Story) -> None:
    story.given(release())
    room = story.led()
    story.done(escalate, Escalate(room=room.id, role=Role.PM, note=""), IC)

    assert moves(story, PM) == [(f"private:{PM}", Brief(room=room.id, to=Privately(MADE, PM)))]


def test_who_is_called_into_an_adopted_channel_knows_from_its_pinned_summary(story: Story) -> None:
    room = story.open(OPS, adopt="C0TALK")

    assert moves(story, IC, channel="C0TALK") == []
    assert moves(story, DEV, channel="C0TALK") == [
        (f"private:{DEV}", Brief(room=room.id, to=Privately("C0TALK", DEV)))
    ]


def test_somebody_of_whom_slack_told_nothing_yet_is_briefed_too(story: Story) -> None:
    story.given(release())
    room = story.led()

    assert moves(story, "U0NEW") == [("private:U0NEW", Brief(room=room.id, to=Privately(MADE, "U0NEW")))]


def test_bots_are_told_nothing(story: Story) -> None:
    story.given(release())
    story.led()
    with story.database.transaction() as tx:
        people_seen(tx, PeopleSeen(people=(Person(team=TEAM, user="U0BOT", name="bot", bot=True),)), SEEN)

    assert moves(story, "U0BOT") == []


def test_elsewhere_and_after_the_end_nobody_is_briefed(story: Story) -> None:
    room = story.made(story.open(OPS))
    story.done(resolve, Resolve(room=room.id), OPS)
    assert len(moves(story, DEV)) == 1
    story.done(finish_postmortem, FinishPostmortem(room=room.id), OPS)

    assert moves(story, PM) == []
    assert moves(story, PM, channel="C0OTHER") == []
