"""What is asked of a release's way back, and of changes of the schema."""

from __future__ import annotations

from dataclasses import dataclass

from domain.schema_phases import Phase
from domain.ways_back import Alternative, WayKind


@dataclass(frozen=True, kw_only=True)
class GivenWay:
    """The way back of one migration, named by its path or by the key that forms have for it; the only one
    without a way back needs no name.

    `kind` None keeps the way that is known, `old_runs` None what was said of the old version before.
    """

    kind: WayKind | None
    migration: str = ""
    text: str = ""
    alternative: Alternative | None = None
    old_runs: bool | None = None


@dataclass(frozen=True, kw_only=True)
class GiveWaysBack:
    """`from_rc` is the candidate that the form was shown for."""

    release: str
    ways: tuple[GivenWay, ...]
    from_rc: int | None = None


@dataclass(frozen=True, kw_only=True)
class RecordRehearsal:
    """A rollback of the release's candidate was tried on staging; `note` is a link, or what was learnt."""

    release: str
    succeeded: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BeginSchemaChange:
    """`release` takes the first phase, expand. `subject` is what changes, as `orders.total`."""

    release: str
    subject: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class LinkSchemaChange:
    """The release takes a phase of the change; `phase` None takes its link back."""

    change: str
    release: str
    phase: Phase | None


@dataclass(frozen=True, kw_only=True)
class EndSchemaChange:
    change: str
    finished: bool
    reason: str = ""
