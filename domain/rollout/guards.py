"""What the go of a rollout step needs where a deployer carries the steps out (spec 5.2)."""

from __future__ import annotations

from collections.abc import Iterable

from domain import needs as n
from domain.needs import Missing
from domain.people import Role
from domain.release import Release
from domain.situation import Situation

OPS, IC = Role.DEVOPS, Role.INCIDENT_COMMANDER


def live(release: Release, now: Situation) -> Iterable[Missing]:
    """Nobody says "go on" to what its deployer has not brought out; Naru never to what people carry out."""
    rollout = release.rollout
    if rollout is None or rollout.complete:
        return
    if (rollout.automatic and not rollout.live) or (now.by_bot and not rollout.by_itself):
        yield Missing(n.StepNotLive(rollout.step_under_way))


def watched(release: Release, now: Situation) -> Iterable[Missing]:
    """Before its watch is over only with a reason."""
    rollout = release.rollout
    until = rollout.watch_until if rollout else None
    if rollout and until and now.at < until and not now.note.strip():
        yield Missing(n.StillWatched(rollout.step_under_way, until), (OPS, IC))
