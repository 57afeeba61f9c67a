"""What was asked of git, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.commits import ChangeCounts
from domain.repository import Conflict
from domain.types import Action, GitStep


@dataclass(frozen=True, kw_only=True)
class WorkAsked:
    """The git worker was asked; a second command decides with what it reports."""

    release: str
    version: str
    action: Action
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DryRunAsked:
    """Somebody wants to know what a step would do; nothing is changed by it."""

    release: str
    version: str
    step: GitStep


@dataclass(frozen=True, kw_only=True)
class GitDone:
    """What was made on the remote: full ref names with the commits they are at (a tag: that it means), and
    where those were `before` that were moved or deleted.
    """

    release: str
    version: str
    work: str
    refs: tuple[tuple[str, str], ...] = ()
    before: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class GitFailed:
    """`problem` is the code of what went wrong, `detail` free of secrets, `files` the conflicting ones,
    `conflicts` all branches where several conflict.
    """

    release: str
    version: str
    work: str
    problem: str
    detail: str = ""
    files: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FilesWaived:
    """A candidate is built without what the policy wants on its branch, since that could not be written:
    `problem` is the code of why, `at` the file where it lies, if it is one's.
    """

    release: str
    version: str
    files: tuple[str, ...]
    problem: str
    at: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AgedBranch:
    """A branch beside main. `user` is the author's Slack id where one is known, `author` the name in git."""

    name: str
    since: datetime
    ahead: int
    author: str
    user: str = ""


@dataclass(frozen=True, kw_only=True)
class BranchesLeft:
    """Branches of a trunk-based project that are `stale`, older than `stale_after`, and all `active` ones
    where there are many; of `more` only the number is known. The ages are those `at` the moment of reading;
    so many are `unread` that could not be measured in time.
    """

    project: str
    at: datetime
    stale: tuple[AgedBranch, ...]
    active: tuple[AgedBranch, ...]
    stale_after: timedelta
    more_stale: int = 0
    more_active: int = 0
    unread: int = 0


@dataclass(frozen=True, kw_only=True)
class RepositoryRead:
    tags: int
    branches: int
    changes: ChangeCounts
    next_version: str
    problem: str = ""
