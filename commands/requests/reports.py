"""What the program itself reports, words not understood, and what its workers found."""

from __future__ import annotations

from dataclasses import dataclass

from domain.forges import ForgeFault
from domain.frozen import Look
from domain.people import Person
from domain.policy import Repository
from domain.refusals import Refusal
from domain.repository import Conflict
from domain.scope import RepositoryFacts, Scope
from domain.statuses import FreezeOf, Hold, Marked
from domain.types import Action, GitStep


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
    """`refs` are what was made for it: nothing where a release is made from main itself. `already` says that
    they were there.
    """

    release: str
    branch: str
    sha: str = ""
    refs: tuple[tuple[str, str], ...] = ()
    already: bool = False
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
    before: tuple[tuple[str, str], ...] = ()
    already: bool = False
    problem: str = ""
    detail: str = ""
    files: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DryRunWasMade:
    """What a step would do, for `by` who asked."""

    release: str
    step: GitStep
    by: str
    refs: tuple[tuple[str, str], ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    taken: tuple[str, ...] = ()
    problem: str = ""
    detail: str = ""
    files: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PullRequestsWereMarked:
    """Some are marked now. With `all_open`, the numbers of the open ones, all are as they should be: `frozen`
    are the freezes that held by then, `holds` what they hold. `fault` is why it did not come to that.
    """

    project: str
    repository: Repository
    marked: tuple[Marked, ...] = ()
    all_open: tuple[int, ...] | None = None
    frozen: tuple[FreezeOf, ...] = ()
    holds: tuple[Hold, ...] = ()
    fault: ForgeFault | None = None


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
