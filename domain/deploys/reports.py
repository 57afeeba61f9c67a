"""What a word of a deployer changes: nothing when it is late, doubled, out of order or of another one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.deploys.model import OVER, Deployment, DeployState, DeployWhy

REPORTED = frozenset(OVER | {DeployState.RUNNING})
"""What can be said of a deployment; nobody says that it was asked."""
LONGEST_DETAIL = 300
_WHOLE = 100
_ENDS = OVER - {DeployState.LOST}


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was said of one deployment, by its deployer or by whoever waited for it in vain."""

    deployment: str
    state: DeployState
    percent: int | None = None
    external: str = ""
    url: str = ""
    why: DeployWhy | None = None
    detail: str = ""
    evidence: str = ""


class Taken(StrEnum):
    """TAKEN has changed something; SAME was known; each of the others changes nothing, and is why."""

    TAKEN = "taken"
    SAME = "same"
    OUT_OF_ORDER = "out_of_order"
    LATE = "late"
    OTHER = "other"


@dataclass(frozen=True)
class Outcome:
    """`moved` when the state is another one than before, or it waits for something now; `mended` when what
    counted as lost has come back.
    """

    taken: Taken
    deployment: Deployment
    moved: bool = False
    mended: bool = False


def take(deployment: Deployment, report: Report, at: datetime, *, given_up: bool = False) -> Outcome:
    """`given_up` says that a rollback has begun, or another try: what counted as lost stays lost."""
    if report.deployment != deployment.id or report.state not in REPORTED:
        return Outcome(Taken.OTHER, deployment)
    if deployment.over:
        return _after_the_end(deployment, report, at, given_up=given_up)
    if report.state is not DeployState.RUNNING:
        return Outcome(Taken.TAKEN, _ended(deployment, report, at), moved=True)
    return _running(deployment, report, at)


def _after_the_end(deployment: Deployment, report: Report, at: datetime, *, given_up: bool) -> Outcome:
    if deployment.ending and report.state in _ENDS:
        return _has_ended(deployment, report)
    if report.state is deployment.state:
        return Outcome(Taken.SAME, deployment)
    if deployment.state is not DeployState.LOST or given_up:
        told = replace(deployment, late=report.state)
        ran = report.state in {DeployState.RUNNING, DeployState.LOST}
        return Outcome(Taken.LATE, deployment if ran else told)
    begun = deployment.running_at or at
    back = replace(
        deployment, state=DeployState.RUNNING, running_at=begun, ended_at=None, why=None, detail=""
    )
    mended = _told(back, report, at)
    if report.state is not DeployState.RUNNING:
        mended = _ended(back, report, at)
    return Outcome(Taken.TAKEN, mended, moved=True, mended=True)


def _has_ended(deployment: Deployment, report: Report) -> Outcome:
    """What was being cancelled is known now: it was, or it had come to another end before."""
    known = replace(
        deployment,
        ending=False,
        external=report.external or deployment.external,
        url=report.url or deployment.url,
    )
    if report.state is DeployState.CANCELLED:
        return Outcome(Taken.TAKEN, replace(known, why=None, detail=""), moved=True)
    return Outcome(Taken.LATE, replace(known, late=report.state))


def _running(deployment: Deployment, report: Report, at: datetime) -> Outcome:
    """It still runs: a smaller number than is known comes from an older word. What it waits for
    is told once.
    """
    if report.percent is not None and report.percent < (deployment.percent or 0):
        return Outcome(Taken.OUT_OF_ORDER, deployment)
    begun = deployment.state is DeployState.ASKED
    waits = report.why is not None and report.why is not deployment.why
    begun_at = deployment.running_at or at
    running = replace(deployment, state=DeployState.RUNNING, running_at=begun_at, why=report.why)
    told = _told(running, report, at)
    same = replace(told, heard_at=deployment.heard_at) == deployment
    return Outcome(Taken.SAME if same else Taken.TAKEN, told, moved=begun or waits)


def _told(deployment: Deployment, report: Report, at: datetime) -> Deployment:
    """With what the report knows besides the state; what it leaves out stays as it was."""
    percent = deployment.percent
    if report.percent is not None:
        percent = max(min(report.percent, _WHOLE), percent or 0)
    return replace(
        deployment,
        percent=percent,
        external=report.external or deployment.external,
        url=report.url or deployment.url,
        evidence=report.evidence[:LONGEST_DETAIL] or deployment.evidence,
        heard_at=at if report.state is not DeployState.LOST else deployment.heard_at,
    )


def _ended(deployment: Deployment, report: Report, at: datetime) -> Deployment:
    done = report.state is DeployState.SUCCEEDED
    told = _told(deployment, report, at)
    return replace(
        told,
        state=report.state,
        percent=_WHOLE if done else told.percent,
        why=None if done else report.why,
        detail="" if done else report.detail[:LONGEST_DETAIL],
        ended_at=at,
    )


def cancelled(deployment: Deployment, at: datetime, *, sent: bool = True) -> Deployment:
    """Given up by people; what was `sent` ends when its deployer says so, and what else it says is late."""
    if deployment.over:
        return deployment
    return replace(deployment, state=DeployState.CANCELLED, ended_at=at, why=None, ending=sent)
