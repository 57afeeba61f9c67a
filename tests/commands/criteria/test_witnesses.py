"""A report is a witness' word: none is lost, whatever stands, was put aside, or is rolled back (spec 6.1)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from commands import find
from commands.requests import (
    AnswerPage,
    ConfirmBreach,
    DeclareRollback,
    DismissBreach,
    OpenRoom,
    ReportBreach,
    Resolve,
    RoomWasMade,
    StandDown,
    TakeSeat,
)
from commands.rollback.reports import room_was_made
from domain.criteria.model import BreachState, Level, Reported
from domain.errands import InRoom, Privately
from domain.events import (
    BreachConfirmed,
    BreachDismissed,
    BreachesOpenAgain,
    BreachHeard,
    BreachOpened,
    BreachOver,
    Paged,
    RollbackDeclared,
)
from domain.people import Role, Via
from domain.refusals import AlreadySo, Gone
from domain.rollback import Criterion
from domain.types import Action, ReleaseType, Stage
from storage import rooms
from tests.commands.criteria.stories import Story
from tests.support.driver import SHA
from tests.support.world import CHANNEL, DEV, DEV2, IC, ONCALL, OPS, QA, RM, RM2, TL

Begin = Callable[..., Story]
CONFIRMERS, LOOKERS = sorted({IC, ONCALL}), sorted({RM, RM2})
BAD, GOOD = 0.2, 0.001


def report(story: Story, seen: str, kind: Reported = Reported.DATA) -> ReportBreach:
    return ReportBreach(release=story.release_id, reported=kind, seen=seen)


def declare(story: Story) -> DeclareRollback:
    return DeclareRollback(
        release=story.release_id, criteria=(Criterion.DATA,), evidence="orders doubled", migration=False
    )


def out(begin: Begin, profile: str = "standard") -> Story:
    story = begin(profile=profile)
    story.out()
    return story


def opened_room(story: Story) -> str:
    """A war room without a rollback, with its channel."""
    event = story.ok(OpenRoom(project="shop", release=story.release_id), IC)
    room: str = event.room  # type: ignore[union-attr]  # RoomOpened
    made(story, room)
    return room


def made(story: Story, room: str) -> None:
    story.report(room_was_made, RoomWasMade(room=room, channel="C0ROOM", name="room"))


def said_in(story: Story, room: str) -> list[type]:
    """What was said of breaches in the room's channel, and stands on its timeline all the same."""
    kinds = (BreachOpened, BreachConfirmed, BreachDismissed, BreachHeard, BreachOver, BreachesOpenAgain)
    said = [
        type(tell.said) for tell in story.told() if tell.to == InRoom(room) and isinstance(tell.said, kinds)
    ]
    kept = [type(one.event) for one in story.read(rooms.entries, room) if isinstance(one.event, kinds)]
    assert said == kept
    return said


def seen(story: Story) -> list[str]:
    return [one.seen for one in story.breaches()[-1].witnesses]


def test_what_was_put_aside_is_open_anew_with_the_new_words_and_asks_again(begin: Begin) -> None:
    story = out(begin)
    story.ok(report(story, "payment fails"), QA)
    story.ok(ConfirmBreach(breach=story.only().id), OPS)
    old = story.only().id
    story.ok(DismissBreach(breach=old, reason="my own wifi"), RM)
    assert story.no(ConfirmBreach(breach=old), DEV) == AlreadySo("breach_aside", RM)

    story.clock.move(minutes=90)
    story.ok(report(story, "accounts are mixed up"), DEV)
    before, breach = story.breaches()
    assert (before.state, before.reason) == (BreachState.OVER, "my own wifi")
    assert (breach.state, breach.reporter, seen(story)) == (BreachState.OPEN, DEV, ["accounts are mixed up"])
    assert (breach.waits, story.holding()) == (True, (breach,))
    assert story.people_told(BreachOpened)[-2:] == CONFIRMERS


def test_an_old_line_confirms_nothing_that_was_put_aside(begin: Begin) -> None:
    story = out(begin)
    story.ok(report(story, "payment fails"), QA)
    story.ok(DismissBreach(breach=story.only().id, reason="my own wifi"), RM)
    confirm = ConfirmBreach(breach=story.only().id)
    assert story.no(confirm, DEV) == AlreadySo("breach_aside", RM)
    assert (story.only().state, story.told(Paged)) == (BreachState.DISMISSED, [])


def test_after_a_stand_down_a_new_report_is_open_anew(begin: Begin) -> None:
    story = out(begin)
    story.ok(report(story, "orders doubled"), QA)
    story.ok(ConfirmBreach(breach=story.only().id), OPS)
    story.ok(declare(story), IC)
    room = story.release(story.release_id).room
    made(story, room)
    story.ok(TakeSeat(room=room), IC)
    story.ok(StandDown(room=room, reason="not so"), IC)
    assert (story.only().state, story.only().stood_down) == (BreachState.OPEN, True)
    assert said_in(story, room) == [BreachesOpenAgain]

    story.ok(report(story, "accounts are mixed up"), DEV)
    assert [one.state for one in story.breaches()] == [BreachState.OVER, BreachState.OPEN]
    assert (story.breaches()[-1].waits, seen(story)) == (True, ["accounts are mixed up"])


def test_every_further_word_is_kept_and_told(begin: Begin) -> None:
    story = out(begin)
    story.ok(report(story, "orders doubled"), QA)
    story.ok(report(story, "since noon"), QA)
    assert (story.only().waits, story.people_told(BreachHeard)) == (True, CONFIRMERS)
    confirmed = story.ok(report(story, "passwords of others are shown"), DEV)
    assert isinstance(confirmed, BreachConfirmed)
    assert (confirmed.seen, story.only().confirmed_by) == ("passwords of others are shown", DEV)
    assert story.people_told(Paged) == [ONCALL]

    page = story.told(Paged)[-1].said.page  # type: ignore[union-attr]  # Paged
    story.ok(AnswerPage(page=page), ONCALL)
    heard = story.ok(report(story, "money is gone"), OPS)
    assert isinstance(heard, BreachHeard)
    assert heard.seen == "money is gone"
    assert story.people_told(BreachHeard)[2:] == [*LOOKERS, ONCALL]
    assert seen(story) == ["orders doubled", "since noon", "passwords of others are shown", "money is gone"]
    assert story.no(report(story, "money is gone"), OPS) == AlreadySo("breach", OPS)


def test_a_dry_run_keeps_words_and_tells_nobody(begin: Begin) -> None:
    story = begin(profile="change", changes={"data": {"dry_run": True, "needs_report": False}})
    story.out()
    story.ok(report(story, "orders doubled"), QA)
    story.ok(report(story, "here too"), DEV)
    assert (seen(story), story.people_told(BreachHeard)) == (["orders doubled", "here too"], [])


def test_a_rollback_class_is_recommended_at_once(begin: Begin) -> None:
    story = out(begin, "service")
    story.ok(report(story, "orders doubled"), QA)
    assert (story.only().level, story.only().waits) == (Level.ROLLBACK, False)
    assert story.people_told(BreachOpened) == LOOKERS


# --- asked again --------------------------------------------------------------------------------------------


def asked(story: Story) -> list[list[str]]:
    """Whom five reminders, five minutes apart, ask to confirm."""
    found = []
    for _ in range(5):
        before = len(story.people_told(Paged))
        story.clock.move(minutes=5)
        story.tick()
        found.append(sorted(story.people_told(Paged)[before:]))
    return found


def test_who_is_to_confirm_is_asked_again_up_the_ladder(begin: Begin) -> None:
    story = out(begin, "change")
    story.ok(report(story, "orders doubled"), QA)
    assert (story.people_told(BreachOpened), story.told(Paged)) == (CONFIRMERS, [])
    two = sorted([*CONFIRMERS, TL])
    assert asked(story) == [CONFIRMERS, two, two, *[sorted([*two, *LOOKERS])] * 2]
    call = story.told(Paged)[-1].said
    assert isinstance(call, Paged)
    assert (call.asks, call.calls, call.roles[0]) == (True, 6, Role.INCIDENT_COMMANDER)
    assert story.stage(story.release_id) is Stage.DEPLOYING


@pytest.mark.parametrize("end", ["confirmed", "dismissed", "on it", "declared"])
def test_nobody_is_asked_any_more_once_it_is_settled(begin: Begin, end: str) -> None:
    story = out(begin)
    story.ok(report(story, "orders doubled"), QA)
    story.clock.move(minutes=5)
    story.tick()
    page = story.told(Paged)[-1].said
    assert isinstance(page, Paged)
    if end == "confirmed":
        story.ok(ConfirmBreach(breach=story.only().id), IC)
        story.ok(AnswerPage(page=story.told(Paged)[-1].said.page), ONCALL)  # type: ignore[union-attr]  # Paged
    elif end == "dismissed":
        story.ok(DismissBreach(breach=story.only().id, reason="a test account"), RM)
    elif end == "on it":
        story.ok(AnswerPage(page=page.page), ONCALL)
    else:
        story.ok(declare(story), RM)
    said = len(story.told(Paged))
    story.clock.move(hours=1)
    story.tick()
    assert len(story.told(Paged)) == said


@pytest.mark.parametrize("minutes", [0, 5])
def test_an_unconfirmed_report_is_asked_for_again_after_a_stand_down(begin: Begin, minutes: int) -> None:
    """Whether or not the next call came due while the rollback was declared."""
    story = out(begin)
    story.ok(report(story, "orders doubled"), QA)
    story.ok(declare(story), IC)
    room = story.release(story.release_id).room
    story.clock.move(minutes=minutes)
    story.tick()
    story.ok(TakeSeat(room=room), IC)
    story.ok(StandDown(room=room, reason="not yet"), IC)
    story.ok(Resolve(room=room, summary="nobody knows yet"), IC)
    assert (story.only().waits, story.only().state, story.told(Paged)) == (True, BreachState.OPEN, [])
    story.clock.move(minutes=5)
    story.tick()
    assert story.people_told(Paged) == CONFIRMERS


def test_what_is_only_recommended_waits_without_asking_again(begin: Begin) -> None:
    story = begin(profile="service", changes={"data": {"needs_report": True}})
    story.out()
    story.ok(report(story, "orders doubled"), QA)
    assert (story.only().waits, story.people_told(BreachOpened)) == (True, CONFIRMERS)
    assert asked(story) == [[]] * 5


# --- in war rooms -------------------------------------------------------------------------------------------


def test_an_open_war_room_hears_of_breaches(begin: Begin) -> None:
    story = out(begin, "launch")
    room = opened_room(story)
    story.measure(*[BAD] * 6)
    assert said_in(story, room) == [BreachOpened]
    story.measure(GOOD)
    story.ok(report(story, "orders doubled"), QA)
    story.ok(report(story, "here too"), DEV)
    story.ok(DismissBreach(breach=story.breaches()[-1].id, reason="a test account"), RM)
    assert said_in(story, room) == [BreachOpened, BreachOver, BreachOpened, BreachHeard, BreachDismissed]


def test_who_presses_in_the_war_room_is_answered_by_its_line(begin: Begin) -> None:
    story = out(begin)
    opened_room(story)
    story.ok(report(story, "orders doubled"), QA)
    story.ok(ConfirmBreach(breach=story.only().id), OPS, via=Via.BUTTON, channel="C0ROOM")
    answers = [tell.to for tell in story.told(BreachConfirmed) if isinstance(tell.to, Privately)]
    assert answers == []


def test_what_is_reported_while_a_rollback_runs_lands_on_its_timeline(begin: Begin) -> None:
    story = out(begin)
    story.ok(report(story, "orders doubled"), QA)
    story.ok(declare(story), IC)
    room = story.release(story.release_id).room
    made(story, room)
    story.ok(report(story, "since noon"), QA)
    story.ok(report(story, "here too"), DEV)
    story.ok(report(story, "keys leak", Reported.SECURITY), DEV2)
    assert said_in(story, room) == [BreachHeard, BreachConfirmed, BreachOpened]
    assert {one.state for one in story.breaches()} == {BreachState.DECLARED}
    assert (story.told(Paged), len({tell.said for tell in story.told(RollbackDeclared)})) == ([], 1)


def test_without_a_name_a_report_is_of_what_is_rolled_back(begin: Begin) -> None:
    story = out(begin)
    assert story.read(find.to_report_on, None, CHANNEL).id == story.release_id
    story.ok(declare(story), IC)
    assert story.read(find.to_report_on, None, CHANNEL).id == story.release_id
    assert story.read(find.to_report_on, "1.5.0", CHANNEL).id == story.release_id


def test_once_it_is_rolled_back_nothing_is_reported_any_more(begin: Begin) -> None:
    story = begin()
    story.release_id = story.to_approved()
    assert story.no(report(story, "orders doubled"), DEV) == Gone("watch")


# --- what Naru does not declare -------------------------------------------------------------------------------


def test_of_a_version_that_another_one_stands_on_naru_declares_nothing_and_says_so(begin: Begin) -> None:
    story = begin(profile="change")
    old = story.release_id = story.to_released()
    story.clock.move(minutes=30)
    story.read_repository(tags=("v1.4.0", "v1.5.0"), production="v1.5.0", next_version="1.5.1")
    hotfix = story.to_approval(ReleaseType.HOTFIX)
    story.deploy(hotfix)
    story.clock.move(minutes=5)
    story.roll_out(hotfix)
    story.advance(hotfix, Action.VERIFIED)
    story.refs_were_made(hotfix, refs=(("refs/tags/v1.5.1", SHA),))

    story.ok(report(story, "orders doubled"), QA)
    confirmed = story.ok(ConfirmBreach(breach=story.only().id), OPS)
    assert isinstance(confirmed, BreachConfirmed)
    assert confirmed.runs == "1.5.1"
    assert (story.stage(old), story.told(RollbackDeclared)) == (Stage.RELEASED, [])
    assert (
        story.people_told(BreachConfirmed) == [OPS, *LOOKERS] or story.people_told(BreachConfirmed) == LOOKERS
    )
    assert story.people_told(Paged) == [ONCALL]
