"""What a war room is reminded of when time passes, through the tick of the scheduler."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from commands.remind.fire import fire_due
from commands.requests import FinishPostmortem, Resolve, StandDown, TakeSeat
from commands.rollback.postmortem import finish_postmortem
from commands.rollback.remind import fire, plan_again
from commands.rollback.resolve import resolve
from commands.rollback.seat import take_seat
from commands.rollback.stand_down import stand_down
from domain.errands import (
    Announce,
    Errand,
    InRoom,
    OverBudget,
    PostmortemReminder,
    SeatEmpty,
    Show,
    StepWaits,
    Surface,
    SurfaceKind,
    Tell,
    ToPerson,
)
from domain.people import Holding, Role, RoleSource
from domain.reminders import Reminder
from domain.reminders.rooms import turn_of
from domain.rollback import Room, StepKey
from domain.rollback.seat import SEAT_ROLES
from domain.types import ReminderKind
from storage import people, projects
from storage.db import Database
from storage.tables import ReminderRow
from tests.commands.rollback.stories import DAY, RESTORE, VERIFY, Story, migrating, release
from tests.support.clock import START, HandClock
from tests.support.world import IC, OPS, RM, RM2, TL, World, world


@pytest.fixture
def room(story: Story) -> Room:
    story.given(release())
    room = story.made(story.declare(OPS))
    story.sent()
    return room


def tick(story: Story) -> list[tuple[str, Errand]]:
    """One tick: what it sent."""
    with story.database.transaction() as tx:
        fire_due(tx)
    return story.sent()


def said(sent: list[tuple[str, Errand]]) -> list[tuple[object, object]]:
    """What is said of rooms: the calendar has its own reminders."""
    tells = [errand for _, errand in sent if isinstance(errand, Tell)]
    return [(errand.to, errand.said) for errand in tells if not isinstance(errand.said, Announce)]


def every_minute(story: Story, clock: HandClock, minutes: int) -> list[tuple[int, object, object]]:
    """(minute, place, said) of whatever is said in the room while time passes."""
    heard = []
    for minute in range(1, minutes + 1):
        clock.move(minutes=1)
        heard += [(minute, to, what) for to, what in said(tick(story)) if isinstance(to, InRoom)]
    return heard


def waiting(story: Story, room: Room) -> int:
    """How many reminders of a room are still to come."""
    with story.database.transaction() as tx:
        query = select(func.count()).where(
            col(ReminderRow.subject) == room.id, col(ReminderRow.state) == "waiting"
        )
        return int(str(tx.execute(query).scalar_one()))


# --- the seat -----------------------------------------------------------------------------------------------


def test_the_seat_is_asked_for_every_five_minutes(story: Story, room: Room, clock: HandClock) -> None:
    heard = [(at, what) for at, _, what in every_minute(story, clock, 15) if isinstance(what, SeatEmpty)]

    first = (Role.INCIDENT_COMMANDER,)
    assert heard == [
        (5, SeatEmpty(room=room.id, roles=first, minutes=5)),
        (10, SeatEmpty(room=room.id, roles=SEAT_ROLES, minutes=10)),
        (15, SeatEmpty(room=room.id, roles=SEAT_ROLES, minutes=15)),
    ]


def test_who_may_take_the_seat_is_asked_in_person(story: Story, room: Room, clock: HandClock) -> None:
    for step in ("notice", "traffic", "caches"):
        story.step(room, step, by=OPS)
    story.sent()
    clock.move(minutes=5)
    first = said(tick(story))
    clock.move(minutes=5)
    later = said(tick(story))

    assert [to for to, _ in first] == [InRoom(room.id), ToPerson(IC)]
    assert [to for to, _ in later] == [
        InRoom(room.id),
        *(ToPerson(user) for user in sorted((IC, RM, RM2, TL, OPS))),
    ]


def test_asking_refreshes_the_call(story: Story, room: Room, clock: HandClock) -> None:
    clock.move(minutes=5)

    assert Show(Surface(SurfaceKind.SEAT, room.id)) in [errand for _, errand in tick(story)]


def test_nobody_is_asked_once_the_seat_is_taken(story: Story, room: Room, clock: HandClock) -> None:
    story.done(take_seat, TakeSeat(room=room.id), IC)
    for step in ("notice", *RESTORE, *VERIFY):
        story.step(room, step)
    story.sent()

    assert every_minute(story, clock, 12) == []
    assert waiting(story, room) == 0


def test_asking_goes_on_after_a_long_pause(story: Story, room: Room, clock: HandClock) -> None:
    for step in ("notice", *RESTORE, *VERIFY):
        story.step(room, step, by=OPS)
    story.sent()
    clock.move(minutes=31)
    assert said(tick(story)) == []  # five of them are stale

    assert [at for at, *_ in every_minute(story, clock, 5)] == [4]


def test_asking_ends_when_the_rollback_is_called_off(story: Story, room: Room, clock: HandClock) -> None:
    story.done(stand_down, StandDown(room=room.id, reason="a false alarm"), IC)
    story.sent()

    assert every_minute(story, clock, 12) == []


def test_a_reminder_that_is_moot_by_then_says_nothing(story: Story, room: Room, clock: HandClock) -> None:
    clock.move(minutes=5)  # due, and not fired yet
    story.done(take_seat, TakeSeat(room=room.id), IC)
    story.sent()

    told = [what for _, what in said(tick(story))]

    assert [what for what in told if isinstance(what, SeatEmpty)] == []
    assert ("", "AnnouncementSkipped", "done") in story.audited()


# --- budgets ------------------------------------------------------------------------------------------------


def test_over_budget_is_said_once(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.led(OPS)

    heard = [one for one in every_minute(story, clock, 20) if isinstance(one[2], OverBudget)]

    over = OverBudget(room=led.id, step="notice", minutes=0, owner=OPS, commander=IC)
    assert heard == [(5, InRoom(led.id), over)]
    notice = story.room(led.id).step(StepKey.NOTICE)
    assert notice is not None
    assert notice.warned


def test_the_commander_is_warned_in_person_and_late_is_marked(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.led(OPS)
    story.restored(led, *RESTORE)
    story.sent()
    clock.move(minutes=12)

    tells = [errand for _, errand in tick(story) if isinstance(errand, Tell)]

    assert [(errand.to, errand.said.minutes, errand.late) for errand in tells] == [  # type: ignore[union-attr]  # of OverBudget
        (InRoom(led.id), 7, True),
        (ToPerson(IC), 7, True),
    ]


def test_a_step_in_time_is_not_spoken_of(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.led(OPS)
    clock.move(minutes=4)
    story.step(led, "notice")
    story.step(led, "traffic", "started")
    clock.move(minutes=29)
    story.step(led, "traffic")
    story.sent()

    assert said(tick(story)) == []


def test_a_reopened_step_has_a_fresh_budget(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.led(OPS)
    story.step(led, "notice")
    story.step(led, "traffic")
    clock.move(minutes=60)
    story.step(led, "traffic", "reopened")
    story.sent()

    heard = every_minute(story, clock, 31)

    assert [(at, what.step) for at, _, what in heard] == [(1, "restore"), (30, "traffic")]  # type: ignore[attr-defined]  # of OverBudget


def over(story: Story, clock: HandClock, minutes: int) -> list[tuple[int, str, int]]:
    """(minute since the declaration, step, minutes over) of what is over its budget while time passes."""
    begun = (clock() - START) // timedelta(minutes=1)
    heard = every_minute(story, clock, minutes)
    return [(begun + at, what.step, what.minutes) for at, _, what in heard if isinstance(what, OverBudget)]


def test_steps_in_their_time_may_take_too_long_together(story: Story, clock: HandClock) -> None:
    """28 minutes each: no step is over, restoring is, and so is verifying; each of them is told once."""
    story.given(migrating())
    led = story.led(OPS, migration=True)
    story.step(led, "notice")

    heard = []
    for step in ("traffic", "database", "caches"):
        story.step(led, step, "started")
        heard += over(story, clock, 28)
        story.step(led, step)
    for step in VERIFY:
        story.step(led, step, "started")
        heard += over(story, clock, 8)
        story.step(led, step)
    heard += over(story, clock, 30)

    assert heard == [(30, "restore", 0), (84 + 15, "verify", 0)]


def test_the_commander_is_told_of_the_whole_in_person(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.led(OPS)
    story.step(led, "notice")
    story.step(led, "traffic")
    story.sent()
    clock.move(minutes=33)

    told = [(to, what) for to, what in said(tick(story)) if isinstance(what, OverBudget)]

    whole = OverBudget(room=led.id, step="restore", minutes=3, commander=IC)
    assert told == [(InRoom(led.id), whole), (ToPerson(IC), whole)]


def test_the_step_that_it_began_with_speaks_for_the_whole(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.led(OPS)
    story.step(led, "notice")
    story.step(led, "traffic", "started")

    assert over(story, clock, 40) == [(30, "traffic", 0)]
    story.step(led, "traffic")
    assert over(story, clock, 5) == []


def test_what_is_restored_and_verified_in_time_is_not_spoken_of(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.led(OPS)
    story.step(led, "notice")
    story.restored(led)

    assert over(story, clock, 60) == []


def test_a_whole_that_is_over_by_then_is_moot(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.led(OPS)
    story.step(led, "notice")
    story.step(led, "traffic")
    clock.move(minutes=30)  # due, and not fired yet
    story.step(led, "caches", "skipped", note="none")
    story.sent()

    assert said(tick(story)) == []


# --- a step that nobody starts ------------------------------------------------------------------------------


def test_a_step_that_nobody_starts_is_asked_for_until_somebody_does(story: Story, clock: HandClock) -> None:
    """Its people and the commander, five minutes after its turn came, then whenever its budget has passed."""
    story.given(release())
    led = story.led(OPS)
    story.step(led, "notice")
    story.sent()

    heard = []
    for minute in range(1, 121):
        clock.move(minutes=1)
        heard += [(minute, to, what.minutes) for to, what in said(tick(story)) if isinstance(what, StepWaits)]

    assert heard == [
        (minute, to, minute)
        for minute in (5, 30, 60, 90, 120)
        for to in (InRoom(led.id), ToPerson(OPS), ToPerson(IC))
    ]


def test_without_a_commander_those_who_could_be_are_told(story: Story, clock: HandClock) -> None:
    story.given(release())
    room = story.made(story.declare(""))
    story.sent()
    clock.move(minutes=5)

    told = [to for to, what in said(tick(story)) if isinstance(what, StepWaits)]

    assert told == [InRoom(room.id), ToPerson(OPS), ToPerson(IC)]


def test_the_turn_of_a_step_is_counted_anew(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.led(OPS)
    story.step(led, "notice")
    clock.move(minutes=4)
    story.step(led, "traffic", "started", by=OPS)
    clock.move(minutes=4)
    story.step(led, "traffic", by=OPS)
    story.sent()

    heard = [(at, what.step) for at, _, what in every_minute(story, clock, 6) if isinstance(what, StepWaits)]

    assert heard == [(5, "caches")]


def test_a_step_that_was_begun_meanwhile_is_not_asked_for(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.led(OPS)
    waits = reminder(ReminderKind.STEP_WAITS, led.id, START + timedelta(minutes=5), "traffic")
    another = reminder(ReminderKind.STEP_WAITS, led.id, START, "application")
    step = led.step(StepKey.TRAFFIC)
    assert step is not None
    known = replace(waits, occasion=turn_of(step, START))
    assert [fired(story, one) for one in (waits, another, known)] == [False, False, True]
    story.step(led, "traffic", "started")

    assert fired(story, known) is False


# --- the post-mortem ----------------------------------------------------------------------------------------


def test_the_postmortem_is_asked_for_before_and_after_its_due(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.restored(story.led(OPS))
    story.done(resolve, Resolve(room=led.id, summary="back"), IC)
    story.sent()
    due = START + timedelta(hours=24)

    heard = []
    for hour in range(1, 73):
        clock.move(hours=1)
        heard += [(hour, *one) for one in said(tick(story))]

    def asked(*, overdue: bool) -> PostmortemReminder:
        return PostmortemReminder(room=led.id, version="1.6.0", due=due, overdue=overdue)

    assert heard == [
        (hour, place, asked(overdue=hour > 20))
        for hour in (20, 24, 48, 72)
        for place in (InRoom(led.id), ToPerson(IC))
    ]


def test_a_closed_postmortem_is_not_asked_for(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.restored(story.led(OPS))
    story.done(resolve, Resolve(room=led.id), IC)
    story.done(finish_postmortem, FinishPostmortem(room=led.id), IC)
    story.sent()
    clock.move(hours=25)

    assert said(tick(story)) == []
    assert waiting(story, led) == 0


def test_a_room_without_a_rollback_asks_for_command_too(story: Story, clock: HandClock) -> None:
    room = story.made(story.open(OPS))
    story.sent()

    heard = every_minute(story, clock, 12)

    first = SeatEmpty(room=room.id, roles=(Role.INCIDENT_COMMANDER,), minutes=5)
    assert heard == [
        (5, InRoom(room.id), first),
        (10, InRoom(room.id), SeatEmpty(room=room.id, roles=SEAT_ROLES, minutes=10)),
    ]


def test_a_resolved_room_without_a_rollback_asks_for_nobody(story: Story, clock: HandClock) -> None:
    room = story.made(story.open(OPS))
    story.done(resolve, Resolve(room=room.id), OPS)
    story.sent()

    assert every_minute(story, clock, 12) == []


# --- where nobody took the seat -----------------------------------------------------------------------------


def by_itself(story: Story) -> Room:
    """A rollback that Naru declared."""
    story.given(release())
    return story.made(story.declare(""))


def test_those_who_could_lead_it_are_warned(story: Story, clock: HandClock) -> None:
    room = by_itself(story)
    story.sent()
    clock.move(minutes=5)

    over = [to for to, what in said(tick(story)) if isinstance(what, OverBudget)]

    assert over == [InRoom(room.id), ToPerson(IC)]


def test_without_a_commander_by_role_the_release_managers_are(story: Story, clock: HandClock) -> None:
    with story.database.transaction() as tx:
        people.take(tx, "shop", Holding(Role.INCIDENT_COMMANDER, IC, RoleSource.POLICY))
    room = by_itself(story)
    story.sent()
    clock.move(minutes=5)

    over = [to for to, what in said(tick(story)) if isinstance(what, OverBudget)]

    assert over == [InRoom(room.id), ToPerson(RM), ToPerson(RM2)]


def test_without_anybody_at_all_the_room_alone_is(story: Story, clock: HandClock) -> None:
    with story.database.transaction() as tx:
        people.set_policy_holdings(tx, "shop", [])
    room = by_itself(story)
    story.sent()
    clock.move(minutes=5)

    over = [to for to, what in said(tick(story)) if isinstance(what, OverBudget)]

    assert over == [InRoom(room.id)]


def test_who_resolved_it_is_reminded_of_the_postmortem(story: Story, clock: HandClock) -> None:
    room = by_itself(story)
    for step in (*RESTORE, *VERIFY):
        story.step(room, step)
    story.done(resolve, Resolve(room=room.id, summary="back"), RM)
    story.sent()
    clock.move(hours=20)

    due = [to for to, what in said(tick(story)) if isinstance(what, PostmortemReminder)]

    assert due == [InRoom(room.id), ToPerson(RM)]


# --- the edges ----------------------------------------------------------------------------------------------


def fired(story: Story, reminder: Reminder) -> bool:
    with story.database.transaction() as tx:
        project = projects.get(tx, "shop")
        assert project is not None
        return fire(tx, project, reminder, late=False)


def reminder(kind: ReminderKind, subject: str, due: datetime, about: str = "") -> Reminder:
    return Reminder(key="k", kind=kind, subject=subject, due=due, expires=due + DAY, about=about)


def test_a_room_that_is_not_there_needs_no_reminder(story: Story) -> None:
    assert fired(story, reminder(ReminderKind.SEAT_EMPTY, "none", START)) is False


def test_what_no_longer_holds_is_moot(story: Story) -> None:
    story.given(release())
    led = story.led(OPS)
    another_start = reminder(ReminderKind.OVER_BUDGET, led.id, START + timedelta(minutes=7), "notice")
    no_such_step = reminder(ReminderKind.OVER_BUDGET, led.id, START, "application")
    no_postmortem = reminder(ReminderKind.POSTMORTEM_SOON, led.id, START)
    not_over = reminder(ReminderKind.ROOM_TO_CLOSE, led.id, START)

    moot = (another_start, no_such_step, no_postmortem, not_over)
    assert [fired(story, one) for one in moot] == [False] * 4


def test_a_missed_reminder_of_nothing_plans_nothing(story: Story, shop: World) -> None:
    with story.database.transaction() as tx:
        plan_again(tx, shop.project, "none")

    assert story.sent() == []


def test_muted_kinds_are_recorded_and_not_said(database: Database, clock: HandClock) -> None:
    with database.transaction() as tx:
        world(tx, mute=["over_budget", "step_waits"])
    story = Story(database)
    story.given(release())
    led = story.led(OPS)
    clock.move(minutes=5)

    assert said(tick(story)) == []
    assert story.audited()[-1] == ("", "Announced", "done")
    assert waiting(story, led) == 1  # the step that nobody starts is looked at again
