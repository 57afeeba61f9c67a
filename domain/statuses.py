"""What every open pull request into a frozen branch is marked with: derived from the gate, never switched.

A mark stands on a commit. One that is the head of several pull requests is held while any of them is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.calendar.entries import Calendar
from domain.calendar.gate import GateAction, GateAnswer, GateReason, gate
from domain.commits import Commit, Label, label_of
from domain.forges.model import PullRequest
from domain.forges.rules import ExemptRules
from domain.frozen import FrozenLine, questions
from domain.policy import Policy


class MarkState(StrEnum):
    HELD = "held"
    FREE = "free"


class Because(StrEnum):
    """Why a pull request is held, or is not."""

    FROZEN = "frozen"
    NO_FREEZE = "no_freeze"
    FIX = "fix"
    LABEL = "label"
    PATHS = "paths"
    EXCEPTION = "exception"

    @property
    def state(self) -> MarkState:
        return MarkState.HELD if self is Because.FROZEN else MarkState.FREE


EXEMPT = frozenset({Because.LABEL, Because.PATHS})
"""What the policy lets through a freeze that is neither a fix nor excepted."""


@dataclass(frozen=True)
class Mark:
    """A status as the forge shows it: `text` of at most 140 characters, `url` where more is told."""

    state: MarkState
    text: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What it follows from: the branches that freezes cover, the calendar, when releases deploy by id."""

    lines: tuple[FrozenLine, ...]
    calendar: Calendar
    policy: Policy
    deploys: Mapping[str, datetime]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FreezeOf:
    """The freeze that a line is under: `name` is the release's version, or the ISO day of a slot; `until` is
    when the deploy is planned or the slot ends. `excepted`: an exception opens it at the moment.
    """

    subject: str
    name: str
    until: datetime | None = None
    excepted: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a pull request stands; `freeze` is that of its branch."""

    pull: PullRequest
    because: Because
    freeze: FreezeOf | None = None


@dataclass(frozen=True, kw_only=True)
class Marked:
    """What a pull request was marked with last, and the branch it goes into."""

    number: int
    sha: str
    base: str
    because: Because
    text: str


@dataclass(frozen=True, kw_only=True)
class Hold:
    """How many open pull requests into which branches a freeze holds, and how many may be merged."""

    freeze: FreezeOf
    branches: tuple[str, ...]
    held: int
    free: int


def freeze_of(ground: Ground, line: FrozenLine) -> FreezeOf | None:
    """The freeze that the line is under; of several one that closes it."""
    answers = list(_answers(ground, line, GateAction.MERGE_FEATURE))
    for reason in (reason for answer in answers for reason in answer.closing):
        return _told(ground, reason)
    for permit in (permit for answer in answers for permit in answer.permits):
        return FreezeOf(subject=permit.subject, name=permit.name, excepted=True)
    return None


def _answers(ground: Ground, line: FrozenLine, action: GateAction) -> Iterable[GateAnswer]:
    asked = questions(line, ground.policy, action)
    return (gate(ground.calendar, question=question, at=ground.at) for question in asked)


def _told(ground: Ground, reason: GateReason) -> FreezeOf:
    """A release's freeze ends with its deploy and by no clock: what is planned is what can be said."""
    until = reason.until or ground.deploys.get(reason.subject)
    return FreezeOf(subject=reason.subject, name=reason.name, until=until)


def standings(ground: Ground, pulls: Iterable[PullRequest]) -> tuple[Standing, ...]:
    """By the gate, titles and labels; what a pull request changes has not been looked at."""
    by_branch = {line.branch: line for line in ground.lines}
    freezes = {branch: freeze_of(ground, line) for branch, line in by_branch.items()}
    allowed = ground.policy.calendar.freeze_allows
    fixes_may = {branch: _fixes_may(ground, line) for branch, line in by_branch.items()}
    found = []
    for pull in pulls:
        freeze = freezes.get(pull.base)
        fix = label_by_title(pull) in allowed and fixes_may.get(pull.base, True)
        because = _because(freeze, pull, ground.policy.repository.forge.exempt, fix=fix)
        found.append(Standing(pull=pull, because=because, freeze=freeze))
    return tuple(found)


def _fixes_may(ground: Ground, line: FrozenLine) -> bool:
    return not any(answer.closing for answer in _answers(ground, line, GateAction.MERGE_FIX))


def _because(freeze: FreezeOf | None, pull: PullRequest, exempt: ExemptRules, *, fix: bool) -> Because:
    if freeze is None:
        return Because.NO_FREEZE
    if fix:
        return Because.FIX
    if freeze.excepted:
        return Because.EXCEPTION
    return Because.LABEL if exempt.by_label(pull.labels) else Because.FROZEN


def label_by_title(pull: PullRequest) -> Label | None:
    """What the title says, as the first line of the commit that merging makes."""
    made = Commit(
        sha=pull.sha,
        author_name="",
        author_email="",
        committed_at=datetime.min,  # noqa: DTZ901 - nothing looks at it
        subject=pull.title,
    )
    return label_of(made)


def undecided(standing: Standing, policy: Policy) -> bool:
    """Whether what it changes can still let it through."""
    return standing.because is Because.FROZEN and bool(policy.repository.forge.exempt.paths)


def by_paths(standing: Standing) -> Standing:
    """All that it changes is exempt."""
    return replace(standing, because=Because.PATHS)


def by_commit(found: Sequence[Standing]) -> dict[str, Standing]:
    """What each commit is to bear."""
    bears: dict[str, Standing] = {}
    for standing in found:
        before = bears.get(standing.pull.sha)
        if before is None or (before.because.state is MarkState.FREE and standing.because is Because.FROZEN):
            bears[standing.pull.sha] = standing
    return bears


def to_set(wanted: Iterable[Marked], kept: Mapping[int, Marked]) -> tuple[Marked, ...]:
    """Those that are not marked so already; what is to be held comes first, for it is what hurries."""
    found = [one for one in wanted if not _bears(kept.get(one.number), one)]
    return tuple(sorted(found, key=lambda one: (one.because.state is MarkState.FREE, one.number)))


def _bears(kept: Marked | None, wanted: Marked) -> bool:
    return kept is not None and (kept.sha, kept.because.state, kept.text) == (
        wanted.sha,
        wanted.because.state,
        wanted.text,
    )


def holds(found: Iterable[Standing]) -> tuple[Hold, ...]:
    """One for each freeze that holds branches with open pull requests."""
    groups: dict[str, list[Standing]] = {}
    for standing in found:
        if standing.freeze is not None and not standing.freeze.excepted:
            groups.setdefault(standing.freeze.subject, []).append(standing)
    return tuple(_hold(group) for group in groups.values())


def _hold(group: Sequence[Standing]) -> Hold:
    held = sum(one.because is Because.FROZEN for one in group)
    return Hold(
        freeze=group[0].freeze or FreezeOf(subject="", name=""),
        branches=tuple(dict.fromkeys(one.pull.base for one in group)),
        held=held,
        free=len(group) - held,
    )
