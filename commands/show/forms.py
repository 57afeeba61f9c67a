"""What modals need to know before they open."""

from __future__ import annotations

from commands import context
from commands.show.release import project_view
from commands.start import free_slots, propose
from domain.types import PLANNED, ReleaseType
from domain.views import StartForm
from storage import projects
from storage.db import Tx


def start_form(tx: Tx, project_key: str, kind: ReleaseType, version: str = "", parent: str = "") -> StartForm:
    """The start modal from cached facts; the open modal is corrected when the repository was read again."""
    project = context.project_of(tx, project_key)
    known = propose(tx, project, kind, parent)
    free = free_slots(tx, project, kind, tx.now()) if kind in PLANNED else ()
    return StartForm(
        project=project_view(project),
        projects=tuple(project_view(p) for p in projects.every(tx)),
        type=kind,
        version=version,
        proposed=str(known.proposed),
        facts=known.facts,
        slots=free,
        deploy_at=free[0].deploy_at if free else None,
        parent=parent,
    )
