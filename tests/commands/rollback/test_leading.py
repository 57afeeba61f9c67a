"""Leading from inside the room: seat, steps, lines, escalation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from commands.requests import Escalate, FinishPostmortem, HandSeat, LogLine, MoveStep, Resolve, TakeSeat
from commands.rollback.case import room_case
from commands.rollback.escalate import escalate
from commands.rollback.log import log_line
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.resolve import resolve
from commands.rollback.seat import hand_seat, take_seat
from commands.rollback.steps import move_step
from domain.errands import (
    Brief,
    InRoom,
    InviteToRoom,
    SetRoomTopic,
    Show,
    StepGiven,
    StepWaits,
    Surface,
    SurfaceKind,
    Tell,
    ToPerson,
)
from domain.events import Escalated, Logged, SeatTakenBy, StepMoved
from domain.people import Role
from domain.refusals import (
    AlreadySo,
    Gone,
    NotAllowed,
    NotAMember,
    OutOfTurn,
    SeatNotYet,
    SeatTaken,
    TextMissing,
    TooLong,
    Unreadable,
)
from domain.rollback import Room, Seat, StepKey, StepState
from storage import rooms
from tests.commands.rollback.stories import MADE, Story, migrating, release
from tests.support.clock import START, HandClock
from tests.support.world import DBA, DEV, GUEST, IC, ONCALL, OPS, OUTSIDE, PM, QA, RM, RM2, STRANGER, TL


@pytest.fixture
def room(story: Story) -> Room:
    """A rollback with its channel made and nobody in the seat; nothing left to send."""
    story.given(release())
    room = story.made(story.declare(OPS))
    story.sent()
    return room


@pytest.fixture
def led(story: Story) -> Room:
    story.given(migrating())
    return story.led(OPS, migration=True)


# --- the seat -----------------------------------------------------------------------------------------------


def test_take_seat_is_recorded_said_and_shown(story: Story, room: Room) -> None:
    event = story.done(take_seat, TakeSeat(room=room.id), IC)

    assert event == SeatTakenBy(room=room.id, user=IC)
    assert story.room(room.id).seats == (Seat(user=IC, since=START),)
    assert story.timeline(room)[-1] == (START, IC, event)
    assert story.audited()[-1] == (IC, "SeatTakenBy", "done")
    sent = story.sent()
    shown = [errand for _, errand in sent if isinstance(errand, Show)]
    assert shown == [
        Show(Surface(SurfaceKind.CARD, "release-1.6.0")),
        Show(Surface(SurfaceKind.ROOM_SUMMARY, room.id)),
        Show(Surface(SurfaceKind.ROOM_STATE, room.id)),
        Show(Surface(SurfaceKind.SEAT, room.id)),
    ]
    assert sent[-1] == (f"room:{room.id}", SetRoomTopic(room.id))


def test_before_the_channel_is_there_nothing_is_said_in_it(story: Story) -> None:
    story.given(release())
    room = story.declare(OPS)
    story.sent()

    story.done(take_seat, TakeSeat(room=room.id), IC)

    assert story.lane(f"room:{room.id}") == []


def test_other_roles_take_the_seat_after_ten_minutes(story: Story, room: Room, clock: HandClock) -> None:
    early = story.no(take_seat, TakeSeat(room=room.id), TL)
    clock.move(minutes=10)
    story.done(take_seat, TakeSeat(room=room.id), TL)

    assert early == SeatNotYet(START + timedelta(minutes=10), (IC,))
    assert story.room(room.id).commander == TL


def test_the_slower_of_two_is_told_who_has_the_seat(story: Story, led: Room) -> None:
    assert story.no(take_seat, TakeSeat(room=led.id), RM) == SeatTaken(IC)
    assert story.no(take_seat, TakeSeat(room=led.id), IC) == AlreadySo("seat")


def test_hand_over_is_told_to_who_gets_it(story: Story, led: Room, clock: HandClock) -> None:
    at = clock.move(minutes=5)

    event = story.done(hand_seat, HandSeat(room=led.id, to=TL), IC)

    assert event == SeatTakenBy(room=led.id, user=TL, handed_by=IC)
    assert story.room(led.id).seats == (Seat(user=IC, since=START, until=at), Seat(user=TL, since=at))
    sent = story.sent()
    assert [(e.to, e.said) for _, e in sent if isinstance(e, Tell)] == [(InRoom(led.id), event)]
    assert [item for item in sent if isinstance(item[1], Brief)] == [
        (f"dm:{TL}", Brief(room=led.id, to=ToPerson(TL), handed_by=IC))
    ]


def test_who_is_given_an_empty_seat_is_briefed_as_well(story: Story) -> None:
    story.given(release())
    room = story.made(story.declare(OPS))
    story.sent()

    story.done(hand_seat, HandSeat(room=room.id, to=IC), RM)

    assert [errand for _, errand in story.sent() if isinstance(errand, Brief)] == [
        Brief(room=room.id, to=ToPerson(IC), handed_by="")
    ]


def test_hand_over_to_somebody_new_invites_them(story: Story, led: Room) -> None:
    story.done(hand_seat, HandSeat(room=led.id, to=RM), IC)

    assert InviteToRoom(led.id, (RM,)) in story.lane(f"room:{led.id}")


def test_only_the_holder_or_who_leads_releases_hands_over(story: Story, led: Room) -> None:
    answer = story.no(hand_seat, HandSeat(room=led.id, to=TL), QA)

    assert answer == NotAllowed("hand_seat", (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER), (IC, RM, RM2))
    story.done(hand_seat, HandSeat(room=led.id, to=TL), RM)
    assert story.room(led.id).commander == TL


def test_an_empty_seat_is_given_by_the_rules_of_taking_it(story: Story, room: Room) -> None:
    assert isinstance(story.no(hand_seat, HandSeat(room=room.id, to=TL), RM), SeatNotYet)

    story.done(hand_seat, HandSeat(room=room.id, to=IC), RM)

    assert story.room(room.id).commander == IC


def test_handing_an_empty_seat_to_oneself_is_taking_it(story: Story, room: Room) -> None:
    event = story.done(hand_seat, HandSeat(room=room.id, to=IC), IC)

    assert event == SeatTakenBy(room=room.id, user=IC)


# --- steps --------------------------------------------------------------------------------------------------


def test_a_step_is_recorded_said_and_timed(story: Story, led: Room, clock: HandClock) -> None:
    clock.move(minutes=2)
    story.step(led, "traffic", "started", by=OPS)
    at = clock.move(minutes=3)

    event = story.step(led, "traffic", by=OPS, note="blue has all traffic")

    step = story.room(led.id).step(StepKey.TRAFFIC)
    assert step is not None
    assert (step.state, step.owner, step.started_at, step.ended_at) == (
        StepState.DONE,
        OPS,
        START + timedelta(minutes=2),
        at,
    )
    assert event == StepMoved(
        room=led.id, step="traffic", state="done", owner=OPS, note="blue has all traffic"
    )
    assert story.timeline(led)[-1] == (at, OPS, event)
    assert (InRoom(led.id), event) in story.told()


def test_when_a_step_has_ended_those_of_the_next_one_are_told(story: Story, led: Room) -> None:
    """Who did it sees that; the dba reads of it in person, with a button to start."""
    story.step(led, "traffic", by=OPS)
    told = story.told()
    story.step(led, "database", by=DBA)
    then = story.told()

    def waits(step: str, who: str) -> StepWaits:
        return StepWaits(room=led.id, version="1.6.0", target=led.target, step=step, minutes=0, who=(who,))

    assert told[-1] == (ToPerson(DBA), waits("database", DBA))
    assert then[-1] == (ToPerson(OPS), waits("caches", OPS))


def test_who_ended_a_step_is_not_told_that_the_next_is_theirs(story: Story, room: Room) -> None:
    story.step(room, "traffic", by=OPS)

    assert [said for _, said in story.told() if isinstance(said, StepWaits)] == []


def test_whoever_is_given_a_step_is_told_that_it_is_theirs_and_invited(story: Story, led: Room) -> None:
    request = MoveStep(room=led.id, step="outage_notice", state="started", owner=PM, note="mail them all")

    event = story.done(move_step, request, IC)

    assert event.owner == PM
    sent = story.sent()
    assert [e for lane, e in sent if lane == f"room:{led.id}"][-1] == InviteToRoom(led.id, (PM,))
    given = StepGiven(
        room=led.id,
        release="release-1.6.0",
        version="1.6.0",
        target=led.target,
        step="outage_notice",
        note="mail them all",
    )
    told = [(lane, errand.to, errand.said) for lane, errand in sent if isinstance(errand, Tell)]
    assert told[-1] == (f"dm:{PM}", ToPerson(PM), given)


def test_whose_step_is_opened_again_reads_that_it_is(story: Story, led: Room) -> None:
    story.step(led, "traffic", by=OPS)
    story.sent()

    event = story.step(led, "traffic", "reopened", by=IC, note="not all of it")

    assert (ToPerson(OPS), event) in story.told()


def test_whoever_begins_a_step_or_opens_it_again_is_not_told_so(story: Story, led: Room) -> None:
    story.step(led, "traffic", "started", by=OPS)
    story.step(led, "traffic", by=OPS)
    story.step(led, "traffic", "reopened", by=OPS)

    assert [said for place, said in story.told() if place == ToPerson(OPS)] == []


def test_a_database_step_needs_the_dba_or_the_commander(story: Story, led: Room) -> None:
    story.step(led, "traffic")
    start = MoveStep(room=led.id, step="database", state="started")

    assert story.no(move_step, start, OPS) == NotAllowed(
        "step", (Role.DBA, Role.INCIDENT_COMMANDER), (DBA, IC)
    )
    assert story.done(move_step, start, DBA).owner == DBA


def test_who_holds_the_seat_moves_every_step(story: Story, led: Room) -> None:
    story.step(led, "traffic")
    story.done(hand_seat, HandSeat(room=led.id, to=TL), IC)

    assert story.step(led, "database", by=TL).owner == TL


def test_an_owner_moves_their_own_step(story: Story, led: Room) -> None:
    story.restored(led, "traffic", "database")
    story.done(move_step, MoveStep(room=led.id, step="caches", state="started", owner=DEV), IC)

    assert story.step(led, "caches", by=DEV).owner == DEV
    assert isinstance(
        story.no(move_step, MoveStep(room=led.id, step="traffic", state="done"), DEV), NotAllowed
    )


@pytest.mark.parametrize("owner", [GUEST, STRANGER, "U0NOBODY"])
def test_a_step_is_given_only_to_somebody_who_can_do_it(story: Story, led: Room, owner: str) -> None:
    request = MoveStep(room=led.id, step="traffic", state="started", owner=owner)

    assert story.no(move_step, request, IC) == Unreadable("person", owner)
    assert story.room(led.id) == led


@pytest.mark.parametrize(
    ("step", "state", "note", "answer"),
    [
        ("outage_notice", "skipped", " ", TextMissing("reason")),
        ("notice", "started", "", AlreadySo("step", OPS)),
        ("notice", "reopened", "", AlreadySo("step", OPS)),
        ("application", "done", "", Gone("step")),
        ("database", "started", "", OutOfTurn("database", ("traffic",))),
        ("health_check", "done", "", OutOfTurn("health_check", ("traffic", "database", "caches"))),
        ("nonsense", "done", "", Gone("step")),
        ("notice", "nonsense", "", Unreadable("state", "nonsense", "done")),
        ("notice", "done", "x" * 2001, TooLong("note", 2000)),
    ],
)
def test_moves_that_cannot_be_change_nothing(
    story: Story, led: Room, step: str, state: str, note: str, answer: object
) -> None:
    request = MoveStep(room=led.id, step=step, state=state, note=note)
    if step == "notice" and state == "started":
        request = MoveStep(room=led.id, step=step, state=state, owner=OPS)

    assert story.no(move_step, request, IC) == answer
    assert story.room(led.id) == led


def test_mitigated_when_the_last_restoring_step_ended(story: Story, led: Room, clock: HandClock) -> None:
    for step in ("traffic", "database", "caches"):
        at = clock.move(minutes=4)
        story.step(led, step)

    room = story.room(led.id)
    assert (room.restore_began_at, room.mitigated_at) == (START + timedelta(minutes=4), at)


def test_not_healthy_opens_the_way_back_again(story: Story, led: Room) -> None:
    story.restored(led, "traffic", "database", "caches")

    story.step(led, "health_check", "started")
    event = story.step(led, "health_check", "reopened", note="still 8 % errors")

    room = story.room(led.id)
    assert event == StepMoved(
        room=led.id, step="health_check", state="reopened", owner=IC, note="still 8 % errors"
    )
    assert {step.state for step in room.steps[2:]} == {StepState.WAITING}
    assert (room.mitigated_at, room.restore_begun) == (None, True)


def test_not_healthy_calls_in_the_next_of_the_path_into_the_same_room(story: Story, led: Room) -> None:
    story.restored(led, "traffic", "database", "caches")
    story.step(led, "health_check", "started")
    story.sent()

    moved = story.step(led, "health_check", "reopened", note="still 8 % errors")

    room = story.room(led.id)
    call = Escalated(room=led.id, to=Role.ONCALL, users=(ONCALL,), note="still 8 % errors")
    assert story.told() == [(InRoom(led.id), moved), (InRoom(led.id), call), (ToPerson(ONCALL), call)]
    assert room.called == (Role.ONCALL,)
    assert [event for _, _, event in story.timeline(room)][-2:] == [moved, call]
    assert story.database.read_now(rooms.live) == [room]

    story.restored(led, "traffic", "database", "caches")
    story.step(led, "health_check", "started")
    story.step(led, "health_check", "reopened")
    assert story.room(led.id).called == (Role.ONCALL, Role.TECH_LEAD)


# --- lines --------------------------------------------------------------------------------------------------


def test_a_line_goes_onto_the_timeline(story: Story, led: Room) -> None:
    event = story.done(log_line, LogLine(room=led.id, text=" errors fall "), ONCALL)

    assert event == Logged(room=led.id, text="errors fall")
    assert story.timeline(led)[-1] == (START, ONCALL, event)
    assert story.room(led.id).revision == led.revision + 1


@pytest.mark.parametrize(
    ("text", "answer"), [("  ", TextMissing("text")), ("x" * 2001, TooLong("text", 2000))]
)
def test_a_line_has_text_and_not_too_much(story: Story, led: Room, text: str, answer: object) -> None:
    assert story.no(log_line, LogLine(room=led.id, text=text), IC) == answer


def test_who_speaks_from_inside_the_room_takes_part(story: Story, led: Room) -> None:
    line = LogLine(room=led.id, text="I know this one")

    assert story.no(log_line, line, OUTSIDE) == NotAMember("outside", "C0SHOPREL")
    assert story.done(log_line, line, OUTSIDE, channel=MADE).text == "I know this one"


@pytest.mark.parametrize(("by", "why"), [(GUEST, "guest"), (STRANGER, "stranger"), ("U0NOBODY", "stranger")])
def test_guests_and_strangers_only_read_along(story: Story, led: Room, by: str, why: str) -> None:
    answer = story.no(log_line, LogLine(room=led.id, text="x"), by, channel=MADE)

    assert answer == NotAMember(why, MADE)


# --- escalation ---------------------------------------------------------------------------------------------


def test_escalation_calls_the_next_role(story: Story, led: Room) -> None:
    first = story.done(escalate, Escalate(room=led.id, note="still failing"), IC)
    second = story.done(escalate, Escalate(room=led.id), IC)
    story.sent()
    third = story.done(escalate, Escalate(room=led.id), IC)

    assert first == Escalated(room=led.id, to=Role.ONCALL, users=(ONCALL,), note="still failing")
    assert second == Escalated(room=led.id, to=Role.TECH_LEAD, users=(TL,))
    assert third == Escalated(room=led.id, to=Role.RELEASE_MANAGER, users=(RM, RM2))
    sent = story.sent()
    assert InviteToRoom(led.id, (RM, RM2)) in [errand for _, errand in sent]
    assert [lane for lane, _ in sent][-2:] == [f"dm:{RM}", f"dm:{RM2}"]
    assert story.room(led.id).called == (Role.ONCALL, Role.TECH_LEAD, Role.RELEASE_MANAGER)


def test_escalation_to_a_named_role(story: Story, led: Room) -> None:
    event = story.done(escalate, Escalate(room=led.id, role=Role.PM), QA)

    assert event == Escalated(room=led.id, to=Role.PM, users=(PM,))


def test_nothing_is_led_in_a_room_that_is_over(story: Story) -> None:
    room = story.open(OPS)
    story.done(resolve, Resolve(room=room.id), OPS)

    over = AlreadySo("resolved")
    assert story.no(take_seat, TakeSeat(room=room.id), IC) == over
    assert story.no(escalate, Escalate(room=room.id), IC) == over
    assert story.no(resolve, Resolve(room=room.id), IC) == over
    assert story.no(move_step, MoveStep(room=room.id, step="notice", state="done"), IC) == over
    assert story.done(log_line, LogLine(room=room.id, text="afterwards"), IC).text == "afterwards"


def test_a_room_that_is_not_there_is_gone(story: Story) -> None:
    assert story.no(log_line, LogLine(room="none", text="x"), IC) == Gone("room")


# --- the edges ----------------------------------------------------------------------------------------------


def test_a_member_of_the_projects_channel_takes_part(story: Story, led: Room) -> None:
    assert story.done(log_line, LogLine(room=led.id, text="seen in the logs"), DEV).text == "seen in the logs"


def test_the_same_role_is_called_again_and_listed_once(story: Story, led: Room) -> None:
    story.done(escalate, Escalate(room=led.id, role=Role.PM), IC)
    again = story.done(escalate, Escalate(room=led.id, role=Role.PM), IC)

    assert again.users == (PM,)
    assert story.room(led.id).called == (Role.PM,)


def test_a_call_for_help_is_not_endless(story: Story, led: Room) -> None:
    assert story.no(escalate, Escalate(room=led.id, note="x" * 2001), IC) == TooLong("note", 2000)


def test_a_release_manager_takes_over_an_abandoned_seat(story: Story, led: Room) -> None:
    event = story.done(hand_seat, HandSeat(room=led.id, to=RM), RM)

    assert event == SeatTakenBy(room=led.id, user=RM, handed_by=RM)
    assert story.told() == [(InRoom(led.id), event)]


def test_a_closed_room_takes_no_more_lines(story: Story) -> None:
    room = story.open(OPS)
    story.done(resolve, Resolve(room=room.id), OPS)
    story.done(finish_postmortem, FinishPostmortem(room=room.id), OPS)

    assert story.no(log_line, LogLine(room=room.id, text="x"), OPS) == AlreadySo("resolved")


def test_a_rollback_declared_meanwhile_is_seen(
    story: Story, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the room and locking it, somebody declared a rollback in it."""
    monkeypatch.setattr(rooms, "get", lambda *_: replace(room, release=""))

    with story.database.transaction() as tx:
        found = room_case(tx, room.id)

    assert (found.room, found.release) == (room, story.release())
