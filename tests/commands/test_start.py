from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from commands import context, start
from commands.requests import Cancel, FixForward, StartRelease
from commands.show.release import card
from domain import refusals as r
from domain.checklists.model import ItemState, Phase
from domain.errands import InThread, ReadRepository, Show, Surface, SurfaceKind
from domain.events import Advanced, ReleaseStarted
from domain.needs import HotfixUnfinished, Missing, Unmeetable
from domain.people import Role
from domain.refusals import Refusal
from domain.types import Action, ReleaseType, Stage
from domain.versions import Bump
from domain.versions.reasons import Reason
from storage import checklists, people, releases, scopes
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver, changes
from tests.support.world import (
    BOT_USER,
    CHANNEL,
    DEV,
    GUEST,
    IC,
    LEAVER,
    OPS,
    OUTSIDE,
    PM,
    PROJECT,
    QA,
    RM,
    RM2,
    STRANGER,
    TL,
    person,
    world,
)

R = ReleaseType
DEPLOY = datetime(2026, 3, 5, 5, tzinfo=UTC)
REGULAR = StartRelease(project=PROJECT, type=R.REGULAR)


def none_made(drive: Driver) -> bool:
    return drive.read(releases.live, PROJECT) == []


def test_a_regular_release_takes_the_next_slot_and_the_proposed_version(drive: Driver) -> None:
    drive.read_repository()
    event = drive.ok(REGULAR, DEV)
    assert isinstance(event, ReleaseStarted)
    assert event == ReleaseStarted(
        release=event.release,
        version="1.5.0",
        type=R.REGULAR,
        previous_version="1.4.0",
        deploy_at=DEPLOY,
        freeze_at=DEPLOY - timedelta(days=3),
    )
    found = drive.release(event.release)
    assert (found.stage, found.started_by, found.captain) == (Stage.CANDIDATE, DEV, DEV)
    assert drive.read(scopes.of, event.release, 0) == changes(since="v1.4.0")
    assert Show(Surface(SurfaceKind.CARD, event.release)) in drive.errands()
    assert drive.git_errands() == [ReadRepository(PROJECT)]
    assert drive.audited()[-1] == ("ReleaseStarted", "done", DEV)


@pytest.mark.parametrize(
    ("kind", "version", "deploy_at", "freeze_at"),
    [
        (R.REGULAR, "1.5.0", DEPLOY, DEPLOY - timedelta(days=3)),
        (R.EMERGENCY, "1.4.1", None, None),
        (R.HOTFIX, "1.4.1", None, None),
        (R.FEATURE, "1.5.0", DEPLOY + timedelta(days=7), DEPLOY),
    ],
)
def test_each_type_has_its_version_and_dates(
    drive: Driver, kind: ReleaseType, version: str, deploy_at: datetime | None, freeze_at: datetime | None
) -> None:
    found = drive.release(drive.start(kind))
    assert (str(found.version), found.deploy_at, found.freeze_at) == (version, deploy_at, freeze_at)


@pytest.mark.parametrize(
    ("user", "why"),
    [
        (OUTSIDE, "outside"),
        (GUEST, "guest"),
        (STRANGER, "stranger"),
        (BOT_USER, "bot"),
        (LEAVER, "bot"),
        ("U0NOBODY", "stranger"),
    ],
)
def test_only_members_of_the_channel_start(drive: Driver, user: str, why: str) -> None:
    drive.read_repository()
    assert drive.no(REGULAR, user) == r.NotAMember(why, CHANNEL)
    assert none_made(drive)
    assert drive.audited()[-1] == ("Denied", "denied", user)


@pytest.mark.parametrize(
    ("text", "problem", "other"),
    [
        ("1.4", "not_semver", ""),
        ("next", "not_semver", ""),
        ("1.4.0", "in_use", ""),
        ("v1.4.0", "in_use", ""),
        ("1.3.9", "below_production", "1.4.0"),
        ("0.9.0", "below_production", "1.4.0"),
        ("1.6.0-rc.1", "pre_release", ""),
    ],
)
def test_a_version_that_cannot_be_is_refused(drive: Driver, text: str, problem: str, other: str) -> None:
    drive.read_repository()
    refusal = drive.no(replace(REGULAR, version=text), RM)
    assert refusal == r.BadVersion(text, problem, other, "1.5.0")
    assert none_made(drive)


def test_a_version_is_never_used_again(drive: Driver) -> None:
    drive.start(version="1.5.1")
    assert drive.no(replace(REGULAR, version="1.5.1"), RM) == r.BadVersion("1.5.1", "in_use", "", "1.5.2")
    assert drive.no(replace(REGULAR, version="1.5.0"), RM) == r.BadVersion(
        "1.5.0", "not_higher", "1.5.1", "1.5.2"
    )


def test_an_older_line_takes_its_next_free_patch(drive: Driver) -> None:
    drive.read_repository(tags=("v1.3.2", "v1.3.3-rc.1", "v1.4.0"))
    hotfix = StartRelease(project=PROJECT, type=R.HOTFIX, version="1.3.1")
    assert drive.no(hotfix, IC) == r.BadVersion("1.3.1", "not_higher", "1.3.3-rc.1", "1.3.3")
    event = drive.ok(replace(hotfix, version="1.3.3"), IC)
    assert isinstance(event, ReleaseStarted)
    assert (event.version, event.previous_version) == ("1.3.3", "1.3.2")  # cut from the line that it fixes


@pytest.mark.parametrize("kind", [R.HOTFIX, R.EMERGENCY])
def test_a_fix_begins_no_line_below_production(drive: Driver, kind: ReleaseType) -> None:
    drive.read_repository(tags=("v1.3.2", "v1.4.0"))
    refusal = drive.no(StartRelease(project=PROJECT, type=kind, version="1.2.0"), IC)
    assert refusal == r.BadVersion("1.2.0", "below_production", "1.4.0", "1.4.1")


def test_a_lower_version_than_called_for_is_said(drive: Driver) -> None:
    drive.read_repository(next_version="2.0.0")
    event = drive.ok(replace(REGULAR, version="1.5.0"), RM)
    assert isinstance(event, ReleaseStarted)
    assert (event.lower_than, event.lower_because) == ("2.0.0", Reason(Bump.MINOR, 3))


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_deploy_in_the_past_is_refused(drive: Driver, seconds: int) -> None:
    drive.read_repository()
    at = drive.clock() - timedelta(seconds=seconds)
    assert drive.no(replace(REGULAR, deploy_at=at), RM) == r.InThePast(at)


def test_an_unknown_project_names_the_known_ones(drive: Driver) -> None:
    refusal = drive.no(StartRelease(project="shopp", type=R.REGULAR), RM)
    assert refusal == r.UnknownProject("shopp", (PROJECT,))


def requirement(role: Role, eligible: int = 0) -> Unmeetable:
    return Unmeetable(role, 1, eligible)


def cannot(drive: Driver, kind: ReleaseType, user: str, **facts: Any) -> Refusal:
    drive.read_repository()
    known: dict[str, Any] = {"stakeholders": (DEV,)} if kind is R.FEATURE else {}
    return drive.no(StartRelease(project=PROJECT, type=kind, **(known | facts)), user)


def take_from(drive: Driver, *users: str) -> None:
    """These people have left."""
    with drive.tx() as tx:
        people.put(tx, [person(user, active=False) for user in users])


def test_a_release_that_nobody_could_approve_is_not_created(drive: Driver) -> None:
    take_from(drive, RM2)
    refusal = cannot(drive, R.REGULAR, RM)
    assert refusal == r.CannotBeApproved("1.5.0", (requirement(Role.RELEASE_MANAGER),), (RM,))
    assert none_made(drive)


def test_another_starter_makes_it_approvable(drive: Driver) -> None:
    take_from(drive, RM2)
    drive.read_repository()
    assert isinstance(drive.ok(REGULAR, DEV), ReleaseStarted)


def test_authors_of_the_largest_share_are_barred_too(drive: Driver) -> None:
    drive.read_repository(scope=changes(top_authors=("rm2@naru.example",)))
    refusal = drive.no(REGULAR, RM)
    assert refusal == r.CannotBeApproved("1.5.0", (requirement(Role.RELEASE_MANAGER),), (RM, RM2))


def test_a_hotfix_may_be_approved_by_who_started_it(drive: Driver) -> None:
    assert drive.release(drive.start(R.HOTFIX, IC)).started_by == IC


def test_an_emergency_needs_two_people(drive: Driver) -> None:
    take_from(drive, TL)
    refusal = cannot(drive, R.EMERGENCY, PM)
    needs = (requirement(Role.TECH_LEAD), requirement(Role.PM))
    assert refusal == r.CannotBeApproved("1.4.1", needs, (PM,))


def test_a_feature_is_not_approved_by_a_stakeholder_who_started_it(drive: Driver) -> None:
    refusal = cannot(drive, R.FEATURE, DEV)
    assert refusal == r.CannotBeApproved("1.5.0", (requirement(Role.STAKEHOLDER),), (DEV,))


@pytest.mark.parametrize("user", [GUEST, STRANGER, LEAVER, BOT_USER, "U0NOBODY"])
def test_stakeholders_are_people_who_count(drive: Driver, user: str) -> None:
    refusal = cannot(drive, R.FEATURE, RM, stakeholders=(DEV, user))
    assert isinstance(refusal, r.CannotBeApproved)
    assert refusal.missing == (Unmeetable(Role.STAKEHOLDER, 2, 1),)


def test_a_relaxed_policy_lets_the_starter_approve(database: Database, clock: HandClock) -> None:
    relaxed = {"regular": {"separation": {"starter": False}}}
    with database.transaction() as tx:
        world(tx, types=relaxed)
    drive = Driver(database, clock)
    take_from(drive, RM2)
    drive.read_repository()
    assert isinstance(drive.ok(REGULAR, RM), ReleaseStarted)


def test_a_repository_that_was_never_read_is_said(database: Database, clock: HandClock) -> None:
    with database.transaction() as tx:
        world(tx, repository={"url": "https://git.example/shop.git"})
    drive = Driver(database, clock)
    assert drive.no(REGULAR, RM) == r.RepositoryUnknown(PROJECT)
    drive.read_repository(problem="unreachable", branches=(), scope=None, next_version="")
    assert drive.no(REGULAR, RM) == r.RepositoryUnknown(PROJECT, "unreachable")


def test_free_slots_leave_out_what_is_taken_or_closed(drive: Driver) -> None:
    drive.start()

    def days(*, limit: int) -> list[int]:
        def look(tx: Any) -> list[int]:
            project = context.project_of(tx, PROJECT)
            found = start.free_slots(tx, project, R.REGULAR, drive.clock(), limit=limit)
            return [slot.day.day for slot in found]

        return drive.read(look)

    assert days(limit=3) == [12, 19, 26]


def test_a_fix_forward_starts_a_linked_hotfix(drive: Driver) -> None:
    parent = drive.to_verifying()
    event = drive.ok(FixForward(release=parent, reason="a button is dead"), IC)
    assert isinstance(event, Advanced)
    assert (event.action, drive.stage(parent)) == (Action.FIX_FORWARD, Stage.VERIFYING)
    (child,) = [found for found in drive.read(releases.live, PROJECT) if found.parent == parent]
    assert (child.type, str(child.version)) == (R.HOTFIX, "1.5.1")
    assert child.previous_version == "1.5.0-rc.1"  # not tagged yet


def test_a_second_press_starts_no_second_hotfix(drive: Driver) -> None:
    """Two who press at the same moment mean one hotfix; once it is cancelled another one may be started."""
    parent = drive.to_verifying()
    drive.ok(FixForward(release=parent, reason="a button is dead"), IC)
    refused = drive.no(FixForward(release=parent, reason="the button is dead"), RM)
    assert refused == replace(_waits_for_its_hotfix(parent, Stage.CANDIDATE), action=Action.FIX_FORWARD)
    (child,) = drive.read(card, parent).mended_by
    drive.ok(Cancel(release=child.id, reason="it was the cache"), RM)
    drive.ok(FixForward(release=parent, reason="not the cache"), RM)
    assert [str(one.version) for one in drive.read(card, parent).mended_by] == ["1.5.2"]


def test_what_a_fix_forward_mends_is_verified_anew(drive: Driver) -> None:
    parent = drive.to_verifying()
    drive.ok(FixForward(release=parent, reason="a button is dead"), IC)
    (child,) = drive.read(card, parent).mended_by
    assert (str(child.version), child.stage) == ("1.5.1", Stage.CANDIDATE)
    drive.settle_lists(parent, Phase.POST_AT_ONCE)
    waived = ItemState(waived_at=drive.clock(), waived_by=QA, reason="none there")
    with drive.tx() as tx:
        checklists.put(tx, parent, Phase.POST_AT_ONCE, {"integrations": waived})

    drive.cut(child.id)
    drive.build(child.id)
    drive.advance(child.id, Action.STAGING_DEPLOYED, OPS, note="healthy")
    drive.pass_qa(child.id)
    drive.deploy(child.id)
    drive.roll_out(child.id)

    said = drive.read(checklists.states, parent, [Phase.POST_AT_ONCE])[Phase.POST_AT_ONCE]
    assert {key for key, state in said.items() if state.settled} == {"integrations"}
    refused = drive.refused(parent, Action.VERIFIED, QA)
    assert isinstance(refused, r.NotReady)
    told = [t.said for t in drive.told(Advanced) if t.to == InThread(parent)]
    assert (told[-1].version, told[-1].action) == ("1.5.1", Action.ROLLOUT_COMPLETE)  # type: ignore[union-attr]
    assert drive.read(card, parent).mended_by[0].stage is Stage.VERIFYING

    drive.settle_lists(parent, Phase.POST_AT_ONCE)
    assert drive.refused(parent, Action.VERIFIED, QA) == _waits_for_its_hotfix(parent, Stage.VERIFYING)
    drive.settle_lists(child.id, Phase.POST_AT_ONCE)
    drive.advance(child.id, Action.VERIFIED, QA)
    drive.advance(parent, Action.VERIFIED, QA)
    assert drive.stage(parent) is Stage.RELEASED


def _waits_for_its_hotfix(parent: str, stage: Stage) -> r.NotReady:
    who = (Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER)
    missing = (Missing(HotfixUnfinished("1.5.1", stage), who),)
    return r.NotReady(
        action=Action.VERIFIED, version="1.5.0", stage=Stage.VERIFYING, missing=missing, release=parent
    )


def test_what_a_cancelled_hotfix_was_to_mend_is_verified_as_it_is(drive: Driver) -> None:
    parent = drive.to_verifying()
    drive.ok(FixForward(release=parent, reason="a button is dead"), IC)
    (child,) = drive.read(card, parent).mended_by
    drive.settle_lists(parent, Phase.POST_AT_ONCE)
    assert drive.refused(parent, Action.VERIFIED, QA) == _waits_for_its_hotfix(parent, Stage.CANDIDATE)
    drive.ok(Cancel(release=child.id, reason="it was the cache"), RM)
    assert drive.read(card, parent).mended_by == ()
    drive.advance(parent, Action.VERIFIED, QA)
    assert drive.stage(parent) is Stage.RELEASED


@pytest.mark.parametrize("user", [QA, OPS, DEV])
def test_only_some_fix_forward(drive: Driver, user: str) -> None:
    parent = drive.to_verifying()
    refusal = drive.no(FixForward(release=parent, reason="x"), user)
    assert isinstance(refusal, r.NotAllowed)
    assert len(drive.read(releases.live, PROJECT)) == 1
