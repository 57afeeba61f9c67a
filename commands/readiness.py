"""How ready a release is to be rolled back, from all that is known: repository, scope, rehearsals, schema."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.record import refresh
from domain.policy import Policy
from domain.project import Project
from domain.readiness import Readiness, TrackedChange, shown, target_of, ways_of
from domain.release import Release
from domain.rollback.targets import targets
from domain.schema_changes import MustWait, SchemaChange, awaited, live, must_wait
from domain.schema_phases import Phase
from domain.versions import Version
from storage import outbox, rehearsals, releases, repositories, rooms, schema_changes, scopes
from storage.db import Tx
from storage.ids import new_id


def readiness_of(tx: Tx, project: Project, release: Release, at: datetime) -> Readiness:
    """The one answer that the card, the request, the command and the guard show alike."""
    facts = repositories.facts(tx, project.key)
    possible = targets_of(tx, release)
    scope = scopes.of(tx, release.id, release.rc)
    return Readiness(
        at=at,
        rules=project.policy.readiness,
        target=target_of(release, possible, facts.tags if facts else None),
        ways=ways_of(release, scope.migrations if scope else ()),
        rehearsal=rehearsals.newest(tx, project.key),
        changes=_changes(tx, project.policy, release, possible),
    )


def refresh_shown(tx: Tx, project: Project, *, but: str = "") -> None:
    """Every card and request that speaks of the way back follows what was learnt; `but` follows anyway."""
    for release in releases.live(tx, project.key):
        if release.id != but and shown(release):
            outbox.add(tx, refresh(project, release, new_id()))


def targets_of(tx: Tx, release: Release) -> tuple[str, ...]:
    """Tags that a rollback of this release can go to, the previous good version first."""
    facts = repositories.facts(tx, release.project)
    earlier = rooms.good_before(tx, release)
    return targets(release, facts.tags if facts else (), earlier, rooms.stages(tx, release.project))


def _changes(tx: Tx, policy: Policy, release: Release, possible: Sequence[str]) -> tuple[TrackedChange, ...]:
    found = [(one, one.carried_by(release.id)) for one in schema_changes.opened(tx, release.project)]
    mine = [(change, phase) for change, phase in found if phase is not None]
    if not mine:
        return ()
    stages = rooms.stages(tx, release.project)
    versions = [Version.parse(tag) for tag in possible]

    def seen(change: SchemaChange, phase: Phase) -> TrackedChange:
        wait = must_wait(change, phase, versions, stages, policy.readiness.targets)
        planned = _planned(tx, release.project, wait)
        return TrackedChange(
            change=change, phase=phase, links=live(change, stages), must_wait=wait, planned=planned
        )

    return tuple(seen(change, phase) for change, phase in mine)


def _planned(tx: Tx, project: str, why: MustWait | None) -> datetime | None:
    """When the version that is waited for is to be deployed."""
    if why is None or why.in_production or not awaited(why):
        return None
    found = releases.by_version(tx, project, Version.parse(awaited(why)))
    return found.deploy_at if found else None
