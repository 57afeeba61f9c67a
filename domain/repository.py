"""What is known of a project's git remote, and how an action on it ended, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

NARU_NAME, NARU_EMAIL = "Naru", "naru@localhost"
"""Who commits, merges and tags in git what Naru makes."""


@dataclass(frozen=True)
class Tag:
    """`sha` is what the ref points at (a tag object when annotated), `commit` what it means."""

    sha: str
    commit: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Branches (short name to commit) and tags of the remote as they were at `fetched_at`.

    `default_branch` is None where the remote's HEAD is detached or names a branch that is not there.
    """

    heads: Mapping[str, str]
    tags: Mapping[str, Tag]
    default_branch: str | None
    fetched_at: datetime


@dataclass(frozen=True)
class Signature:
    """Who makes tags and merges, and when. The same signature makes the same objects again."""

    name: str
    email: str
    at: datetime


@dataclass(frozen=True)
class Conflict:
    """A branch that something cannot be merged into, with the files; or the remote's words where it is no
    matter of files.
    """

    branch: str
    files: tuple[str, ...] = ()
    detail: str = ""


class ProblemKind(StrEnum):
    """Every way in which git can say no."""

    UNREACHABLE = "unreachable"
    DENIED = "denied"
    KEY_REFUSED = "key_refused"
    HOST_UNKNOWN = "host_unknown"
    HOST_CHANGED = "host_changed"
    NOT_A_REPOSITORY = "not_a_repository"
    SHALLOW = "shallow"
    TIMEOUT = "timeout"
    MIRROR_BROKEN = "mirror_broken"
    UNSAFE_NAME = "unsafe_name"
    MISSING_REF = "missing_ref"
    BRANCH_EXISTS = "branch_exists"
    TAG_EXISTS = "tag_exists"
    MOVED = "moved"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    NOTHING_TO_RELEASE = "nothing_to_release"
    NOT_A_FILE = "not_a_file"
    NOT_TEXT = "not_text"
    TOO_LARGE = "too_large"
    OTHER_HEAD = "other_head"
    NO_VERSION = "no_version"


PASSING = frozenset({ProblemKind.UNREACHABLE, ProblemKind.TIMEOUT, ProblemKind.MIRROR_BROKEN})


@dataclass(frozen=True, kw_only=True)
class GitProblem:
    """Why an action or a reading came to nothing; the remote is as it was.

    Only after UNREACHABLE and TIMEOUT the remote may have taken the action all the same: asking again reads
    it first and finds that done.
    `ref` is the branch, tag or revision spoken of, by its short name. `detail` is git's or the remote's own
    words: one trimmed text without secrets. `expected` and `actual` are commits (of MOVED; `actual` empty
    when the ref is gone), `actual` alone what sits at an existing branch or tag. `files` are the paths in
    conflict, or those that cannot be written; for a CONFLICT of a cherry-pick `actual` is the commit that
    would not apply. Where several branches conflict, `conflicts` has all of them, `ref` the first and `files`
    those of all.
    """

    kind: ProblemKind
    ref: str = ""
    detail: str = ""
    expected: str = ""
    actual: str = ""
    files: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def passing(self) -> bool:
        """Whether trying again later may help without anybody doing anything."""
        return self.kind in PASSING


@dataclass(frozen=True)
class Made:
    """What is on the remote now: full ref names with what they point at, an empty SHA for a deleted ref.

    `already` says that nothing had to be done, as after a crash between push and report. `before` is what
    those refs pointed at that were moved or deleted. A dry run says what would be.
    """

    refs: tuple[tuple[str, str], ...]
    already: bool = False
    before: tuple[tuple[str, str], ...] = ()
