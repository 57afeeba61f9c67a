"""The changes that a candidate carries, and what was last read of a project's repository."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.branches import Branch
from domain.commits import ChangeCounts, ChangeKind


@dataclass(frozen=True)
class Line:
    """One change as it is listed: `sha` full, `text` without prefix; `note` is what a breaking change says of
    itself, `issues` are references such as `#12` or `PAY-7`. `unlabelled`: its commit does not say its kind.
    `message` is the whole one as git has it, where it was read together with the line.
    """

    sha: str
    kind: ChangeKind
    text: str
    author: str
    breaking: bool = False
    scope: str = ""
    pull_request: int = 0
    issues: tuple[str, ...] = ()
    note: str = ""
    unlabelled: bool = False
    message: str = ""


class VariableChange(StrEnum):
    """What a candidate does to an environment variable."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Variable:
    """An environment variable as a file such as `.env.example` has it: its default, and the one before.

    Values that look like secrets are masked already.
    """

    name: str
    change: VariableChange
    default: str = ""
    before: str = ""
    file: str = ""


@dataclass(frozen=True)
class Size:
    """How much differs: files, and lines that came and went, None where nobody counted them."""

    files: int
    added: int | None = None
    removed: int | None = None

    @property
    def lines(self) -> int:
        return (self.added or 0) + (self.removed or 0)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The changes between `since` (a tag, empty for the first release) and `sha`.

    `top_authors` have the largest share of the non-merge commits, `all_authors` any; lower-case e-mails.
    `migrations` are the paths of database migrations that came, `variables` the environment variables that
    are new, changed or gone; `size` is None where the files were never compared. `untitled` is the number of
    pull requests whose titles could not be read. `lines` are the newest changes, `beyond` the others as git
    just told them: of what is stored they lie elsewhere.
    """

    since: str
    sha: str
    counts: ChangeCounts
    lines: tuple[Line, ...] = ()
    top_authors: tuple[str, ...] = ()
    all_authors: tuple[str, ...] = ()
    migrations: tuple[str, ...] = ()
    variables: tuple[Variable, ...] = ()
    untitled: int = 0
    size: Size | None = None
    beyond: tuple[Line, ...] = ()


def is_large(scope: Scope, *, changes: int, lines: int) -> bool:
    """Whether there is more of it than a policy calls usual."""
    return scope.counts.total > changes or (scope.size is not None and scope.size.lines > lines)


def left_out(scope: Scope, hidden: Collection[str]) -> int:
    """How many of its changes are behind a flag."""
    return sum(line.sha in hidden for line in scope.lines)


def without(scope: Scope, hidden: Collection[str]) -> Scope:
    """The scope as it is told to those who use the product: these SHAs are behind a flag, and not counted."""
    flagged = [line for line in scope.lines if line.sha in hidden]
    if not flagged:
        return scope
    kinds = Counter(line.kind for line in flagged)
    counts = scope.counts
    left = ChangeCounts(
        features=counts.features - kinds[ChangeKind.FEATURE],
        improvements=counts.improvements - kinds[ChangeKind.IMPROVEMENT],
        fixes=counts.fixes - kinds[ChangeKind.FIX],
        security=counts.security - kinds[ChangeKind.SECURITY],
        deprecated=counts.deprecated - kinds[ChangeKind.DEPRECATED],
        other=counts.other - kinds[ChangeKind.OTHER],
        breaking=counts.breaking - sum(line.breaking for line in flagged),
    )
    return replace(scope, counts=left, lines=tuple(line for line in scope.lines if line.sha not in hidden))


@dataclass(frozen=True, kw_only=True)
class RepositoryFacts:
    """What the git worker last read. `problem` is set, and the rest as it was before, when reading failed.

    `production` is the highest release tag, `scope` what a regular release would carry now, `aside` are
    the branches beside the main lines, `unread` the names of those that could not be measured in time.
    """

    read_at: datetime
    tags: tuple[str, ...] = ()
    branches: tuple[tuple[str, str], ...] = ()
    production: str = ""
    next_version: str = ""
    scope: Scope | None = None
    aside: tuple[Branch, ...] = ()
    unread: tuple[str, ...] = ()
    problem: str = ""
    detail: str = ""

    def head(self, branch: str) -> str:
        """The commit that a branch of the remote was at, empty when it is not there."""
        return dict(self.branches).get(branch, "")
