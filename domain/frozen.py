"""Which branches a code freeze covers, and which commits came onto them that are no fixes (spec 3.2).

A commit arrives when it is first seen on the remote. Its author's date says when it was written, weeks before
the push perhaps, and whoever commits can set it; the remote tells nobody when it was pushed to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.calendar.entries import Calendar, Permit
from domain.calendar.gate import GateAction, GateReason, Question, Verdict, gate
from domain.commits import STANDARD, Commit, Grammar, Label, changes, label_of, parse
from domain.policy import Policy, Repository
from domain.release import Release
from domain.repository import NARU_EMAIL
from domain.types import Flow, ReleaseType

_BRINGS_SHOWN = 3
_TEXT = 200


@dataclass(frozen=True, kw_only=True)
class FrozenLine:
    """A branch that freezes cover: as part of the main line, or as the own branch of feature `releases`."""

    branch: str
    main: bool
    releases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """Where a branch was when it was last looked at."""

    head: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What the watch over code freezes goes by: the releases under way, where each branch was last seen, and
    the commits that were released.
    """

    live: tuple[Release, ...]
    seen: Mapping[str, Seen]
    released: tuple[str, ...]
    calendar: Calendar


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A commit that came onto a frozen line and is no fix.

    A merge is judged by what it brought: `brings` are the first of its `brought` commits that are no fixes.
    `pull_request` is the number of the one that it says to come from, 0 when it names none.
    """

    sha: str
    text: str
    author: str
    email: str
    committed_at: datetime
    brings: tuple[str, ...] = ()
    brought: int = 0
    pull_request: int = 0


@dataclass(frozen=True, kw_only=True)
class Look:
    """One look at a line: its head and what had come since `before`, None at the first look.

    `more` were not looked at one by one.
    """

    line: FrozenLine
    before: Seen | None
    now: Seen
    arrivals: tuple[Arrival, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Ruling:
    """Why an arrival is a violation, else the exceptions that covered it; neither when nothing was frozen."""

    reasons: tuple[GateReason, ...] = ()
    permits: tuple[Permit, ...] = ()


def feature_branch(release: Release, heads: Container[str]) -> str:
    """The branch that a feature is made on, empty when it has none."""
    names = (f"feature/{release.feature}", release.feature) if release.feature else ()
    return next((name for name in names if name in heads), "")


def lines(repository: Repository, live: Iterable[Release], heads: Container[str]) -> tuple[FrozenLine, ...]:
    """The branches to watch, release branches first: what came onto one of them is worse than on develop.

    A feature's own branch is the one that it is made on until its release branch is cut.
    """
    main, own = [], dict[str, list[str]]()
    for release in live:
        if release.type is ReleaseType.REGULAR and release.branch:
            main.append(release.branch)
        elif release.type is ReleaseType.FEATURE:
            own.setdefault(_own_branch(release, repository, heads), []).append(release.id)
    main.append(repository.source)
    return tuple(
        FrozenLine(branch=branch, main=branch in main, releases=tuple(own.get(branch, ())))
        for branch in dict.fromkeys([*main, *own])
        if branch in heads
    )


def _own_branch(release: Release, repository: Repository, heads: Container[str]) -> str:
    if repository.flow is Flow.TRUNK:
        return repository.main
    return release.branch if release.branch in heads else feature_branch(release, heads)


# --- what came --------------------------------------------------------------------------------------------


def arrivals(
    commits: Sequence[Commit],
    head: str,
    allowed: Collection[Label],
    in_candidate: Callable[[Commit], bool],
    *,
    grammar: Grammar = STANDARD,
) -> tuple[Arrival, ...]:
    """Those of `commits` that came onto a line as no fixes; both newest first, children before parents.

    Only the line's own commits arrive; what a merge brought is part of the merge. What was taken back within
    the same look has not come, what Naru made is none, and a revert is allowed when `in_candidate` says that
    what it takes back would have been released.
    """
    by_sha = {commit.sha: commit for commit in commits}
    live = {change.sha for change in changes(commits, grammar)}
    line = list(_first_parents(head, by_sha))
    came: list[Arrival] = []
    claimed = set(line)
    for sha in reversed(line):  # what came twice was brought by the first
        commit = by_sha[sha]
        brought = _brought(commit, by_sha, claimed)
        if commit.author_email == NARU_EMAIL:
            continue
        judged = brought if commit.is_merge else [commit]
        label = label_of(commit, grammar) if commit.is_merge else Label.UNLABELLED
        no_fixes = [
            one
            for one in judged
            if one.sha in live and not _may_come(one, label_of(one, grammar), label, allowed, in_candidate)
        ]
        if no_fixes:
            came.append(_arrival(commit, no_fixes, grammar))
    return tuple(reversed(came))


def _first_parents(head: str, by_sha: Mapping[str, Commit]) -> Iterator[str]:
    sha = head
    while sha in by_sha:
        yield sha
        sha = next(iter(by_sha[sha].parents), "")


def _brought(merge: Commit, by_sha: Mapping[str, Commit], claimed: set[str]) -> list[Commit]:
    """What came with the other parents of a merge, unless something older brought it; claims it."""
    found, waiting = [], list(merge.parents[1:])
    while waiting:
        sha = waiting.pop()
        if sha in by_sha and sha not in claimed:
            claimed.add(sha)
            found.append(by_sha[sha])
            waiting.extend(by_sha[sha].parents)
    return found


def _may_come(
    commit: Commit,
    label: Label | None,
    label_of_merge: Label | None,
    allowed: Collection[Label],
    in_candidate: Callable[[Commit], bool],
) -> bool:
    """A commit without a word of its own is what the merge that brought it says."""
    if label is Label.UNLABELLED:
        label = label_of_merge
    if commit.author_email == NARU_EMAIL:
        return True
    return label in allowed and (label is not Label.REVERT or in_candidate(commit))


def _arrival(commit: Commit, no_fixes: Sequence[Commit], grammar: Grammar) -> Arrival:
    brings = no_fixes if commit.is_merge else ()
    return Arrival(
        sha=commit.sha,
        text=commit.subject[:_TEXT],
        author=commit.author_name[:_TEXT],
        email=commit.author_email.lower(),
        committed_at=commit.committed_at,
        brings=tuple(one.subject[:_TEXT] for one in brings[:_BRINGS_SHOWN]),
        brought=len(brings),
        pull_request=parse(commit, grammar).pull_request or 0,
    )


# --- what the gate says -----------------------------------------------------------------------------------


def frozen(calendar: Calendar, line: FrozenLine, policy: Policy, at: datetime) -> bool:
    """Whether a freeze covers the line at `at`, exceptions or not."""
    answers = [gate(calendar, question=question, at=at) for question in questions(line, policy)]
    return any(answer.verdict is Verdict.CLOSED or answer.permits for answer in answers)


def judge(calendar: Calendar, line: FrozenLine, policy: Policy, earliest: datetime, seen: datetime) -> Ruling:
    """What a commit is that came between `earliest` and `seen`: in doubt it came while it was allowed."""
    permits: list[Permit] = []
    for question in questions(line, policy):
        before = gate(calendar, question=question, at=earliest)
        now = gate(calendar, question=question, at=seen)
        opened = before.next_open if before.next_open and before.next_open <= seen else None
        if before.verdict is now.verdict is Verdict.CLOSED and opened is None:
            return Ruling(reasons=now.closing)
        between = gate(calendar, question=question, at=opened).permits if opened else ()
        permits += [*before.permits, *between, *now.permits]
    return Ruling(permits=tuple(dict.fromkeys(permits)))


def earliest(arrival: Arrival, look: Look) -> datetime:
    """When it can have come: after the look before, and not before it was made."""
    if look.before is None:
        return look.now.at
    return max(look.before.at, min(arrival.committed_at, look.now.at))


def questions(
    line: FrozenLine, policy: Policy, action: GateAction = GateAction.MERGE_FEATURE
) -> Iterator[Question]:
    """What the gate is to be asked about a merge into the line; every freeze that covers it may close."""
    if line.main:
        kind = ReleaseType.REGULAR
        yield Question(action=action, release_type=kind, rules=policy.of(kind).gate)
    for release in line.releases:
        kind = ReleaseType.FEATURE
        yield Question(action=action, release_type=kind, rules=policy.of(kind).gate, release_id=release)
