"""What a candidate and its build still need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.notes.missing import GapKind


@dataclass(frozen=True)
class EmptyScope:
    """There is nothing to release since `since` (a tag)."""

    since: str


@dataclass(frozen=True)
class NameTaken:
    """A branch or tag of that name exists on the remote."""

    name: str


@dataclass(frozen=True)
class FreezeNotBegun:
    begins: datetime | None


@dataclass(frozen=True)
class NoCommitsNamed:
    """An emergency or hotfix is cut from named commits."""


@dataclass(frozen=True)
class ReasonMissing:
    pass


@dataclass(frozen=True)
class BugMissing:
    pass


@dataclass(frozen=True)
class QaAnswerMissing:
    """Migration and breaking changes are answered by a person at QA."""


@dataclass(frozen=True)
class NotesIncomplete:
    """The policy wants something in the release notes that nobody has written; `subject` as in `Gap`."""

    kind: GapKind
    subject: str = ""


@dataclass(frozen=True)
class FilesNotWritten:
    """What the policy wants on the branch could not be written there, all of it or nothing; `problem` is the
    code of why, `at` the file where it lies, if it is one's.
    """

    files: tuple[str, ...]
    problem: str
    at: str = ""


@dataclass(frozen=True)
class QaDeviates:
    """QA says that there is nothing of the kind, but these paths and changes were detected."""

    migrations: tuple[str, ...] = ()
    breaking: tuple[str, ...] = ()


@dataclass(frozen=True)
class WayBackMissing:
    """A first release has no rollback target and must state its way back (spec 2.3)."""
