"""What the program itself reports, words not understood, and what its workers found."""

from __future__ import annotations

from dataclasses import dataclass

from domain.frozen import Look
from domain.people import Person
from domain.refusals import Refusal
from domain.scope import RepositoryFacts, Scope
from domain.types import Action


@dataclass(frozen=True, kw_only=True)
class Misunderstood:
    """A text or form that could not be read: answered and audited like any refusal."""

    refusal: Refusal
    project: str = ""


@dataclass(frozen=True, kw_only=True)
class RepositoryWasRead:
    """`looks` are at the branches that freezes cover, here and in the other reports of a reading."""

    project: str
    facts: RepositoryFacts
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HeadWasRead:
    """`head` is the commit of the release's branch, empty with `problem` when it could not be read."""

    release: str
    action: Action | None
    head: str = ""
    scope: Scope | None = None
    looks: tuple[Look, ...] = ()
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class ScopeWasRead:
    """What a candidate carries, read again at the same commit; None when that could not be read."""

    release: str
    candidate: int
    scope: Scope | None = None


@dataclass(frozen=True, kw_only=True)
class BranchWasCut:
    release: str
    branch: str
    sha: str = ""
    scope: Scope | None = None
    looks: tuple[Look, ...] = ()
    taken: tuple[str, ...] = ()
    problem: str = ""
    detail: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RefsWereMade:
    """The outcome of tagging, merging or deleting. `work` is tag_candidate, finish, tag or drop_branch."""

    release: str
    work: str
    refs: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    detail: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoomWasMade:
    room: str
    channel: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PeopleSeen:
    people: tuple[Person, ...]


@dataclass(frozen=True, kw_only=True)
class GroupSeen:
    group: str
    users: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChannelSeen:
    channel: str
    users: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MemberMoved:
    channel: str
    user: str
    joined: bool


@dataclass(frozen=True, kw_only=True)
class RemindersDue:
    """A tick of the scheduler: whatever is due is said, asked or skipped."""
