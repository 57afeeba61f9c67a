"""The way back of a release, and the changes of a project's schema, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from domain.readiness import Readiness
from domain.release import Release
from domain.schema_changes import MustWait, PhaseLink, SchemaChange
from domain.types import Stage
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class ReadinessView:
    project: ProjectView
    release: Release
    readiness: Readiness


@dataclass(frozen=True, kw_only=True)
class SchemaRow:
    """An open change with the releases that count, each with its stage; `must_wait` of the next step."""

    change: SchemaChange
    links: tuple[tuple[PhaseLink, Stage], ...]
    must_wait: MustWait | None = None


@dataclass(frozen=True, kw_only=True)
class SchemaView:
    project: ProjectView
    rows: tuple[SchemaRow, ...]


@dataclass(frozen=True, kw_only=True)
class SchemaForm:
    """What the forms of a change offer: the releases that can take a phase, as id and tag.

    `change` is None before it is begun; `chosen` is the release that the form was opened for, if any.
    """

    project: ProjectView
    releases: tuple[tuple[str, str], ...]
    change: SchemaChange | None = None
    chosen: str = ""
