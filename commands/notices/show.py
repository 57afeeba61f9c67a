"""What the form of a notice starts from, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from commands import context
from commands.notices.about import About, looked
from commands.notices.send import languages_of, places_of
from commands.show.release import project_view
from domain.events import Advanced, NoticeSent
from domain.notices import NoticeAudience, NoticeKind
from domain.notices.usual import Told, usual_kind
from domain.people import Role
from domain.project import Project
from domain.release import Release
from domain.rollback import Room
from domain.rollout.plans import downtime_of
from domain.types import Action
from domain.views import ContactsView, NoticeForm
from storage import audit, people, rooms
from storage.db import Tx

FIRST = (
    Role.ONCALL,
    Role.INCIDENT_COMMANDER,
    Role.RELEASE_MANAGER,
    Role.TECH_LEAD,
    Role.DEVOPS,
    Role.DBA,
    Role.SECURITY,
    Role.SUPPORT,
)
"""Who is called when production hurts, in this order."""


def notice_form(
    tx: Tx,
    release_id: str,
    kind: NoticeKind | None = None,
    audience: NoticeAudience | None = None,
    room_id: str = "",
) -> NoticeForm:
    """Raises Refused(Gone)."""
    found = looked(tx, release_id, room_id)
    release, room = found.release, found.room
    if room is None and release is not None and release.room:
        room = rooms.get(tx, release.room)
    meant = kind or _usual(tx, release, room)
    chosen = audience or _next(tx, found, meant)
    return NoticeForm(
        project=project_view(found.project),
        release=release,
        room=found.room.id if found.room else "",
        since=room.opened_at if room else None,
        kind=meant,
        audience=chosen,
        languages=languages_of(found.project, chosen),
        channels=tuple(place.channel for place in places_of(found.project, chosen)),
        templates=found.project.policy.communication.templates,
        target=room.target if room else "",
        summary=room.summary if room else "",
        downtime=_downtime(found),
        at=tx.now(),
    )


def _usual(tx: Tx, release: Release | None, room: Room | None) -> NoticeKind:
    """In a war room about no release there is trouble to tell of, or its end."""
    if release is not None:
        return usual_kind(release, _told(tx, release), tx.now())
    over = room is not None and not room.active
    return NoticeKind.RECOVERY if over else NoticeKind.ROLLBACK


def _told(tx: Tx, release: Release) -> Iterator[Told]:
    """The notices about it, and the steps of its rollout, oldest first."""
    for event in audit.events_of(tx, release.id, (NoticeSent, Advanced)):
        yield NoticeKind(event["kind"]) if "kind" in event else Action(event["action"])


def _next(tx: Tx, found: About, kind: NoticeKind) -> NoticeAudience:
    """In a war room the widest audience that has channels and was not told yet; elsewhere the team."""
    if found.room is None:
        return NoticeAudience.TEAM
    told = {
        entry.event.audience
        for entry in rooms.entries(tx, found.room.id)
        if isinstance(entry.event, NoticeSent) and entry.event.kind is kind
    }
    waiting = [one for one in mapped(found.project) if one not in told]
    return waiting[0] if waiting else NoticeAudience.TEAM


def mapped(project: Project) -> tuple[NoticeAudience, ...]:
    """The audiences outside of the team that the policy has channels for, the widest first."""
    wide = (NoticeAudience.CUSTOMERS, NoticeAudience.COMPANY)
    return tuple(one for one in wide if project.policy.communication.places(one))


def _downtime(found: About) -> timedelta:
    """As its rollout has it, or as the policy plans it."""
    release, policy = found.release, found.project.policy
    if release is None:
        return timedelta(0)
    if release.rollout:
        return release.rollout.downtime
    return downtime_of(policy.of(release.type).rollout, policy.rollout_of(release.type))


def contacts(tx: Tx, project: str, page: int = 0) -> ContactsView:
    """The emergency contacts of the policy, and who holds the roles that are called first."""
    found = context.project_of(tx, project)
    roster = people.roster(tx, found.key)
    return ContactsView(
        project=project_view(found),
        contacts=found.policy.rollback.contacts,
        members={role: tuple(sorted(roster.holders(role))) for role in FIRST if roster.holders(role)},
        page=page,
    )
