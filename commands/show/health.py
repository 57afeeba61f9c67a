"""How the environment of a release is, for `/release health` and the form beside it."""

from __future__ import annotations

from commands.health.enter import WHO_ENTERS
from commands.health.look import health_of
from commands.show.release import look, project_view
from domain.views import HealthView
from storage.db import Tx


def health(tx: Tx, release: str, page: int = 0) -> HealthView:
    found = look(tx, release)
    return HealthView(
        project=project_view(found.project),
        release=found.release,
        health=health_of(tx, found.project, found.release, found.at),
        metrics=found.project.policy.health.known(),
        who=WHO_ENTERS,
        page=page,
    )
