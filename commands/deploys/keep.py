"""Save a deployment with all that follows: audit, the thread, the war room, the card, its reminder."""

from __future__ import annotations

from collections.abc import Sequence

from commands.context import Case
from commands.record import lane, record, refresh
from commands.rollback.case import RoomCase, locked
from commands.rollback.keep import keep
from domain import reminders
from domain.deploys.model import Deployment, Purpose
from domain.errands import AskDeployer
from domain.events import Event
from domain.people import Origin
from storage import deploys, outbox
from storage import reminders as stored
from storage.db import Tx
from storage.ids import new_id


def add(tx: Tx, found: Case, deployment: Deployment, origin: Origin, event: Event) -> None:
    """A new one, with the errand that sends it."""
    deploys.add(tx, deployment)
    _tell(tx, found, deployment, origin, [event])
    plan(tx, found, deployment)
    errand = AskDeployer(deployment.project, deployment.id)
    outbox.add(tx, [lane(f"{outbox.DEPLOY}{deployment.id}", f"ask:{deployment.id}", errand)])


def save(tx: Tx, found: Case, deployment: Deployment, origin: Origin, events: Sequence[Event]) -> None:
    """Without events nobody is told, and whoever looks at the card sees it."""
    deploys.save(tx, deployment)
    plan(tx, found, deployment)
    if events:
        _tell(tx, found, deployment, origin, events)
    else:
        outbox.add(tx, refresh(found.project, found.release, new_id()))


def _tell(tx: Tx, found: Case, deployment: Deployment, origin: Origin, events: Sequence[Event]) -> None:
    """A way back is told in its war room, whose timeline has it; all else in the release's thread."""
    record(tx, origin, found.project, events, release=found.release, answered=True)
    if deployment.purpose is Purpose.ROLLBACK and found.release.room:
        room = locked(tx, found.release.room)
        about = RoomCase(found.project, room, found.roster, found.at, found)
        keep(tx, about, room, origin, events, audited=events)


def plan(tx: Tx, found: Case, deployment: Deployment) -> None:
    """Derive the moment from which its silence is too long again."""
    lost_after = found.project.policy.deploy.of(deployment.environment).lost_after
    wanted = reminders.of_deployment(deployment, lost_after)
    stored.plan(tx, found.project.key, deployment.id, wanted, after=found.at)
