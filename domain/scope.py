"""The changes that a candidate carries, and what was last read of a project's repository."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.commits import ChangeCounts, ChangeKind


@dataclass(frozen=True)
class Line:
    """One change as it is listed: `sha` full, `text` without prefix."""

    sha: str
    kind: ChangeKind
    text: str
    author: str
    breaking: bool = False
    scope: str = ""
    pull_request: int = 0


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The changes between `since` (a tag, empty for the first release) and `sha`.

    `top_authors` have the largest share of the non-merge commits, `all_authors` any; lower-case e-mails.
    """

    since: str
    sha: str
    counts: ChangeCounts
    lines: tuple[Line, ...] = ()
    top_authors: tuple[str, ...] = ()
    all_authors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepositoryFacts:
    """What the git worker last read. `problem` is set, and the rest as it was before, when reading failed.

    `production` is the highest release tag, `scope` what a regular release would carry now.
    """

    read_at: datetime
    tags: tuple[str, ...] = ()
    branches: tuple[tuple[str, str], ...] = ()
    production: str = ""
    next_version: str = ""
    scope: Scope | None = None
    problem: str = ""
    detail: str = ""

    def head(self, branch: str) -> str:
        """The commit that a branch of the remote was at, empty when it is not there."""
        return dict(self.branches).get(branch, "")
