"""A release as it was when its war room was opened, or its rollback declared: kept for good (spec 6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.checklists.progress import Progress
from domain.commits import ChangeCounts
from domain.health.model import Reading
from domain.release import Release
from domain.types import Stage


class Taken(StrEnum):
    """When a snapshot was taken; the values stand in tables and stay."""

    OPENED = "opened"
    DECLARED = "declared"


@dataclass(frozen=True, kw_only=True)
class Span:
    """How long the release was at a stage; `until` is None for the last one."""

    stage: Stage
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What the candidate carries, in numbers; migrations by their paths."""

    counts: ChangeCounts
    migrations: tuple[str, ...] = ()
    variables: int = 0


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """`release` is None for an incident about no release; `production` is the version in production, empty
    where none is known. `readings` are the newest of each metric, `names` those of the people in it.
    """

    id: str
    room: str
    project: str
    taken: Taken
    at: datetime
    release: Release | None = None
    production: str = ""
    stages: tuple[Span, ...] = ()
    carried: Carried | None = None
    lists: tuple[Progress, ...] = ()
    readings: tuple[Reading, ...] = ()
    lock: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
