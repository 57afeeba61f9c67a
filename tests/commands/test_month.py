from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from commands.picture import AskPicture, ask
from commands.requests import AddBlackout, Cancel
from commands.show import lists
from domain.calendar.agenda import ItemKind
from domain.calendar.entries import GateRule
from domain.errands import InChannel, Picture, PostPicture, ToPerson
from domain.month import CalendarView, trains
from domain.people import Origin, Via
from domain.refusals import NotAMember, Refused, UnknownProject
from domain.types import ReleaseType, Stage
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import CHANNEL, GUEST, PM, PROJECT, RM, World, origin, world

MARCH = date(2026, 3, 1)


def at(day: int, hour: int = 0, month: int = 3) -> datetime:
    """An hour of Seoul's."""
    return datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=9)


def dates(view: CalendarView, kind: ItemKind) -> list[tuple[str, str]]:
    """The first day of each item of a kind, and its version."""
    return [(view.days_of(item)[0].isoformat(), item.name) for item in view.items if item.kind is kind]


def test_a_month_is_the_present_one_in_the_projects_zone(drive: Driver, clock: HandClock) -> None:
    clock.set(at(1, month=4))  # 31 March, 15:00 UTC
    view = drive.read(lists.month, PROJECT)
    assert (view.first, view.last, view.today) == (date(2026, 4, 1), date(2026, 4, 30), date(2026, 4, 1))
    assert view.weeks == tuple(date(2026, 3, 30) + timedelta(days=7 * n) for n in range(5))


def test_a_month_holds_the_whole_weeks_around_it(drive: Driver) -> None:
    """The example of spec 3.1, and the weeks before and after it."""
    view = drive.read(lists.month, PROJECT, MARCH)
    assert dates(view, ItemKind.FREEZE) == [
        (day, "")
        for day in ("2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30")
    ]
    assert dates(view, ItemKind.DEPLOY)[0] == ("2026-02-26", "")
    assert dates(view, ItemKind.DEPLOY)[-1] == ("2026-04-02", "")
    march = [item for item in view.items if item.kind is ItemKind.DEPLOY and view.touches(item)]
    assert [view.days_of(item)[0].day for item in march] == [5, 12, 19, 26]


def test_a_release_takes_the_place_of_its_date(drive: Driver) -> None:
    release = drive.start()
    view = drive.read(lists.month, PROJECT, MARCH)
    train = next(train for train in trains(view.items) if train.deploy and train.deploy.release == release)
    assert [item.kind for item in train.items] == [ItemKind.FREEZE, ItemKind.QA, ItemKind.DEPLOY]
    assert dates(view, ItemKind.DEPLOY)[1] == ("2026-03-05", "1.5.0")
    assert view.stages == {release: Stage.CANDIDATE}


def test_what_went_out_stays_in_its_month_with_the_freeze_as_it_was(drive: Driver, clock: HandClock) -> None:
    release = drive.to_released()
    lifted = drive.release(release).freeze_lifted_at
    clock.move(days=30)
    view = drive.read(lists.month, PROJECT, MARCH)
    freeze = next(item for item in view.items if item.kind is ItemKind.FREEZE and item.release == release)
    assert (freeze.end, freeze.open_end) == (lifted, False)
    assert view.stages[release] is Stage.RELEASED


def test_what_was_cancelled_is_gone(drive: Driver) -> None:
    release = drive.start()
    drive.ok(Cancel(release=release, reason="not needed"), PM)
    view = drive.read(lists.month, PROJECT, MARCH)
    assert [item for item in view.items if item.release] == []


def test_a_deploy_in_a_blackout_is_a_conflict_with_the_nearest_free_times(drive: Driver) -> None:
    release = drive.start(deploy_at=at(12, 14))
    drive.ok(AddBlackout(project=PROJECT, name="Sale", start=at(11), end=at(14), reason=""), PM)
    view = drive.read(lists.month, PROJECT, MARCH)
    assert list(view.conflicts) == [f"deploy/{release}"]
    found = view.conflicts[f"deploy/{release}"]
    assert [reason.rule for reason in found.found.reasons] == [GateRule.BLACKOUT]
    assert found.found.releases == ()
    assert found.free == (at(10, 14), at(17, 14), at(18, 14))


def test_a_date_without_a_release_is_a_conflict_when_the_gate_would_warn(drive: Driver) -> None:
    """Thursday 30 April 2026 is the last working day before Labor Day."""
    view = drive.read(lists.month, PROJECT, date(2026, 4, 1))
    assert [(key, [r.rule for r in one.found.reasons]) for key, one in view.conflicts.items()] == [
        ("deploy/2026-04-30", [GateRule.HOLIDAY_EVE])
    ]
    free = view.conflicts["deploy/2026-04-30"].free
    assert free == (at(28, 14, 4), at(29, 14, 4), at(6, 14, 5))


def test_two_releases_in_one_window_are_a_conflict_and_what_is_over_is_none(
    drive: Driver, clock: HandClock
) -> None:
    regular = drive.start()
    hotfix = drive.start(ReleaseType.HOTFIX, version="1.4.1", deploy_at=at(5, 11))
    view = drive.read(lists.month, PROJECT, MARCH)
    assert {key: [r.version for r in one.found.releases] for key, one in view.conflicts.items()} == {
        f"deploy/{regular}": ["1.4.1"],
        f"deploy/{hotfix}": ["1.5.0"],
    }
    clock.set(at(6))
    assert drive.read(lists.month, PROJECT, MARCH).conflicts == {}


def test_single_occurrences_that_are_left_out_are_told(database: Database) -> None:
    changes = [
        {"of": "deploy", "day": "2026-03-12"},
        {"of": "tuesday 10:00-17:00", "day": "2026-03-03"},
        {"of": "deploy", "day": "2026-04-02"},
        {
            "of": "wednesday 10:00-17:00",
            "day": "2026-03-04",
            "from": "2026-03-06 10:00",
            "to": "2026-03-06 12:00",
        },
    ]
    with database.transaction() as tx:
        world(tx, calendar={"changes": changes})
        view = lists.month(tx, PROJECT, MARCH)
    assert [(change.of, change.day.day) for change in view.cancelled] == [
        ("deploy", 12),
        ("tuesday 10:00-17:00", 3),
    ]
    moved = [item for item in view.items if item.moved]
    assert [(item.kind, item.start) for item in moved] == [(ItemKind.WINDOW, at(6, 10))]


def test_the_coming_weeks_begin_with_this_one(drive: Driver) -> None:
    view = drive.read(lists.coming_weeks, PROJECT)
    assert (view.first, view.last) == (date(2026, 3, 2), date(2026, 4, 12))


def test_an_unknown_project_is_refused(drive: Driver) -> None:
    with pytest.raises(Refused) as no:
        drive.read(lists.month, "nowhere")
    assert no.value.refusal == UnknownProject("nowhere", (PROJECT,))


# --- pictures ---------------------------------------------------------------------------------------------


def pressed(user: str, channel: str) -> Origin:
    return replace(origin(user, via=Via.BUTTON), channel=channel)


MONTH = AskPicture(project=PROJECT, picture=Picture.MONTH, month=MARCH)


def test_a_picture_is_posted_where_it_is_asked_for_in_the_projects_channel(
    drive: Driver, shop: World
) -> None:
    asked = pressed(RM, CHANNEL)
    with drive.tx() as tx:
        assert ask(tx, MONTH, asked) == InChannel(CHANNEL)
    assert drive.errands() == [
        PostPicture(project=PROJECT, picture=Picture.MONTH, month=MARCH, to=InChannel(CHANNEL), by=RM)
    ]


def test_a_picture_that_is_asked_for_elsewhere_goes_to_the_person(drive: Driver) -> None:
    with drive.tx() as tx:
        assert ask(tx, MONTH, pressed(RM, "C0ELSE")) == ToPerson(RM)


def test_a_second_press_at_once_asks_for_nothing_more(drive: Driver) -> None:
    with drive.tx() as tx:
        for _ in range(2):
            ask(tx, MONTH, pressed(RM, CHANNEL))
    assert len(drive.errands()) == 1


def test_only_who_belongs_to_the_channel_posts_into_it(drive: Driver) -> None:
    with drive.tx() as tx, pytest.raises(Refused) as no:
        ask(tx, MONTH, pressed(GUEST, CHANNEL))
    assert no.value.refusal == NotAMember("guest", CHANNEL)
