"""When monitors are asked what: a round at each interval, taken on by one process, for all watched ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commands.health.after import looked_at
from commands.health.look import came, given_before, under_way
from commands.health.take_in import take_in
from commands.production import recorded
from commands.record import record
from domain.events import BaselineMissing
from domain.health.asking import (
    Wanted,
    after_rollback,
    before_deploy,
    of_endpoints,
    own_metrics,
    slot,
    wanted,
)
from domain.health.baselines import baselines
from domain.health.model import NO_ANSWER, OF_ENDPOINTS, Reading, Source, WhyNone
from domain.health.replaced import replaced_by
from domain.health.rules import HealthRules
from domain.people import BOT, Origin, Via
from domain.project import Project
from domain.release import Release
from domain.types import Environment, Stage
from storage import health_rounds, projects, readings, releases
from storage.db import Tx

MONITORS = Origin(BOT, Via.TIMER)


@dataclass(frozen=True, kw_only=True)
class Round:
    """What is to be asked now. A baseline is asked of the time from `since` until `at`, for `baseline`;
    `turn` is the interval in which it is: while nobody has brought its answer, each is another one's.
    """

    project: str
    key: str
    environment: Environment
    at: datetime
    wanted: tuple[Wanted, ...]
    baseline: str = ""
    since: datetime | None = None
    turn: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RoundWasAsked:
    """What the monitors said; of a baseline also the readings that say why there are none."""

    round: Round
    readings: tuple[Reading, ...]


def due(tx: Tx) -> list[Round]:
    """What nobody has taken on yet."""
    taken, answered = health_rounds.taken(tx), health_rounds.answered(tx)
    found = [one for project in projects.every(tx) for one in _of(tx, project)]
    open_ = [one for one in found if (one.project, one.key) not in answered]
    return [one for one in open_ if (one.project, one.key) not in taken or _later(one, taken)]


def _later(one: Round, taken: dict[tuple[str, str], datetime]) -> bool:
    return taken[one.project, one.key] < (one.turn or one.at)


def take(tx: Tx, rounds: list[Round]) -> list[Round]:
    """Those that are the caller's to ask now: each is one process's, and asked once, even if it dies."""
    return [one for one in rounds if health_rounds.take(tx, one.project, one.key, one.turn or one.at)]


def asked(tx: Tx, report: RoundWasAsked) -> None:
    """Take in what the monitors said, in one transaction for each project and environment."""
    project = projects.get(tx, report.round.project)
    if project is None:
        return
    readings.lock(tx, project.key)
    if report.round.baseline:
        _baseline(tx, project, report)
    else:
        take_in(tx, project, report.readings, MONITORS)


def _of(tx: Tx, project: Project) -> list[Round]:
    rules, now = project.policy.health, tx.now()
    if not rules.monitored:
        return []
    found = []
    for environment in Environment:
        watched = under_way(tx, project, environment, now) if rules.asks(environment) else ()
        if environment is Environment.PRODUCTION and not watched:
            found += _after(tx, project, now) or _ahead(tx, project, now)
        if watched:
            asked = tuple(wanted(rules, environment, watched, _replaced(tx, rules, watched)))
            # Nothing that is measured for a release bears a time before it came.
            at = max(slot(now, rules.interval), came(watched[0]))
            found.append(_round(project, environment.value, environment, at, asked))
        if environment is Environment.PRODUCTION:
            found += [_before(project, one, now) for one in watched if one.stage is Stage.DEPLOYING]
    return found


def _ahead(tx: Tx, project: Project, now: datetime) -> list[Round]:
    """Health endpoints remember nothing: what is usual is asked of them while a deploy is to come."""
    if not _baseline_of_endpoints(project):
        return []
    if all(one.stage is not Stage.APPROVED for one in releases.live(tx, project.key)):
        return []
    rules, production = project.policy.health, Environment.PRODUCTION
    asked = tuple(of_endpoints(rules, production))
    return [_round(project, production.value, production, slot(now, rules.interval), asked)]


def _after(tx: Tx, project: Project, now: datetime) -> list[Round]:
    """What was rolled back is watched no more, but whether production is normal without it."""
    rules, production = project.policy.health, Environment.PRODUCTION
    room = looked_at(tx, project.key, now) if rules.asks(production) else None
    if room is None:
        return []
    asked = tuple(after_rollback(rules, room.target))
    return [_round(project, production.value, production, slot(now, rules.interval), asked)]


def _baseline_of_endpoints(project: Project) -> frozenset[str]:
    """What a criterion takes times its baseline, and health endpoints alone are asked for."""
    rules = project.policy.health
    if not rules.endpoints.production:
        return frozenset()
    queries = rules.prometheus.queries if rules.prometheus else {}
    needed = {one.metric for one in project.policy.criteria.rules.values() if one.needs_baseline}
    return frozenset(needed & OF_ENDPOINTS - queries.keys())


def _replaced(tx: Tx, rules: HealthRules, watched: tuple[Release, ...]) -> frozenset[str]:
    """Those whose users may all have a newer version: looked for where anything is asked for each version."""
    if not own_metrics(rules):
        return frozenset()
    running = recorded(tx, watched[0].project)
    others = (*watched, *((running,) if running else ()))
    return frozenset(one.id for one in watched if replaced_by(one, others))


def _round(
    project: Project, key: str, environment: Environment, at: datetime, asked: tuple[Wanted, ...]
) -> Round:
    return Round(project=project.key, key=key, environment=environment, at=at, wanted=asked)


def _before(project: Project, release: Release, now: datetime) -> Round:
    """Asked when the deploy has begun, of the time before: so it is whole, and holds up nobody."""
    rules, deploy = project.policy.health, release.deploy_started_at or release.stage_since
    return Round(
        project=project.key,
        key=health_rounds.of_baseline(release.id, deploy),
        environment=Environment.PRODUCTION,
        at=deploy,
        wanted=tuple(before_deploy(rules, release)),
        baseline=release.id,
        since=deploy - rules.baseline,
        turn=max(slot(now, rules.interval), deploy),
    )


def _baseline(tx: Tx, project: Project, report: RoundWasAsked) -> None:
    """What the monitors do not know of that time is taken from what was measured then; one that could not be
    reached is asked again with every round while the release goes out.
    """
    key, of = project.key, report.round.baseline
    before = health_rounds.baselines(tx, key, report.round.key)
    readings.add(tx, key, (one for one in report.readings if one.value is not None))
    found = {**given_before(tx, project, report.round.at), **baselines(_of_this_deploy(tx, report.round))}
    unasked = (_unasked(report.round, metric) for metric in sorted(_baseline_of_endpoints(project)))
    failed = tuple(
        one for one in (*report.readings, *unasked) if one.value is None and one.metric not in found
    )
    again = any(one.why in NO_ANSWER for one in failed)
    health_rounds.put_baselines(tx, key, report.round.key, tuple(found.values()), partial=again)
    release = releases.get(tx, of)
    if release is None or not (failed if before is None else not again):
        return
    event = BaselineMissing(release=of, version=str(release.version), readings=failed, again=again)
    record(tx, MONITORS, project, [event], release=release, answered=True)


def _of_this_deploy(tx: Tx, of: Round) -> list[Reading]:
    """A release that is deployed once more has readings of the time before the earlier deploy as well."""
    return [one for one in readings.baseline(tx, of.baseline) if of.since is None or one.at >= of.since]


def _unasked(of: Round, metric: str) -> Reading:
    return Reading(
        metric=metric,
        environment=of.environment,
        at=of.at,
        source=Source.ENDPOINT,
        value=None,
        why=WhyNone.UNASKED,
        release=of.baseline,
        baseline=True,
    )
