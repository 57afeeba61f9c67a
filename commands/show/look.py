"""What every reading begins with: the release with its surroundings, and its project as it is shown."""

from __future__ import annotations

from commands import context
from commands.context import Case
from domain.project import Project
from domain.refusals import Gone, Refused
from domain.views import ProjectView
from storage import people, releases
from storage.db import Tx


def project_view(project: Project) -> ProjectView:
    policy = project.policy
    return ProjectView(
        key=project.key,
        title={language: policy.title(language) for language in ("ko", "en")},
        channel=project.channel,
        language=policy.language,
        zone=policy.zone,
    )


def look(tx: Tx, release: str) -> Case:
    """A release as it is now, without a lock. Raises Refused(Gone)."""
    found = releases.get(tx, release)
    if found is None:
        raise Refused(Gone("release"))
    project = context.project_of(tx, found.project)
    return Case(project, found, people.roster(tx, project.key), tx.now())
