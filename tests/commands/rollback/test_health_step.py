"""A health check is not done against what is measured, unless somebody says why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands.requests import MoveStep
from commands.rollback.steps import move_step
from domain.events import StepMoved
from domain.health.model import ERROR_RATE, P95, Reading, Source
from domain.refusals import MeasuredOut
from domain.rollback import Room, StepState
from domain.types import Environment
from storage import readings
from tests.commands.rollback.stories import RESTORE, Story, release
from tests.support.clock import START, HandClock
from tests.support.world import DEV, OPS

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(story: Story) -> Room:
    """A rollback that is led; nothing is restored yet."""
    story.given(release())
    return story.led(OPS)


def measured(story: Story, minutes: int, **values: float) -> tuple[Reading, ...]:
    """What production's monitors said so long after the start."""
    found = tuple(
        Reading(
            metric=metric,
            environment=Environment.PRODUCTION,
            at=START + minutes * MINUTE,
            source=Source.PROMETHEUS,
            value=value,
        )
        for metric, value in values.items()
    )
    with story.database.transaction() as tx:
        readings.add(tx, "shop", found)
    return found


def done(room: Room, note: str = "") -> MoveStep:
    return MoveStep(room=room.id, step="health_check", state="done", note=note)


def restored(story: Story, room: Room, clock: HandClock) -> None:
    clock.move(minutes=4)
    story.restored(room, *RESTORE)


def test_what_is_out_of_range_now_is_named_and_nothing_is_done(
    story: Story, room: Room, clock: HandClock
) -> None:
    restored(story, room, clock)
    (errors, slow) = measured(story, 5, **{ERROR_RATE: 0.6, P95: 4.0})
    clock.move(minutes=1)
    before = story.room(room.id)

    assert story.no(move_step, done(room, "  "), OPS) == MeasuredOut("health_check", (errors, slow))
    assert story.room(room.id) == before


def test_who_says_why_does_it_all_the_same_and_the_reason_stands(
    story: Story, room: Room, clock: HandClock
) -> None:
    restored(story, room, clock)
    measured(story, 5, **{ERROR_RATE: 0.6})
    at = clock.move(minutes=1)

    moved = story.done(move_step, done(room, "the probe itself is broken"), OPS)

    assert moved == StepMoved(
        room=room.id, step="health_check", state="done", owner=OPS, note="the probe itself is broken"
    )
    step = story.room(room.id).step(moved.step)
    assert step is not None
    assert (step.state, step.note) == (StepState.DONE, "the probe itself is broken")
    assert story.timeline(room)[-1] == (at, OPS, moved)


@pytest.mark.parametrize(
    ("taken", "now", "errors"),
    [
        (5, 6, 0.002),  # in range
        (4, 6, 0.6),  # from before all was restored
        (5, 60, 0.6),  # too old to say anything of now
    ],
)
def test_without_a_reading_of_now_that_is_out_it_is_done(
    story: Story, room: Room, clock: HandClock, taken: int, now: int, errors: float
) -> None:
    restored(story, room, clock)
    measured(story, taken, **{ERROR_RATE: errors})
    clock.move(minutes=now - 4)

    assert story.done(move_step, done(room), OPS).state == "done"


def test_where_nothing_was_restored_every_reading_of_now_counts(
    story: Story, room: Room, clock: HandClock
) -> None:
    clock.move(minutes=4)
    for step in RESTORE:
        story.step(room, step, "skipped", note="it came back by itself")
    (errors,) = measured(story, 3, **{ERROR_RATE: 0.6})

    assert story.no(move_step, done(room), OPS) == MeasuredOut("health_check", (errors,))


def test_the_other_steps_and_what_is_done_already_are_as_ever(
    story: Story, room: Room, clock: HandClock
) -> None:
    restored(story, room, clock)
    story.step(room, "health_check")
    measured(story, 5, **{ERROR_RATE: 0.6})
    clock.move(minutes=1)

    assert type(story.no(move_step, done(room), OPS)).__name__ == "AlreadySo"
    assert story.step(room, "core_functions").state == "done"


def test_who_may_not_move_it_is_told_so_first(story: Story, room: Room, clock: HandClock) -> None:
    restored(story, room, clock)
    measured(story, 5, **{ERROR_RATE: 0.6})
    clock.move(minutes=1)

    assert type(story.no(move_step, done(room), DEV)).__name__ == "NotAllowed"
