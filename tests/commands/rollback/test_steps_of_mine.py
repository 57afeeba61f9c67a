"""Steps of a rollback among what waits for somebody: whose they are, what is to be done, and for how long."""

from __future__ import annotations

import pytest

from commands.requests import MoveStep, Resolve, StandDown
from commands.rollback.resolve import resolve
from commands.rollback.stand_down import stand_down
from commands.rollback.steps import move_step
from commands.show.digest import digest
from commands.show.lists import home, mine
from domain.rollback import Room, StepKey
from domain.types import Action
from domain.views import Task, ToDo
from tests.commands.rollback.stories import MADE, Story, migrating, release
from tests.support.clock import START, HandClock
from tests.support.world import DBA, DEV, IC, ONCALL, OPS, PM, QA, RM, TL

K, T = StepKey, ToDo


def steps(story: Story, user: str) -> list[tuple[StepKey | None, ToDo | None]]:
    found = story.database.read_now(mine, user).tasks
    return [(task.step, task.to_do) for task in found if task.kind == "step"]


def everybody(story: Story) -> dict[str, list[tuple[StepKey | None, ToDo | None]]]:
    """Those for whom a step waits."""
    people = (OPS, DBA, QA, TL, PM, IC, ONCALL, RM, DEV)
    found = {user: steps(story, user) for user in people}
    return {user: waits for user, waits in found.items() if waits}


def begun(story: Story, clock: HandClock, **facts: object) -> Room:
    story.given(migrating())
    room = story.made(story.declare(IC, commander=IC, migration=True, database_first=True, **facts))
    clock.move(minutes=1)
    return room


def test_a_step_waits_for_who_owns_it_or_usually_does_it(story: Story, clock: HandClock) -> None:
    begun(story, clock, outage=True)
    assert everybody(story) == {
        IC: [(K.NOTICE, T.FINISH)],
        PM: [(K.OUTAGE_NOTICE, T.FINISH)],
        DBA: [(K.DATABASE, T.BEGIN)],
    }


def test_the_notice_of_an_outage_waits_while_nobody_knows_whether_there_is_one(
    story: Story, clock: HandClock
) -> None:
    begun(story, clock)
    assert steps(story, PM) == [(K.OUTAGE_NOTICE, T.BEGIN)]


def test_a_step_says_which_room_it_is_in_since_when_and_until_when(story: Story, clock: HandClock) -> None:
    room = begun(story, clock, outage=False)
    (waits,) = story.database.read_now(mine, DBA).tasks
    expected = Task(
        kind="step",
        project="shop",
        release="release-1.6.0",
        version="1.6.0",
        zone="Asia/Seoul",
        since=START,
        step=K.DATABASE,
        to_do=T.BEGIN,
        channel=MADE,
        in_room=True,
    )
    assert waits == expected
    story.step(room, "database", "started", by=DBA)
    (runs,) = story.database.read_now(mine, DBA).tasks
    step = story.room(room.id).step(K.DATABASE)
    assert step is not None
    assert (runs.to_do, runs.since, runs.due) == (T.FINISH, clock(), clock() + step.budget)


def test_what_comes_next_follows_what_was_done_until_the_end(story: Story, clock: HandClock) -> None:
    room = begun(story, clock, outage=False)
    story.step(room, "notice")
    story.step(room, "database", by=DBA)
    assert everybody(story) == {OPS: [(K.TRAFFIC, T.BEGIN)]}
    story.restored(room, "traffic")
    story.step(room, "caches", "skipped", by=OPS, note="none")
    restored = clock()
    clock.move(minutes=2)
    assert everybody(story) == {
        OPS: [(K.HEALTH_CHECK, T.BEGIN)],
        QA: [(K.CORE_FUNCTIONS, T.BEGIN)],
        TL: [(K.INTEGRATIONS, T.BEGIN)],
    }
    assert [task.since for task in story.database.read_now(mine, QA).tasks] == [restored]
    story.restored(room, "health_check", "core_functions", "integrations")
    assert everybody(story) == {}
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)
    assert everybody(story) == {}


def test_a_step_that_was_given_away_waits_for_nobody_else(story: Story, clock: HandClock) -> None:
    room = begun(story, clock, outage=False)
    given = MoveStep(room=room.id, step="database", state="started", owner=TL)
    story.done(move_step, given, IC)
    assert (steps(story, DBA), steps(story, TL)) == ([], [(K.DATABASE, T.FINISH)])


def test_nothing_of_a_rollback_that_was_called_off_waits(story: Story, clock: HandClock) -> None:
    room = begun(story, clock, outage=True)
    story.done(stand_down, StandDown(room=room.id, reason="it was a crawler"), IC)
    assert everybody(story) == {}


def test_a_room_without_a_channel_is_still_the_place(story: Story) -> None:
    story.given(release())
    story.declare(IC, commander=IC)
    (task,) = (one for one in story.database.read_now(mine, OPS).tasks if one.kind == "step")
    assert (task.channel, task.in_room) == ("", True)


@pytest.mark.parametrize("user", [OPS, DBA])
def test_home_and_the_digest_say_the_same(story: Story, clock: HandClock, user: str) -> None:
    begun(story, clock, outage=False)
    expected = story.database.read_now(mine, user).tasks
    assert story.database.read_now(home, user).tasks == expected
    assert story.database.read_now(digest, user, START.date()).tasks == expected


def test_a_step_comes_before_what_waits_longer(story: Story, clock: HandClock) -> None:
    begun(story, clock, outage=False)
    found = story.database.read_now(mine, IC).tasks
    assert [(task.kind, task.action) for task in found] == [("step", None), ("action", Action.ROLLED_BACK)]
