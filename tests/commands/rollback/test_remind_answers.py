"""Answers to the reminders of a war room: the room goes on asking."""

from __future__ import annotations

from datetime import timedelta

from commands.remind.answer import acknowledge, snooze
from commands.remind.fire import fire_due
from commands.requests import AcknowledgeReminder, Resolve, SnoozeReminder, TakeSeat
from commands.rollback.resolve import resolve
from commands.rollback.seat import take_seat
from domain.errands import Errand, InRoom, OverBudget, PostmortemReminder, SeatEmpty, Tell, ToPerson
from domain.events import ReminderSeen
from domain.refusals import Gone
from domain.reminders import Later
from domain.types import ReminderKind
from tests.commands.rollback.stories import Story, release
from tests.support.clock import START, HandClock
from tests.support.world import IC, OPS, PROJECT, RM


def tick(story: Story) -> list[Tell]:
    with story.database.transaction() as tx:
        while fire_due(tx):
            pass
    return tells(story.sent())


def tells(sent: list[tuple[str, Errand]]) -> list[Tell]:
    return [errand for _, errand in sent if isinstance(errand, Tell)]


def of(told: list[Tell], kind: type) -> list[object]:
    return [tell.to for tell in told if isinstance(tell.said, kind)]


def key(told: list[Tell], user: str, kind: type) -> str:
    return next(tell.reminder for tell in told if tell.to == ToPerson(user) and isinstance(tell.said, kind))


def seen(reminder: str) -> AcknowledgeReminder:
    return AcknowledgeReminder(project=PROJECT, reminder=reminder)


def test_who_has_seen_the_empty_seat_is_spared_and_the_room_hears_it(story: Story, clock: HandClock) -> None:
    story.given(release())
    room = story.made(story.declare(OPS))
    story.step(room, "notice", by=OPS)
    story.sent()
    clock.move(minutes=5)
    reminder = key(tick(story), IC, SeatEmpty)
    event = story.done(acknowledge, seen(reminder), IC)
    assert event == ReminderSeen(
        project=PROJECT, reminder=reminder, kind=ReminderKind.SEAT_EMPTY, room=room.id
    )
    assert [tell.to for tell in tells(story.sent())] == [ToPerson(IC), InRoom(room.id)]
    clock.move(minutes=5)
    told = of(tick(story), SeatEmpty)
    assert InRoom(room.id) in told
    assert ToPerson(RM) in told
    assert ToPerson(IC) not in told


def test_a_seat_that_is_taken_settles_the_reminder(story: Story, clock: HandClock) -> None:
    story.given(release())
    room = story.made(story.declare(OPS))
    clock.move(minutes=5)
    story.sent()
    reminder = key(tick(story), IC, SeatEmpty)
    story.done(take_seat, TakeSeat(room=room.id), IC)
    assert story.no(acknowledge, seen(reminder), IC) == Gone("reminder_settled")


def test_a_step_over_its_time_is_said_again_to_who_put_it_off(story: Story, clock: HandClock) -> None:
    story.given(release())
    story.led(OPS)
    clock.move(minutes=5)
    reminder = key(tick(story), IC, OverBudget)
    later = SnoozeReminder(project=PROJECT, reminder=reminder, later=Later.QUARTER)
    story.done(snooze, later, IC)
    story.sent()
    clock.move(minutes=15)
    told = [tell for tell in tick(story) if isinstance(tell.said, OverBudget)]
    assert [tell.to for tell in told] == [ToPerson(IC)]
    assert told[0].said.minutes == 15  # type: ignore[union-attr]  # of OverBudget


def test_a_post_mortem_seen_before_its_due_is_not_overdue_for_them(story: Story, clock: HandClock) -> None:
    story.given(release())
    led = story.restored(story.led(OPS))
    story.done(resolve, Resolve(room=led.id, summary="back"), IC)
    story.sent()
    clock.set(START + timedelta(hours=20))
    reminder = key(tick(story), IC, PostmortemReminder)
    story.done(acknowledge, seen(reminder), IC)
    story.sent()
    clock.set(START + timedelta(hours=24))
    assert of(tick(story), PostmortemReminder) == [InRoom(led.id)]
