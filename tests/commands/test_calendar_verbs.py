from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from commands.requests import (
    AddBlackout,
    AddWindow,
    BeginFreeze,
    LiftFreeze,
    RemoveBlackout,
    RemoveWindow,
    Retarget,
)
from commands.show import lists
from domain import refusals as r
from domain.calendar.fields import Weekday
from domain.calendar.gate import Verdict
from domain.calendar.rules import WeeklyWindow
from domain.errands import InChannel
from domain.events import (
    ApprovalsLapsed,
    BlackoutAdded,
    BlackoutRemoved,
    FreezeBegun,
    FreezeLifted,
    Retargeted,
    WindowsChanged,
)
from domain.people import Role, Via
from domain.types import Action, ReleaseType, Stage
from tests.support.driver import Driver
from tests.support.world import CHANNEL, DEV, IC, PM, PROJECT, RM, RM2, TL

A, S, R = Action, Stage, ReleaseType
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CALENDAR_PEOPLE = (RM, PM)


def seoul(day: int, hour: int = 0) -> datetime:
    """A moment of March 2026."""
    return datetime(2026, 3, day, hour, tzinfo=UTC) - 9 * HOUR


# --- retarget ---------------------------------------------------------------------------------------------


def test_a_moved_deploy_moves_its_freeze(drive: Driver) -> None:
    release = drive.start()
    event = drive.ok(Retarget(release=release, deploy_at=seoul(12, 14), reason="not ready"), RM)
    assert event == Retargeted(
        release=release,
        version="1.5.0",
        before=seoul(5, 14),
        after=seoul(12, 14),
        freeze_before=seoul(2, 14),
        freeze_after=seoul(9, 14),
        reason="not ready",
    )
    found = drive.release(release)
    assert (found.deploy_at, found.freeze_at) == (seoul(12, 14), seoul(9, 14))


def test_a_freeze_that_has_begun_stays(drive: Driver) -> None:
    release = drive.start()
    drive.clock.set(seoul(3, 9))
    event = drive.ok(Retarget(release=release, deploy_at=seoul(12, 14)), RM)
    assert isinstance(event, Retargeted)
    assert event.freeze_stays
    assert drive.release(release).freeze_at == seoul(2, 14)
    assert drive.told(FreezeLifted) == []


def test_a_begun_freeze_is_lifted_in_the_same_breath_when_asked(drive: Driver) -> None:
    release = drive.start()
    drive.clock.set(seoul(3, 9))
    drive.ok(Retarget(release=release, deploy_at=seoul(12, 14), lift_freeze=True), RM)
    found = drive.release(release)
    assert (found.freeze_at, found.freeze_lifted_at) == (seoul(9, 14), None)
    assert InChannel(CHANNEL) in [tell.to for tell in drive.told(FreezeLifted)]


def test_a_deploy_moved_close_is_frozen_at_once(drive: Driver) -> None:
    release = drive.start(deploy_at=seoul(12, 14))
    drive.clock.set(seoul(3, 9))
    drive.ok(Retarget(release=release, deploy_at=seoul(4, 14)), RM)
    assert drive.release(release).freeze_at == seoul(1, 14)
    assert [f.release_id for f in drive.read(lists.freezes, PROJECT).freezes] == [release]


@pytest.mark.parametrize("stage", [S.APPROVAL, S.APPROVED])
def test_another_window_asks_the_approvers_again(drive: Driver, stage: Stage) -> None:
    release = drive.to_approved() if stage is S.APPROVED else drive.to_approval(R.EMERGENCY)
    if stage is S.APPROVAL:
        drive.decide(release, TL)
    drive.ok(Retarget(release=release, deploy_at=seoul(12, 14)), RM, via=Via.MODAL, channel=CHANNEL)
    assert drive.stage(release) is S.APPROVAL
    lapsed = [tell.said for tell in drive.told(ApprovalsLapsed) if isinstance(tell.said, ApprovalsLapsed)]
    assert [said.why for said in lapsed] == ["moved"]


def test_within_its_window_an_approval_stands(drive: Driver) -> None:
    release = drive.to_approved()
    drive.ok(Retarget(release=release, deploy_at=seoul(5, 16)), RM)
    assert drive.stage(release) is S.APPROVED


def test_what_cannot_be_moved_is_said(drive: Driver) -> None:
    release = drive.start()
    move = Retarget(release=release, deploy_at=seoul(12, 14))
    assert drive.no(replace(move, deploy_at=drive.clock()), RM) == r.InThePast(drive.clock())
    assert drive.no(replace(move, deploy_at=seoul(5, 14)), RM) == r.AlreadySo("deploy_at")
    assert drive.no(move, PM) == r.NotAllowed("retarget", (Role.RELEASE_MANAGER,), (RM, RM2))
    drive.advance(release, A.HOLD, note="1.6.0 goes first")
    deploying = drive.to_deploying(version="1.6.0", deploy_at=seoul(5, 14))
    assert drive.no(replace(move, release=deploying), RM) == r.TooLate("1.6.0", S.DEPLOYING)


def test_an_incident_commander_moves_a_hotfix(drive: Driver) -> None:
    release = drive.start(R.HOTFIX, IC)
    drive.ok(Retarget(release=release, deploy_at=seoul(3, 14)), IC)
    assert drive.release(release).deploy_at == seoul(3, 14)


# --- freeze -----------------------------------------------------------------------------------------------


def test_a_freeze_can_begin_early_and_be_lifted(drive: Driver) -> None:
    release = drive.start(deploy_at=seoul(12, 14))
    event = drive.ok(BeginFreeze(release=release, reason=" audit "), RM)
    assert event == FreezeBegun(release=release, version="1.5.0", reason="audit")
    assert drive.release(release).freeze_at == drive.clock()
    assert drive.no(BeginFreeze(release=release, reason="x"), RM) == r.AlreadySo("freeze_begun")
    drive.clock.move(hours=1)
    lifted = drive.ok(LiftFreeze(release=release, reason="done"), RM)
    assert lifted == FreezeLifted(release=release, version="1.5.0", why="by_hand", reason="done")
    assert drive.no(LiftFreeze(release=release, reason="x"), RM) == r.AlreadySo("freeze_lifted")
    assert [tell.to for tell in drive.told(FreezeBegun)].count(InChannel(CHANNEL)) == 1
    assert [tell.to for tell in drive.told(FreezeLifted)].count(InChannel(CHANNEL)) == 1


@pytest.mark.parametrize("verb", [BeginFreeze, LiftFreeze])
def test_freezing_needs_the_role_and_a_reason(drive: Driver, verb: type[BeginFreeze | LiftFreeze]) -> None:
    release = drive.start(deploy_at=seoul(12, 14))
    if verb is LiftFreeze:
        drive.clock.set(seoul(10))
    assert isinstance(drive.no(verb(release=release, reason="x"), DEV), r.NotAllowed)
    assert drive.no(verb(release=release, reason=" "), RM) == r.TextMissing("reason")


def test_the_freeze_is_told_when_the_deploy_lifts_it(drive: Driver) -> None:
    release = drive.to_verifying()
    told = [tell for tell in drive.told(FreezeLifted) if tell.to == InChannel(CHANNEL)]
    assert [tell.said for tell in told] == [FreezeLifted(release=release, version="1.5.0", why="deployed")]


# --- blackouts --------------------------------------------------------------------------------------------

SALE = AddBlackout(project=PROJECT, name=" Sale ", start=seoul(3), end=seoul(6), reason=" busy ")


@pytest.mark.parametrize("user", CALENDAR_PEOPLE)
def test_a_blackout_closes_deploys_and_is_told(drive: Driver, user: str) -> None:
    event = drive.ok(SALE, user)
    assert isinstance(event, BlackoutAdded)
    assert (event.name, event.reason, event.start, event.end) == ("Sale", "busy", seoul(3), seoul(6))
    assert [tell.to for tell in drive.told(BlackoutAdded)] == [InChannel(CHANNEL)]
    answer = drive.read(lists.can_i_deploy, PROJECT, R.HOTFIX, seoul(4)).answer
    assert answer.verdict is Verdict.CLOSED


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": "  "}, r.TextMissing("name")),
        ({"name": "x" * 81}, r.TooLong("name", 80)),
        ({"end": seoul(3)}, r.EndsBeforeStart(seoul(3), seoul(3))),
        ({"end": datetime(2200, 1, 1, tzinfo=UTC)}, r.Unreadable("date", "2200-01-01")),
        ({"start": seoul(1), "end": seoul(2)}, r.InThePast(seoul(2))),
        (
            {"start": seoul(1), "end": seoul(2), "last_day": date(2026, 3, 1)},
            r.InThePast(date(2026, 3, 1)),
        ),
        ({"project": "other"}, r.UnknownProject("other", (PROJECT,))),
    ],
)
def test_a_blackout_that_cannot_be_is_refused(
    drive: Driver, changed: dict[str, object], refusal: r.Refusal
) -> None:
    assert drive.no(replace(SALE, **changed), PM) == refusal  # type: ignore[arg-type]  # its own fields
    assert drive.read(lists.blackouts, PROJECT).blackouts == ()


def test_the_same_blackout_twice_is_said(drive: Driver) -> None:
    drive.ok(SALE, PM)
    assert drive.no(SALE, RM) == r.AlreadySo("blackout")
    assert isinstance(drive.no(replace(SALE, name="x"), DEV), r.NotAllowed)


def test_a_blackout_is_removed_by_name_or_id(drive: Driver) -> None:
    event = drive.ok(SALE, PM)
    assert isinstance(event, BlackoutAdded)
    removed = drive.ok(RemoveBlackout(project=PROJECT, blackout="Sale"), RM)
    assert removed == BlackoutRemoved(blackout=event.blackout, name="Sale")
    assert drive.no(RemoveBlackout(project=PROJECT, blackout=event.blackout), RM) == r.Gone("blackout")
    assert drive.read(lists.can_i_deploy, PROJECT, R.HOTFIX, seoul(4)).answer.verdict is Verdict.OPEN


# --- windows ----------------------------------------------------------------------------------------------

MONDAY = WeeklyWindow(weekday=Weekday.MONDAY, from_=time(10), to=time(12))


def test_windows_set_in_slack_take_the_place_of_the_policys(drive: Driver) -> None:
    event = drive.ok(AddWindow(project=PROJECT, window=MONDAY), RM)
    policy = ("tuesday 10:00-17:00", "wednesday 10:00-17:00", "thursday 10:00-17:00")
    assert event == WindowsChanged(before=policy, after=("monday 10:00-12:00", *policy))
    drive.ok(RemoveWindow(project=PROJECT, window=MONDAY), RM)
    view = drive.read(lists.windows, PROJECT)
    assert (len(view.windows), view.from_policy) == (3, False)


def test_windows_do_not_overlap(drive: Driver) -> None:
    drive.ok(AddWindow(project=PROJECT, window=MONDAY), RM)
    assert drive.no(AddWindow(project=PROJECT, window=MONDAY), RM) == r.AlreadySo("window")
    late = WeeklyWindow(weekday=Weekday.MONDAY, from_=time(11), to=time(0))
    refusal = drive.no(AddWindow(project=PROJECT, window=late), RM)
    assert isinstance(refusal, r.Overlaps)
    assert refusal.name == "monday"
    touching = WeeklyWindow(weekday=Weekday.MONDAY, from_=time(12), to=time(0))
    event = drive.ok(AddWindow(project=PROJECT, window=touching), RM)
    assert isinstance(event, WindowsChanged)
    assert event.after[1] == "monday 12:00-24:00"


def test_windows_are_the_release_managers(drive: Driver) -> None:
    assert isinstance(drive.no(AddWindow(project=PROJECT, window=MONDAY), PM), r.NotAllowed)
    assert drive.no(RemoveWindow(project=PROJECT, window=MONDAY), RM) == r.Gone("window")
