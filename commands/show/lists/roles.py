"""Who holds which role of a project, and from where."""

from __future__ import annotations

from commands import context
from commands.show.release import project_view
from domain.people import Role
from domain.views import RolesView
from storage import people
from storage.db import Tx


def roles(tx: Tx, project_key: str) -> RolesView:
    project = context.project_of(tx, project_key)
    roster = people.roster(tx, project.key)
    return RolesView(
        project=project_view(project),
        holdings=tuple(people.holdings(tx, project.key)),
        members={role: tuple(sorted(roster.holders(role))) for role in Role},
        locked=tuple(role for role, held in project.policy.roles.items() if held.locked),
        owners=project.policy.owners,
    )
