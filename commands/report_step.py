"""What a pipeline reports of a rollout: steps by their names, since it may be late or repeat itself."""

from __future__ import annotations

from commands import advance, context
from commands.requests import Advance, ReportStep
from domain.people import Origin
from domain.refusals import OtherStep, Refused
from domain.types import Action
from domain.views import Happened
from storage.db import Tx


def report(tx: Tx, request: ReportStep, origin: Origin) -> Happened:
    """The step under way is done; or it failed, and the rollout waits for a person. Raises Refused."""
    found = context.case(tx, request.release)
    rollout = found.release.rollout
    if rollout is not None and rollout.step_under_way != request.step:
        raise Refused(OtherStep(found.version, request.step, rollout.step_under_way, rollout.steps))
    action = Action.STEP_DONE if request.done else Action.PAUSE
    return advance.advance(tx, Advance(release=request.release, action=action, note=request.note), origin)
