"""A rollback declared without a migration, where there is one after all: the database step comes in."""

from __future__ import annotations

import pytest

from commands.requests import MoveStep, Resolve
from commands.rollback.resolve import resolve
from commands.rollback.show import room_view
from commands.rollback.steps import move_step
from domain.commits import ChangeCounts
from domain.errands import InRoom, StepWaits, ToPerson
from domain.events import RollbackDeclared, StepMoved
from domain.people import Role
from domain.refusals import NotAllowed, NotReady, Refusal
from domain.rollback import RESTORING, Room, StepKey, StepState
from domain.schema_changes import PhaseLink, SchemaChange
from domain.schema_phases import Phase
from domain.scope import Scope
from domain.ways_back import REPORTED, MigrationWay
from storage import schema_changes, scopes
from tests.commands.rollback.stories import SHA, VERIFY, Story, migrating, release
from tests.support.clock import START
from tests.support.world import DBA, IC, OPS

ADD = "added"


@pytest.fixture
def led(story: Story) -> Room:
    """QA recorded a migration; whoever declared said that there is none."""
    story.given(migrating())
    return story.led(OPS, migration=False)


def add(story: Story, room: Room, by: str = IC, state: str = ADD) -> StepMoved:
    event = story.done(move_step, MoveStep(room=room.id, step="database", state=state), by)
    assert isinstance(event, StepMoved)
    return event


def restoring(story: Story, room: Room) -> list[tuple[StepKey, StepState]]:
    return [(step.key, step.state) for step in story.room(room.id).steps if step.key in RESTORING]


def test_the_commander_adds_it_in_its_place(story: Story, led: Room) -> None:
    story.step(led, "traffic")
    story.step(led, "caches", "started")
    story.sent()

    event = add(story, led)

    after = story.room(led.id)
    assert event == StepMoved(room=led.id, step="database", state=ADD)
    assert after.migration
    assert DBA in after.invited
    assert restoring(story, led) == [
        (StepKey.TRAFFIC, StepState.DONE),
        (StepKey.DATABASE, StepState.WAITING),
        (StepKey.CACHES, StepState.RUNNING),
    ]
    assert story.timeline(led)[-1] == (START, IC, event)


def test_where_its_turn_has_come_its_people_are_told(story: Story, led: Room) -> None:
    story.step(led, "traffic")
    story.sent()

    event = add(story, led)

    waits = StepWaits(room=led.id, version="1.6.0", target=led.target, step="database", minutes=0, who=(DBA,))
    assert story.told() == [(InRoom(led.id), event), (ToPerson(DBA), waits)]


def test_the_dba_starts_it_at_once(story: Story, led: Room) -> None:
    story.step(led, "traffic")

    event = add(story, led, DBA, "started")

    assert event == StepMoved(room=led.id, step="database", state="started", owner=DBA)
    assert restoring(story, led)[1] == (StepKey.DATABASE, StepState.RUNNING)


def test_started_before_its_turn_it_is_only_added(story: Story, led: Room) -> None:
    assert add(story, led, DBA, "started") == StepMoved(room=led.id, step="database", state=ADD)


def test_nobody_else_adds_it(story: Story, led: Room) -> None:
    answer = story.no(move_step, MoveStep(room=led.id, step="database", state=ADD), OPS)

    assert answer == NotAllowed("step", (Role.DBA, Role.INCIDENT_COMMANDER), (DBA, IC))
    assert story.room(led.id) == led


def test_the_rollback_does_not_end_without_it(story: Story, led: Room) -> None:
    story.restored(led)
    add(story, led)

    answer: Refusal = story.no(resolve, Resolve(room=led.id, summary="back"), IC)
    assert isinstance(answer, NotReady)

    story.step(led, "database", by=DBA)
    for step in VERIFY:
        story.step(led, step)
    story.done(resolve, Resolve(room=led.id, summary="back"), IC)


def test_its_ways_back_are_shown(story: Story, led: Room) -> None:
    add(story, led)

    assert story.database.read_now(room_view, led.id).ways == (MigrationWay(REPORTED),)


def test_where_the_old_version_cannot_run_before_it_it_comes_first(story: Story) -> None:
    story.given(migrating())
    link = PhaseLink(
        phase=Phase.CONTRACT, release="release-1.6.0", version=release().version, by=DBA, at=START
    )
    with story.database.transaction() as tx:
        schema_changes.put(
            tx,
            SchemaChange(
                id="c1",
                project="shop",
                subject="orders",
                title="",
                links=(link,),
                started_by=DBA,
                started_at=START,
            ),
        )
    led = story.led(OPS, migration=False)

    add(story, led)

    assert [key for key, _ in restoring(story, led)] == [StepKey.DATABASE, StepKey.TRAFFIC, StepKey.CACHES]
    assert story.room(led.id).database_first


# --- said when it is declared -------------------------------------------------------------------------------


def declared(story: Story, **facts: bool) -> RollbackDeclared:
    room = story.declare(OPS, **facts)
    event = next(event for _, _, event in story.timeline(room) if isinstance(event, RollbackDeclared))
    assert event.room == room.id
    return event


def test_an_answer_against_what_qa_said_is_told(story: Story) -> None:
    story.given(migrating())
    assert declared(story, migration=False).overlooked


def test_an_answer_against_what_was_detected_is_told(story: Story) -> None:
    story.given(release())
    scope = Scope(since="v1.5.0", sha=SHA, counts=ChangeCounts(), migrations=("db/0042.sql",))
    with story.database.transaction() as tx:
        scopes.put(tx, "release-1.6.0", 2, scope)
    assert declared(story, migration=False).overlooked


@pytest.mark.parametrize("migration", [True, False])
def test_an_answer_that_agrees_is_not_spoken_of(story: Story, *, migration: bool) -> None:
    story.given(migrating() if migration else release())
    assert not declared(story, migration=migration).overlooked
