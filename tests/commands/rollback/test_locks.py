"""Deploy locks: each belongs to the release that set it, and deploys stay locked while any stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands.requests import HandSeat, LiftLock, Resolve, StandDown, TakeSeat
from commands.rollback.lock import lift_lock, standing
from commands.rollback.resolve import resolve
from commands.rollback.seat import hand_seat, take_seat
from commands.rollback.stand_down import stand_down
from domain.calendar.entries import DeployLock
from domain.events import LockLifted
from domain.people import Role
from domain.refusals import Gone, NotAllowed, WhichRelease
from domain.rollback import Room
from domain.types import Stage
from domain.views import StandingLock
from storage import calendar, people
from tests.commands.rollback.stories import EVIDENCE, RESTORE, VERIFY, Story, release
from tests.support.clock import START, HandClock
from tests.support.world import IC, OPS, RM, RM2, TL, person

LATER = START + timedelta(hours=1)
AGAIN = "still errors"


@pytest.fixture
def second(story: Story, clock: HandClock) -> Room:
    """v1.6.0 was rolled back and its lock stands; an hour later v1.5.0 is rolled back as well."""
    week = timedelta(days=9)
    went_out = {"stage_since": START - week, "deployed_at": START - week, "deploy_started_at": START - week}
    story.given(
        release("1.5.0", stage=Stage.CLOSED, **went_out), release(), tags=("v1.4.0", "v1.5.0", "v1.6.0")
    )
    room = story.restored(story.led())
    story.done(resolve, Resolve(room=room.id, summary="back on v1.5.0"), IC)
    clock.move(hours=1)
    return story.made(story.declare(version="1.5.0", evidence=AGAIN), "C0SECOND")


def locks(story: Story) -> list[tuple[str, str]]:
    return [(one.release_id, one.reason) for one in story.database.read_now(calendar.locks, "shop")]


def test_a_second_rollback_sets_a_second_lock(story: Story, second: Room) -> None:
    assert locks(story) == [("release-1.6.0", EVIDENCE), ("release-1.5.0", AGAIN)]
    assert story.database.read_now(calendar.lock, "shop") == DeployLock(
        reason=f"{EVIDENCE} · {AGAIN}", since=START, release_id="release-1.6.0"
    )
    assert story.database.read_now(standing, "shop") == (
        StandingLock("release-1.6.0", "1.6.0", EVIDENCE),
        StandingLock("release-1.5.0", "1.5.0", AGAIN),
    )


def test_standing_down_lifts_only_its_own(story: Story, second: Room) -> None:
    story.done(stand_down, StandDown(room=second.id, reason="it was the network"), IC)

    assert locks(story) == [("release-1.6.0", EVIDENCE)]
    lifted = LockLifted(reason="it was the network", version="1.5.0", still=("1.6.0",))
    assert story.timeline(second)[-1] == (LATER, IC, lifted)


def test_a_lock_that_was_lifted_already_is_not_lifted_again(story: Story, second: Room) -> None:
    story.done(lift_lock, LiftLock(project="shop", reason="fixed", release="release-1.5.0"), RM)
    story.done(stand_down, StandDown(room=second.id, reason="it was the network"), IC)

    assert locks(story) == [("release-1.6.0", EVIDENCE)]


def test_lifting_says_which_and_what_still_stands(story: Story, second: Room) -> None:
    first = story.done(lift_lock, LiftLock(project="shop", reason="fixed", release="release-1.6.0"), RM)
    last = story.done(lift_lock, LiftLock(project="shop", reason="that too"), RM)

    assert first == LockLifted(reason="fixed", version="1.6.0", still=("1.5.0",))
    assert last == LockLifted(reason="that too", version="1.5.0")
    assert locks(story) == []


def test_which_one_is_asked_where_several_stand(story: Story, second: Room) -> None:
    assert story.no(lift_lock, LiftLock(project="shop", reason="x"), RM) == WhichRelease(("v1.6.0", "v1.5.0"))
    other = LiftLock(project="shop", reason="x", release="release-1.4.0")
    assert story.no(lift_lock, other, RM) == Gone("lock")
    assert len(locks(story)) == 2


def seats(story: Story, room: Room, user: str) -> None:
    story.done(take_seat, TakeSeat(room=room.id), IC)
    story.done(hand_seat, HandSeat(room=room.id, to=user), IC)


def test_who_commands_lifts_the_lock_of_that_rollback_alone(story: Story, second: Room) -> None:
    """The seat counts like the role: from it the rest of the rollback is led."""
    seats(story, second, TL)
    first = LiftLock(project="shop", reason="fixed", release="release-1.6.0")

    assert story.no(lift_lock, first, TL) == NotAllowed(
        "lock", (Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER), (IC, RM, RM2)
    )
    story.done(lift_lock, LiftLock(project="shop", reason="fixed", release="release-1.5.0"), TL)

    assert locks(story) == [("release-1.6.0", EVIDENCE)]


def test_who_commanded_it_to_its_end_lifts_the_lock_after_it(story: Story, second: Room) -> None:
    seats(story, second, TL)
    room = story.restored(second, "application", *RESTORE, *VERIFY)
    story.done(resolve, Resolve(room=room.id, summary="back on v1.4.0"), TL)
    story.open(OPS, release="release-1.5.0")
    of_it = LiftLock(project="shop", reason="fixed", release="release-1.5.0")

    assert story.no(lift_lock, of_it, OPS) == NotAllowed(
        "lock", (Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER), (IC, RM, RM2, TL)
    )
    story.done(lift_lock, of_it, TL)


def test_who_commanded_and_has_left_lifts_no_lock(story: Story, second: Room) -> None:
    seats(story, second, TL)
    with story.database.transaction() as tx:
        people.put(tx, [person(TL, guest=True)])

    of_it = LiftLock(project="shop", reason="fixed", release="release-1.5.0")
    answer = story.no(lift_lock, of_it, TL)
    assert isinstance(answer, NotAllowed)
    assert answer.who == (IC, RM, RM2)
