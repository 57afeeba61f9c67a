"""What is said of a deployment, by its deployer's answer, its callback, or the one who looked for it."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from commands import context
from commands.advance import take
from commands.context import Case
from commands.deploys import keep
from commands.deploys.ask import moved
from commands.record import lane, send
from commands.rollback import by_deployer
from commands.rollout.live import deployers, step_failed, step_is_live
from domain.deploys import reports
from domain.deploys.model import POLLED, Deployment, DeployState, DeployWhy, Purpose
from domain.deploys.reports import Outcome, Report, Taken
from domain.errands import FollowDeployment, ToPerson
from domain.events import DeploymentLate
from domain.people import Origin
from domain.types import Action, Stage
from storage import audit, deploys, outbox
from storage.db import Tx

_CAME_TO_NOTHING = frozenset({DeployState.FAILED, DeployState.LOST, DeployState.CANCELLED})
_GIVEN_UP = frozenset({Stage.ROLLING_BACK, Stage.ROLLED_BACK})


def take_in(tx: Tx, report: Report, origin: Origin, project: str = "") -> Taken | None:
    """None for a deployment that nobody asked for, or another project did: a callback is one project's."""
    known = deploys.get(tx, report.deployment)
    if known is None or project not in {"", known.project}:
        return None
    found = context.case(tx, known.release)
    deployment = deploys.get(tx, known.id) or known  # as it is behind the lock
    given_up = _given_up(tx, found, deployment) or _belied(found, deployment, report)
    outcome = reports.take(deployment, report, found.at, given_up=given_up)
    if outcome.taken is Taken.LATE:
        _late(tx, found, deployment, outcome, report, origin)
    elif deployment.ending and outcome.moved:
        keep.save(tx, found, outcome.deployment, origin, [moved(found, outcome.deployment)])
    elif outcome.deployment != deployment:
        _keep(tx, found, outcome, origin)
    return outcome.taken


def not_cancelled(tx: Tx, id_: str, why: DeployWhy, detail: str, origin: Origin) -> None:
    """The deployer could not be told that it is not wanted any more, or does not say that it ended: who runs
    deploys has to stop it. What waited for its end is not sent until they have decided.
    """
    before = deploys.get(tx, id_)
    if before is None:
        return
    found = context.case(tx, before.release)
    known = deploys.get(tx, id_) or before  # as it is behind the lock
    if not known.holds_back:
        return
    after = replace(known, why=why, detail=detail)
    event = moved(found, after, goes_on=True)
    keep.save(tx, found, after, origin, [event])
    send(tx, found.project, origin, [(ToPerson(user), event) for user in deployers(found)])
    if known.purpose is not Purpose.ROLLBACK:
        _send_none_beside(tx, known, origin)


def _send_none_beside(tx: Tx, living: Deployment, origin: Origin) -> None:
    """What waited for its end, and so was never sent, has failed, and may be asked for once more."""
    for one in deploys.under_way(tx, living.release):
        if one.purpose is living.purpose and one.state is DeployState.ASKED:
            why = DeployWhy.BEFORE_GOES_ON
            take_in(tx, Report(deployment=one.id, state=DeployState.FAILED, why=why), origin)


def never_sent(tx: Tx, id_: str, origin: Origin) -> None:
    """It was cancelled in the moment before it was sent: there is nobody to be told."""
    known = deploys.get(tx, id_)
    if known is not None and known.ending:
        take_in(tx, Report(deployment=id_, state=DeployState.CANCELLED), origin)


def _given_up(tx: Tx, found: Case, deployment: Deployment) -> bool:
    """The way back has begun, or the same work was asked for once more."""
    if deployment.purpose is not Purpose.ROLLBACK and found.release.stage in _GIVEN_UP:
        return True
    newest = deploys.newest(tx, deployment.release, deployment.candidate, deployment.purpose, deployment.step)
    return newest is not None and newest.id != deployment.id


def _belied(found: Case, deployment: Deployment, report: Report) -> bool:
    """People have said that the step is out and went by it: another end of it is news, and undoes nothing."""
    release = found.release
    if (
        deployment.purpose is not Purpose.STEP
        or release.rollout is None
        or report.state is DeployState.SUCCEEDED
    ):
        return False
    return deployment.candidate == release.rc and release.rollout.has_brought_out(deployment.step)


def _late(tx: Tx, found: Case, before: Deployment, outcome: Outcome, report: Report, origin: Origin) -> None:
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
        detail=report.detail,
    )
    keep.save(tx, found, after, origin, [event])


def _keep(tx: Tx, found: Case, outcome: Outcome, origin: Origin) -> None:
    after = outcome.deployment
    events = [moved(found, after, mended=outcome.mended)] if outcome.moved else []
    if _told_by_the_rollout(found, after):
        audit.append(tx, origin, found.project.key, events)
        keep.save(tx, found, after, origin, [])
    else:
        keep.save(tx, found, after, origin, events)
    if after.state is DeployState.LOST:
        _follow_on(tx, after)
    if after.purpose is Purpose.STAGING and after.state in _CAME_TO_NOTHING:
        send(
            tx,
            found.project,
            origin,
            [(ToPerson(user), event) for user in deployers(found) for event in events],
        )
    if after.over:
        _follow(tx, found, after, origin)


def follow_cancelled(tx: Tx, id_: str, *, can_be_asked: bool) -> None:
    """Its deployer has been told, or could not be: how it really ends is asked, where it can be."""
    known = deploys.get(tx, id_)
    if can_be_asked and known is not None and known.ending:
        errand = FollowDeployment(known.project, known.id, late=True)
        outbox.add(tx, [lane(f"{outbox.DEPLOY}{known.id}", f"late:{known.id}:cancelled", errand)])


def _follow_on(tx: Tx, lost: Deployment) -> None:
    """Who tells nothing is asked on: a late end mends it, as a late callback does. It may be lost again."""
    if lost.deployer in POLLED and lost.ended_at:
        errand = FollowDeployment(lost.project, lost.id, late=True)
        key = f"late:{lost.id}:{lost.ended_at.isoformat()}"
        outbox.add(tx, [lane(f"{outbox.DEPLOY}{lost.id}", key, errand)])


def _told_by_the_rollout(found: Case, deployment: Deployment) -> bool:
    """How a step under way ended is told once: with what it means for the rollout."""
    rollout = found.release.rollout
    if deployment.purpose is not Purpose.STEP or not deployment.over or rollout is None:
        return False
    at_it = found.release.stage is Stage.DEPLOYING and found.release.rc == deployment.candidate
    heard = deployment.state is not DeployState.CANCELLED
    return at_it and heard and deployment.step == rollout.step_under_way


def _follow(tx: Tx, found: Case, deployment: Deployment, origin: Origin) -> None:
    """What the end of a deployment means for whatever waited for it, if it still waits."""
    match deployment.purpose:
        case Purpose.STAGING:
            _staged(tx, found, deployment, origin)
        case Purpose.STEP:
            _stepped(tx, found, deployment, origin)
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


def _stepped(tx: Tx, found: Case, deployment: Deployment, origin: Origin) -> None:
    """A step of another candidate's rollout is none of this one's."""
    if found.release.rc != deployment.candidate:
        return
    if deployment.state is DeployState.SUCCEEDED:
        step_is_live(tx, found, deployment.step, origin)
    elif deployment.state is not DeployState.CANCELLED or deployment.why:
        step_failed(tx, found, deployment.step, _why(deployment), origin)


def _why(deployment: Deployment) -> str:
    """The deployer's own words and where to look, else the code of what went wrong, worded by messages."""
    if deployment.detail:
        return f"{deployment.detail} {deployment.url}".strip()
    return deployment.why.value if deployment.why else deployment.state.value
