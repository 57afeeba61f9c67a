"""Who is called, how long, and who may answer: also where a room has its commander, or a role nobody (6.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from commands.requests import (
    AnswerPage,
    ConfirmBreach,
    DeclareRollback,
    OpenRoom,
    ReportBreach,
    RoomWasMade,
    StandDown,
    TakeSeat,
)
from commands.rollback.reports import room_was_made
from domain.criteria.model import BreachState, Reported
from domain.events import Paged, RollbackDeclared
from domain.paging import PageEnd
from domain.people import Role
from domain.refusals import NotAllowed
from domain.rollback import Criterion
from domain.types import Stage
from storage import pages, people, rooms
from tests.commands.criteria.stories import Story
from tests.support.world import DEV, IC, ONCALL, OPS, QA, TL, person

Begin = Callable[..., Story]


def report(story: Story) -> None:
    story.ok(ReportBreach(release=story.release_id, reported=Reported.SECURITY, seen="tokens leak"), DEV)


def confirmed(story: Story) -> str:
    """The page about a report that somebody else has confirmed."""
    report(story)
    story.ok(ConfirmBreach(breach=story.breaches()[-1].id), QA)
    return last(story).page


def last(story: Story) -> Paged:
    said = story.told(Paged)[-1].said
    assert isinstance(said, Paged)
    return said


def commanded(story: Story) -> str:
    """A war room without a rollback, led by the incident commander."""
    event: Any = story.ok(OpenRoom(project="shop", release=story.release_id), OPS)
    story.report(room_was_made, RoomWasMade(room=event.room, channel="C0ROOM", name="room"))
    story.ok(TakeSeat(room=event.room), IC)
    story.clock.move(minutes=1)
    return str(event.room)


def called(story: Story, *, times: int = 1) -> list[list[str]]:
    """Whom so many calls reach, five minutes apart."""
    found = []
    for _ in range(times):
        before = len(story.people_told(Paged))
        story.clock.move(minutes=5)
        story.tick()
        found.append(sorted(story.people_told(Paged)[before:]))
    return found


def out(begin: Begin, **criteria: object) -> Story:
    story = begin(**criteria)
    story.out()
    return story


# --- a commander in the seat ------------------------------------------------------------------------------


def test_a_seat_taken_before_stops_no_call(begin: Begin) -> None:
    """Who sits there since before it was known is called like on-call, until somebody says to be on it."""
    story = out(begin)
    commanded(story)
    page = confirmed(story)
    two, three = sorted([IC, ONCALL]), sorted([IC, ONCALL, TL])

    assert story.people_told(Paged) == two
    assert called(story, times=3) == [two, three, three]
    story.ok(AnswerPage(page=page), IC)

    assert called(story) == [[]]
    assert story.breaches()[-1].state is BreachState.ACKNOWLEDGED


def test_who_commands_without_a_role_of_the_ladder_may_answer(begin: Begin) -> None:
    story = out(begin)
    event: Any = story.ok(OpenRoom(project="shop", release=story.release_id), OPS)
    story.clock.move(minutes=10)
    story.ok(TakeSeat(room=event.room), OPS)
    story.clock.move(minutes=1)
    page = confirmed(story)

    story.ok(AnswerPage(page=page), OPS)

    assert story.breaches()[-1].by == OPS


def test_a_seat_taken_since_ends_the_calls(begin: Begin) -> None:
    story = out(begin)
    page = confirmed(story)
    commanded(story)

    assert called(story) == [[]]
    ended = story.read(pages.get, page)
    assert ended is not None
    assert (ended.why, ended.by) == (PageEnd.COMMANDED, "")


def test_a_rollback_that_the_commander_declares_ends_the_calls(begin: Begin) -> None:
    story = out(begin)
    commanded(story)
    page = confirmed(story)
    declares = DeclareRollback(
        release=story.release_id, criteria=(Criterion.SECURITY,), evidence="tokens", migration=False
    )
    story.ok(declares, IC)

    assert called(story) == [[]]
    ended = story.read(pages.get, page)
    assert ended is not None
    assert ended.why is PageEnd.COMMANDED


def test_an_unconfirmed_report_is_asked_for_again_beside_a_commander(begin: Begin) -> None:
    story = out(begin)
    commanded(story)
    report(story)

    assert called(story, times=2) == [sorted([IC, ONCALL]), sorted([IC, ONCALL, TL])]


def test_what_naru_declares_at_night_wakes_who_kept_the_seat(begin: Begin) -> None:
    """Called off in the afternoon, the seat kept: at night it is declared anew, and everybody sleeps."""
    story = out(begin, profile="change")
    story.measure(*[0.97] * 12, metric="cpu")
    room = story.release(story.release_id).room
    story.report(room_was_made, RoomWasMade(room=room, channel="C0ROOM", name="room"))
    story.ok(TakeSeat(room=room), IC)
    story.ok(StandDown(room=room, reason="a load test"), IC)
    story.measure(*[0.5] * 12, metric="cpu")
    story.clock.move(hours=9)
    story.tick()
    before = story.people_told(RollbackDeclared)
    story.measure(*[0.99] * 12, metric="cpu")

    assert (story.stage(story.release_id), story.read(rooms.get, room).commander) == (Stage.ROLLING_BACK, IC)
    assert story.people_told(RollbackDeclared)[len(before) :] == [IC]
    assert called(story, times=2)[-1] == sorted([IC, ONCALL, TL])


# --- roles that nobody holds ------------------------------------------------------------------------------


def only(story: Story, *held: Role) -> None:
    """Of the ladder and of those who lead incidents, only these are held."""
    kept = [one for one in story.read(people.holdings, "shop") if one.role in {*held, Role.QA_LEAD}]
    with story.tx() as tx:
        people.set_policy_holdings(tx, "shop", kept)


def test_without_anybody_of_the_ladder_who_leads_incidents_is_called(begin: Begin) -> None:
    story = out(begin)
    only(story, Role.INCIDENT_COMMANDER)
    page = confirmed(story)

    assert (last(story).roles, last(story).users) == ((Role.INCIDENT_COMMANDER,), (IC,))
    assert called(story, times=3) == [[IC]] * 3
    story.ok(AnswerPage(page=page), IC)


def test_without_any_of_these_the_captain_is_called(begin: Begin) -> None:
    story = out(begin)
    captain = story.release(story.release_id).captain
    only(story)
    page = confirmed(story)

    assert (last(story).roles, last(story).users) == ((), (captain,))
    assert story.no(AnswerPage(page=page), DEV) == NotAllowed("page", (Role.INCIDENT_COMMANDER,), (captain,))
    story.ok(AnswerPage(page=page), captain)


def test_that_nobody_can_be_called_is_said_in_the_thread(begin: Begin) -> None:
    story = out(begin)
    only(story)
    with story.tx() as tx:
        people.put(tx, [person(story.release(story.release_id).captain, active=False)])
    confirmed(story)

    assert (last(story).roles, last(story).users) == ((), ())
    assert (story.threads(Paged), story.people_told(Paged)) == (1, [])
