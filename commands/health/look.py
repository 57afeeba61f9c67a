"""How the environment of a release is, from all that was measured."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from commands.production import recorded
from domain.health.asking import gone
from domain.health.baselines import Baseline, baselines
from domain.health.newest import of_release
from domain.health.now import Health, environment_of, health, watched
from domain.health.replaced import replaced_by
from domain.project import Project
from domain.release import Release
from domain.types import Environment
from storage import health_rounds, readings, releases
from storage.db import Tx


def under_way(tx: Tx, project: Project, environment: Environment, at: datetime) -> tuple[Release, ...]:
    """The releases that are looked at there now; the one that came last first: it is the likely cause."""
    found = [one for one in releases.live(tx, project.key) if watched(one, at) is environment]
    return tuple(sorted(found, key=came, reverse=True))


def replaced(tx: Tx, release: Release, *, surely: bool = False) -> Release | None:
    """The newer release whose version all its users have, or may have."""
    running = recorded(tx, release.project)
    others = (*releases.live(tx, release.project), *((running,) if running else ()))
    return replaced_by(release, others, surely=surely)


def health_of(tx: Tx, project: Project, release: Release, at: datetime) -> Health:
    """What was measured before this release came is none of it."""
    environment = environment_of(release)
    rules = project.policy.health
    found = readings.newest_of_each(tx, project.key, environment, after=came(release))
    newest = of_release(rules, environment, found, release.id, at=at)
    for metric in gone(rules, release, newest, at):
        del newest[metric]
    known = baselines_of(tx, project, release) if environment is Environment.PRODUCTION else {}
    return health(rules, environment, newest, known, at=at)


def shown(tx: Tx, project: Project, release: Release, at: datetime) -> Health | None:
    """For the card: while production is looked at, and there is something to say."""
    if watched(release, at) is not Environment.PRODUCTION:
        return None
    found = health_of(tx, project, release, at)
    return found if found.measured or found.asked else None


def baselines_of(tx: Tx, project: Project, release: Release) -> Mapping[str, Baseline]:
    """Taken when its deploy began; where nothing is asked of monitors, of what was given before it."""
    if release.deploy_started_at is None:
        return {}
    key = health_rounds.of_baseline(release.id, release.deploy_started_at)
    taken = health_rounds.baselines(tx, project.key, key)
    if taken is not None or project.policy.health.monitored:
        return taken or {}
    return given_before(tx, project, release.deploy_started_at)


def given_before(tx: Tx, project: Project, deploy: datetime) -> Mapping[str, Baseline]:
    since = deploy - project.policy.health.baseline
    found = readings.since(tx, project.key, Environment.PRODUCTION, since)
    return baselines(one for one in found if one.at < deploy)


def came(release: Release) -> datetime:
    built = release.candidate.built_at if release.candidate else release.created_at
    return release.deploy_started_at or built
