"""What people report and has to last: people are called at once, Naru declares the rollback once it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from commands.criteria.lasting import fire
from commands.requests import ConfirmBreach, DeclareRollback, DismissBreach, ReportBreach, StandDown
from domain.criteria.model import BreachState, Reported
from domain.events import BreachConfirmed, BreachDeclared, BreachOpened, Paged, RollbackDeclared
from domain.reminders.breaches import of_lasting
from domain.rollback import Criterion
from domain.types import Stage
from storage import rooms
from storage.db import Database
from tests.commands.criteria.stories import Story
from tests.support.world import IC, ONCALL, OPS, QA, RM, world

Begin = Callable[..., Story]
QUARTER = timedelta(minutes=15)


@pytest.fixture
def story(begin: Begin) -> Story:
    """A full outage, reported now."""
    found = begin(profile="change")
    found.out()
    report(found)
    return found


def report(story: Story) -> None:
    story.ok(ReportBreach(release=story.release_id, reported=Reported.OUTAGE, seen="nothing answers"), QA)


def confirm(story: Story) -> None:
    story.ok(ConfirmBreach(breach=story.breaches()[0].id), OPS)


def passes(story: Story, minutes: int) -> None:
    """A tick a minute."""
    for _ in range(minutes):
        story.clock.move(minutes=1)
        story.tick()


def stage(story: Story) -> Stage:
    return story.release(story.release_id).stage


def declared(story: Story) -> int:
    return len({tell.said for tell in story.told(RollbackDeclared)})


def test_a_confirmed_report_pages_at_once_and_declares_once_it_has_lasted(story: Story) -> None:
    reported = story.clock()
    passes(story, 1)
    confirm(story)

    confirmed = {tell.said.declares_at for tell in story.told(BreachConfirmed)}  # type: ignore[union-attr]  # its own
    assert (stage(story), story.people_told(Paged), confirmed) == (
        Stage.DEPLOYING,
        [ONCALL],
        {reported + QUARTER},
    )
    passes(story, 13)
    assert (stage(story), declared(story)) == (Stage.DEPLOYING, 0)
    passes(story, 1)
    assert (stage(story), declared(story), len(story.told(BreachDeclared)) > 0) == (
        Stage.ROLLING_BACK,
        1,
        True,
    )
    passes(story, 20)
    assert declared(story) == 1


def test_whoever_is_on_it_does_not_stop_it_but_who_puts_it_aside_does(story: Story) -> None:
    confirm(story)
    passes(story, 5)
    story.ok(DismissBreach(breach=story.only().id, reason="one office only"), RM)

    passes(story, 15)
    assert (stage(story), declared(story)) == (Stage.DEPLOYING, 0)


def test_confirmed_after_it_has_lasted_it_is_declared_at_once(story: Story) -> None:
    passes(story, 20)
    confirm(story)

    assert stage(story) is Stage.ROLLING_BACK
    assert {tell.said.declares_at for tell in story.told(BreachConfirmed)} == {None}  # type: ignore[union-attr]  # its own


def test_unconfirmed_nothing_is_declared(story: Story) -> None:
    passes(story, 20)

    assert (stage(story), story.only().waits) == (Stage.DEPLOYING, True)


def test_somebody_may_be_faster_and_what_was_stood_down_is_not_declared_again(story: Story) -> None:
    confirm(story)
    passes(story, 5)
    asked = DeclareRollback(
        release=story.release_id,
        criteria=(Criterion.AVAILABILITY,),
        evidence="nothing answers",
        migration=False,
    )
    story.ok(asked, RM)
    room = story.read(rooms.active_of, story.release_id)
    assert room is not None
    passes(story, 1)
    story.ok(StandDown(room=room.id, reason="it is the network"), IC)

    passes(story, 15)
    assert (stage(story), declared(story), story.only().state) == (Stage.DEPLOYING, 1, BreachState.OPEN)


def test_after_a_long_pause_it_is_declared_late_and_once(story: Story) -> None:
    confirm(story)
    story.clock.move(hours=30)
    story.tick()
    story.tick()

    assert (stage(story), declared(story)) == (Stage.ROLLING_BACK, 1)


def test_where_no_confirmation_is_needed_it_is_said_with_the_report(begin: Begin) -> None:
    story = begin(profile="change", changes={"outage_reported": {"needs_report": False}})
    story.out()
    report(story)

    opened = {tell.said.declares_at for tell in story.told(BreachOpened)}  # type: ignore[union-attr]  # its own
    assert (opened, story.people_told(Paged)) == ({story.clock() + QUARTER}, [ONCALL])
    passes(story, 15)
    assert stage(story) is Stage.ROLLING_BACK


def test_a_milder_class_waits_for_nothing(begin: Begin) -> None:
    story = begin(profile="change", changes={"outage_reported": {"class": "immediate"}})
    story.out()
    report(story)
    confirm(story)
    passes(story, 16)

    assert {tell.said.declares_at for tell in story.told(BreachConfirmed)} == {None}  # type: ignore[union-attr]  # its own
    assert stage(story) is Stage.DEPLOYING


def test_what_is_gone_or_has_not_lasted_yet_is_moot(story: Story) -> None:
    confirm(story)
    reminder = of_lasting(story.only(), story.clock())
    with story.tx() as tx:
        assert [fire(tx, one) for one in (reminder, replace(reminder, subject="none"))] == [False, False]


def test_what_the_policy_no_longer_asks_to_last_is_declared(story: Story, database: Database) -> None:
    confirm(story)
    with database.transaction() as tx:
        world(tx, criteria={"profile": "change", "changes": {"outage_reported": None}})
    passes(story, 15)

    assert stage(story) is Stage.ROLLING_BACK
