"""Who could not send a modal is told so before it opens, in the words of the verb itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot import asking, opening
from commands import requests
from commands.rollback.resolve import resolve
from commands.rollback.seat import hand_seat
from domain.approvals import Outcome
from domain.commits import ChangeKind
from domain.refusals import AlreadySo, Gone, NotAllowed, NotAMember, Refusal, Refused, WrongStage
from domain.release import ConfirmItem
from domain.rollback import StepKey
from domain.scope import Line
from domain.types import Action
from messages.ids import Press, Target
from storage.db import Database
from tests.commands.rollback.stories import MADE, Story
from tests.commands.rollback.stories import release as production
from tests.support.clock import HandClock
from tests.support.driver import Driver, changes
from tests.support.world import DEV, DEV2, IC, OPS, OUTSIDE, OWNER, PM, PROJECT, QA, RM, RM2, World, origin


@pytest.fixture
def drive(database: Database, clock: HandClock, shop: World) -> Driver:
    return Driver(database, clock)


@pytest.fixture
def story(database: Database, shop: World) -> Story:
    return Story(database)


def told(database: Database, press: Press, target: Target, user: str, channel: str = "") -> Refusal | None:
    """What is said instead of opening the modal, None when it opens."""
    try:
        database.read_now(asking.may, replace(origin(user), channel=channel), press, target)
    except Refused as no:
        return no.refusal
    return None


def test_every_modal_of_a_verb_with_a_role_is_asked_about() -> None:
    only_shows = {Press.SCOPE, Press.COMPARE}
    assert set(opening._OPENINGS) - set(asking._CHECKS) == only_shows


# --- a release --------------------------------------------------------------------------------------------

Asked = Callable[[str], Any]
OF_RELEASE: list[tuple[Press, Target, Asked, str]] = [
    (
        Press.STAKEHOLDERS,
        Target(),
        lambda r: requests.NameStakeholders(release=r, users=(DEV,)),
        PM,
    ),
    (
        Press.EXCEPTION_ASK,
        Target(project=PROJECT),
        lambda r: requests.AskException(
            project=PROJECT, release=r, what="x", why="x", risk="x", way_back="x"
        ),
        OPS,
    ),
]


@pytest.mark.parametrize(("press", "target", "asked", "may"), OF_RELEASE)
def test_a_modal_about_a_release_is_refused_as_its_verb_would(
    drive: Driver, press: Press, target: Target, asked: Asked, may: str
) -> None:
    release = drive.to_qa()
    target = replace(target, release=release)

    refusal = told(drive.database, press, target, DEV)

    assert isinstance(refusal, NotAllowed)
    assert refusal == drive.no(asked(release), DEV)
    assert told(drive.database, press, target, may) is None


def test_correcting_a_message_is_for_who_leads(drive: Driver) -> None:
    release = drive.start(user=DEV2)
    change = Line("c" * 40, ChangeKind.FIX, "rounding", "Kim")
    drive.cut(release, scope=changes(lines=(change,)))
    asked = requests.CorrectMessage(release=release, commit=change.sha, message="fix: a")
    for target in (Target(release=release, key=change.sha[:20]), Target(project=PROJECT, key=change.sha[:7])):
        assert isinstance(told(drive.database, Press.CORRECT, target, DEV), NotAllowed)
        assert told(drive.database, Press.CORRECT, target, DEV) == drive.no(asked, DEV)
        assert told(drive.database, Press.CORRECT, target, DEV2) is None
        assert told(drive.database, Press.CORRECT, target, RM) is None
    missing = Target(release="gone", key=change.sha)
    assert told(drive.database, Press.CORRECT, missing, RM) == Gone("release")


def test_confirming_is_for_who_knows(drive: Driver) -> None:
    release, item = drive.to_approval(), ConfirmItem.DEPLOYER_STANDING_BY
    target = Target(release=release, item=item, candidate=1)
    asked = requests.Confirm(release=release, item=item, candidate=1)

    assert isinstance(told(drive.database, Press.CONFIRM, target, DEV), NotAllowed)
    assert told(drive.database, Press.CONFIRM, target, DEV) == drive.no(asked, DEV)
    assert told(drive.database, Press.CONFIRM, target, RM) is None


def test_retargeting_is_for_the_release_manager(drive: Driver) -> None:
    release = drive.to_qa()
    target = Target(release=release)
    asked = requests.Retarget(release=release, deploy_at=drive.clock(), reason="x")

    assert told(drive.database, Press.RETARGET, target, QA) == drive.no(asked, QA)
    assert told(drive.database, Press.RETARGET, target, RM) is None


def test_a_step_is_asked_about_by_stage_and_role(drive: Driver) -> None:
    release = drive.to_qa()
    hold = Target(release=release, action=Action.HOLD)

    assert isinstance(told(drive.database, Press.ASK, hold, DEV), NotAllowed)
    assert told(drive.database, Press.ASK, hold, RM) is None
    declare = Target(release=release)
    assert isinstance(told(drive.database, Press.ROLLBACK, declare, IC), WrongStage)


def test_meeting_a_condition_that_is_gone_is_said(drive: Driver) -> None:
    release = drive.to_approval()
    target = Target(release=release, condition="C1")
    assert told(drive.database, Press.MEET, target, RM2) == Gone("condition")


def test_a_condition_is_met_by_who_could_have_asked_for_it(drive: Driver) -> None:
    release = drive.to_approval()
    wanted = requests.NewCondition(text="watch the queue", owner=DEV)
    drive.decide(release, RM2, Outcome.CONDITIONS, conditions=(wanted,))
    [condition] = drive.release(release).conditions
    target = Target(release=release, condition=condition.id)
    asked = requests.MeetCondition(release=release, condition=condition.id)

    assert told(drive.database, Press.MEET, target, DEV) == drive.no(asked, DEV)
    assert told(drive.database, Press.MEET, target, RM2) is None


# --- a project --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("press", "may"),
    [
        (Press.BLACKOUT_ADD, PM),
        (Press.WINDOW_ADD, RM),
        (Press.ROLE_GIVE, OWNER),
        (Press.ROLE_TAKE, OWNER),
    ],
)
def test_a_modal_about_a_projects_rules_is_for_who_may_change_them(
    drive: Driver, press: Press, may: str
) -> None:
    target = Target(project=PROJECT)
    assert isinstance(told(drive.database, press, target, DEV), NotAllowed)
    assert told(drive.database, press, target, may) is None


@pytest.mark.parametrize("target", [Target(), Target(project=PROJECT)])
def test_starting_is_for_members_of_the_channel(drive: Driver, target: Target) -> None:
    refusal = told(drive.database, Press.START, target, OUTSIDE)
    assert isinstance(refusal, NotAMember)
    assert told(drive.database, Press.START, target, DEV) is None


def test_there_is_nothing_to_decide_about_an_exception_that_is_gone(drive: Driver) -> None:
    of_one = (Press.EXCEPTION_GRANT, Press.EXCEPTION_DENY, Press.EXCEPTION_REVOKE, Press.EXCEPTION_JUDGE)
    for press in of_one:
        assert told(drive.database, press, Target(exception="E1"), PM) == Gone("exception")


# --- a war room -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("press", "may"),
    [
        (Press.STEP, OPS),
        (Press.ROOM_LOG, DEV),
        (Press.ROOM_ESCALATE, DEV),
        (Press.ROOM_RESOLVE, RM),
        (Press.ROOM_STAND_DOWN, IC),
        (Press.LIFT_LOCK, RM),
    ],
)
def test_a_modal_about_a_rollback_is_for_who_may(story: Story, press: Press, may: str) -> None:
    story.given(production())
    room = story.led()
    target = Target(project=PROJECT, room=room.id, step=StepKey.TRAFFIC, state="skipped")

    refusal = told(story.database, press, target, OUTSIDE)

    assert isinstance(refusal, NotAllowed | NotAMember)
    assert told(story.database, press, target, may, MADE) is None


def test_who_has_the_commanders_seat_may_end_the_rollback(story: Story) -> None:
    story.given(production())
    room = story.led()
    target = Target(room=room.id)
    assert isinstance(told(story.database, Press.ROOM_STAND_DOWN, target, OPS), NotAllowed)

    story.done(hand_seat, requests.HandSeat(room=room.id, to=OPS), IC)

    assert told(story.database, Press.ROOM_STAND_DOWN, target, OPS) is None
    assert told(story.database, Press.ROOM_RESOLVE, target, OPS) is None


def test_a_room_that_is_over_is_said(story: Story) -> None:
    story.given(production())
    room = story.open(IC)
    story.done(resolve, requests.Resolve(room=room.id), IC)
    target = Target(room=room.id)

    assert told(story.database, Press.ROOM_RESOLVE, target, IC) == AlreadySo("resolved")
    assert told(story.database, Press.ROOM_ESCALATE, target, IC) == AlreadySo("resolved")
    assert told(story.database, Press.POSTMORTEM_DONE, target, IC) is None
    assert isinstance(told(story.database, Press.POSTMORTEM_DONE, target, DEV), NotAllowed)
    assert told(story.database, Press.ROOM_LOG, Target(room="R0"), IC) == Gone("room")
