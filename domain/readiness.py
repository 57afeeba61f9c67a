"""Whether a release could be rolled back: a tag to go to, ways back, a rehearsal, no old schema torn away.

What is missing is told with who can settle it; the policy says whether it stops the approval (spec 6.4, 8).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain import needs as n
from domain.needs import Missing, Need
from domain.people import Role
from domain.readiness_rules import ReadinessCheck, ReadinessRules, Strictness
from domain.rehearsals import WHO_RECORDS, Rehearsal
from domain.release import Release
from domain.schema_changes import (
    WHO_TRACKS,
    MustWait,
    OldSchemaNeeded,
    PhaseLink,
    SchemaChange,
    awaited,
)
from domain.schema_phases import Phase
from domain.types import BEFORE_DEPLOY, Stage
from domain.versions import Version, VersionError
from domain.ways_back import WHO_GIVES, MigrationWay, WayBack, WayKind, migration_ways

OPS, RM = Role.DEVOPS, Role.RELEASE_MANAGER
SHOWN_AT = frozenset({Stage.STAGING, Stage.QA, Stage.APPROVAL, Stage.APPROVED})
"""Where a release has a candidate, and its readiness is looked at."""


class CheckState(StrEnum):
    OK = "ok"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Target:
    """Where a rollback would go. `tag` is empty where no version was good before, `there` None if unread.

    `stated` is what would be done then instead.
    """

    tag: str
    there: bool | None = True
    stated: str = ""


@dataclass(frozen=True, kw_only=True)
class TrackedChange:
    """An open change of the schema in which the release takes a phase.

    `links` are those that count; `must_wait` says why the step must, `planned` when the version that it waits
    for is to be deployed.
    """

    change: SchemaChange
    phase: Phase
    links: tuple[PhaseLink, ...]
    must_wait: MustWait | None = None
    planned: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """The checks of one release with their facts, as they stand `at`."""

    at: datetime
    rules: ReadinessRules
    target: Target
    ways: tuple[MigrationWay, ...] = ()
    rehearsal: Rehearsal | None = None
    changes: tuple[TrackedChange, ...] = ()

    @property
    def given(self) -> int:
        return sum(1 for one in self.ways if one.way is not None)

    @property
    def database_first(self) -> bool:
        """Whether the old version cannot run on this release's schema: what it needs is taken away.

        A schema change that is contracted says so, or somebody did of a migration.
        """
        stated = (one.way is not None and one.way.old_runs is False for one in self.ways)
        return any(stated) or any(one.phase is Phase.CONTRACT for one in self.changes)

    def state(self, check: ReadinessCheck) -> CheckState:
        if self.missing(check):
            return CheckState.MISSING
        nothing = {
            ReadinessCheck.WAYS_BACK: not self.ways,
            ReadinessCheck.CONTRACT: not any(one.phase is not Phase.EXPAND for one in self.changes),
        }
        return CheckState.NOT_NEEDED if nothing.get(check) else CheckState.OK

    def missing(self, check: ReadinessCheck) -> tuple[Missing, ...]:
        match check:
            case ReadinessCheck.PREVIOUS_TAG:
                return tuple(Missing(need, (RM, OPS)) for need in self._of_target())
            case ReadinessCheck.WAYS_BACK:
                return tuple(
                    Missing(n.MigrationWayMissing(one.path), WHO_GIVES)
                    for one in self.ways
                    if one.way is None
                )
            case ReadinessCheck.REHEARSAL:
                return tuple(Missing(need, WHO_RECORDS) for need in self._of_rehearsal())
            case ReadinessCheck.CONTRACT:
                return tuple(
                    Missing(schema_need(one.change, one.must_wait, one.planned), WHO_TRACKS)
                    for one in self.changes
                    if one.must_wait
                )

    @property
    def open(self) -> tuple[ReadinessCheck, ...]:
        """What does not hold, and is not off."""
        looked_at = (one for one in ReadinessCheck if self.rules.guard.of(one) is not Strictness.OFF)
        return tuple(one for one in looked_at if self.missing(one))

    @property
    def blocking(self) -> tuple[Missing, ...]:
        """What stops the approval and the deploy."""
        strict = (one for one in ReadinessCheck if self.rules.guard.of(one) is Strictness.BLOCK)
        return tuple(missing for one in strict for missing in self.missing(one))

    def _of_target(self) -> Iterable[Need]:
        if not self.target.tag:
            if not self.target.stated.strip():
                yield n.WayBackMissing()
        elif self.target.there is None:
            yield n.TagUnknown()
        elif not self.target.there:
            yield n.TagMissing(self.target.tag)

    def _of_rehearsal(self) -> Iterable[Need]:
        last = self.rehearsal.at if self.rehearsal else None
        if last is None or last < self.at - self.rules.rehearsed_within:
            yield n.RehearsalMissing(last, self.rules.rehearsed_within)


def schema_need(
    change: SchemaChange, why: MustWait, planned: datetime | None = None
) -> n.OldSchemaInUse | n.NotExpanded:
    need = n.OldSchemaInUse if isinstance(why, OldSchemaNeeded) else n.NotExpanded
    return need(change.subject, why.target, awaited(why), why.in_production, why.more, planned)


def shown(release: Release) -> bool:
    """Whether the release's messages speak of its readiness."""
    return bool(release.rc) and release.place in SHOWN_AT


def may_prepare(release: Release) -> bool:
    """Whether its way back can still be prepared."""
    return release.stage in BEFORE_DEPLOY | {Stage.ON_HOLD}


def migrates(release: Release, of: Readiness) -> bool | None:
    """Whether a rollback has to do with the database: as QA said, None while it did not, surely where the
    database has to go back first.
    """
    if of.database_first:
        return True
    return release.qa.migration if release.qa else None


def migration_known(release: Release, of: Readiness) -> bool:
    """Whether there is a migration by what QA said or by what was detected: as much as a person is shown."""
    return bool(migrates(release, of) or of.ways)


def target_of(release: Release, targets: Iterable[str], tags: Iterable[str] | None) -> Target:
    """The first of `targets`, with whether it is among the `tags` of the remote; None if they are unknown."""
    stated = release.qa.way_back if release.qa else ""
    tag = next(iter(targets), "")
    if not tag:
        return Target("", stated=stated)
    if tags is None:
        return Target(tag, there=None)
    return Target(tag, there=_version(tag) in {_version(one) for one in tags})


def ways_of(release: Release, migrations: tuple[str, ...]) -> tuple[MigrationWay, ...]:
    """Every migration with its way back. What QA said in words is that of the only one."""
    reported = bool(release.qa and release.qa.migration)
    found = migration_ways(migrations, release.ways_back, reported=reported)
    if len(found) != 1 or found[0].way or not (release.qa and release.qa.way_back.strip()):
        return found
    stated = WayBack(
        path=found[0].path,
        kind=WayKind.STATED,
        text=release.qa.way_back.strip(),
        by=release.qa.by,
        at=release.qa.at,
        candidate=release.qa.candidate,
    )
    return (MigrationWay(found[0].path, stated, found[0].script),)


def _version(tag: str) -> Version | str:
    try:
        return Version.parse(tag)
    except VersionError:
        return tag
