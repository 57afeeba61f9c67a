"""What modals need to know before they open."""

from __future__ import annotations

from commands import context
from commands.proposal import Proposal, propose
from commands.scopes import large
from commands.show.release import project_view
from commands.start import free_slots
from domain.types import PLANNED, ReleaseType
from domain.versions import is_candidate, tag_name, versions_of
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
        production=tag_name(known.production) if known.production else "",
        to_confirm=_to_confirm(known),
        large=kind in PLANNED and large(project.policy, known.scope),
    )


def _to_confirm(known: Proposal) -> tuple[str, ...]:
    """The tags that may be what runs in production, the proposed one first; none when it is known."""
    if known.to_confirm is None or known.facts is None:
        return ()
    others = sorted((v for v in versions_of(known.facts.tags) if not is_candidate(v)), reverse=True)
    return tuple(tag_name(version) for version in dict.fromkeys((known.to_confirm, *others)))
