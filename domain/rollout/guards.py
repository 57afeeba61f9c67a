"""What it needs to say that a rollout step is out, and to go on from it (spec 5.2)."""

from __future__ import annotations

from collections.abc import Iterable

from domain import guards
from domain import needs as n
from domain.needs import Missing
from domain.people import Role
from domain.release import Release
from domain.rollout.model import StepIs
from domain.rollout.rollout import Rollout
from domain.situation import Situation

OPS, IC = Role.DEVOPS, Role.INCIDENT_COMMANDER


def live(release: Release, now: Situation) -> Iterable[Missing]:
    """Nobody says "go on" to what is not out; Naru never to what people carry out. What is paused waits for
    another word.
    """
    rollout = release.rollout
    if rollout is None or rollout.complete or (rollout.paused and not rollout.ending):
        return
    if (rollout.live_first and not rollout.live) or (now.by_bot and not rollout.by_itself):
        yield _not_live(rollout)


def _not_live(rollout: Rollout) -> Missing:
    by_hand = not rollout.automatic
    return Missing(n.StepNotLive(rollout.step_under_way, by_hand), (OPS,) if by_hand else ())


def comes_out(release: Release, now: Situation) -> Iterable[Missing]:
    """People say of their own step that it is out: once, and not of one that has not begun. Of a deployer's
    they say it with a reason, once it has left it.
    """
    rollout = release.rollout
    if rollout is None:
        return
    if rollout.complete or rollout.live:
        yield Missing(n.StepIsLive(rollout.step_under_way))
    elif rollout.state(rollout.done) is StepIs.WAITING:
        yield from guards.not_paused(release, now)
    elif rollout.automatic and not rollout.unheard:
        yield _not_live(rollout)
    elif rollout.automatic and not now.note.strip():
        yield Missing(n.StepUnheard(rollout.step_under_way), (OPS,))


def watched(release: Release, now: Situation) -> Iterable[Missing]:
    """Before its watch is over only with a reason. What is paused waits for another word."""
    rollout = release.rollout
    until = rollout.watch_until if rollout else None
    held = rollout is not None and rollout.paused and not rollout.ending
    if rollout and until and not held and now.at < until and not now.note.strip():
        yield Missing(n.StillWatched(rollout.step_under_way, until), (OPS, IC))
