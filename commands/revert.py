"""After a rollback from released: main is ahead of production until a person settles it (spec 2.4)."""

from __future__ import annotations

from commands.context import Case
from commands.record import refresh, send
from domain.errands import RevertLeft, ToPerson
from domain.people import Origin, Role, Roster
from domain.project import Project
from domain.release import Release
from domain.types import Flow, Stage
from storage import outbox, releases
from storage.db import Tx
from storage.ids import new_id


def main_is_ahead(tx: Tx, release: Release) -> bool:
    """Merged, then rolled back: until a later version is out, which carries the mend or the revert."""
    if release.stage is not Stage.ROLLED_BACK or not release.merged:
        return False
    runs = releases.in_production(tx, release.project)
    return runs is None or runs.version < release.version


def left_to(release: Release, roster: Roster) -> tuple[str, ...]:
    """Who is asked to revert or fix: the tech leads, and the release's captain."""
    captain = {release.captain} - {""}
    return tuple(sorted(roster.holders(Role.TECH_LEAD) | captain))


def leave(tx: Tx, found: Case, release: Release, origin: Origin) -> None:
    """Give the task to those who can do it, once it is there."""
    if not main_is_ahead(tx, release):
        return
    repository = found.project.policy.repository
    both = (repository.main, repository.develop)
    said = RevertLeft(
        release=release.id,
        version=str(release.version),
        branches=both if repository.flow is Flow.GIT_FLOW else both[:1],
        source=repository.source,
    )
    users = left_to(release, found.roster)
    send(tx, found.project, origin, [(ToPerson(user), said) for user in users])


def refresh_cards(tx: Tx, project: Project) -> None:
    """A later version is out: the cards of what was rolled back warn no more."""
    for release in releases.rolled_back(tx, project.key):
        if release.merged:
            outbox.add(tx, refresh(project, release, new_id()))
