"""Of opposite buttons on a rollout the careful one holds, and whoever went on is told of it (ADR 0018)."""

from __future__ import annotations

from commands.context import Case
from commands.record import lane, lane_of, tell
from commands.requests import Advance, DeclareRollback
from domain.errands import GoOvertaken, ToPerson
from domain.people import Origin
from domain.rollout.model import WentOn
from domain.rollout.opposite import CAREFUL, gone_on, overtaken
from domain.types import Action, Stage
from storage import outbox
from storage.db import Tx


def unseen(found: Case, request: Advance | DeclareRollback, origin: Origin) -> WentOn | None:
    """The go that was given since the button of a careful `request` was shown; None for every other."""
    careful = isinstance(request, DeclareRollback) or request.action in CAREFUL
    step, paused = request.from_step, request.from_paused
    return gone_on(found.release.rollout, origin.actor.user, step=step, paused=paused) if careful else None


def follow(tx: Tx, found: Case, action: Action, origin: Origin, why: str) -> None:
    """Who went on right before learns that it counted, and what came after it: once of each go.

    `found` is as it was before the `action`; what is out in full has no step to hold up.
    """
    release = found.release
    opposite = action in CAREFUL and release.stage is Stage.DEPLOYING
    went = overtaken(release.rollout, origin.actor.user, found.at) if opposite else None
    if went is None:
        return
    said = GoOvertaken(
        release=release.id,
        version=found.version,
        left=went.left,
        began=went.began,
        action=action,
        reason=why,
    )
    to = ToPerson(went.by)
    once = f"overtaken:{release.id}:{went.left}:{went.at.isoformat()}"
    told = tell(tx, origin, found.project.key, to, said)
    outbox.add(tx, [lane(lane_of(to, found.project), once, told)])
