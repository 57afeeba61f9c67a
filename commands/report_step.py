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
from domain.rollout.rollout import Rollout
from domain.types import Action, Stage
from domain.views import Happened
from storage import deploys
from storage.db import Tx


def report(tx: Tx, request: ReportStep, origin: Origin) -> Happened:
    """The step under way is done; or it failed, and the rollout waits for a person. Raises Refused.

    Of a step that is watched done means live, and the go is another's. What is known already is answered once
    more and changes nothing.
    """
    found = context.case(tx, request.release)
    rollout = found.release.rollout
    if rollout is None or found.release.stage is not Stage.DEPLOYING:
        return _take(tx, request, origin, Action.STEP_DONE if request.done else Action.PAUSE)
    if request.done and _was_watched(rollout, request.step):
        return Happened(_passed(found, rollout, request.step))
    if rollout.step_under_way != request.step:
        raise Refused(OtherStep(found.version, request.step, rollout.step_under_way, rollout.steps))
    if rollout.automatic:
        return _of_a_deployer(tx, found, rollout, request, origin)
    return _by_hand(tx, found, rollout, request, origin)


def _was_watched(rollout: Rollout, step: str) -> bool:
    """Its end was the go of somebody else, which the pipeline need not have heard of."""
    if step not in rollout.steps[: rollout.done]:
        return False
    return rollout.automatic or bool(rollout.planned(rollout.steps.index(step)).watch)


def _take(tx: Tx, request: ReportStep, origin: Origin, action: Action) -> Happened:
    return advance.advance(tx, Advance(release=request.release, action=action, note=request.note), origin)


def _by_hand(tx: Tx, found: Case, rollout: Rollout, request: ReportStep, origin: Origin) -> Happened:
    if not request.done:
        return _take(tx, request, origin, Action.PAUSE)
    if rollout.live:
        return Happened(live_now(found, rollout))
    return _take(tx, request, origin, Action.STEP_LIVE if rollout.live_first else Action.STEP_DONE)


def _of_a_deployer(tx: Tx, found: Case, rollout: Rollout, request: ReportStep, origin: Origin) -> Happened:
    if request.done:
        return _went_live(tx, found, rollout, request, origin)
    if not request.note:
        raise Refused(TextMissing("reason"))
    if rollout.live and not rollout.paused:  # it runs, and is not well: that is a pause
        return _take(tx, request, origin, Action.PAUSE)
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
