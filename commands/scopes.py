"""What the git worker found a branch or a candidate to carry: kept, compared, and told in the thread."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.change import save
from commands.context import Case
from commands.on_the_way import keep
from domain.difference import difference
from domain.events import CandidateCompared, ChangeTakenBack, Event, ScopeDetected
from domain.listing import with_picked
from domain.people import Origin
from domain.policy import Policy
from domain.release import LeftOut
from domain.scope import Scope, is_large, left_out, without
from storage import scopes
from storage.db import Tx


def large(policy: Policy, scope: Scope | None) -> bool:
    """Whether the policy calls this unusually much."""
    return scope is not None and is_large(scope, changes=policy.large_change, lines=policy.scope.large_lines)


def of_branch(tx: Tx, release: str, scope: Scope, origin: Origin) -> None:
    """A branch was cut: what comes along is told where there is something to tell."""
    found = context.case(tx, release)
    keep(tx, found, 1, scope)
    shown = with_picked(scope, found.release.hidden)
    much = large(found.project.policy, scope)
    events: list[Event] = []
    if scope.size and (scope.migrations or scope.variables or much):
        detected = ScopeDetected(
            release=release,
            version=found.version,
            changes=without(shown, found.release.hidden).counts,
            size=scope.size,
            migrations=len(scope.migrations),
            variables=len(scope.variables),
            large=much,
            left_out=left_out(shown, found.release.hidden),
        )
        events.append(detected)
    _tell(tx, found, scope, events, origin)


def of_candidate(tx: Tx, release: str, candidate: int, scope: Scope, origin: Origin) -> None:
    """A candidate was built: what it brings is told, of the first one only where the branch has moved."""
    found = context.case(tx, release)
    before = scopes.of(tx, release, max(1, candidate - 1))
    keep(tx, found, candidate, scope)
    new = difference(before, scope) if before else None
    events: list[Event] = []
    if new is not None and (candidate > 1 or new):
        compared = CandidateCompared(
            release=release,
            version=found.version,
            candidate=candidate,
            since=candidate - 1,
            came=len(new.came),
            gone=len(new.gone),
            migrations=len(new.migrations),
            variables=len(new.variables),
        )
        events.append(compared)
    _tell(tx, found, scope, events, origin)


def _tell(tx: Tx, found: Case, scope: Scope, events: list[Event], origin: Origin) -> None:
    """A change that was left out and is no part of the release any more is let go, and that is told."""
    lost = _lost(found, scope)
    events += [
        ChangeTakenBack(
            release=found.release.id,
            version=found.version,
            sha=one.sha,
            text=one.text,
            flag=one.flag,
            gone=True,
        )
        for one in lost
    ]
    if events:
        kept = tuple(one for one in found.release.left_out if one not in lost)
        save(tx, found, replace(found.release, left_out=kept), origin, events, answered=True)


def _lost(found: Case, scope: Scope) -> tuple[LeftOut, ...]:
    """Of a scope whose lines are not all known nothing is said to be missing."""
    lines = (*scope.lines, *scope.beyond)
    if scope.counts.total > len(lines):
        return ()
    has = {line.sha for line in lines}
    return tuple(one for one in found.release.left_out if one.sha not in has)
