"""What takes the service down is told in the channel: ahead, where policy wants it, at once, and after it."""

from __future__ import annotations

from commands.context import Case
from commands.record import send
from domain.errands import Downtime, InChannel, Place, Said
from domain.people import Origin
from domain.project import Project
from domain.release import Release
from domain.reminders import Reminder
from domain.reminders.downtime import of_downtime
from domain.rollout.model import NO_TIME
from domain.rollout.plans import downtime_of
from domain.types import Action
from storage import releases
from storage.db import Tx


def begins(tx: Tx, found: Case, saved: Release, action: Action, origin: Origin) -> None:
    """Told with the deploy."""
    downtime = saved.rollout.downtime if saved.rollout else NO_TIME
    if action is not Action.DEPLOY or not downtime:
        return
    said = Downtime(release=saved.id, version=str(saved.version), since=found.at, until=found.at + downtime)
    send(tx, found.project, origin, [(InChannel(found.project.channel), said)])


def ends(tx: Tx, found: Case, saved: Release, action: Action, origin: Origin) -> None:
    """Told with the end of the rollout: until then nobody has said that the service is open again."""
    rollout, since = saved.rollout, saved.deploy_started_at
    if action is not Action.ROLLOUT_COMPLETE or rollout is None or since is None or not rollout.downtime:
        return
    said = Downtime(release=saved.id, version=str(saved.version), since=since, until=found.at, over=True)
    send(tx, found.project, origin, [(InChannel(found.project.channel), said)])


def ahead(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """Empty where the release is not planned for that time any more."""
    release = releases.get(tx, reminder.subject)
    if release is None or release.deploy_at is None:
        return []
    if reminder.key not in {one.key for one in of_downtime(release, project.policy, tx.now())}:
        return []
    policy = project.policy
    downtime = downtime_of(policy.of(release.type).rollout, policy.rollout_of(release.type))
    said = Downtime(
        release=release.id,
        version=str(release.version),
        since=release.deploy_at,
        until=release.deploy_at + downtime,
        ahead=True,
    )
    return [(InChannel(project.channel), said)]
