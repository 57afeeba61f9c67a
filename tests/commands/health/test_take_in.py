"""Readings come in, turn, are told once, and say whether a release may go on by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands.context import case
from commands.health import rounds
from commands.health.evidence import evidence
from commands.health.fine import inconclusive, now, out_of_range
from commands.health.look import health_of
from commands.health.rounds import RoundWasAsked
from commands.load import load_policy
from commands.requests import EnterReading, GivenReading, ReportReadings
from domain import refusals as r
from domain.errands import Show
from domain.events import BaselineMissing, HealthTurned, ReadingsGiven
from domain.health import model as m
from domain.health.baselines import Baseline
from domain.health.evidence import HealthEvidence
from domain.health.model import Reading, Source, WhyNone
from domain.health.turns import Turn, TurnKind
from domain.types import Action, Environment
from storage import readings
from tests.support.driver import Driver
from tests.support.world import CHANNEL, DEV, OPS, RM2, policy

PRODUCTION = Environment.PRODUCTION
ASKED = {
    "prometheus": {
        "url": "http://prometheus.internal:9090",
        "queries": {"error_rate": "errors", "cpu": 'cpu{v="{version}"}'},
    },
    "endpoints": {"staging": [{"url": "https://staging.example.com/health"}]},
}


def report(drive: Driver, **values: float) -> None:
    given = tuple(GivenReading(metric=name, value=value, samples=120) for name, value in values.items())
    drive.ok(ReportReadings(project=drive.project, environment=PRODUCTION, readings=given, by="ci"), OPS)


def reading(drive: Driver, release: str, metric: str, value: float | None, **facts: object) -> Reading:
    known = {
        "environment": PRODUCTION,
        "at": drive.clock(),
        "source": Source.PIPELINE,
        "samples": 120,
        "by": "ci",
        "release": release,
        "step": drive.release(release).rollout.step_under_way,  # type: ignore[union-attr]  # it is going out
    }
    return Reading(metric=metric, value=value, **(known | facts))  # type: ignore[arg-type]  # its own


def turned(drive: Driver) -> list[HealthTurned]:
    return [tell.said for tell in drive.told(HealthTurned)]  # type: ignore[misc]  # asked for


def test_out_of_range_is_told_once_and_back_once(drive: Driver) -> None:
    release = drive.to_deploying()
    report(drive, error_rate=0.002, p95_latency=0.1)
    assert turned(drive) == []
    drive.clock.move(minutes=1)
    report(drive, error_rate=0.024, p95_latency=0.1)
    out = reading(drive, release, m.ERROR_RATE, 0.024)
    with drive.tx() as tx:
        assert out_of_range(tx, case(tx, release)) == (out,)
        assert not now(tx, case(tx, release)).fine
    drive.clock.move(minutes=1)
    report(drive, error_rate=0.03)
    drive.clock.move(minutes=1)
    report(drive, error_rate=0.001)
    back = reading(drive, release, m.ERROR_RATE, 0.001)
    assert turned(drive) == [
        HealthTurned(
            release=release,
            version="1.5.0",
            environment=PRODUCTION,
            turns=(Turn(TurnKind.OUT, out),),
            ranges=("< 1 %",),
        ),
        HealthTurned(
            release=release,
            version="1.5.0",
            environment=PRODUCTION,
            turns=(Turn(TurnKind.BACK, back),),
            ranges=("< 1 %",),
        ),
    ]
    with drive.tx() as tx:
        assert out_of_range(tx, case(tx, release)) == ()
        assert now(tx, case(tx, release)).fine
    drive.clock.move(minutes=4)
    with drive.tx() as tx:
        assert not now(tx, case(tx, release)).fine  # what is old proves nothing


def test_nothing_is_fine_before_anything_was_measured(drive: Driver) -> None:
    release = drive.to_deploying()
    with drive.tx() as tx:
        assert not now(tx, case(tx, release)).fine
        known = evidence(tx, case(tx, release).project, drive.release(release))
    assert set(known.values()) == {HealthEvidence(holds=None)}


def test_what_a_person_reads_off_a_dashboard_counts_like_any_other(drive: Driver) -> None:
    release = drive.to_deploying()
    event = drive.ok(EnterReading(release=release, metric=m.P95, text="250 ms", note=" peak "), OPS)
    typed = reading(drive, release, m.P95, 0.25, source=Source.PERSON, by=OPS, detail="peak", samples=None)
    assert event == ReadingsGiven(
        environment=PRODUCTION, readings=(typed,), release=release, version="1.5.0", note="peak"
    )
    assert [one.turns for one in turned(drive)] == [(Turn(TurnKind.OUT, typed),)]
    with drive.tx() as tx:
        found = evidence(tx, case(tx, release).project, drive.release(release))
    known = HealthEvidence(holds=False, readings=(typed,), at=drive.clock())
    assert found == {
        "metrics_in_range": known,
        "compared": known,
        "health_endpoint": HealthEvidence(holds=None),
        "performance_in_range": known,
    }


def test_what_cannot_be_read_is_refused_with_an_example(drive: Driver) -> None:
    release = drive.to_deploying()

    def no(metric: str, text: str, note: str = "", user: str = OPS) -> r.Refusal:
        return drive.no(EnterReading(release=release, metric=metric, text=text, note=note), user)

    example = "/release health 1.5.0 p95 180 ms"
    assert no(m.CPU, "41") == r.Unreadable("reading", "41", example)
    assert no(m.CPU, "410 %") == r.Unreadable("reading", "410 %", example)
    assert no(m.CPU, " ") == r.TextMissing("reading")
    assert no(m.CPU, "41 %", "x" * 301) == r.TooLong("note", 300)
    unknown = no("cpus", "41 %")
    assert isinstance(unknown, r.Unreadable)
    assert (unknown.what, unknown.text) == ("metric", "cpus")
    denied = no(m.CPU, "41 %", user=DEV)
    assert isinstance(denied, r.NotAllowed)
    assert denied.what == "reading"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ((), r.TextMissing("reading")),
        ((GivenReading(metric="cpu", value=0.4),) * 51, r.TooLong("reading", 50)),
        ((GivenReading(metric="cpu", value=41.0),), r.Unreadable("reading", "cpu: 41.0")),
        ((GivenReading(metric="cpu", value=-0.1),), r.Unreadable("reading", "cpu: -0.1")),
        (
            (GivenReading(metric="p95_latency", value=float("nan")),),
            r.Unreadable("reading", "p95_latency: nan"),
        ),
        (
            (GivenReading(metric="p95_latency", value=1e300),),
            r.Unreadable("reading", "p95_latency: 1e+300"),
        ),
        ((GivenReading(metric="cpu", value=0.4, samples=-1),), r.Unreadable("reading", "cpu: 0.4")),
        ((GivenReading(metric="cpu", value=0.4, detail="x" * 301),), r.TooLong("note", 300)),
    ],
)
def test_a_pipeline_that_reports_nonsense_is_refused_whole(
    drive: Driver, given: tuple[GivenReading, ...], why: r.Refusal
) -> None:
    request = ReportReadings(project=drive.project, environment=PRODUCTION, readings=given)
    assert drive.no(request, OPS) == why


def test_readings_while_nothing_is_under_way_are_kept_and_told_nobody(drive: Driver) -> None:
    drive.to_approved()
    report(drive, error_rate=0.5)
    with drive.tx() as tx:
        (kept,) = readings.since(tx, drive.project, PRODUCTION, drive.clock())
    assert (kept.release, kept.value) == ("", 0.5)
    assert turned(drive) == []


def test_the_card_is_written_anew_with_each_reading_of_a_rollout(drive: Driver) -> None:
    drive.to_deploying()
    before = len([one for one in drive.errands() if isinstance(one, Show)])
    report(drive, error_rate=0.001)
    assert len([one for one in drive.errands() if isinstance(one, Show)]) == before + 1


def test_a_released_version_is_shown_every_ten_minutes_and_looked_at_until_its_monitoring_ends(
    drive: Driver,
) -> None:
    """Ten minutes of its own: what is watched beside it was released at another minute."""
    release = drive.to_released()
    start = drive.clock()
    shown = []
    for minute in range(13, 33):
        drive.clock.set(start + timedelta(minutes=minute))
        before = len([one for one in drive.errands() if isinstance(one, Show)])
        report(drive, error_rate=0.001)
        shown.append(len([one for one in drive.errands() if isinstance(one, Show)]) - before)
    assert [minute for minute, count in enumerate(shown, 13) if count] == [20, 30]
    until = drive.release(release).monitoring_until
    assert until is not None
    drive.clock.set(until)
    report(drive, error_rate=0.5)
    assert turned(drive) == []


# --- rounds -----------------------------------------------------------------------------------------------


@pytest.fixture
def asking(drive: Driver) -> Driver:
    """The project's policy names monitors."""
    with drive.tx() as tx:
        load_policy(tx, policy(health=ASKED), CHANNEL)
    return drive


def taken(drive: Driver) -> list[rounds.Round]:
    with drive.tx() as tx:
        return rounds.take(tx, rounds.due(tx))


def test_a_round_is_one_processs_and_comes_again_after_the_interval(asking: Driver) -> None:
    release = asking.to_deploying()
    first = taken(asking)
    assert [(one.key, [w.metric for w in one.wanted]) for one in first] == [
        ("production", ["error_rate", "cpu"]),
        (f"baseline:{release}:20260305T050000", ["error_rate", "cpu"]),
    ]
    assert [one.question.query for one in first[0].wanted] == ["errors", 'cpu{v="1.5.0"}']
    assert [one.question.query for one in first[1].wanted] == ["errors", 'cpu{v="1.4.0"}']
    assert taken(asking) == []
    asking.clock.move(minutes=1)
    again = taken(asking)  # whoever had the baseline has not said anything of it
    assert [one.key for one in again] == ["production", first[1].key]
    with asking.tx() as tx:
        rounds.asked(tx, RoundWasAsked(round=again[1], readings=()))
    asking.clock.move(minutes=1)
    assert [one.key for one in taken(asking)] == ["production"]


def test_a_release_that_is_deployed_once_more_has_a_baseline_of_that_time(asking: Driver) -> None:
    def say(value: float) -> list[str]:
        (one,) = [one for one in taken(asking) if one.baseline]
        at = one.at - timedelta(minutes=30)
        said = reading(asking, release, m.CPU, value, source=Source.PROMETHEUS, at=at, baseline=True)
        with asking.tx() as tx:
            rounds.asked(tx, RoundWasAsked(round=one, readings=(said,)))
        return [f"{one.metric} {one.median}" for one in asking.usual(release).values()]

    with asking.tx() as tx:
        load_policy(tx, policy(health={**ASKED, "baseline": "1h"}), CHANNEL)
    release = asking.to_deploying()
    assert say(0.7) == ["cpu 0.7"]
    asking.clock.move(minutes=3)
    asking.advance(release, Action.STOP, note="the supplier is late")
    assert asking.usual(release) == {}
    asking.clock.move(hours=2)
    deploy(asking, release)
    assert asking.usual(release) == {}
    assert say(0.2) == ["cpu 0.2"]


def test_staging_is_asked_while_a_candidate_is_there(asking: Driver) -> None:
    asking.to_qa()
    (only,) = taken(asking)
    assert (only.key, only.environment) == ("staging", Environment.STAGING)
    assert [one.question.endpoints[0].url for one in only.wanted] == ["https://staging.example.com/health"]


def test_nothing_is_asked_for_nobody(asking: Driver) -> None:
    asking.to_approved()
    assert taken(asking) == []


def test_an_answer_that_comes_twice_is_taken_in_once(asking: Driver) -> None:
    release = asking.to_deploying()
    production = taken(asking)[0]
    found = (reading(asking, release, m.ERROR_RATE, 0.4, source=Source.PROMETHEUS, at=production.at),)
    for _ in range(2):
        with asking.tx() as tx:
            rounds.asked(tx, RoundWasAsked(round=production, readings=found))
    assert len(turned(asking)) == 1


def test_what_cannot_be_measured_is_told_once_and_is_inconclusive(asking: Driver) -> None:
    release = asking.to_deploying()
    for _ in range(2):
        asking.clock.move(minutes=1)
        production = next(one for one in taken(asking) if one.key == "production")
        none = reading(
            asking,
            release,
            m.ERROR_RATE,
            None,
            source=Source.PROMETHEUS,
            at=production.at,
            why=WhyNone.EMPTY,
            samples=None,
            by="",
        )
        with asking.tx() as tx:
            rounds.asked(tx, RoundWasAsked(round=production, readings=(none,)))
    assert [[turn.kind for turn in one.turns] for one in turned(asking)] == [[TurnKind.UNREADABLE]]
    with asking.tx() as tx:
        assert [one.why for one in inconclusive(tx, case(tx, release))] == [WhyNone.EMPTY]
        assert not now(tx, case(tx, release)).fine


def test_a_baseline_is_kept_and_what_is_missing_of_it_is_said(asking: Driver) -> None:
    release = asking.to_deploying()
    before = taken(asking)[1]
    past = tuple(
        reading(
            asking,
            release,
            m.ERROR_RATE,
            value,
            at=before.at - timedelta(hours=n),
            baseline=True,
            source=Source.PROMETHEUS,
            step="",
        )
        for n, value in enumerate((0.001, 0.002, 0.003), 1)
    )
    none = reading(asking, release, m.CPU, None, why=WhyNone.TIMEOUT, baseline=True)
    with asking.tx() as tx:
        rounds.asked(tx, RoundWasAsked(round=before, readings=(*past, none)))
    with asking.tx() as tx:
        assert len(readings.baseline(tx, release)) == 3
    said = [tell.said for tell in asking.told(BaselineMissing)]
    assert said == [BaselineMissing(release=release, version="1.5.0", readings=(none,), again=True)]
    report(asking, error_rate=0.001)
    with asking.tx() as tx:
        found = case(tx, release)
        (one,) = health_of(tx, found.project, found.release, found.at).measured
    assert one.baseline == Baseline(m.ERROR_RATE, 0.002, 0.002, pytest.approx(0.000816496580927726), 3)


def test_a_project_that_is_gone_is_not_measured(asking: Driver) -> None:
    asking.to_deploying()
    gone = rounds.Round(
        project="gone", key="production", environment=PRODUCTION, at=asking.clock(), wanted=()
    )
    with asking.tx() as tx:
        rounds.asked(tx, RoundWasAsked(round=gone, readings=()))
    assert turned(asking) == []


def test_readings_are_kept_for_a_month(drive: Driver) -> None:
    drive.to_deploying()
    report(drive, error_rate=0.001)
    at = drive.clock()
    with drive.tx() as tx:
        readings.forget_old(tx, at + timedelta(days=30))
        assert len(readings.since(tx, drive.project, PRODUCTION, at)) == 1
        readings.forget_old(tx, at + timedelta(days=30, seconds=1))
        assert readings.since(tx, drive.project, PRODUCTION, at) == []
        assert readings.newest_of_each(tx, drive.project, PRODUCTION) == []


# --- health endpoints remember nothing --------------------------------------------------------------------


ENDPOINTS = {"endpoints": {"production": [{"url": "https://shop.example.com/health"}]}}
SLOW = {"changes": {"slow": {"metric": "response_time", "baseline": 3}}}


@pytest.fixture
def remembering_nothing(drive: Driver) -> Driver:
    with drive.tx() as tx:
        load_policy(tx, policy(health=ENDPOINTS, criteria=SLOW), CHANNEL)
    return drive


def test_what_is_usual_is_asked_of_endpoints_while_a_deploy_is_to_come(remembering_nothing: Driver) -> None:
    drive = remembering_nothing
    release = drive.to_approval()
    assert taken(drive) == []
    deploy_at = drive.release(release).deploy_at
    assert deploy_at is not None
    drive.clock.set(deploy_at - timedelta(hours=1))
    drive.decide(release, RM2)
    (ahead,) = taken(drive)
    assert [(one.metric, one.release, one.question.query) for one in ahead.wanted] == [("", "", "")]
    usual = Reading(
        metric=m.RESPONSE_TIME, environment=PRODUCTION, at=ahead.at, source=Source.ENDPOINT, value=0.2
    )
    with drive.tx() as tx:
        rounds.asked(tx, RoundWasAsked(round=ahead, readings=(usual,)))
    deploy(drive, release)
    assert before(drive) == []
    assert drive.usual(release) == {m.RESPONSE_TIME: Baseline(m.RESPONSE_TIME, 0.2, 0.2, 0.0, 1)}


def test_that_endpoints_were_not_asked_before_the_deploy_is_said(remembering_nothing: Driver) -> None:
    drive = remembering_nothing
    release = drive.to_deploying()
    (none,) = before(drive)
    assert (none.metric, none.why, none.at) == (m.RESPONSE_TIME, WhyNone.UNASKED, drive.clock())
    assert [tell.said for tell in drive.told(BaselineMissing)] == [
        BaselineMissing(release=release, version="1.5.0", readings=(none,))
    ]


def test_where_no_criterion_needs_what_is_usual_it_is_not_asked(drive: Driver) -> None:
    with drive.tx() as tx:
        load_policy(tx, policy(health=ENDPOINTS), CHANNEL)
    release = drive.to_approved()
    assert taken(drive) == []
    deploy(drive, release)
    assert before(drive) == []


def deploy(drive: Driver, release: str) -> None:
    """Of what is approved, at its time."""
    drive.clock.set(max(filter(None, (drive.clock(), drive.release(release).deploy_at))))
    drive.ready(release)
    drive.advance(release, Action.DEPLOY)
    drive.head_was_read(release, Action.DEPLOY)


def before(drive: Driver) -> list[Reading]:
    """What is said to be missing once the monitors were asked for the baseline."""
    (one,) = [one for one in taken(drive) if one.baseline]
    with drive.tx() as tx:
        rounds.asked(tx, RoundWasAsked(round=one, readings=()))
    said = [tell.said for tell in drive.told(BaselineMissing)]
    return [reading for one in said for reading in one.readings]  # type: ignore[union-attr]  # asked for
