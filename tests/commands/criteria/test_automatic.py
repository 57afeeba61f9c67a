"""What the rollback that Naru declares itself knows of the database: as much as a person is shown."""

from __future__ import annotations

import pytest

from commands.criteria.report import confirm, report
from commands.requests import ConfirmBreach, ReportBreach
from domain.commits import ChangeCounts
from domain.criteria.model import Reported
from domain.rollback import Room, StepKey, StepState
from domain.schema_changes import PhaseLink, SchemaChange
from domain.schema_phases import Phase
from domain.scope import Scope
from storage import breaches, rooms, schema_changes, scopes
from storage.db import Database
from tests.commands.rollback.stories import SHA, Story, migrating, release
from tests.support.clock import START
from tests.support.world import DBA, OPS, QA, world

MINE = "release-1.6.0"


@pytest.fixture
def story(database: Database) -> Story:
    with database.transaction() as tx:
        world(tx, criteria={"profile": "change"})
    return Story(database)


def declared(story: Story) -> Room:
    """The room of the rollback that follows from a confirmed report."""
    story.done(report, ReportBreach(release=MINE, reported=Reported.DATA, seen="orders doubled"), QA)
    (breach,) = story.database.read_now(breaches.live, MINE)
    story.done(confirm, ConfirmBreach(breach=breach.id), OPS)
    room = story.database.read_now(rooms.active_of, MINE)
    assert room is not None
    return room


def running(room: Room) -> list[StepKey]:
    return [step.key for step in room.steps if step.state is StepState.RUNNING]


def contracts(story: Story) -> None:
    """What the old version needs is taken away by it."""
    link = PhaseLink(phase=Phase.CONTRACT, release=MINE, version=release().version, by=DBA, at=START)
    change = SchemaChange(
        id="c1", project="shop", subject="orders", title="", links=(link,), started_by=DBA, started_at=START
    )
    with story.database.transaction() as tx:
        schema_changes.put(tx, change)


def test_where_the_old_version_cannot_run_the_database_comes_first_and_waits(story: Story) -> None:
    story.given(migrating())
    contracts(story)
    room = declared(story)
    assert (room.migration, room.database_first, running(room)) == (True, True, [StepKey.NOTICE])


def test_a_schema_that_is_taken_away_is_a_step_on_the_database_whatever_qa_said(story: Story) -> None:
    story.given(release())
    contracts(story)
    room = declared(story)
    assert (room.migration, room.database_first) == (True, True)


def test_a_migration_that_was_only_detected_counts_as_well(story: Story) -> None:
    story.given(release())
    scope = Scope(since="v1.5.0", sha=SHA, counts=ChangeCounts(), migrations=("db/0042.sql",))
    with story.database.transaction() as tx:
        scopes.put(tx, MINE, 2, scope)
    room = declared(story)
    assert (room.migration, room.database_first) == (True, False)
    assert StepKey.DATABASE in {step.key for step in room.steps}
