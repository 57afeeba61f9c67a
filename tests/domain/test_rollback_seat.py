"""The incident commander's seat: who may take it when, and who held it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.people import Role, Roster
from domain.policy import RollbackPolicy
from domain.refusals import AlreadySo, NotAllowed, Refusal, Refused, SeatNotYet, SeatTaken
from domain.rollback import Room, RoomState, Seat
from domain.rollback.seat import SEAT_ROLES, hand, may_take, take

AT = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
POLICY = RollbackPolicy()
ROSTER = Roster(
    {
        Role.INCIDENT_COMMANDER: frozenset({"UIC"}),
        Role.TECH_LEAD: frozenset({"UTL"}),
        Role.DEVOPS: frozenset({"UOPS"}),
        Role.QA_LEAD: frozenset({"UQA"}),
    }
)
ROOM = Room(
    id="R1",
    project="shop",
    state=RoomState.ROLLING_BACK,
    opened_at=AT - 60 * MINUTE,
    opened_by="U1",
    name="rollback-v1-6-0",
    declared_at=AT,
)


def no(room: Room, user: str, at: datetime) -> Refusal:
    with pytest.raises(Refused) as caught:
        take(room, user, POLICY, ROSTER, at)
    return caught.value.refusal


def test_an_incident_commander_takes_the_seat_at_once() -> None:
    assert take(ROOM, "UIC", POLICY, ROSTER, AT) == replace(ROOM, seats=(Seat(user="UIC", since=AT),))


def test_other_roles_wait_ten_minutes_from_the_declaration() -> None:
    opens = AT + 10 * MINUTE

    assert no(ROOM, "UTL", opens - timedelta(microseconds=1)) == SeatNotYet(opens, ("UIC",))
    assert take(ROOM, "UTL", POLICY, ROSTER, opens).commander == "UTL"


def test_without_a_rollback_the_wait_counts_from_the_opening() -> None:
    room = replace(ROOM, state=RoomState.OPEN, declared_at=None)

    assert may_take(room, POLICY, ROOM.opened_at + 9 * MINUTE) == (Role.INCIDENT_COMMANDER,)
    assert may_take(room, POLICY, ROOM.opened_at + 10 * MINUTE) == SEAT_ROLES


def test_nobody_may_take_what_is_taken_or_over() -> None:
    taken = replace(ROOM, seats=(Seat(user="UIC", since=AT),))

    assert may_take(taken, POLICY, AT) == ()
    assert may_take(replace(ROOM, state=RoomState.RESOLVED), POLICY, AT) == ()
    assert no(taken, "UTL", AT) == SeatTaken("UIC")
    assert no(taken, "UIC", AT) == AlreadySo("seat")
    assert no(replace(ROOM, state=RoomState.RESOLVED), "UIC", AT) == AlreadySo("resolved")


def test_a_role_that_never_commands_is_refused_with_who_may() -> None:
    assert no(ROOM, "UQA", AT) == NotAllowed("seat", SEAT_ROLES, ("UIC", "UOPS", "UTL"))


def test_hand_over_keeps_both_times() -> None:
    room = hand(replace(ROOM, seats=(Seat(user="UIC", since=AT),)), "UTL", ROSTER, AT + 3 * MINUTE)

    assert room.seats == (
        Seat(user="UIC", since=AT, until=AT + 3 * MINUTE),
        Seat(user="UTL", since=AT + 3 * MINUTE),
    )


@pytest.mark.parametrize(
    ("to", "answer"),
    [("UIC", SeatTaken("UIC")), ("UQA", NotAllowed("seat", SEAT_ROLES, ("UIC", "UOPS", "UTL")))],
)
def test_hand_over_to_whom_it_cannot_go(to: str, answer: Refusal) -> None:
    with pytest.raises(Refused) as caught:
        hand(replace(ROOM, seats=(Seat(user="UIC", since=AT),)), to, ROSTER, AT)

    assert caught.value.refusal == answer
