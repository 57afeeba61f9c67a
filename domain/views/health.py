"""How a release's environment is, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from domain.health.now import Health, Measured
from domain.health.ranges import Judged
from domain.people import Role
from domain.release import Release
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class HealthView:
    """`metrics` are those that a person can enter, `who` the roles that may; pages count from 0."""

    project: ProjectView
    release: Release
    health: Health
    metrics: tuple[str, ...]
    who: tuple[Role, ...]
    page: int = 0

    def marked(self, one: Measured) -> bool:
        """Whether somebody has to look at it."""
        return one.judged is not Judged.FINE
