"""Who is told that a rollback is declared, called off or complete: the project, and the stakeholders."""

from __future__ import annotations

from collections.abc import Iterable

from commands.context import Case
from domain.errands import InChannel, Place, Said, ToPerson
from storage import people
from storage.db import Tx


def notified(tx: Tx, case: Case, said: Said) -> list[tuple[Place, Said]]:
    """The project's channel, and whoever the release names as a stakeholder."""
    places: list[Place] = [InChannel(case.project.channel)]
    places += [ToPerson(user) for user in reached(tx, case.release.stakeholders)]
    return [(place, said) for place in places]


def reached(tx: Tx, users: Iterable[str]) -> list[str]:
    """Of these, in their order, whoever has not left Slack."""
    wanted = list(users)
    gone = {user for user, person in people.many(tx, wanted).items() if not person.active}
    return [user for user in wanted if user not in gone]
