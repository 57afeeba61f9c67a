"""Have a deployer work: one deployment and one errand; who deploys by hand is asked for nothing."""

from __future__ import annotations

from commands.context import Case
from commands.deploys.keep import add, save
from commands.record import lane
from domain.deploys import reports
from domain.deploys.model import Deployment, DeployState, Purpose
from domain.errands import CancelDeployment
from domain.events import DeploymentAsked, DeploymentMoved
from domain.people import Origin
from domain.release import Release
from domain.types import Environment
from domain.versions import Version, candidate_tag
from storage import deploys, outbox, releases
from storage.db import Tx
from storage.ids import new_id


def ask(
    tx: Tx, found: Case, purpose: Purpose, *, step: str = "", target: str = "", origin: Origin
) -> Deployment | None:
    """The deployment that does this work now; None where people do it. The same is not asked twice.

    `found.release` is as it was saved; `target` is the version to deploy as its tag spells it, the candidate
    where it is empty.
    """
    environment = Environment.STAGING if purpose is Purpose.STAGING else Environment.PRODUCTION
    rules = found.project.policy.deploy.of(environment)
    release = found.release
    if not rules.automatic or release.candidate is None:
        return None
    before = deploys.newest(tx, release.id, release.rc, purpose, step)
    if before is not None and not before.over:
        return before
    deployment = Deployment(
        id=new_id(),
        project=found.project.key,
        release=release.id,
        candidate=release.rc,
        sha=target_sha(tx, release, target) if purpose is Purpose.ROLLBACK else release.candidate.sha,
        environment=environment,
        purpose=purpose,
        step=step,
        target=_tag(found, target),
        deployer=rules.deployer,
        asked_at=found.at,
        asked_by=origin.actor.user,
        attempt=before.attempt + 1 if before else 1,
    )
    add(tx, found, deployment, origin, asked_event(tx, found, deployment))
    return deployment


def _tag(found: Case, target: str) -> str:
    """As it stands in git, with the prefix of a project that shares its repository."""
    release, prefix = found.release, found.project.policy.repository.tag_prefix
    return f"{prefix}{target}" if target else candidate_tag(release.version, release.rc, prefix)


def target_sha(tx: Tx, release: Release, target: str) -> str:
    """The commit of the version to go back to; empty for one that was not released with Naru."""
    try:
        before = releases.by_version(tx, release.project, Version.parse(target))
    except ValueError:
        return ""
    return before.candidate.sha if before and before.candidate else ""


def asked_event(tx: Tx, found: Case, deployment: Deployment) -> DeploymentAsked:
    return DeploymentAsked(
        release=deployment.release,
        version=found.version,
        deployment=deployment.id,
        deployer=deployment.deployer,
        environment=deployment.environment,
        purpose=deployment.purpose,
        step=deployment.step,
        target=deployment.target,
        attempt=deployment.attempt,
        waits=deploys.held_back(tx, deployment),
    )


def cancel(
    tx: Tx, found: Case, origin: Origin, purpose: Purpose, *, step: str = ""
) -> tuple[Deployment, ...]:
    """Give up what the deployers of a release are at for a purpose, of one step or of all.

    Each is told, but of what was never sent: a deployer could only say that it knows no such deployment.
    """
    given_up = [
        reports.cancelled(deployment, found.at, sent=_was_sent(tx, deployment))
        for deployment in deploys.under_way(tx, found.release.id)
        if deployment.purpose is purpose and step in {"", deployment.step}
    ]
    for deployment in given_up:
        save(tx, found, deployment, origin, [moved(found, deployment)])
        if deployment.ending:
            errand = CancelDeployment(found.project.key, deployment.id)
            own = f"{outbox.DEPLOY}{deployment.id}"
            outbox.clear(tx, own)  # the next look at how it goes may be minutes away
            outbox.add(tx, [lane(own, f"cancel:{deployment.id}", errand)])
    return tuple(given_up)


def _was_sent(tx: Tx, deployment: Deployment) -> bool:
    """False for what never will be now."""
    return deployment.state is not DeployState.ASKED or not outbox.withdraw(tx, f"ask:{deployment.id}")


def moved(
    found: Case, deployment: Deployment, *, mended: bool = False, goes_on: bool = False
) -> DeploymentMoved:
    return DeploymentMoved(
        release=deployment.release,
        version=found.version,
        deployment=deployment.id,
        environment=deployment.environment,
        purpose=deployment.purpose,
        step=deployment.step,
        target=deployment.target,
        state=deployment.state,
        percent=deployment.percent,
        url=deployment.url,
        why=deployment.why,
        detail=deployment.detail,
        mended=mended,
        ending=deployment.ending,
        goes_on=goes_on,
        candidate=deployment.candidate,
        room=found.release.room if deployment.purpose is Purpose.ROLLBACK else "",
    )
