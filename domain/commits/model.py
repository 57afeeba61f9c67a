"""What a commit is, and the change that it brings into a release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class Commit:
    """One commit as git tells it: full SHAs, an aware committer date, the message split at its first line."""

    sha: str
    parents: tuple[str, ...] = ()
    author_name: str
    author_email: str
    committed_at: datetime
    subject: str
    body: str = ""

    @property
    def is_merge(self) -> bool:
        return len(self.parents) > 1


class ChangeKind(StrEnum):
    """The groups of spec 2.6; breaking is a mark that any of them can bear."""

    FEATURE = "feature"
    IMPROVEMENT = "improvement"
    FIX = "fix"
    SECURITY = "security"
    DEPRECATED = "deprecated"
    OTHER = "other"


@dataclass(frozen=True)
class Footer:
    """A footer as written: `Refs: #12` is ("Refs", "#12"), `Fixes #12` is ("Fixes", "#12")."""

    token: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Reverts:
    """What a commit takes back: SHAs (whole or abbreviated), else a pull request, else a first line."""

    shas: tuple[str, ...] = ()
    pull_request: int | None = None
    subject: str | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line of a release's scope.

    `type` is the prefix as written, in lower case, and None for a plain message. `description` is the first
    line without prefix and pull-request number. `breaking_note` is the text of the breaking footer, or the
    description where only `!` was written; None when not breaking. `issues` are references such as `#12`.
    """

    sha: str
    kind: ChangeKind
    description: str
    author_name: str
    author_email: str
    committed_at: datetime
    type: str | None = None
    scope: str | None = None
    body: str = ""
    footers: tuple[Footer, ...] = ()
    breaking_note: str | None = None
    pull_request: int | None = None
    issues: tuple[str, ...] = ()
    reverts: Reverts | None = None

    @property
    def breaking(self) -> bool:
        return self.breaking_note is not None


@dataclass(frozen=True, kw_only=True)
class ChangeCounts:
    """How many changes of each kind. A breaking change counts under its kind and under `breaking` as well."""

    features: int = 0
    improvements: int = 0
    fixes: int = 0
    security: int = 0
    deprecated: int = 0
    other: int = 0
    breaking: int = 0

    @property
    def total(self) -> int:
        return self.features + self.improvements + self.fixes + self.security + self.deprecated + self.other
