from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from commands import context, requests
from commands.feeds import any_gone, due, feed_was_read, forget_gone, import_file, unread
from commands.load import load_policy
from domain.calendar.blackouts import BlackoutKind, Scope
from domain.calendar.imports import FeedChange, FeedFault, FeedWhy, Imported
from domain.errands import InChannel, ToPerson
from domain.events import FeedRead, FeedRefused
from domain.people import BOT, Origin, Via
from domain.refusals import AlreadySo, Refused
from domain.types import Environment, ReleaseType
from storage.db import Database
from storage.db.tx import Tx
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import CHANNEL, RM, RM2, World, policy

HOUR = timedelta(hours=1)
SALE = {"name": "sales", "url": "https://calendar.example/sales.ics"}
START = datetime(2026, 3, 10, 1, tzinfo=UTC)
UNTIL = datetime(2028, 3, 1, tzinfo=UTC)
GARBAGE = FeedFault(why=FeedWhy.NOT_A_CALENDAR, line=1)
DOWN = FeedFault(why=FeedWhy.STATUS, detail="503")
SLOW = FeedFault(why=FeedWhy.TIMEOUT)


@pytest.fixture
def driver(database: Database, clock: HandClock, shop: World, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """Wall time is business time here: feeds are due by it."""
    monkeypatch.setattr(Tx, "wall", lambda _: clock())
    found = Driver(database, clock)
    listed(found, SALE)
    return found


def listed(driver: Driver, *feeds: dict[str, Any]) -> None:
    with driver.tx() as tx:
        load_policy(tx, policy(calendar={"feeds": list(feeds)}), CHANNEL)


def at(days: float = 0, uid: str = "a", name: str = "Sale", **facts: Any) -> Imported:
    start = START + timedelta(days=days)
    return Imported(uid=uid, name=name, start=start, end=start + HOUR, **facts)


def change(days: float = 0, name: str = "Sale", count: int = 1) -> FeedChange:
    start = START + timedelta(days=days)
    return FeedChange(name=name, start=start, end=start + HOUR, count=count)


def read(driver: Driver, *times: Imported, **facts: Any) -> FeedRead | FeedRefused | None:
    (one,) = driver.read(due)
    known: dict[str, Any] = {"until": UNTIL, "content": "c", "etag": "e", "times": times}
    report = requests.FeedWasRead(
        project="shop", feed=one.rule.name, settings=one.settings, **(known | facts)
    )
    with driver.tx() as tx:
        return feed_was_read(tx, report)


def blackouts(driver: Driver) -> list[tuple[str, datetime, int]]:
    """(name, start, revision) of what came from feeds, as the gate sees it."""

    def look(tx: Tx) -> list[tuple[str, datetime, int]]:
        calendar = context.calendar_of(tx, context.project_of(tx, "shop"), tx.now())
        return [(one.name, one.start, one.revision) for one in calendar.blackouts if one.feed]

    return driver.read(look)


def test_what_is_read_closes_deploys_and_the_channel_is_told_once(driver: Driver, clock: HandClock) -> None:
    event = read(driver, at())
    assert event == FeedRead(feed="sales", added=(change(),))
    assert blackouts(driver) == [("Sale", START, 0)]
    clock.move(hours=2)
    assert read(driver, at()) is None
    assert [(tell.to, tell.said) for tell in driver.told(FeedRead)] == [(InChannel(CHANNEL), event)]
    assert [row for row in driver.audited() if row[0] == "FeedRead"] == [("FeedRead", "done", "")]
    assert driver.chain_holds()


def test_changed_and_vanished_events_are_told_as_they_are_now(driver: Driver, clock: HandClock) -> None:
    read(driver, at(), at(3, "b", "Party"))
    clock.move(hours=1)
    assert read(driver, at(1)) == FeedRead(feed="sales", changed=(change(1),), removed=(change(3, "Party"),))
    assert blackouts(driver) == [("Sale", START + timedelta(days=1), 1)]
    clock.move(hours=1)
    read(driver, at(1), at(3, "b", "Party"))
    assert blackouts(driver) == [
        ("Sale", START + timedelta(days=1), 1),
        ("Party", START + timedelta(days=3), 1),
    ]


def test_announcements_follow_what_was_read(driver: Driver, clock: HandClock) -> None:
    read(driver, at(1))
    clock.move(hours=1)
    read(driver, at(2))
    for moment in (1, 2, 2 + 1 / 24):
        clock.set(START + timedelta(days=moment))
        driver.tick()
    told = [tell.said.announcement for tell in driver.told() if hasattr(tell.said, "announcement")]
    assert [(one.kind, one.moment) for one in told if one.kind.startswith("blackout")] == [
        ("blackout_7d", START + timedelta(days=2)),
        ("blackout_1d", START + timedelta(days=2)),
        ("blackout_start", START + timedelta(days=2)),
        ("blackout_end", START + timedelta(days=2) + HOUR),
    ]


def test_kind_and_scope_are_those_of_the_policy(driver: Driver) -> None:
    listed(
        driver,
        SALE | {"kind": "maintenance", "types": ["regular"], "environments": ["production", "staging"]},
    )
    read(driver, at())
    calendar = driver.read(lambda tx: context.calendar_of(tx, context.project_of(tx, "shop"), tx.now()))
    (found,) = calendar.blackouts
    assert (found.kind, found.scope) == (
        BlackoutKind.MAINTENANCE,
        Scope(
            types=frozenset({ReleaseType.REGULAR}),
            environments=frozenset({Environment.PRODUCTION, Environment.STAGING}),
        ),
    )


def test_a_feed_is_read_every_hour_and_sooner_after_it_could_not_be(driver: Driver, clock: HandClock) -> None:
    assert [one.state for one in driver.read(due)] == [None]
    read(driver, at())
    clock.move(minutes=59)
    assert driver.read(due) == []
    clock.move(minutes=1)
    (again,) = driver.read(due)
    assert again.state is not None
    assert (again.state.etag, again.state.content) == ("e", "c")
    read(driver, faults=(SLOW,))
    clock.move(minutes=14)
    assert driver.read(due) == []
    clock.move(minutes=1)
    assert len(driver.read(due)) == 1


def test_a_feed_is_read_afresh_after_a_day_and_when_the_policy_reads_it_otherwise(
    driver: Driver, clock: HandClock
) -> None:
    read(driver, at())
    for _ in range(23):
        clock.move(hours=1)
        (one,) = driver.read(due)
        assert one.state is not None
        read(driver, unchanged=True)
    clock.move(hours=1)
    assert [one.state for one in driver.read(due)] == [None]
    read(driver, at())
    assert driver.read(due) == []
    listed(driver, SALE | {"kind": "maintenance"})
    assert [one.state for one in driver.read(due)] == [None]


def test_a_report_of_how_the_feed_was_read_before_the_policy_changed_is_dropped(driver: Driver) -> None:
    (one,) = driver.read(due)
    listed(driver, SALE | {"kind": "maintenance"})
    report = requests.FeedWasRead(
        project="shop", feed="sales", settings=one.settings, times=(at(),), until=UNTIL
    )
    with driver.tx() as tx:
        assert feed_was_read(tx, report) is None
    assert blackouts(driver) == []


def test_a_feed_that_cannot_be_read_leaves_what_was_read_and_tells_the_managers_once(
    driver: Driver, clock: HandClock
) -> None:
    read(driver, at())
    for n in range(5):
        clock.move(hours=1)
        event = read(driver, faults=(FeedFault(why=FeedWhy.NOT_A_CALENDAR, line=n),))
        assert event == (
            FeedRefused(feed="sales", faults=(FeedFault(why=FeedWhy.NOT_A_CALENDAR),)) if n == 0 else None
        )
    assert [tell.to for tell in driver.told(FeedRefused)] == [ToPerson(RM), ToPerson(RM2)]
    assert blackouts(driver) == [("Sale", START, 0)]
    project = driver.read(context.project_of, "shop")
    assert [(state.name, state.failures) for state in driver.read(unread, project)] == [("sales", 5)]


def test_another_trouble_is_told_and_the_same_one_again_after_it_was_read(
    driver: Driver, clock: HandClock
) -> None:
    told = []
    for faults in ((GARBAGE,), (GARBAGE, SLOW), (), (GARBAGE,)):
        clock.move(hours=2)
        told.append(read(driver, faults=faults) is not None)
    assert told == [True, True, False, True]


def test_a_host_that_does_not_answer_is_told_at_the_third_time_whatever_it_says(
    driver: Driver, clock: HandClock
) -> None:
    told = []
    for fault in (SLOW, DOWN, SLOW, DOWN, SLOW):
        clock.move(hours=1)
        told.append(read(driver, faults=(fault,)) is not None)
    assert told == [False, False, True, False, False]


def test_a_feed_that_the_policy_lists_no_more_closes_nothing_at_once_and_is_told(driver: Driver) -> None:
    read(driver, at())
    listed(driver)
    assert blackouts(driver) == []
    assert driver.read(any_gone)
    with driver.tx() as tx:
        forget_gone(tx)
    assert not driver.read(any_gone)
    assert [tell.said for tell in driver.told(FeedRead)][-1] == FeedRead(feed="sales", removed=(change(),))


# --- files ------------------------------------------------------------------------------------------------

TERMINAL = Origin(BOT, Via.COMMAND_LINE)


def take(driver: Driver, *times: Imported, name: str = "holidays") -> FeedRead | None:
    request = requests.ImportFile(project="shop", name=name, kind=BlackoutKind.BLACKOUT, times=times)
    with driver.tx() as tx:
        return import_file(tx, request, TERMINAL)


def test_a_file_is_imported_and_another_one_of_that_name_replaces_it(driver: Driver) -> None:
    assert take(driver, at(), at(3, "b", "Party")) == FeedRead(
        feed="holidays", added=(change(), change(3, "Party"))
    )
    assert [name for name, _, _ in blackouts(driver)] == ["Sale", "Party"]
    assert take(driver, at(), at(3, "b", "Party")) is None
    assert take(driver, at()) == FeedRead(feed="holidays", removed=(change(3, "Party"),))
    assert not driver.read(any_gone)
    assert [tell.to for tell in driver.told(FeedRead)] == [InChannel(CHANNEL)] * 2
    assert len(driver.read(due)) == 1


def test_two_files_of_different_names_stand_side_by_side(driver: Driver) -> None:
    take(driver, at(), name="one")
    take(driver, at(), name="two")
    assert [name for name, _, _ in blackouts(driver)] == ["Sale", "Sale"]


def test_a_file_cannot_take_the_name_of_a_feed(driver: Driver) -> None:
    with pytest.raises(Refused) as refused:
        take(driver, at(), name="sales")
    assert refused.value.refusal == AlreadySo("feed")
