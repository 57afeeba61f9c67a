"""What the form of a notice starts from, and whom to call."""

from __future__ import annotations

from datetime import timedelta

from commands import context
from commands.notices.send import languages_of, places_of
from commands.show.release import look, project_view
from domain.notices import NoticeAudience, NoticeKind
from domain.people import Role
from domain.release import Release
from domain.rollout.plans import downtime_of
from domain.types import Stage
from domain.views import ContactsView, NoticeForm
from storage import people, rooms
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

_BY_STAGE = {
    Stage.DEPLOYING: NoticeKind.STARTED,
    Stage.VERIFYING: NoticeKind.DONE,
    Stage.RELEASED: NoticeKind.DONE,
    Stage.CLOSED: NoticeKind.DONE,
    Stage.ON_HOLD: NoticeKind.DELAYED,
    Stage.CANCELLED: NoticeKind.ABORTED,
    Stage.ROLLING_BACK: NoticeKind.ROLLBACK,
    Stage.ROLLED_BACK: NoticeKind.RECOVERY,
}


def usual_kind(release: Release) -> NoticeKind:
    """What there is to tell of a release where it stands now."""
    return _BY_STAGE.get(release.stage, NoticeKind.AHEAD)


def notice_form(
    tx: Tx, release_id: str, kind: NoticeKind | None = None, audience: NoticeAudience | None = None
) -> NoticeForm:
    """Raises Refused(Gone)."""
    found = look(tx, release_id)
    release, chosen = found.release, audience or NoticeAudience.TEAM
    room = rooms.get(tx, release.room) if release.room else None
    return NoticeForm(
        project=project_view(found.project),
        release=release,
        kind=kind or usual_kind(release),
        audience=chosen,
        languages=languages_of(found.project, chosen),
        channels=tuple(place.channel for place in places_of(found.project, chosen)),
        templates=found.project.policy.communication.templates,
        target=room.target if room else "",
        summary=room.summary if room else "",
        downtime=_downtime(found),
    )


def _downtime(found: context.Case) -> timedelta:
    """As its rollout has it, or as the policy plans it."""
    release, policy = found.release, found.project.policy
    if release.rollout:
        return release.rollout.downtime
    return downtime_of(policy.of(release.type).rollout, policy.rollout_of(release.type))


def contacts(tx: Tx, project: str) -> ContactsView:
    """The emergency contacts of the policy, and who holds the roles that are called first."""
    found = context.project_of(tx, project)
    roster = people.roster(tx, found.key)
    return ContactsView(
        project=project_view(found),
        contacts=found.policy.rollback.contacts,
        members={role: tuple(sorted(roster.holders(role))) for role in FIRST if roster.holders(role)},
    )
