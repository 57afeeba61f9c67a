"""What is said of a deployment, by its deployer's answer, its callback, or the one who looked for it."""

from __future__ import annotations

from typing import assert_never

from commands import context
from commands.advance import take
from commands.context import Case
from commands.deploys import keep
from commands.deploys.ask import moved
from commands.rollback import by_deployer
from domain.deploys import reports
from domain.deploys.model import Deployment, DeployState, Purpose
from domain.deploys.reports import Outcome, Report, Taken
from domain.events import DeploymentLate
from domain.people import Origin
from domain.types import Action, Stage
from storage import deploys
from storage.db import Tx

_GIVEN_UP = frozenset({Stage.ROLLING_BACK, Stage.ROLLED_BACK})


def take_in(tx: Tx, report: Report, origin: Origin, project: str = "") -> Taken | None:
    """None for a deployment that nobody asked for, or another project did: a callback is one project's."""
    known = deploys.get(tx, report.deployment)
    if known is None or project not in {"", known.project}:
        return None
    found = context.case(tx, known.release)
    deployment = deploys.get(tx, known.id) or known  # as it is behind the lock
    way_back = found.release.stage in _GIVEN_UP and deployment.purpose is not Purpose.ROLLBACK
    outcome = reports.take(deployment, report, found.at, way_back=way_back)
    if outcome.taken is Taken.LATE:
        _late(tx, found, deployment, outcome, origin)
    elif outcome.deployment != deployment:
        _keep(tx, found, outcome, origin)
    return outcome.taken


def _late(tx: Tx, found: Case, before: Deployment, outcome: Outcome, origin: Origin) -> None:
    """Told once, however often it is said: what people believe and what is there may differ."""
    after = outcome.deployment
    if after.late is None or after.late is before.late:
        return
    event = DeploymentLate(
        release=after.release,
        version=found.version,
        deployment=after.id,
        environment=after.environment,
        purpose=after.purpose,
        step=after.step,
        target=after.target,
        state=after.state,
        said=after.late,
        url=after.url,
    )
    keep.save(tx, found, after, origin, [event])


def _keep(tx: Tx, found: Case, outcome: Outcome, origin: Origin) -> None:
    after = outcome.deployment
    events = [moved(found, after, mended=outcome.mended)] if outcome.moved else []
    keep.save(tx, found, after, origin, events)
    if after.over:
        _follow(tx, found, after, origin)


def _follow(tx: Tx, found: Case, deployment: Deployment, origin: Origin) -> None:
    """What the end of a deployment means for whatever waited for it, if it still waits."""
    match deployment.purpose:
        case Purpose.STAGING:
            _staged(tx, found, deployment, origin)
        case Purpose.STEP:
            stepped(tx, found, deployment, origin)
        case Purpose.ROLLBACK:
            by_deployer.ended(tx, found, deployment, origin)
        case _:
            assert_never(deployment.purpose)


def _staged(tx: Tx, found: Case, deployment: Deployment, origin: Origin) -> None:
    """A deployer that could not be asked, or was lost, says nothing of the candidate: people decide."""
    if found.release.stage is not Stage.STAGING or found.release.rc != deployment.candidate:
        return
    if deployment.state is DeployState.SUCCEEDED:
        take(tx, found, Action.STAGING_DEPLOYED, origin, note=_evidence(deployment))
    elif deployment.state is DeployState.FAILED and not deployment.never_asked:
        take(tx, found, Action.STAGING_FAILED, origin, note=deployment.detail or _evidence(deployment))


def _evidence(deployment: Deployment) -> str:
    """What the deployer has to show: its words, else where to look."""
    return deployment.evidence or deployment.url or deployment.external or deployment.id


def stepped(tx: Tx, found: Case, deployment: Deployment, origin: Origin) -> None:
    """A step of a rollout is live, or it failed: the one place where the rollout hears of it."""
