"""Entries by the clocks of another zone than the project's, and blackouts of several projects at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from commands.requests import AddBlackout, AddWindow, ChangeOccurrence, MoveBlackout, RemoveWindow
from commands.show import calendar_forms, lists
from commands.show.calendar_forms import Entered
from domain import refusals as r
from domain.calendar.blackouts import YearlyBlackout
from domain.calendar.fields import Weekday
from domain.calendar.gate import Verdict
from domain.calendar.rules import WeeklyWindow
from domain.errands import InChannel
from domain.events import BlackoutAdded, WindowsChanged
from domain.types import ReleaseType
from domain.views import BlackoutForm
from storage import calendar as entries
from storage.db import Database
from tests.support.driver import Driver
from tests.support.world import CHANNEL, DEV, PM, PROJECT, RM, world

NEW_YORK = "America/New_York"
THERE = WeeklyWindow(weekday=Weekday.FRIDAY, from_=time(9), to=time(11), zone=NEW_YORK)
FRIDAYS = {"no_deploy_hours": []}
DAY = timedelta(days=1)


def utc(day: int, hour: int, *, month: int = 3, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def verdict(drive: Driver, at: datetime, project: str = PROJECT) -> Verdict:
    return drive.read(lists.can_i_deploy, project, ReleaseType.REGULAR, at).answer.verdict


# --- windows ------------------------------------------------------------------------------------------------


@pytest.fixture
def fridays(database: Database, drive: Driver) -> Driver:
    """The shop without no-deploy hours: Fridays are free for a window."""
    with database.transaction() as tx:
        world(tx, calendar=FRIDAYS)
    return drive


def test_a_window_holds_by_the_clocks_of_its_zone_when_those_change(fridays: Driver) -> None:
    event = fridays.ok(AddWindow(project=PROJECT, window=THERE), RM)
    assert isinstance(event, WindowsChanged)
    assert event.after[-1] == "friday 09:00-11:00 America/New_York"
    # Clocks go forward there on 8 March: nine o'clock is an hour earlier by the sun.
    winter, summer = (utc(6, 13), utc(6, 14), utc(6, 16)), (utc(13, 12), utc(13, 13), utc(13, 15))
    for before, opens, closes in (winter, summer):
        assert [verdict(fridays, at) for at in (before, opens, closes)] == [
            Verdict.CLOSED,
            Verdict.OPEN,
            Verdict.CLOSED,
        ]
    fridays.ok(RemoveWindow(project=PROJECT, window=THERE), RM)
    assert verdict(fridays, utc(6, 14)) is Verdict.CLOSED


def test_a_window_of_the_projects_own_zone_names_none(fridays: Driver) -> None:
    own = THERE.model_copy(update={"zone": "Asia/Seoul"})
    event = fridays.ok(AddWindow(project=PROJECT, window=own), RM)
    assert isinstance(event, WindowsChanged)
    assert event.after[-1] == "friday 09:00-11:00"
    assert fridays.no(AddWindow(project=PROJECT, window=own), RM) == r.AlreadySo("window")
    fridays.ok(AddWindow(project=PROJECT, window=THERE), RM)  # the same hours elsewhere are no overlap
    late = THERE.model_copy(update={"from_": time(10), "to": time(12)})
    assert isinstance(fridays.no(AddWindow(project=PROJECT, window=late), RM), r.Overlaps)


def test_one_occurrence_is_moved_to_an_instant_whatever_its_zone(fridays: Driver) -> None:
    fridays.ok(AddWindow(project=PROJECT, window=THERE), RM)
    fridays.ok(
        ChangeOccurrence(
            project=PROJECT, of=THERE.key, day=date(2026, 3, 13), start=utc(14, 13), end=utc(14, 15)
        ),
        RM,
    )
    assert [verdict(fridays, at) for at in (utc(13, 13), utc(14, 13), utc(14, 15), utc(20, 13))] == [
        Verdict.CLOSED,
        Verdict.OPEN,
        Verdict.CLOSED,
        Verdict.OPEN,
    ]


def test_the_zones_offered_are_the_projects_the_readers_utc_and_those_of_other_projects(
    database: Database, drive: Driver
) -> None:
    with database.transaction() as tx:
        world(tx, key="pay", channel="C0PAY", zone="Europe/Berlin")
        world(tx, key="web", channel="C0WEB", zone="Asia/Seoul")
        found = calendar_forms.window_form(tx, PROJECT, zone=NEW_YORK)
    assert found.zones == ("Asia/Seoul", NEW_YORK, "UTC", "Europe/Berlin")


# --- blackouts ----------------------------------------------------------------------------------------------

YEAR_END = AddBlackout(
    project=PROJECT,
    name="Year end",
    start=utc(24, 17, month=12),
    end=utc(26, 5, month=12),
    yearly=True,
    zone=NEW_YORK,
)


def yearly(drive: Driver, project: str = PROJECT) -> list[YearlyBlackout]:
    with drive.tx() as tx:
        found = entries.blackouts(tx, project, drive.clock())
    return [one for one in found if isinstance(one, YearlyBlackout)]


def test_a_yearly_blackout_comes_by_the_clocks_of_its_zone(drive: Driver) -> None:
    event = drive.ok(YEAR_END, PM)
    assert isinstance(event, BlackoutAdded)
    assert event.zone == NEW_YORK
    (kept,) = yearly(drive)
    assert (kept.begins, kept.ends, kept.zone) == (
        datetime(2026, 12, 24, 12),
        datetime(2026, 12, 26),
        NEW_YORK,
    )
    moved = MoveBlackout(
        project=PROJECT,
        blackout=f"{event.blackout}/2027",
        start=utc(28, 17, month=12, year=2027),
        end=utc(29, 17, month=12, year=2027),
    )
    drive.ok(moved, PM)
    with drive.tx() as tx:
        form = calendar_forms.move_form(tx, PROJECT, moved.blackout)
    assert (form.start, form.end) == (moved.start, moved.end)


SALE = AddBlackout(project=PROJECT, name="Sale", start=utc(4, 0), end=utc(6, 0), also=("pay", "web"))


@pytest.fixture
def three(database: Database, drive: Driver) -> Driver:
    """The shop and two other projects."""
    with database.transaction() as tx:
        world(tx, key="pay", channel="C0PAY", zone="Europe/Berlin")
        world(tx, key="web", channel="C0WEB", roles={"pm": {"users": [DEV]}, "release_manager": {}})
    return drive


def test_a_blackout_of_several_projects_closes_all_or_none(three: Driver) -> None:
    assert isinstance(three.no(SALE, PM), r.NotAllowed)
    assert [verdict(three, utc(5, 4), key) for key in (PROJECT, "pay")] == [Verdict.OPEN, Verdict.CLOSED]
    assert three.read(lists.blackouts, PROJECT).blackouts == ()


def test_each_project_gets_its_own_and_its_channel_is_told_of_the_others(three: Driver) -> None:
    both = AddBlackout(project=PROJECT, name="Sale", start=utc(4, 0), end=utc(6, 0), also=("pay", PROJECT))
    event = three.ok(both, PM)
    assert isinstance(event, BlackoutAdded)
    told = [
        (tell.to, tell.said.also)
        for tell in three.told(BlackoutAdded)
        if isinstance(tell.said, BlackoutAdded)
    ]
    assert told == [(InChannel(CHANNEL), ("pay",)), (InChannel("C0PAY"), (PROJECT,))]
    assert [len(three.read(lists.blackouts, key).blackouts) for key in (PROJECT, "pay", "web")] == [1, 1, 0]
    assert three.no(both, PM) == r.AlreadySo("blackout")


def test_a_project_that_has_it_keeps_its_own(three: Driver) -> None:
    three.ok(AddBlackout(project="pay", name="Sale", start=utc(4, 0), end=utc(6, 0)), PM)
    event = three.ok(
        AddBlackout(project=PROJECT, name="Sale", start=utc(4, 0), end=utc(6, 0), also=("pay",)), PM
    )
    assert isinstance(event, BlackoutAdded)
    assert event.also == ()
    assert len(three.read(lists.blackouts, "pay").blackouts) == 1


def test_a_yearly_one_comes_by_each_projects_own_clocks(three: Driver) -> None:
    three.ok(
        AddBlackout(project=PROJECT, name="Sale", start=utc(4, 0), end=utc(6, 0), yearly=True, also=("pay",)),
        PM,
    )
    found = [(one.begins, one.zone) for key in (PROJECT, "pay") for one in yearly(three, key)]
    assert found == [
        (datetime(2026, 3, 4, 9), "Asia/Seoul"),
        (datetime(2026, 3, 4, 1), "Europe/Berlin"),
    ]


def test_the_form_offers_the_projects_that_somebody_may_close_and_names_whose_release_is_in_the_way(
    three: Driver,
) -> None:
    three.start()

    def form(by: str, *projects: str) -> BlackoutForm:
        entered = Entered(start=utc(5, 0), end=utc(6, 0), projects=projects)
        with three.tx() as tx:
            return calendar_forms.blackout_form(tx, PROJECT, entered, by=by, zone="Asia/Seoul")

    assert [one.key for one in form(PM).projects] == ["pay", PROJECT]
    assert [one.key for one in form(DEV).projects] == ["web"]
    assert [(one.project.key, one.said.version) for one in form(PM).taken] == [(PROJECT, "1.5.0")]
    assert form(PM, "pay").taken == ()
    assert [one.project.key for one in form(PM, "pay", PROJECT).taken] == [PROJECT]
