"""What is shown of rollback criteria: the list of a release, and the chart of a breach."""

from __future__ import annotations

from datetime import datetime, timedelta

from commands.health.look import baselines_of
from commands.show.release import look, project_view
from domain.criteria.model import Breach
from domain.refusals import Gone, Refused
from domain.release import Release
from domain.types import Environment
from domain.views import BreachChart, BreachesView
from storage import breaches, readings
from storage.db import Tx

BEFORE = timedelta(hours=1)
LONGEST = timedelta(hours=6)


def listed(tx: Tx, release: str) -> BreachesView:
    """Raises Refused(Gone)."""
    found = look(tx, release)
    return BreachesView(
        project=project_view(found.project),
        release=found.release,
        breaches=breaches.of_release(tx, release)[::-1],
    )


def breach(tx: Tx, key: str) -> Breach:
    """Raises Refused(Gone)."""
    found = breaches.get(tx, key)
    if found is None:
        raise Refused(Gone("breach"))
    return found


def chart(tx: Tx, key: str) -> BreachChart:
    """From an hour before the deploy, or as far back as can be read. Raises Refused(Gone)."""
    of = breach(tx, key)
    found = look(tx, of.release)
    ends = max(of.opened_at, of.changed_at or of.opened_at)
    deploy = found.release.deploy_started_at or of.opened_at
    begins = max(deploy - BEFORE, ends - LONGEST)
    taken = readings.since(tx, of.project, Environment.PRODUCTION, begins)
    mine = (one for one in taken if one.metric == of.metric and one.at <= ends)
    return BreachChart(
        project=project_view(found.project),
        release=found.release,
        breach=of,
        readings=tuple(one for one in mine if one.release in {"", of.release}),
        usual=baselines_of(tx, found.project, found.release).get(of.metric),
        marks=tuple((at, step) for at, step in _marks(found.release) if begins <= at <= ends),
        begins=begins,
        ends=ends,
    )


def _marks(release: Release) -> list[tuple[datetime, str]]:
    found = [(release.deploy_started_at, "")] if release.deploy_started_at else []
    rollout = release.rollout
    if rollout and rollout.since and rollout.done and not rollout.complete:
        found.append((rollout.since, rollout.step_under_way))
    return found
