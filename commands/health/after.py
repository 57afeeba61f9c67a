"""Production after a rollback: asked about until half an hour after it recovered, for no release of its own.

What is measured then is judged by nobody: it neither breaches a criterion nor writes a card anew. It is the
evidence of the list that a rollback leaves.
"""

from __future__ import annotations

from datetime import datetime

from domain.health.after import LOOKED_AT, normal, speaks
from domain.health.asking import own_metrics
from domain.health.evidence import SERVICE, HealthEvidence
from domain.project import Project
from domain.rollback import Room
from domain.types import Environment
from domain.versions import Version, VersionError
from storage import readings, releases, rooms
from storage.db import Tx


def looked_at(tx: Tx, project: str, at: datetime) -> Room | None:
    """The room of the last rollback, as long as production is looked at after it."""
    last = next(iter(releases.rolled_back(tx, project, 1)), None)
    if last is None or last.stage_since <= at - LOOKED_AT:  # it had recovered before
        return None
    room = rooms.rolled_back(tx, last.id)
    recovered = room.recovered_at if room else None
    return room if recovered is not None and at < recovered + LOOKED_AT else None


def normal_again(tx: Tx, project: Project, room: Room, at: datetime) -> HealthEvidence | None:
    """What was measured since it recovered; None before."""
    since = room.recovered_at
    if since is None:
        return None
    production, metrics = Environment.PRODUCTION, sorted(SERVICE)
    found = readings.since(tx, project.key, production, since, metrics, until=since + LOOKED_AT)
    own, back = own_metrics(project.policy.health), _went_back_to(tx, room)
    told = (one for one in found if speaks(one, own, taken_back=room.release, runs_again=back))
    return normal(project.policy.health, told, since, at)


def _went_back_to(tx: Tx, room: Room) -> str:
    """The id of that release, where it was recorded."""
    try:
        version = Version.parse(room.target)
    except VersionError:
        return ""
    found = releases.by_version(tx, room.project, version)
    return found.id if found else ""
