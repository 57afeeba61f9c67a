from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from commands import requests
from commands.load import load_policy
from commands.publish import publish
from domain.calendar.published import Published
from domain.refusals import Refused, UnknownProject
from domain.views import FeedView
from storage import people
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import CHANNEL, DBA, DEV, DEV2, PM, QA, RM, RM2, World, policy

SINCE, UNTIL = datetime(2026, 2, 28, 15, tzinfo=UTC), datetime(2026, 3, 31, 15, tzinfo=UTC)
WINDOW = "window/tuesday 10:00-17:00/2026-03-10"


@pytest.fixture
def driver(database: Database, clock: HandClock, shop: World) -> Driver:
    return Driver(database, clock)


def published(driver: Driver, user: str = "") -> dict[str, Published]:
    with driver.tx() as tx:
        person = people.get(tx, user) if user else None
        view: FeedView = publish(tx, "shop", since=SINCE, until=UNTIL, person=person)
    return {one.item.key: one for one in view.published}


def set_changes(driver: Driver, *changes: dict[str, str]) -> None:
    with driver.tx() as tx:
        load_policy(tx, policy(calendar={"changes": list(changes)}), CHANNEL)


def moved(to: str) -> dict[str, str]:
    return {"of": "tuesday 10:00-17:00", "day": "2026-03-10", "from": f"{to} 10:00", "to": f"{to} 12:00"}


def test_what_did_not_change_is_the_same_edition_whenever_it_is_asked_for(
    driver: Driver, clock: HandClock
) -> None:
    driver.to_approval()
    before = published(driver)
    clock.move(hours=5)
    assert published(driver) == before
    assert {one.edition.sequence for one in before.values()} == {0}


def test_an_occurrence_that_is_moved_and_moved_back_is_a_new_edition_each_time(
    driver: Driver, clock: HandClock
) -> None:
    first = published(driver)
    told = [(first[WINDOW].item.start.day, first[WINDOW].edition.sequence)]
    for change in (moved("2026-03-13"), moved("2026-03-11"), None):
        clock.move(hours=1)
        set_changes(driver, *([change] if change else []))
        now = published(driver)
        told.append((now[WINDOW].item.start.day, now[WINDOW].edition.sequence))
        assert now[WINDOW].edition.revised_at == clock()
        others = {key: one for key, one in now.items() if key != WINDOW}
        assert others == {key: first[key] for key in others}
    assert told == [(10, 0), (13, 1), (11, 2), (10, 3)]


def test_an_occurrence_that_is_cancelled_is_not_in_the_feed(driver: Driver) -> None:
    published(driver)
    set_changes(driver, {"of": "tuesday 10:00-17:00", "day": "2026-03-10"})
    assert WINDOW not in published(driver)
    set_changes(driver)
    assert published(driver)[WINDOW].edition.sequence == 0


def test_a_release_that_is_moved_takes_its_dates_along(driver: Driver, clock: HandClock) -> None:
    release = driver.start()
    before = published(driver)
    clock.move(minutes=1)
    later = datetime(2026, 3, 12, 5, tzinfo=UTC)
    driver.ok(requests.Retarget(release=release, deploy_at=later, reason="not ready"), RM)
    now = published(driver)
    changed = {key for key in before if key in now and now[key] != before[key]}
    assert changed == {f"freeze/{release}", f"qa/{release}", f"deploy/{release}"}
    assert {now[key].edition.sequence for key in changed} == {1}
    assert (now[f"deploy/{release}"].item.start, now[f"deploy/{release}"].edition.revised_at) == (
        later,
        clock(),
    )


def test_the_dates_of_a_release_stay_when_it_is_out_and_its_freeze_ends_where_it_was_lifted(
    driver: Driver, clock: HandClock
) -> None:
    release = driver.to_released()
    now = published(driver)
    found = driver.release(release)
    assert now[f"deploy/{release}"].item.start == found.deploy_at
    freeze = now[f"freeze/{release}"].item
    assert (freeze.start, freeze.end, freeze.open_end) == (found.freeze_at, found.freeze_lifted_at, False)


def test_a_cancelled_release_is_not_in_the_feed(driver: Driver) -> None:
    release = driver.start()
    assert f"deploy/{release}" in published(driver)
    driver.ok(requests.Cancel(release=release, reason="not needed"), RM)
    assert f"deploy/{release}" not in published(driver)


def test_a_person_has_their_releases_and_everybodys_freezes_and_blackouts(driver: Driver) -> None:
    release = driver.start(user=RM)
    start = datetime(2026, 3, 20, tzinfo=UTC)
    driver.ok(
        requests.AddBlackout(project="shop", name="Sale", start=start, end=start + timedelta(days=1)), PM
    )
    captain = {key.partition("/")[0] for key in published(driver, RM)}
    assert captain == {"freeze", "qa", "deploy", "blackout"}
    assert [key for key in published(driver, RM) if key.startswith(("qa", "deploy"))] == [
        f"qa/{release}",
        f"deploy/{release}",
    ]
    assert {key.partition("/")[0] for key in published(driver, DEV2)} == {"freeze", "blackout"}


def test_who_approves_or_confirms_takes_part(driver: Driver) -> None:
    release = driver.start()
    people_ = (RM2, QA, DBA, DEV, PM)
    assert [user for user in people_ if f"deploy/{release}" in published(driver, user)] == [RM2, QA]


def test_an_unknown_project_is_refused(driver: Driver) -> None:
    with driver.tx() as tx, pytest.raises(Refused) as refused:
        publish(tx, "nowhere", since=SINCE, until=UNTIL)
    assert refused.value.refusal == UnknownProject("nowhere", ("shop",))
