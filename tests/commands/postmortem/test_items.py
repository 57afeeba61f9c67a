"""Action items of a post-mortem: written down, owned, followed, ended, and opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.desk import Call
from bot.slash import room as slashes
from commands import slash
from commands.postmortem import items
from commands.postmortem import write as writing
from commands.postmortem.show import owed, redeploys
from commands.remind.fire import fire_due
from commands.requests import (
    AddActionItem,
    EndActionItem,
    FinishPostmortem,
    HandOnActionItem,
    LinkRedeploy,
    ReopenActionItem,
    Resolve,
    WritePostmortem,
)
from commands.rollback.look import room_look
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.resolve import resolve
from commands.rollback.show import room_view
from commands.show.lists.mine import mine
from domain.errands import ActionItemDue, InRoom, InThread, ToPerson
from domain.events import (
    ActionItemAdded,
    ActionItemEnded,
    ActionItemHandedOn,
    ActionItemReopened,
    PostmortemWritten,
    RedeployLinked,
)
from domain.people import Actor, Origin, Via
from domain.postmortem import ActionItem, Answer, ItemState, Section
from domain.refusals import (
    AlreadySo,
    Gone,
    InThePast,
    NotAllowed,
    NotAMember,
    Refused,
    TextMissing,
    TooLong,
    Unreadable,
)
from domain.rollback import Room
from domain.types import Stage
from messages.message import Message
from messages.postmortem.draft import parts
from messages.texts import Reader
from storage import people
from storage.db import Database
from tests.commands.rollback.stories import Story, release
from tests.support.clock import START, HandClock
from tests.support.world import CHANNEL, DEV, GUEST, IC, OPS, QA, RM, TEAM, World, person

# START is Monday 2 March 2026, 10:00 in Seoul: a week later, when the working day there ends.
IN_A_WEEK = datetime(2026, 3, 9, 9, tzinfo=UTC)


@pytest.fixture
def story(database: Database, shop: World) -> Story:
    return Story(database)


@pytest.fixture
def over(story: Story) -> Room:
    story.given(release())
    room = story.led(OPS)
    story.restored(room)
    story.done(resolve, Resolve(room=room.id, summary="back on v1.5.0"), IC)
    story.sent()
    return story.room(room.id)


def added(story: Story, room: Room, by: str = IC, **facts: object) -> ActionItem:
    asked = AddActionItem(**{"room": room.id, "text": "Alert on the pool", "owner": OPS} | facts)  # type: ignore[arg-type]
    story.done(items.add, asked, by)
    return story.room(room.id).items[-1]


def test_an_item_has_an_owner_and_a_week_unless_told_otherwise(story: Story, over: Room) -> None:
    item = added(story, over, text=" Alert on the pool ")

    assert item == ActionItem(
        id=item.id, text="Alert on the pool", owner=OPS, due=IN_A_WEEK, added_by=IC, added_at=START
    )
    event = ActionItemAdded(
        room=over.id, version="1.6.0", item=item.id, text=item.text, owner=OPS, due=IN_A_WEEK
    )
    told = [(to, said) for to, said in story.told() if said == event]
    assert told == [(InRoom(over.id), event), (ToPerson(OPS), event)]


def test_who_asks_owns_it_where_nobody_is_named_and_is_not_told_twice(story: Story, over: Room) -> None:
    item = added(story, over, owner="", due=date(2026, 3, 2))

    assert (item.owner, item.due) == (IC, datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert [to for to, _ in story.told()] == [InRoom(over.id)]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"text": "  "}, TextMissing("action_item")),
        ({"text": "x" * 301}, TooLong("action_item", 300)),
        ({"owner": GUEST}, Unreadable("person", GUEST)),
        ({"owner": "U0NOBODY"}, Unreadable("person", "U0NOBODY")),
        ({"due": date(2026, 3, 1)}, InThePast(date(2026, 3, 1))),
    ],
)
def test_what_is_no_item_is_refused(
    story: Story, over: Room, facts: dict[str, object], refusal: object
) -> None:
    asked = AddActionItem(**{"room": over.id, "text": "Alert", "owner": OPS} | facts)  # type: ignore[arg-type]
    assert story.no(items.add, asked, IC) == refusal
    assert story.room(over.id).items == ()


def test_there_are_no_more_than_anybody_follows(story: Story, over: Room) -> None:
    for _ in range(30):
        added(story, over)
    asked = AddActionItem(room=over.id, text="one more", owner=OPS)
    assert story.no(items.add, asked, IC) == TooLong("action_items", 30)


def test_before_it_is_over_there_is_nothing_to_look_back_on(story: Story) -> None:
    story.given(release())
    room = story.led(OPS)
    asked = AddActionItem(room=room.id, text="Alert", owner=OPS)
    assert story.no(items.add, asked, IC) == Gone("postmortem")


def test_guests_take_no_part(story: Story, over: Room) -> None:
    asked = AddActionItem(room=over.id, text="Alert", owner=OPS)
    assert isinstance(story.no(items.add, asked, GUEST), NotAMember)


def test_its_owner_ends_it_and_who_asked_for_it_is_told(story: Story, over: Room, clock: HandClock) -> None:
    item = added(story, over)
    story.sent()
    at = clock.move(hours=2)

    event = story.done(items.end, EndActionItem(room=over.id, item=item.id, note=" #12 "), OPS)

    assert event == ActionItemEnded(
        room=over.id,
        version="1.6.0",
        item=item.id,
        text=item.text,
        owner=OPS,
        state=ItemState.DONE,
        note="#12",
    )
    room = story.room(over.id)
    assert room.items == (replace(item, state=ItemState.DONE, ended_by=OPS, ended_at=at, note="#12"),)
    told = [to for to, said in story.told() if said == event]
    assert told == [InRoom(over.id), ToPerson(IC)]
    again = story.no(items.end, EndActionItem(room=over.id, item=item.id), IC)
    assert again == AlreadySo("action_item", OPS)


def test_dropping_one_needs_a_reason(story: Story, over: Room) -> None:
    item = added(story, over)
    dropped = EndActionItem(room=over.id, item=item.id, state=ItemState.DROPPED, note=" ")

    assert story.no(items.end, dropped, OPS) == TextMissing("reason")
    long = replace(dropped, note="x" * 2001)
    assert story.no(items.end, long, OPS) == TooLong("note", 2000)
    story.done(items.end, replace(dropped, note="the pool is gone"), OPS)
    assert story.room(over.id).owed == ()


def test_nobody_else_ends_it(story: Story, over: Room) -> None:
    item = added(story, over)
    assert isinstance(story.no(items.end, EndActionItem(room=over.id, item=item.id), DEV), NotAllowed)
    assert isinstance(story.no(items.reopen, ReopenActionItem(room=over.id, item=item.id), DEV), NotAllowed)
    assert story.no(items.end, EndActionItem(room=over.id, item="none"), IC) == Gone("action_item")


def test_an_ended_one_is_opened_again(story: Story, over: Room) -> None:
    item = added(story, over)
    opened = ReopenActionItem(room=over.id, item=item.id)
    assert story.no(items.reopen, opened, OPS) == AlreadySo("action_item")
    story.done(items.end, EndActionItem(room=over.id, item=item.id), OPS)
    story.sent()

    event = story.done(items.reopen, opened, IC)

    assert event == ActionItemReopened(room=over.id, version="1.6.0", item=item.id, text=item.text, owner=OPS)
    assert story.room(over.id).items == (item,)
    assert [to for to, said in story.told() if said == event] == [
        InRoom(over.id),
        ToPerson(OPS),
    ]


def test_one_is_handed_on_and_its_new_owner_is_reminded(story: Story, over: Room, clock: HandClock) -> None:
    item = added(story, over)
    later = IN_A_WEEK + timedelta(days=7)
    story.sent()

    asked = HandOnActionItem(room=over.id, item=item.id, owner=DEV, due=later.date())
    event = story.done(items.hand_on, asked, IC)

    assert event == ActionItemHandedOn(
        room=over.id, version="1.6.0", item=item.id, text=item.text, owner=DEV, former=OPS, due=later
    )
    assert story.room(over.id).items == (replace(item, owner=DEV, due=later),)
    told = [to for to, said in story.told() if said == event]
    assert told == [InRoom(over.id), ToPerson(DEV), ToPerson(OPS)]
    clock.set(later)
    with story.database.transaction() as tx:
        fire_due(tx)
    reminded = [to for to, said in story.told() if isinstance(said, ActionItemDue)]
    assert reminded == [ToPerson(DEV), ToPerson(IC)]


def test_handing_on_names_somebody_else_or_another_day_of_an_open_one(story: Story, over: Room) -> None:
    item = added(story, over)
    asked = HandOnActionItem(room=over.id, item=item.id)
    assert story.no(items.hand_on, asked, OPS) == AlreadySo("item_handed_on")
    assert story.no(items.hand_on, replace(asked, owner="U0GONE"), OPS) == Unreadable("person", "U0GONE")
    past = START.date() - timedelta(days=1)
    assert story.no(items.hand_on, replace(asked, due=past), OPS) == InThePast(past)
    assert isinstance(story.no(items.hand_on, replace(asked, owner=DEV), DEV), NotAllowed)
    story.done(items.hand_on, replace(asked, owner=DEV), OPS)
    story.done(items.end, EndActionItem(room=over.id, item=item.id), DEV)
    assert story.no(items.hand_on, replace(asked, owner=OPS), DEV) == AlreadySo("action_item", DEV)


def test_what_is_owed_outlives_the_room(story: Story, over: Room) -> None:
    item = added(story, over)
    story.done(finish_postmortem, FinishPostmortem(room=over.id), IC)
    story.sent()

    seen = story.database.read_now(owed, "shop")
    assert [[one.id for one in room.owed] for room in seen.rooms] == [[item.id]]
    task = story.database.read_now(mine, OPS).tasks[-1]
    assert (task.kind, task.text, task.due, task.channel) == ("action_item", item.text, item.due, "")

    event = story.done(items.end, EndActionItem(room=over.id, item=item.id), OPS)
    assert [to for to, said in story.told() if said == event] == [ToPerson(IC)]
    assert story.database.read_now(owed, "shop").rooms == ()


def test_sections_are_written_and_taken_back(story: Story, over: Room) -> None:
    texts = ((Section.CAUSE, " The pool was too small "), (Section.PLAN, ""))

    event = story.done(writing.write, WritePostmortem(room=over.id, texts=texts), QA)

    assert event == PostmortemWritten(room=over.id, version="1.6.0", sections=(Section.CAUSE,))
    assert story.room(over.id).answers == (Answer(Section.CAUSE, "The pool was too small", QA, START),)
    same = story.no(writing.write, WritePostmortem(room=over.id, texts=texts), RM)
    assert same == AlreadySo("postmortem_text")
    gone = WritePostmortem(room=over.id, texts=((Section.CAUSE, " "),))
    story.done(writing.write, gone, RM)
    assert story.room(over.id).answers == ()
    long = WritePostmortem(room=over.id, texts=((Section.IMPACT, "x" * 2001),))
    assert story.no(writing.write, long, RM) == TooLong("impact", 2000)


def test_the_release_that_follows_is_linked_once(story: Story, over: Room) -> None:
    follows = release("1.6.1", stage=Stage.CANDIDATE)
    story.given(follows)
    story.sent()
    asked = LinkRedeploy(room=over.id, release=follows.id)

    event = story.done(writing.link_redeploy, asked, IC)

    assert event == RedeployLinked(room=over.id, version="1.6.0", release=follows.id, by_version="1.6.1")
    assert InThread(follows.id) in [to for to, _ in story.told()]
    assert story.no(writing.link_redeploy, asked, IC) == AlreadySo("redeploy")
    itself = LinkRedeploy(room=over.id, release=over.release)
    assert story.no(writing.link_redeploy, itself, IC) == Gone("release")
    looked = story.database.read_now(lambda tx: redeploys(tx, room_look(tx, over.id)))
    assert [one.id for one in looked] == [follows.id]


def test_it_is_linked_after_the_post_mortem_was_closed_as_well(story: Story, over: Room) -> None:
    story.done(finish_postmortem, FinishPostmortem(room=over.id), IC)
    follows = release("1.6.1", stage=Stage.CANDIDATE)
    story.given(follows)

    story.done(writing.link_redeploy, LinkRedeploy(room=over.id, release=follows.id), IC)

    assert story.room(over.id).redeploy == follows.id


def test_the_new_date_is_a_date_with_or_without_a_release(story: Story, over: Room) -> None:
    day = START.date() + timedelta(days=9)

    event = story.done(writing.link_redeploy, LinkRedeploy(room=over.id, on=day), IC)

    assert event == RedeployLinked(room=over.id, version="1.6.0", release="", by_version="", on=day)
    assert (story.room(over.id).redeploy, story.room(over.id).redeploy_on) == ("", day)
    follows = release("1.6.1", stage=Stage.CANDIDATE)
    story.given(follows)
    story.done(writing.link_redeploy, LinkRedeploy(room=over.id, release=follows.id), IC)
    assert (story.room(over.id).redeploy, story.room(over.id).redeploy_on) == (follows.id, day)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({}, TextMissing("redeploy")),
        ({"on": START.date() - timedelta(days=1)}, InThePast(START.date() - timedelta(days=1))),
        ({"release": "none"}, Gone("release")),
    ],
)
def test_what_is_no_new_date_is_refused(
    story: Story, over: Room, asked: dict[str, Any], answer: object
) -> None:
    assert story.no(writing.link_redeploy, LinkRedeploy(room=over.id, **asked), IC) == answer


def fix_plan(story: Story, room: Room) -> str:
    view = story.database.read_now(room_view, room.id)
    found = dict(parts(Reader("en", "Asia/Seoul", "Asia/Seoul"), view))
    return found["Fix plan"][-1]


def test_the_date_stands_beside_the_linked_release(story: Story, over: Room) -> None:
    day = START.date() + timedelta(days=9)
    story.done(writing.link_redeploy, LinkRedeploy(room=over.id, on=day), IC)
    alone = fix_plan(story, over)
    facts = {
        "1.6.1": {"stage": Stage.CANDIDATE, "deployed_at": None, "deploy_at": None},
        "1.6.2": {"stage": Stage.CANDIDATE, "deployed_at": None, "deploy_at": START + timedelta(days=3)},
        "1.6.3": {"stage": Stage.RELEASED, "deployed_at": START, "deploy_at": START},
    }
    told = []
    for version, fact in facts.items():
        story.given(release(version, **fact))
        story.done(writing.link_redeploy, LinkRedeploy(room=over.id, release=f"release-{version}"), IC)
        told.append(fix_plan(story, over))

    assert alone == "New date: Wed 11 Mar"
    assert told == [
        "Goes out again with *v1.6.1* (Candidate). New date: Wed 11 Mar",
        "Goes out again with *v1.6.2* (Candidate). Planned for Thu 5 Mar 09:30.",
        "Goes out again with *v1.6.3* (Released). Out since Mon 2 Mar 09:30.",
    ]


def test_the_closed_post_mortem_of_a_release_is_found_anywhere(story: Story, over: Room) -> None:
    story.done(finish_postmortem, FinishPostmortem(room=over.id), IC)
    story.given(release("1.6.1", stage=Stage.CANDIDATE))

    shown = slashed(story, slash.PostmortemText(release="1.6.0"))
    asked = slashed(story, slash.PostmortemText(release="1.6.0", redeploy="1.6.1"))

    assert isinstance(shown, Message)
    last = shown.blocks[-1]
    assert [one["text"]["text"] for one in last["elements"]] == ["Link a re-deploy…", "Open on the web"]
    assert asked == LinkRedeploy(room=over.id, release="release-1.6.1")
    with pytest.raises(Refused) as no:
        slashed(story, slash.PostmortemText(release="1.6.1"))
    assert no.value.refusal == Gone("postmortem")


def slashed(story: Story, command: slash.PostmortemText) -> object:
    origin = Origin(Actor(TEAM, IC), Via.SLASH, "", CHANNEL)
    call = Call(origin, Reader("en", "Asia/Seoul"), "", 0.0)
    with story.database.transaction() as tx:
        return slashes.postmortem(tx, call, command)


def test_whose_owner_has_left_is_brought_to_who_led_the_rollback_on_its_day(
    story: Story, over: Room, clock: HandClock
) -> None:
    added(story, over, owner=DEV)
    with story.database.transaction() as tx:
        people.put(tx, [person(DEV, active=False)])
    clock.set(IN_A_WEEK - timedelta(hours=9))
    with story.database.transaction() as tx:
        fire_due(tx)
    assert [to for to, said in story.told() if isinstance(said, ActionItemDue)] == [ToPerson(IC)]


def test_owners_are_reminded_on_the_day_and_every_day_after(
    story: Story, over: Room, clock: HandClock
) -> None:
    item = added(story, over, owner=DEV)

    def told() -> list[tuple[object, bool]]:
        with story.database.transaction() as tx:
            fire_due(tx)
        return [(to, said.overdue) for to, said in story.told() if isinstance(said, ActionItemDue)]

    clock.set(IN_A_WEEK - timedelta(hours=9, minutes=1))
    assert told() == []
    clock.move(minutes=1)
    assert told() == [(ToPerson(DEV), False)]
    clock.set(IN_A_WEEK)
    assert told() == [(ToPerson(DEV), True), (ToPerson(IC), True)]
    clock.move(days=1)
    assert told() == [(ToPerson(DEV), True), (ToPerson(IC), True)]
    story.done(items.end, EndActionItem(room=over.id, item=item.id), DEV)
    clock.move(days=1)
    assert told() == []
