"""What a pipeline reports of a rollout: steps by their names, since it may be late or repeat itself."""

from __future__ import annotations

from commands import advance, context
from commands.context import Case
from commands.deploys.report import take_in
from commands.requests import Advance, ReportStep
from commands.rollout.live import live_now, step_failed, step_is_live
from domain.deploys.model import DeployState, DeployWhy, Purpose
from domain.deploys.reports import Report
from domain.events import StepDone, StepFailed
from domain.people import Origin
from domain.refusals import OtherStep, Refused, TextMissing
from domain.release import Rollout
from domain.types import Action, Stage
from domain.views import Happened
from storage import deploys
from storage.db import Tx


def report(tx: Tx, request: ReportStep, origin: Origin) -> Happened:
    """The step under way is done; or it failed, and the rollout waits for a person. Raises Refused.

    Where a deployer carries the steps out, done means live: it is watched, and the go is another's.
    """
    found = context.case(tx, request.release)
    rollout = found.release.rollout
    if rollout is not None and rollout.automatic and found.release.stage is Stage.DEPLOYING:
        return _of_a_deployer(tx, found, rollout, request, origin)
    if rollout is not None and rollout.step_under_way != request.step:
        raise Refused(OtherStep(found.version, request.step, rollout.step_under_way, rollout.steps))
    return _by_hand(tx, request, origin)


def _by_hand(tx: Tx, request: ReportStep, origin: Origin) -> Happened:
    action = Action.STEP_DONE if request.done else Action.PAUSE
    return advance.advance(tx, Advance(release=request.release, action=action, note=request.note), origin)


def _of_a_deployer(tx: Tx, found: Case, rollout: Rollout, request: ReportStep, origin: Origin) -> Happened:
    """What is known already is answered once more and changes nothing."""
    if request.done and request.step in rollout.steps[: rollout.done]:
        return Happened(_passed(found, rollout, request.step))
    if rollout.step_under_way != request.step:
        raise Refused(OtherStep(found.version, request.step, rollout.step_under_way, rollout.steps))
    if request.done:
        return _went_live(tx, found, rollout, request, origin)
    if not request.note:
        raise Refused(TextMissing("reason"))
    if rollout.live and not rollout.paused:  # it runs, and is not well: that is a pause
        return _by_hand(tx, request, origin)
    return _failed(tx, found, request, origin)


def _passed(found: Case, rollout: Rollout, step: str) -> StepDone:
    done, total = rollout.steps.index(step) + 1, len(rollout.steps)
    return StepDone(release=found.release.id, version=found.version, step=step, done=done, total=total)


def _went_live(tx: Tx, found: Case, rollout: Rollout, request: ReportStep, origin: Origin) -> Happened:
    if not _said_of_its_deployment(tx, found, request, origin):
        step_is_live(tx, found, request.step, origin)
    now = context.case(tx, found.release.id)
    return Happened(live_now(now, now.release.rollout or rollout))


def _failed(tx: Tx, found: Case, request: ReportStep, origin: Origin) -> Happened:
    """A second report of it does not change what the first one said."""
    if not _said_of_its_deployment(tx, found, request, origin):
        step_failed(tx, found, request.step, request.note, origin)
    event = StepFailed(
        release=found.release.id,
        version=found.version,
        candidate=found.release.rc,
        step=request.step,
        why=request.note,
    )
    return Happened(event)


def _said_of_its_deployment(tx: Tx, found: Case, request: ReportStep, origin: Origin) -> bool:
    """Whether a deployer was at it: then its work has ended with this word, and nobody waits for it."""
    release = found.release
    deployment = deploys.newest(tx, release.id, release.rc, Purpose.STEP, request.step)
    if deployment is None or deployment.over:
        return False
    said = Report(
        deployment=deployment.id,
        state=DeployState.SUCCEEDED if request.done else DeployState.FAILED,
        why=None if request.done else DeployWhy.SAID,
        detail="" if request.done else request.note,
        evidence=request.note if request.done else "",
    )
    take_in(tx, said, origin, release.project)
    return True
