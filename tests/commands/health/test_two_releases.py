"""Two releases are looked at together: what is measured of one says nothing of the other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands.context import case
from commands.criteria.judge import judgements
from commands.health import rounds
from commands.health.evidence import evidence
from commands.health.look import health_of
from commands.health.take_in import take_in
from commands.load import load_policy
from commands.requests import EnterReading
from commands.rollout import fine
from domain.criteria.model import BreachState, Verdict, Why
from domain.errands import MonitoringOver
from domain.health import model as m
from domain.health.evidence import HEALTH_ENDPOINT
from domain.health.model import Reading, Source, WhyNone
from domain.people import BOT, Origin, Via
from domain.rollout.fine import NotFine, OutOfRange
from domain.types import Action, Environment, ReleaseType
from storage import breaches, projects
from tests.support.driver import Driver
from tests.support.world import CHANNEL, OPS, PROJECT, policy

PRODUCTION, STAGING = Environment.PRODUCTION, Environment.STAGING
OWN = {"error_rate": 'errors{version="{version}"}', "p95_latency": "p95"}
RULES = {
    "health": {
        "prometheus": {"url": "http://prometheus.internal:9090", "queries": OWN},
        "endpoints": {"staging": [{"url": "https://staging.example.com/health"}]},
    },
    "criteria": {"changes": {"error_rate": {"above": "5 %"}, "p95_latency": {"above": 3}}},
    "rollout": {"health": ["error_rate", "p95_latency"]},
    "types": {"regular": {"rollout": "canary"}, "hotfix": {"rollout": "canary"}},
}
TIMER = Origin(BOT, Via.TIMER)


def released_and_hotfix(drive: Driver) -> tuple[str, str]:
    """The one is monitored, and the canary of a hotfix is live beside it."""
    with drive.tx() as tx:
        load_policy(tx, policy(**RULES), CHANNEL)
    released = drive.to_released()
    minutes(drive, 10, released, first=released)
    drive.read_repository(tags=("v1.4.0", "v1.5.0"), production="v1.5.0", next_version="1.6.0")
    hotfix = drive.to_deploying(ReleaseType.HOTFIX)
    drive.advance(hotfix, Action.STEP_LIVE, OPS)
    return released, hotfix


@pytest.fixture
def both(drive: Driver) -> tuple[str, str]:
    return released_and_hotfix(drive)


def measure(drive: Driver, release: str, value: float | None, **facts: object) -> Reading:
    known = {
        "metric": m.ERROR_RATE,
        "environment": PRODUCTION,
        "at": drive.clock(),
        "source": Source.PROMETHEUS,
        "why": None if value is not None else WhyNone.UNREACHABLE,
        "samples": 500,
    }
    one = Reading(value=value, release=release, **(known | facts))  # type: ignore[arg-type]  # its own
    with drive.tx() as tx:
        project = projects.get(tx, PROJECT)
        assert project is not None
        take_in(tx, project, [one], TIMER)
    return one


def measured(drive: Driver, release: str, metric: str = m.ERROR_RATE) -> Reading:
    with drive.tx() as tx:
        found = case(tx, release)
        known = health_of(tx, found.project, found.release, found.at).measured
    (only,) = [one.reading for one in known if one.reading.metric == metric]
    return only


def not_fine(drive: Driver, release: str) -> tuple[NotFine, ...]:
    with drive.tx() as tx:
        return fine.not_fine(tx, case(tx, release))


def test_what_somebody_typed_for_the_one_does_not_stand_for_the_other(
    drive: Driver, both: tuple[str, str]
) -> None:
    released, hotfix = both
    drive.clock.move(minutes=1)
    high = measure(drive, hotfix, 0.04)
    quick = measure(drive, hotfix, 0.1, metric=m.P95)
    drive.clock.move(seconds=10)
    drive.ok(EnterReading(release=released, metric=m.ERROR_RATE, text="0.2 %"), OPS)
    drive.ok(EnterReading(release=released, metric=m.P95, text="90 ms"), OPS)
    assert (measured(drive, hotfix), measured(drive, hotfix, m.P95)) == (high, quick)
    assert not_fine(drive, hotfix) == (OutOfRange(reading=high),)
    drive.clock.move(minutes=10)  # however old its own ones have become
    drive.ok(EnterReading(release=released, metric=m.ERROR_RATE, text="0.2 %"), OPS)
    assert (measured(drive, hotfix), measured(drive, hotfix, m.P95)) == (high, quick)


def test_what_is_asked_for_each_version_is_each_ones_own(drive: Driver, both: tuple[str, str]) -> None:
    released, hotfix = both
    drive.clock.move(minutes=1)
    high, low = measure(drive, hotfix, 0.04), measure(drive, released, 0.002)
    drive.clock.move(minutes=4)
    later = measure(drive, released, 0.003)
    assert measured(drive, hotfix) == high
    assert measured(drive, released) == later
    assert low != later


def test_what_is_asked_for_all_is_of_both(drive: Driver, both: tuple[str, str]) -> None:
    """It is asked for the one that came last; the other one's own counts as long as it is one of now."""
    released, hotfix = both
    drive.clock.move(minutes=1)
    drive.ok(EnterReading(release=released, metric=m.P95, text="90 ms"), OPS)
    drive.clock.move(minutes=1)
    shared = measure(drive, hotfix, 0.12, metric=m.P95)
    own = measured(drive, released, m.P95)
    assert (own.source, own.value) == (Source.PERSON, 0.09)
    drive.clock.move(minutes=2)
    drive.clock.move(seconds=1)
    assert measured(drive, released, m.P95) == shared


def test_a_criterion_that_nobody_can_judge_stays_so_whatever_is_typed_for_another(
    drive: Driver, both: tuple[str, str]
) -> None:
    released, hotfix = both
    for _ in range(6):
        drive.clock.move(minutes=1)
        measure(drive, hotfix, 0.002)
    drive.clock.move(minutes=30)
    drive.ok(EnterReading(release=released, metric=m.ERROR_RATE, text="0.2 %"), OPS)
    with drive.tx() as tx:
        judged = {one.rule: one.verdict for one in judgements(tx, case(tx, hotfix))}
    assert judged["error_rate"] is Verdict.INCONCLUSIVE


def test_one_candidates_staging_proves_nothing_of_anothers(drive: Driver) -> None:
    with drive.tx() as tx:
        load_policy(tx, policy(**RULES), CHANNEL)
    first, second = drive.to_qa(), drive.to_qa(ReleaseType.EMERGENCY)
    drive.clock.move(minutes=1)
    measure(drive, second, 1.0, metric=m.HEALTH, environment=STAGING, source=Source.ENDPOINT)
    with drive.tx() as tx:
        project = case(tx, first).project
        known = [evidence(tx, project, drive.release(one))[HEALTH_ENDPOINT].holds for one in (first, second)]
    assert known == [None, True]


# --- the one is replaced by the other in full --------------------------------------------------------------


def asked_of(drive: Driver, *releases: str) -> dict[str, list[bool]]:
    """Whether it is no news that there is nothing of a release's version, for each of its questions."""
    with drive.tx() as tx:
        (production, *_) = [one for one in rounds.due(tx) if one.key == "production"]
    own = [one for one in production.wanted if "version" in one.question.query]
    return {id_: [one.unused for one in own if one.release == id_] for id_ in releases}


def minutes(drive: Driver, count: int, *own: str, first: str) -> None:
    """A round a minute, in which all is well: what is asked for all is the first one's."""
    for _ in range(count):
        drive.clock.move(minutes=1)
        for release in own:
            measure(drive, release, 0.002)
        measure(drive, first, 0.1, metric=m.P95)


def test_once_the_last_step_of_a_newer_one_begins_nobody_need_have_the_older_one(
    drive: Driver, both: tuple[str, str]
) -> None:
    released, hotfix = both
    drive.clock.move(minutes=1)
    assert asked_of(drive, *both) == {released: [False], hotfix: [False]}
    drive.advance(hotfix, Action.STEP_DONE, OPS, note="it is fine")
    assert asked_of(drive, *both) == {released: [False], hotfix: [False]}
    drive.step_out(hotfix)
    assert asked_of(drive, *both) == {released: [True], hotfix: [False]}
    drive.step_out(hotfix)
    drive.advance(hotfix, Action.ROLLOUT_COMPLETE, OPS)
    assert asked_of(drive, *both) == {released: [True], hotfix: [False]}
    drive.advance(hotfix, Action.VERIFIED)
    drive.clock.move(minutes=1)
    assert asked_of(drive, *both) == {released: [True], hotfix: [False]}


def test_that_it_was_replaced_is_said_at_the_end_of_its_monitoring(
    drive: Driver, both: tuple[str, str]
) -> None:
    released, hotfix = both
    minutes(drive, 5, *both, first=hotfix)
    drive.advance(hotfix, Action.STEP_DONE, OPS, note="it is fine")
    drive.step_out(hotfix)
    drive.step_out(hotfix)
    drive.advance(hotfix, Action.ROLLOUT_COMPLETE, OPS)
    until = drive.release(released).monitoring_until
    assert until is not None
    drive.clock.set(until - timedelta(minutes=6))
    minutes(drive, 6, hotfix, first=hotfix)
    drive.tick()
    (over,) = [tell.said for tell in drive.told(MonitoringOver)]
    assert isinstance(over, MonitoringOver)
    assert (over.release, over.against, over.replaced) == (released, (), "1.5.1")
    assert unclear(drive, released) == []


def unclear(drive: Driver, release: str) -> list[tuple[str, Why | None]]:
    """What of it could not be judged, at whatever time."""
    return [(one.rule, one.why) for one in drive.read(breaches.of_release, release) if one.unclear]


def test_what_is_asked_for_the_newer_one_alone_is_not_missed_of_the_older_one(
    drive: Driver, both: tuple[str, str]
) -> None:
    released, hotfix = both
    minutes(drive, 20, *both, first=hotfix)
    assert unclear(drive, released) == []


def test_a_breach_stands_though_what_shows_it_is_the_newer_ones_now(
    drive: Driver, both: tuple[str, str]
) -> None:
    released, hotfix = both
    for _ in range(6):
        drive.clock.move(minutes=1)
        measure(drive, released, 4.0, metric=m.P95)
    minutes(drive, 10, *both, first=hotfix)
    (standing,) = drive.read(breaches.live, released)
    assert (standing.rule, standing.state) == ("p95_latency", BreachState.OPEN)


def test_what_could_not_be_judged_before_is_settled_by_it(drive: Driver, both: tuple[str, str]) -> None:
    released, hotfix = both
    for _ in range(6):
        drive.clock.move(minutes=1)
        measure(drive, released, 0.002)
        measure(drive, hotfix, 0.002)
        measure(drive, released, None, metric=m.P95)
    assert unclear(drive, released) == [("p95_latency", Why.UNREADABLE)]
    assert [one.rule for one in drive.read(breaches.live, released)] == ["p95_latency"]
    minutes(drive, 2, *both, first=hotfix)
    assert drive.read(breaches.live, released) == ()
