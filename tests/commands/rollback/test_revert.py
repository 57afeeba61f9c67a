"""Rolled back after its merge: main is ahead of production until a later version is out (spec 2.4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands import git_reports
from commands.requests import RefsWereMade, Resolve
from commands.rollback.resolve import resolve
from commands.show import lists
from commands.show import release as shows
from domain.errands import RevertLeft, Show, Surface, SurfaceKind, ToPerson
from domain.people import BOT, Origin, Via
from domain.types import Action, Stage
from domain.views import Task
from storage import calendar
from tests.commands.rollback.stories import DAY, Story, release
from tests.support.clock import START, HandClock
from tests.support.driver import Driver
from tests.support.world import DEV, IC, OPS, QA, RM, TL

LEFT = RevertLeft(release="release-1.6.0", version="1.6.0", branches=("main", "develop"), source="develop")


def rolled_back(story: Story, **facts: object) -> None:
    story.given(release(**facts))
    room = story.restored(story.led(OPS))
    story.sent()
    story.done(resolve, Resolve(room=room.id, summary="back on v1.5.0"), IC)


def tasks(story: Story, user: str) -> list[Task]:
    found = story.database.read_now(lists.mine, user).tasks
    return [task for task in found if task.kind == "revert"]


def asked(story: Story) -> list[tuple[object, object]]:
    return [(to, said) for to, said in story.told() if isinstance(said, RevertLeft)]


def warns(story: Story) -> bool:
    return story.database.read_now(shows.card, "release-1.6.0").ahead_of_production


def test_tech_leads_and_the_captain_are_asked_to_revert_or_fix(story: Story, clock: HandClock) -> None:
    rolled_back(story)
    assert asked(story) == [(ToPerson(RM), LEFT), (ToPerson(TL), LEFT)]
    task = Task(
        kind="revert",
        project="shop",
        release="release-1.6.0",
        version="1.6.0",
        zone="Asia/Seoul",
        since=clock(),
    )
    assert [tasks(story, user) for user in (TL, RM, QA)] == [[task], [task], []]
    assert warns(story)


def test_a_captain_without_any_role_has_the_task_too(story: Story, clock: HandClock) -> None:
    rolled_back(story, captain=DEV)
    assert asked(story) == [(ToPerson(DEV), LEFT), (ToPerson(TL), LEFT)]
    task = Task(
        kind="revert",
        project="shop",
        release="release-1.6.0",
        version="1.6.0",
        zone="Asia/Seoul",
        since=clock(),
    )
    assert [tasks(story, user) for user in (DEV, RM)] == [[task], []]


@pytest.mark.parametrize("stage", [Stage.DEPLOYING, Stage.VERIFYING])
def test_what_was_not_merged_leaves_nothing_to_revert(story: Story, stage: Stage) -> None:
    rolled_back(story, stage=stage, merged=False)
    assert (asked(story), tasks(story, TL), warns(story)) == ([], [], False)


def test_a_merge_that_ends_after_the_rollback_asks_as_well(story: Story) -> None:
    rolled_back(story, merged=False)
    assert asked(story) == []
    with story.database.transaction() as tx:
        report = RefsWereMade(release="release-1.6.0", work="finish")
        git_reports.refs_were_made(tx, report, Origin(BOT, Via.GIT))
    assert asked(story) == [(ToPerson(RM), LEFT), (ToPerson(TL), LEFT)]


def test_a_later_version_in_production_settles_it(story: Story) -> None:
    rolled_back(story)
    story.given(release("1.5.0", deployed_at=START - 9 * DAY))
    assert (len(tasks(story, TL)), warns(story)) == (1, True)
    story.given(release("1.6.1", deployed_at=START + timedelta(hours=2)))
    assert (tasks(story, TL), warns(story)) == ([], False)


def test_the_card_warns_no_more_once_a_later_version_is_out(story: Story, clock: HandClock) -> None:
    rolled_back(story)
    drive = Driver(story.database, clock)
    with drive.tx() as tx:
        calendar.lift_lock(tx, "shop", "release-1.6.0")
    drive.read_repository(tags=("v1.5.0",), production="v1.5.0", next_version="1.6.1", scope=None)
    later = drive.to_verifying(version="1.6.1")
    story.sent()
    drive.advance(later, Action.VERIFIED)
    shown = [errand for _, errand in story.sent() if isinstance(errand, Show)]
    assert Show(Surface(SurfaceKind.CARD, "release-1.6.0")) in shown
    assert not warns(story)
