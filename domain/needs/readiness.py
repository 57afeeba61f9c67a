"""What a rollback of this release would lack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class TagMissing:
    """The tag of the version that a rollback would go to is not on the remote."""

    tag: str


@dataclass(frozen=True)
class TagUnknown:
    """Whether a rollback has a tag to go to is not known: the repository was never read."""


@dataclass(frozen=True)
class MigrationWayMissing:
    """A migration without its way back; `path` is empty for the one that QA reported."""

    path: str


@dataclass(frozen=True)
class RehearsalMissing:
    """No rollback was rehearsed on staging `within` that time; the last one was at `last`, if ever."""

    last: datetime | None
    within: timedelta


@dataclass(frozen=True)
class OldSchemaInUse:
    """The contract step of `subject` must wait: a rollback would go to `target`, which needs the old schema.

    It is allowed once `migrated` is in production (planned for `planned`), and `more` further releases after.
    """

    subject: str
    target: str
    migrated: str
    in_production: bool
    more: int = 0
    planned: datetime | None = None


@dataclass(frozen=True)
class NotExpanded:
    """The migrate step of `subject` must wait: a rollback would go to `target`, which has no expanded schema.

    It is allowed once `expanded` is in production, and so on as in OldSchemaInUse.
    """

    subject: str
    target: str
    expanded: str
    in_production: bool
    more: int = 0
    planned: datetime | None = None
