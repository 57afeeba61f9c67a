"""What monitors are asked: each question once, however many releases want its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from domain.health.measure import in_measure
from domain.health.model import REQUESTS, Reading, Source, WhyNone
from domain.health.rules import EndpointRule, HealthRules, PrometheusRules
from domain.release import Release
from domain.types import Environment, Stage

_SAFE = re.compile(r"[A-Za-z0-9._+/-]*")
_NOTHING = frozenset({WhyNone.EMPTY, WhyNone.NAN})
_PLACES = ("version", "tag", "sha", "step")
MOST_SAMPLES = 10**12
"""As many as pipelines may report."""


@dataclass(frozen=True)
class Question:
    """One metric from one place. `query` is PromQL, empty for an `endpoint`; `seconds` is the time limit."""

    url: str
    query: str = ""
    endpoints: tuple[EndpointRule, ...] = ()
    allow: tuple[str, ...] = ()
    seconds: float = 5.0


@dataclass(frozen=True)
class Wanted:
    """Whose metric a question's answer is; `release` is the one under way there.

    `own`: it is asked for that release alone. `unused`: nobody need have its version, yet or any more: it is
    no news when there is nothing of it.
    """

    metric: str
    question: Question
    release: str
    step: str = ""
    own: bool = False
    unused: bool = False


def slot(at: datetime, interval: timedelta) -> datetime:
    """The moment at which `at`'s round of questions was due: the same for every process."""
    length = interval.total_seconds()
    return datetime.fromtimestamp(at.timestamp() // length * length, UTC)


def wanted(
    rules: HealthRules,
    environment: Environment,
    releases: tuple[Release, ...],
    replaced: frozenset[str] = frozenset(),
) -> Iterator[Wanted]:
    """`releases` are looked at there, the one that came last first: what is asked for all is its. Of those
    that are `replaced` all users may have a newer one.
    """
    if rules.prometheus is not None:
        for one in _queries(rules, rules.prometheus, environment, releases):
            yield replace(one, unused=True) if one.release in replaced and one.own else one
    yield from of_endpoints(rules, environment, releases[0])


def of_endpoints(
    rules: HealthRules, environment: Environment, release: Release | None = None
) -> Iterator[Wanted]:
    """All of them are one question; for nobody where no release is under way there."""
    endpoints = rules.endpoints.of(environment)
    if endpoints:
        seconds = max(one.timeout.total_seconds() for one in endpoints)
        asked = Question(endpoints[0].url, "", endpoints, rules.allow, seconds)
        yield Wanted("", asked, *((release.id, step_of(release)) if release else ("",)))


def _queries(
    rules: HealthRules, prometheus: PrometheusRules, environment: Environment, releases: tuple[Release, ...]
) -> Iterator[Wanted]:
    seconds = prometheus.timeout.total_seconds()
    for metric, query in prometheus.of(environment).items():
        for release in releases if names_a_release(query) else releases[:1]:
            text = filled(query, _places(release))
            asked = Question(prometheus.url, text, (), rules.allow, seconds)
            own = names_a_release(query)
            unused = own and _may_have_no_users(release)
            yield Wanted(metric, asked, release.id, step_of(release), own, unused)


def _may_have_no_users(release: Release) -> bool:
    """Nobody says that the first step is out, or it is being taken back."""
    if release.stage is Stage.ROLLING_BACK:
        return True
    rollout = release.rollout if release.stage is Stage.DEPLOYING else None
    return rollout is not None and rollout.percent == 0


def gone(rules: HealthRules, release: Release, newest: Mapping[str, Reading], at: datetime) -> frozenset[str]:
    """The metrics of its version of which nothing comes any more, since it is taken back: what was measured
    last says nothing of now.
    """
    if release.stage is not Stage.ROLLING_BACK:
        return frozenset()
    since = at - rules.too_old
    return frozenset(metric for metric in own_metrics(rules) & newest.keys() if newest[metric].at < since)


def step_of(release: Release) -> str:
    """The step of its rollout that is under way, empty for none."""
    rolling = release.rollout if release.stage is Stage.DEPLOYING else None
    return rolling.step_under_way if rolling else ""


def _places(release: Release) -> Mapping[str, str]:
    return {
        "version": str(release.version),
        "tag": release.tag,
        "sha": release.candidate.sha if release.candidate else "",
        "step": step_of(release),
    }


def names_a_release(query: str) -> bool:
    return any(f"{{{place}}}" in query for place in _PLACES)


def own_metrics(rules: HealthRules) -> frozenset[str]:
    """What is asked of each version for itself."""
    queries = rules.prometheus.queries if rules.prometheus else {}
    return frozenset(metric for metric, query in queries.items() if names_a_release(query))


def filled(query: str, known: Mapping[str, str]) -> str:
    """The query with what its places stand for. PromQL has braces of its own: only these words are places.

    Nothing that could end a quoted text of the query is put into it.
    """
    for place in _PLACES:
        value = known.get(place, "")
        query = query.replace(f"{{{place}}}", value if _SAFE.fullmatch(value) else "")
    return query


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a monitor says: a number, or `why` there is none. An endpoint names the `metric` itself."""

    value: float | None = None
    why: WhyNone | None = None
    detail: str = ""
    metric: str = ""


Answers = Mapping[Question, tuple[Answer, ...]]


def readings(
    asked: tuple[Wanted, ...], answers: Answers, environment: Environment, at: datetime
) -> tuple[Reading, ...]:
    """The readings of one round. A metric with a query of its own is not taken from an endpoint as well."""
    own = {one.metric for one in asked}
    found = [
        Reading(
            metric=one.metric or answer.metric,
            environment=environment,
            at=at,
            source=Source.PROMETHEUS if one.question.query else Source.ENDPOINT,
            value=answer.value,
            why=answer.why,
            detail=answer.detail,
            release=one.release,
            step=one.step,
        )
        for one in asked
        for answer in (measured(one.metric or said.metric, said) for said in answers[one.question])
        if (one.metric or answer.metric not in own) and not (one.unused and answer.why in _NOTHING)
    ]
    return tuple(_with_samples(found))


def measured(metric: str, answer: Answer) -> Answer:
    """What cannot be a number of its metric is none, and never judged as one."""
    if answer.value is None:
        return answer
    found = in_measure(metric, answer.value)
    if isinstance(found, WhyNone):
        return replace(answer, value=None, why=found, detail=f"{answer.value:g}")
    return replace(answer, value=found)


def _with_samples(found: list[Reading]) -> Iterator[Reading]:
    """Over how many requests the others were measured: those of the same release, else all of them."""
    requests = {one.release: one.value for one in found if one.metric == REQUESTS and one.value is not None}
    of_all = next(iter(requests.values()), None)
    for one in found:
        samples = requests.get(one.release, of_all)
        if samples is None or one.value is None:
            yield one
        else:
            yield replace(one, samples=min(round(samples), MOST_SAMPLES))


def before_deploy(rules: HealthRules, release: Release) -> Iterator[Wanted]:
    """What is asked of the time before a deploy. Where a query names the version, the one before is meant;
    of its commit and its steps nothing is known.
    """
    yield from _of_version(rules, release.previous_version, release.id)


def after_rollback(rules: HealthRules, target: str) -> Iterator[Wanted]:
    """What is asked of production once it is back on `target`, for no release: where a query names the
    version, that one is meant.
    """
    yield from _of_version(rules, target, "")
    yield from of_endpoints(rules, Environment.PRODUCTION)


def _of_version(rules: HealthRules, version: str, release: str) -> Iterator[Wanted]:
    prometheus, known = rules.prometheus, version.removeprefix("v")
    if prometheus is None:
        return
    seconds = prometheus.timeout.total_seconds()
    for metric, query in prometheus.queries.items():
        if "{sha}" in query or "{step}" in query or (names_a_release(query) and not known):
            continue
        text = filled(query, {"version": known, "tag": f"v{known}"})
        yield Wanted(metric, Question(prometheus.url, text, (), rules.allow, seconds), release)
