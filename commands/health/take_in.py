"""The one way in for readings: kept, judged, told where a metric turns, and a rollout may go on by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from commands.criteria import judge as criteria
from commands.health.look import under_way
from commands.record import lane, record
from commands.rollout import over
from domain.errands import Show, Surface, SurfaceKind
from domain.events import HealthTurned
from domain.health.asking import step_of
from domain.health.model import Reading
from domain.health.now import watched
from domain.health.turns import turns
from domain.people import Origin
from domain.project import Project
from domain.release import Release
from domain.types import Environment, Stage
from storage import outbox, readings, releases
from storage.db import Tx
from storage.ids import new_id

SHOWN_EVERY = timedelta(minutes=10)
"""How often a released version's card is written anew although nothing turned, counted from its own release:
not all that are watched come in one minute.
"""


def take_in(tx: Tx, project: Project, given: Iterable[Reading], origin: Origin) -> None:
    """Readings that name no release are those of the one that came last in their environment."""
    fresh = readings.add(tx, project.key, _placed(tx, project, given))
    for (environment, release), found in _by_release(fresh).items():
        _judge(tx, project, environment, release, found, origin)
        if environment is Environment.PRODUCTION and releases.get(tx, release) is not None:
            criteria.judge(tx, project, release, origin)
            over.goes_on(tx, release)


def _placed(tx: Tx, project: Project, given: Iterable[Reading]) -> list[Reading]:
    first: dict[Environment, Release | None] = {}
    found = []
    for one in given:
        if one.release:
            found.append(one)
            continue
        if one.environment not in first:
            first[one.environment] = next(iter(under_way(tx, project, one.environment, tx.now())), None)
        release = first[one.environment]
        found.append(replace(one, release=release.id, step=step_of(release)) if release else one)
    return found


def _by_release(fresh: list[Reading]) -> Mapping[tuple[Environment, str], list[Reading]]:
    found: dict[tuple[Environment, str], list[Reading]] = defaultdict(list)
    for one in sorted(fresh, key=lambda one: one.at):
        if one.release and not one.baseline:
            found[one.environment, one.release].append(one)
    return found


def _judge(
    tx: Tx, project: Project, environment: Environment, id_: str, found: list[Reading], origin: Origin
) -> None:
    """Told in the release's thread, as long as it is looked at in this environment."""
    release = releases.get(tx, id_)
    if release is None or watched(release, tx.now()) is not environment:
        return
    rules = project.policy.health
    turned, told = turns(rules, found, readings.told(tx, project.key, environment, id_))
    readings.put_told(tx, project.key, environment, id_, told)
    if turned:
        ranges = tuple(rules.ranges.get(turn.reading.metric, "") for turn in turned)
        event = HealthTurned(
            release=id_,
            version=str(release.version),
            environment=environment,
            turns=turned,
            ranges=ranges,
        )
        record(tx, origin, project, [event], release=release, answered=True)
    elif _shows(release, found[-1], rules.interval):
        _refresh(tx, project, release)


def _shows(release: Release, newest: Reading, interval: timedelta) -> bool:
    """A rollout is shown live; a hundred releases that only are watched would fill their channel."""
    if newest.environment is not Environment.PRODUCTION:
        return False
    if release.stage is not Stage.RELEASED:
        return True
    since = newest.at - release.stage_since
    return since // SHOWN_EVERY > (since - interval) // SHOWN_EVERY


def _refresh(tx: Tx, project: Project, release: Release) -> None:
    card = Show(Surface(SurfaceKind.CARD, release.id))
    outbox.add(tx, [lane(project.channel, f"{new_id()}:card", card)])
