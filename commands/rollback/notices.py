"""Who is told that a rollback is declared, called off or complete: the project, and the stakeholders."""

from __future__ import annotations

from commands.context import Case
from domain.errands import InChannel, Place, Said, ToPerson


def notified(case: Case, said: Said) -> list[tuple[Place, Said]]:
    """The project's channel, and whoever the release names as a stakeholder."""
    places: list[Place] = [InChannel(case.project.channel)]
    places += [ToPerson(user) for user in case.release.stakeholders]
    return [(place, said) for place in places]
