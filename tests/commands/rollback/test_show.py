"""What a room and the rollback form show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from commands.requests import Resolve
from commands.rollback.resolve import resolve
from commands.rollback.show import rollback_form, room_view
from commands.show.lists import mine
from commands.show.release import card, project_view
from domain.checklists.model import Phase
from domain.checklists.progress import Progress
from domain.commits import ChangeCounts
from domain.people import Role
from domain.refusals import Gone, Refused
from domain.release import Release
from domain.rollback.seat import SEAT_ROLES
from domain.rollback.turns import unfinished
from domain.schema_changes import PhaseLink, SchemaChange
from domain.schema_phases import Phase as SchemaPhase
from domain.scope import Scope
from domain.types import Action, Stage
from domain.views import RollbackForm, RoomView
from domain.ways_back import REPORTED, MigrationWay, WayBack, WayKind
from storage import rooms, schema_changes, scopes
from storage.releases import Stale
from tests.commands.rollback.stories import DAY, Story, migrating, release
from tests.support.clock import START, HandClock
from tests.support.world import DBA, IC, IMPL, ONCALL, OPS, PM, QA, RM, RM2, TL, World

TAGS = ("v1.3.0", "v1.4.0", "v1.4.1", "v1.5.0", "v1.6.0", "v1.6.0-rc.1", "v1.6.0-rc.2")


def ago(version: str, days: int, stage: Stage = Stage.CLOSED) -> Release:
    at = START - days * DAY
    return release(version, stage=stage, deploy_started_at=at, deployed_at=at, stage_since=at + DAY)


def test_a_room_shows_all_that_its_messages_need(story: Story, shop: World, clock: HandClock) -> None:
    story.given(release())
    room = story.made(story.declare(OPS))
    at = clock.move(minutes=10)

    view = story.database.read_now(room_view, room.id)

    assert view == RoomView(
        core_functions=(),
        project=project_view(shop.project),
        room=room,
        release=story.release(),
        contacts=(),
        members={
            Role.RELEASE_MANAGER: (RM, RM2),
            Role.TECH_LEAD: (TL,),
            Role.PM: (PM,),
            Role.INCIDENT_COMMANDER: (IC,),
            Role.QA_LEAD: (QA,),
            Role.DEVOPS: (OPS,),
            Role.DBA: (DBA,),
            Role.ONCALL: (ONCALL,),
            Role.IMPLEMENTATION_MANAGER: (IMPL,),
        },
        may_take=SEAT_ROLES,
        entries=story.database.read_now(rooms.entries, room.id),
        at=at,
        lists=(
            Progress(phase=Phase.ROLLBACK_BEFORE, done=2, total=4),
            Progress(phase=Phase.ROLLBACK_DURING, done=0, total=4),
            Progress(phase=Phase.ROLLBACK_AFTER, done=0, total=8),
        ),
    )
    assert len(view.entries) == 5


def test_what_waits_for_a_commander_is_the_way_out_then_the_post_mortem(
    story: Story, clock: HandClock
) -> None:
    story.given(release())
    room = story.led()
    led = story.database.read_now(mine, IC).tasks
    assert [(task.kind, task.action) for task in led] == [("action", Action.ROLLED_BACK)]
    restored = clock.move(minutes=20)
    story.restored(room)
    at = clock.move(minutes=10)
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)
    found = story.database.read_now(mine, IC).tasks
    assert [(task.kind, task.since, task.due) for task in found] == [("postmortem", at, restored + DAY)]


def test_the_card_knows_whether_the_rollback_can_end(story: Story) -> None:
    story.given(release())
    room = story.led(OPS)
    assert story.database.read_now(card, "release-1.6.0").restore_open == unfinished(room)
    assert unfinished(room) != ()
    story.restored(room)
    assert story.database.read_now(card, "release-1.6.0").restore_open == ()


def test_a_room_about_no_release_has_none(story: Story) -> None:
    room = story.open()

    assert story.database.read_now(room_view, room.id).release is None


def test_what_is_not_there_cannot_be_shown(story: Story) -> None:
    with pytest.raises(Refused) as caught:
        story.database.read_now(room_view, "none")
    assert caught.value.refusal == Gone("room")


def test_the_form_goes_back_in_the_order_of_production(story: Story, shop: World) -> None:
    story.given(
        ago("1.4.0", 30),
        ago("1.5.0", 20, Stage.ROLLED_BACK),
        ago("1.4.1", 15),
        migrating(),
        tags=TAGS,
    )

    form = story.database.read_now(rollback_form, "release-1.6.0", "", IC)

    assert form == RollbackForm(
        project=project_view(shop.project),
        release=migrating(),
        targets=("v1.4.1", "v1.4.0", "v1.3.0"),
        commanders=(IC,),
        migration=True,
        standing="v1.4.1",
    )


def test_the_form_proposes_no_commander_who_is_not_there(story: Story) -> None:
    story.given(release())

    room = story.open(OPS)

    form = story.database.read_now(rollback_form, "release-1.6.0", room.id, OPS)

    assert (form.commanders, form.room, form.migration) == ((), room.id, None)


def test_the_form_knows_that_what_the_old_version_needs_is_taken_away(story: Story) -> None:
    story.given(release())
    links = (
        PhaseLink(
            phase=SchemaPhase.CONTRACT, release="release-1.6.0", version=release().version, by=DBA, at=START
        ),
    )
    change = SchemaChange(
        id="c1", project="shop", subject="orders", title="", links=links, started_by=DBA, started_at=START
    )
    with story.database.transaction() as tx:
        schema_changes.put(tx, change)

    assert story.database.read_now(rollback_form, "release-1.6.0").database_first


def test_the_form_knows_that_the_old_version_was_said_not_to_run(story: Story) -> None:
    """Then there is a migration, whatever QA said of it."""
    way = replace(stated_way(), old_runs=False)
    story.given(release(ways_back=(way,)))
    scope = Scope(since="v1.5.0", sha="a" * 40, counts=ChangeCounts(), migrations=(way.path,))
    with story.database.transaction() as tx:
        scopes.put(tx, "release-1.6.0", 2, scope)

    form = story.database.read_now(rollback_form, "release-1.6.0")

    assert (form.migration, form.database_first) == (True, True)


def test_the_room_shows_how_each_migration_is_taken_back(story: Story) -> None:
    path, way = "db/migrate/0042_x.sql", stated_way()
    story.given(migrating(ways_back=(way,)))
    scope = Scope(
        since="v1.5.0", sha="a" * 40, counts=ChangeCounts(), migrations=(path, "db/migrate/0043_y.sql")
    )
    with story.database.transaction() as tx:
        scopes.put(tx, "release-1.6.0", 2, scope)

    room = story.declare(OPS, migration=True)

    ways = story.database.read_now(room_view, room.id).ways
    assert ways == (MigrationWay(path, way), MigrationWay("db/migrate/0043_y.sql"))


def test_a_migration_that_nobody_knew_of_has_no_way_back(story: Story) -> None:
    story.given(release())

    room = story.declare(OPS, migration=True)

    assert story.database.read_now(room_view, room.id).ways == (MigrationWay(REPORTED),)


def stated_way() -> WayBack:
    return WayBack(
        path="db/migrate/0042_x.sql", kind=WayKind.SCRIPT, by=DBA, at=START, candidate=2, text="x.down.sql"
    )


def test_before_the_repository_was_read_the_form_knows_what_it_recorded(story: Story) -> None:
    story.given(ago("1.5.0", 9), release())

    assert story.database.read_now(rollback_form, "release-1.6.0").targets == ("v1.5.0",)


# --- where rooms are kept -----------------------------------------------------------------------------------


def test_a_channel_is_the_room_that_it_was_last(story: Story, clock: HandClock) -> None:
    story.given(release())
    first = story.made(story.open(OPS), "C0TALK")
    clock.move(minutes=1)
    second = story.made(story.open(OPS, release="release-1.6.0"), "C0TALK")

    assert story.database.read_now(rooms.of_channel, "C0TALK") == second
    assert story.database.read_now(rooms.of_channel, "C0OTHER") is None
    assert story.database.read_now(rooms.live, "shop") == [first, second]
    assert story.database.read_now(rooms.live) == [first, second]
    assert story.database.read_now(rooms.live, "other") == []


def test_a_room_that_changed_meanwhile_is_not_overwritten(story: Story) -> None:
    room = story.open()
    with story.database.transaction() as tx:
        rooms.save(tx, room, room)

    with pytest.raises(Stale), story.database.transaction() as tx:
        rooms.save(tx, room, room)


def test_times_survive_storage(story: Story, clock: HandClock) -> None:
    clock.set(START + timedelta(microseconds=123_456))

    room = story.open()

    assert story.room(room.id).opened_at == START + timedelta(microseconds=123_456)
