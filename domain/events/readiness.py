"""The way back of a release, rehearsals, and changes of the schema over several releases."""

from __future__ import annotations

from dataclasses import dataclass

from domain.schema_phases import Phase
from domain.ways_back import WayBack


@dataclass(frozen=True, kw_only=True)
class WaysBackGiven:
    """`left` of the candidate's migrations still have none."""

    release: str
    version: str
    candidate: int
    ways: tuple[WayBack, ...]
    left: int = 0


@dataclass(frozen=True, kw_only=True)
class RollbackRehearsed:
    release: str
    version: str
    candidate: int
    succeeded: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SchemaChangeBegun:
    release: str
    version: str
    change: str
    subject: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class SchemaChangeLinked:
    """`phase` is what the release takes now; `undone` says that it does no longer."""

    release: str
    version: str
    change: str
    subject: str
    phase: Phase
    undone: bool = False


@dataclass(frozen=True, kw_only=True)
class SchemaChangeEnded:
    change: str
    subject: str
    finished: bool
    reason: str = ""
