"""Expand, migrate, contract: one change of the schema over several releases (spec 6.4, 8).

Nothing moves to the new schema before it is there, wherever a rollback could go, and the old one goes only
when no such version still needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.people import Role
from domain.refusals import AlreadySo, PhaseMissing, PhaseOutOfOrder, Refused
from domain.schema_phases import PHASES, Phase
from domain.types import REACHED_PRODUCTION, Stage
from domain.versions import Version

WHO_TRACKS = (Role.DBA, Role.TECH_LEAD, Role.RELEASE_MANAGER, Role.DEVOPS)
_VOID = frozenset({Stage.CANCELLED, Stage.ROLLED_BACK})
Stages = Mapping[Version, Stage]


class SchemaState(StrEnum):
    OPEN = "open"
    FINISHED = "finished"
    ABANDONED = "abandoned"


@dataclass(frozen=True, kw_only=True)
class PhaseLink:
    """The release that takes one phase."""

    phase: Phase
    release: str
    version: Version
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SchemaChange:
    """`subject` is what changes, as `orders.total`; `title` says how."""

    id: str
    project: str
    subject: str
    title: str
    started_by: str
    started_at: datetime
    links: tuple[PhaseLink, ...] = ()
    state: SchemaState = SchemaState.OPEN
    ended_by: str = ""
    ended_at: datetime | None = None
    reason: str = ""

    @property
    def open(self) -> bool:
        return self.state is SchemaState.OPEN

    def carried_by(self, release: str) -> Phase | None:
        """The phase that this release takes."""
        return next((link.phase for link in self.links if link.release == release), None)


@dataclass(frozen=True)
class OldSchemaNeeded:
    """Why the contract step must wait: `target`, empty when there is none, still needs the old schema.

    `migrated` is the version that has completed the migration, or will: `in_production` says which. Then
    `more` further releases must come before no rollback can go to `target` any more.
    """

    target: str
    migrated: str
    in_production: bool
    more: int = 0


@dataclass(frozen=True)
class NotExpanded:
    """Why the migrate step must wait: a rollback would go to `target` (empty when there is none), which knows
    nothing of the new schema. `expanded` is the version that has completed the expansion, or will; the rest
    as in OldSchemaNeeded.
    """

    target: str
    expanded: str
    in_production: bool
    more: int = 0


MustWait = OldSchemaNeeded | NotExpanded


def awaited(why: MustWait) -> str:
    """The version that has to be out first, empty where none is known."""
    return why.migrated if isinstance(why, OldSchemaNeeded) else why.expanded


def live(change: SchemaChange, stages: Stages) -> tuple[PhaseLink, ...]:
    """The links that count, in the order of their phases: what was cancelled or rolled back takes none."""
    found = [link for link in change.links if stages.get(link.version) not in _VOID]
    return tuple(sorted(found, key=lambda link: (PHASES.index(link.phase), link.version)))


def completed(change: SchemaChange, phase: Phase, stages: Stages) -> Version | None:
    """The version with which a phase is complete, None while a release that takes it is not out.

    Once it is the migration, nothing from there on needs the old schema.
    """
    found = _takers(change, phase, stages)
    out = all(stages.get(version) in REACHED_PRODUCTION for version in found)
    return max(found) if found and out else None


def _takers(change: SchemaChange, phase: Phase, stages: Stages) -> list[Version]:
    return [link.version for link in live(change, stages) if link.phase is phase]


def must_wait(
    change: SchemaChange, phase: Phase, targets: Sequence[Version], stages: Stages, window: int
) -> MustWait | None:
    """None when a phase may be taken as far as the one before it is concerned: it is in production, and so
    it is in every version that a rollback must be able to go to. `targets` are where one could go, the first
    choice first; the first `window` of them must stay possible.

    A version that was never expanded loses what is moved to the new, one that was not migrated needs the old.
    """
    if phase is Phase.EXPAND:
        return None
    before = PHASES[PHASES.index(phase) - 1]
    since = completed(change, before, stages)
    kept = targets[:window]
    lacking = [target for target in kept if since is None or target < since]
    if since is not None and not lacking:
        return None
    ahead = _takers(change, before, stages)
    why = NotExpanded if phase is Phase.MIGRATE else OldSchemaNeeded
    return why(
        str(lacking[0]) if lacking else "",
        str(max(ahead)) if ahead else "",
        in_production=since is not None,
        more=_more(kept, since, window) if since is not None else 0,
    )


def _more(kept: Sequence[Version], since: Version, window: int) -> int:
    """How many further good releases push the last target that needs the old schema out of the window."""
    return next(n for n in range(window + 1) if all(target >= since for target in kept[: window - n]))


def linked(change: SchemaChange, new: PhaseLink, stages: Stages) -> SchemaChange:
    """The change with one more release. Raises Refused: phases come in order, each in releases of its own."""
    if not change.open:
        raise Refused(AlreadySo("schema_ended"))
    others = [link for link in live(change, stages) if link.version != new.version]
    mine = change.carried_by(new.release)
    if mine is not None:
        if mine is new.phase:
            raise Refused(AlreadySo("schema_link"))
        raise Refused(_out_of_order(change, new, mine, new.version))
    at = PHASES.index(new.phase)
    if at and not any(link.phase is PHASES[at - 1] for link in others):
        raise Refused(PhaseMissing(change.subject, new.phase, PHASES[at - 1]))
    for link in others:
        theirs = PHASES.index(link.phase)
        if (theirs < at and link.version > new.version) or (theirs > at and link.version < new.version):
            raise Refused(_out_of_order(change, new, link.phase, link.version))
    return replace(change, links=(*change.links, new))


def _out_of_order(change: SchemaChange, new: PhaseLink, other: Phase, version: Version) -> PhaseOutOfOrder:
    return PhaseOutOfOrder(change.subject, new.phase, str(new.version), other, str(version))


def unlinked(change: SchemaChange, release: str) -> SchemaChange:
    """Without this release. Raises Refused where that would leave a later phase without an earlier one."""
    phase = change.carried_by(release)
    if not change.open or phase is None:
        raise Refused(AlreadySo("schema_unlinked" if change.open else "schema_ended"))
    left = tuple(link for link in change.links if link.release != release)
    at = PHASES.index(phase)
    still = any(link.phase is phase for link in left)
    later = next((link.phase for link in left if PHASES.index(link.phase) > at), None)
    if later is not None and not still:
        raise Refused(PhaseMissing(change.subject, later, phase))
    return replace(change, links=left)


def ended(change: SchemaChange, stages: Stages, *, finished: bool, by: str, at: datetime) -> SchemaChange:
    """Finished, once its last phase is in production, or given up. Raises Refused."""
    if not change.open:
        raise Refused(AlreadySo("schema_ended"))
    out = any(
        link.phase is Phase.CONTRACT and stages.get(link.version) in REACHED_PRODUCTION
        for link in live(change, stages)
    )
    if finished and not out:
        raise Refused(PhaseMissing(change.subject, None, Phase.CONTRACT))
    state = SchemaState.FINISHED if finished else SchemaState.ABANDONED
    return replace(change, state=state, ended_by=by, ended_at=at)
