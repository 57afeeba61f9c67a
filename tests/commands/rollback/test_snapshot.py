"""What a release was like when its room was opened or its rollback declared is kept, and attached."""

from __future__ import annotations

from commands.requests import StandDown
from commands.rollback.snapshot import take
from commands.rollback.stand_down import stand_down
from commands.show.checklists import progress
from commands.show.look import look
from domain.calendar.entries import DeployLock
from domain.checklists.model import Phase
from domain.commits import ChangeCounts
from domain.errands import PostSnapshot
from domain.health.model import ERROR_RATE, Reading, Source
from domain.release import Condition
from domain.rollback.snapshot import Carried, Snapshot, Span, Taken
from domain.scope import Scope, Variable, VariableChange
from domain.types import Environment, Stage
from storage import calendar, readings, scopes, snapshots
from tests.commands.rollback.stories import DAY, SHA, Story, release
from tests.support.clock import START, HandClock
from tests.support.world import DEV, IC, OPS, RM


def errands(story: Story) -> list[PostSnapshot]:
    return [errand for _, errand in story.sent() if isinstance(errand, PostSnapshot)]


def test_a_declared_rollback_keeps_the_release_as_it_was_before(story: Story) -> None:
    asked = Condition(id="c1", text="watch orders", owner=DEV, asked_by=RM, candidate=2)
    before = release(conditions=(asked,))
    story.given(before)
    variable = Variable("TIMEOUT", VariableChange.ADDED)
    scope = Scope(
        since="v1.5.0",
        sha=SHA,
        counts=ChangeCounts(features=2),
        migrations=("db/1.sql",),
        variables=(variable,),
    )
    with story.database.transaction() as tx:
        scopes.put(tx, before.id, 2, scope)
        calendar.set_lock(tx, "shop", DeployLock(reason="audit", since=START, release_id=""), RM)

    room = story.declare(OPS)

    (kept,) = story.kept(room)
    assert kept == Snapshot(
        id=kept.id,
        room=room.id,
        project="shop",
        taken=Taken.DECLARED,
        at=START,
        release=before,
        production="1.6.0",
        stages=(Span(stage=Stage.RELEASED, since=START - DAY),),
        carried=Carried(counts=scope.counts, migrations=("db/1.sql",), variables=1),
        lists=kept.lists,
        lock="audit",
        names={DEV: "Dev", RM: "Rm"},
    )
    assert story.database.read_now(snapshots.get, kept.id) == kept
    assert story.database.read_now(snapshots.get, "none") is None


def test_it_is_attached_once_when_the_channel_is_there(story: Story) -> None:
    story.given(release())
    room = story.declare(OPS)
    assert errands(story) == []

    story.made(room)

    assert errands(story) == [PostSnapshot(room.id, story.kept(room)[0].id)]


def test_a_war_room_keeps_one_when_it_is_opened_and_each_time_a_rollback_is_declared(
    story: Story, clock: HandClock
) -> None:
    story.given(release())
    room = story.made(story.open(release="release-1.6.0"))
    at = clock.move(minutes=3)
    story.declare(OPS)
    story.done(stand_down, StandDown(room=room.id, reason="a false alarm"), IC)
    clock.move(minutes=4)
    story.declare(OPS)

    kept = story.kept(room)
    assert [(one.taken, one.at) for one in kept[:2]] == [(Taken.OPENED, START), (Taken.DECLARED, at)]
    assert len(kept) == 3
    assert errands(story) == [PostSnapshot(room.id, one.id) for one in kept]


def test_an_incident_about_no_release_keeps_what_is_known_of_the_project(story: Story) -> None:
    room = story.open(OPS)

    (kept,) = story.kept(room)
    assert kept == Snapshot(id=kept.id, room=room.id, project="shop", taken=Taken.OPENED, at=START)


def test_readings_and_lists_that_are_known_are_kept_with_it(story: Story) -> None:
    story.given(release())
    room = story.open(release="release-1.6.0")
    reading = Reading(
        metric=ERROR_RATE,
        environment=Environment.PRODUCTION,
        at=START,
        source=Source.PROMETHEUS,
        value=0.07,
        samples=900,
    )
    with story.database.transaction() as tx:
        readings.add(tx, "shop", [reading])
        case = look(tx, "release-1.6.0")
        kept = take(tx, room, case, Taken.DECLARED)
        lists = progress(tx, case)

    found = story.database.read_now(snapshots.get, kept.id)
    assert found is not None
    assert (found.readings, found.lists) == ((reading,), lists)
    assert [one.phase for one in lists] == [Phase.POST_SOON, Phase.POST_FINISH]
