"""What takes the service down is told at home, and to the audiences that the policy names channels for.

Ahead of it, where policy wants that; as it begins; where it lasts too long; and at its end, or
where it does not come.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from commands.context import Case
from commands.record import send
from domain.errands import Downtime, DowntimeCalledOff, DowntimeOverrun, InChannel, Place, Said
from domain.lifecycle import row_for, who_may
from domain.notices import NoticeAudience
from domain.people import Origin, Role
from domain.project import Project
from domain.release import Release
from domain.reminders import Reminder
from domain.reminders.downtime import ahead_key, of_downtime
from domain.rollout.downtime import down, dropped, planned_until
from domain.rollout.plans import downtime_of
from domain.types import Action, Stage
from storage import releases
from storage import reminders as stored
from storage.db import Tx


def places(project: Project) -> tuple[InChannel, ...]:
    """Home, and where the audiences read, each once and in its own language."""
    found = {project.channel: InChannel(project.channel)}
    for audience in NoticeAudience:
        for place in project.policy.communication.places(audience):
            found.setdefault(place.channel, InChannel(place.channel, place.language or ""))
    return tuple(found.values())


def follow(tx: Tx, found: Case, before: Release, origin: Origin) -> None:
    """A release has gone on; `found.release` is as it stands now."""
    said = _turned(found, before) or _called_off(tx, found, before)
    if said is not None:
        send(tx, found.project, origin, [(place, said) for place in places(found.project)])


def _turned(found: Case, before: Release) -> Downtime | None:
    """The service is down from now on, or back."""
    after = found.release
    if down(before) is down(after):
        return None
    since, until = after.deploy_started_at, planned_until(after)
    if since is None:
        return None
    over = until is None
    return Downtime(release=after.id, version=found.version, since=since, until=until or found.at, over=over)


def _called_off(tx: Tx, found: Case, before: Release) -> DowntimeCalledOff | None:
    """One that was announced, and no other: what has begun is not stopped any more."""
    why, planned = dropped(before, found.release), before.deploy_at
    if (
        why is None
        or planned is None
        or not stored.was_said(tx, found.project.key, ahead_key(before, planned))
    ):
        return None
    return DowntimeCalledOff(
        release=before.id,
        version=str(before.version),
        since=planned,
        until=planned + _as_planned(found.project, before),
        why=why,
    )


def ahead(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """Empty where the release is not planned for that time any more."""
    release = releases.get(tx, reminder.subject)
    if release is None or release.deploy_at is None:
        return []
    if reminder.key not in {one.key for one in of_downtime(release, project.policy, tx.now())}:
        return []
    said = Downtime(
        release=release.id,
        version=str(release.version),
        since=release.deploy_at,
        until=release.deploy_at + _as_planned(project, release),
        ahead=True,
    )
    return [(place, said) for place in places(project)]


def _as_planned(project: Project, release: Release) -> timedelta:
    """How long the policy wants the service to be down for this release."""
    policy = project.policy
    return downtime_of(policy.of(release.type).rollout, policy.rollout_of(release.type))


def overrun(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """Once, at its announced end; at home with who can act. Empty where the service is back."""
    release = releases.get(tx, reminder.subject)
    if release is None or release.deploy_started_at is None or planned_until(release) != reminder.due:
        return []
    said = DowntimeOverrun(
        release=release.id,
        version=str(release.version),
        since=release.deploy_started_at,
        until=reminder.due,
    )
    home, *others = places(project)
    return [(home, replace(said, roles=_who_ends_it(release))), *((place, said) for place in others)]


def _who_ends_it(release: Release) -> tuple[Role, ...]:
    """Who brings the service back: by the end of the rollout, or of its rollback."""
    rolling_back = release.stage is Stage.ROLLING_BACK
    ways = (Action.ROLLED_BACK,) if rolling_back else (Action.ROLLOUT_COMPLETE, Action.DECLARE_ROLLBACK)
    roles = (role for action in ways for role in who_may(release, row_for(release, action)))
    return tuple(dict.fromkeys(roles))
