"""`/release when`: which release is meant, what is read for it, and what each person may do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from commands import find
from commands.requests import AddBlackout, NewCondition, RemoveWindow
from commands.show import lists
from domain.approvals import Outcome
from domain.calendar.earliest import Preparation, Wait
from domain.calendar.entries import GateRule
from domain.calendar.rules import CalendarRules
from domain.needs import ConditionOpen, UrgentFirst
from domain.people import Role
from domain.refusals import Refused, TooLate, WhichRelease
from domain.types import Action, ReleaseType, Stage
from domain.when import Change, WhenView
from storage import people, releases
from storage.db import Tx
from tests.support.driver import Driver
from tests.support.world import CHANNEL, DEV, IC, OPS, PM, PROJECT, RM, RM2, TL, origin, person

HOUR = timedelta(hours=1)
R = ReleaseType


def when(drive: Driver, release: str, user: str = RM) -> WhenView:
    return drive.read(lists.when, release, origin(user))


def rule(view: WhenView) -> object:
    binds = view.prospect.earliest.binds
    return binds.wait if isinstance(binds, Preparation) else getattr(binds, "rule", None)


def meant(drive: Driver, named: str | None = None, within: str | None = None) -> str | None:
    def look(tx: Tx) -> str | None:
        found = find.to_deploy(tx, named, CHANNEL, within)
        return found.id if found else None

    return drive.read(look)


# --- which release ----------------------------------------------------------------------------------------


def test_the_only_release_before_its_deploy_is_meant_and_none_when_all_are_out(drive: Driver) -> None:
    assert meant(drive) is None
    out = drive.to_released()
    assert meant(drive) is None
    assert meant(drive, "1.5.0") == out
    drive.read_repository(tags=("v1.5.0",), production="v1.5.0", next_version="1.6.0")
    coming = drive.start(version="1.6.0")
    assert meant(drive) == meant(drive, within=PROJECT) == coming


def test_of_several_releases_it_asks_which(drive: Driver) -> None:
    drive.start()
    drive.start(R.HOTFIX, RM, version="1.4.1")
    with pytest.raises(Refused) as no:
        meant(drive)
    assert no.value.refusal == WhichRelease(("v1.5.0", "v1.4.1"))


def test_a_release_on_its_way_out_has_no_earliest_time(drive: Driver) -> None:
    release = drive.to_deploying()
    with pytest.raises(Refused) as no:
        when(drive, release)
    assert no.value.refusal == TooLate("1.5.0", Stage.DEPLOYING)


# --- what is read -----------------------------------------------------------------------------------------


def test_a_regular_release_that_is_started_now_waits_for_its_freeze_and_a_window(drive: Driver) -> None:
    """Monday 09:30 and three days make Thursday 09:30; its window opens at 10:00."""
    view = drive.read(lists.when_started_now, PROJECT, origin(DEV))
    found = view.prospect.earliest
    assert (view.release, view.type, view.may_retarget, view.may_ask) == (None, R.REGULAR, False, False)
    assert found.ready_at == drive.clock() + timedelta(days=3)
    assert (found.at, rule(view)) == (found.ready_at + HOUR / 2, GateRule.WINDOW)
    assert [one.change for one in view.alternatives] == [
        Change.FREEZE,
        Change.EXCEPTION,
        Change.TYPE,
        Change.TYPE,
    ]


def test_who_would_start_it_is_nobody_who_approves_it(drive: Driver) -> None:
    """With one release manager left, only somebody else can start a release."""
    with drive.tx() as tx:
        for holding in people.holdings(tx, PROJECT):
            if holding.holder == RM2:
                people.take(tx, PROJECT, holding)
    assert drive.read(lists.when_started_now, PROJECT, origin(RM)).nobody == (Role.RELEASE_MANAGER,)
    assert drive.read(lists.when_started_now, PROJECT, origin(DEV)).nobody == ()


def test_the_approvers_own_zone_is_heeded(drive: Driver) -> None:
    release = drive.to_approval()
    drive.clock.move(hours=24)  # Tuesday 09:30: the soak is over
    with drive.tx() as tx:
        people.put(tx, [replace(person(RM2), zone="America/New_York")])
    view = when(drive, release)
    # New York is at work from 23:00 in Seoul; the next window is Wednesday's.
    asked = Preparation(Wait.APPROVERS, drive.clock() + 13.5 * HOUR)
    assert view.prospect.preparations == (asked,)
    assert view.prospect.earliest.at == drive.clock() + 24.5 * HOUR


def test_what_no_clock_settles_is_named(drive: Driver) -> None:
    release = drive.to_approval()
    drive.decide(
        release,
        RM2,
        Outcome.CONDITIONS,
        comment="careful",
        conditions=(NewCondition(text="Tell support", owner=RM2),),
    )
    drive.start(R.HOTFIX, RM, version="1.4.1")
    assert [one.need for one in when(drive, release).missing] == [
        UrgentFirst("1.4.1", R.HOTFIX),
        ConditionOpen("Tell support", RM2),
    ]


def test_a_blackout_binds_and_an_exception_is_asked_for_the_time_that_it_would_open(drive: Driver) -> None:
    release = drive.to_approved()
    drive.clock.move(hours=24)
    at = drive.clock()
    drive.ok(AddBlackout(project=PROJECT, name="Sale", start=at - HOUR, end=at + 48 * HOUR), PM)
    view = when(drive, release)
    assert (rule(view), view.prospect.earliest.at) == (GateRule.BLACKOUT, at + 48.5 * HOUR)
    assert [
        (one.prospect.earliest.at, [reason.rule for reason in one.reasons])
        for one in view.alternatives
        if one.change is Change.EXCEPTION
    ] == [(at + HOUR / 2, [GateRule.BLACKOUT]), (at, [GateRule.BLACKOUT, GateRule.WINDOW])]


def test_windows_taken_away_in_slack_leave_no_time(drive: Driver) -> None:
    release = drive.to_approved()
    for window in CalendarRules().windows:
        drive.ok(RemoveWindow(project=PROJECT, window=window), RM)
    view = when(drive, release)
    assert (view.prospect.earliest.at, rule(view)) == (None, GateRule.NO_WINDOWS)


# --- who may do what --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user", "may"),
    [
        (RM, (True, True)),
        (OPS, (False, True)),
        (TL, (False, True)),
        (PM, (False, False)),
        (DEV, (False, False)),
    ],
)
def test_only_who_may_is_offered_to_move_it_or_to_ask(
    drive: Driver, user: str, may: tuple[bool, bool]
) -> None:
    view = when(drive, drive.start(), user)
    assert (view.may_retarget, view.may_ask) == may


def test_a_hotfix_is_moved_by_its_commander_too(drive: Driver) -> None:
    view = when(drive, drive.start(R.HOTFIX, RM, version="1.4.1"), IC)
    assert (view.may_retarget, view.prospect.earliest.at) == (True, drive.clock())


def test_a_release_on_hold_tells_its_time_as_if_it_went_on_now(drive: Driver) -> None:
    release = drive.to_approved()
    before = when(drive, release).prospect.earliest
    drive.advance(release, Action.HOLD, note="legal")
    view = when(drive, release)
    assert (view.release and view.release.stage, view.prospect.earliest) == (Stage.ON_HOLD, before)
    assert drive.read(releases.get, release) == view.release
