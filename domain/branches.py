"""Branches beside the main lines: how old each is since it left them, and which to tell of (spec 2.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # branches are facts of a scope, which notes are made of: quick to import
    from domain.branch_rules import BranchRules

MANY = ""
"""Under this name it is remembered that many branches were told; no branch has it."""


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A branch beside the main lines. It left `base` with the oldest of its `ahead` own commits, made at
    `since` by `author`; with none it is merged (or new), and `since` is None.
    """

    name: str
    head: str
    base: str
    base_head: str
    ahead: int
    behind: int
    since: datetime | None = None
    author: str = ""
    email: str = ""

    @property
    def active(self) -> bool:
        return self.since is not None


@dataclass(frozen=True, kw_only=True)
class BranchNews:
    """What is told now, and what is to be kept in mind: names told, and names whose telling is over."""

    stale: tuple[Branch, ...] = ()
    active: tuple[Branch, ...] = ()
    told: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


def stale(branches: Iterable[Branch], rules: BranchRules, at: datetime) -> tuple[Branch, ...]:
    """The oldest first."""
    old = [branch for branch in branches if branch.since and at - branch.since > rules.stale_after]
    return tuple(sorted(old, key=lambda branch: (branch.since, branch.name)))


def news(
    branches: Iterable[Branch],
    told: Collection[str],
    rules: BranchRules,
    *,
    own: Collection[str],
    at: datetime,
    unread: Collection[str] = (),
) -> BranchNews:
    """Each stale branch is told once, and once that there are many, until that is over and begins again.

    `own` are the branches of releases under way: their age is the release's business. Of those `unread` now
    nothing is over, and neither is it that there were many.
    """
    counted = [branch for branch in branches if branch.active and branch.name not in own]
    old = stale(counted, rules, at)
    too_many = len(counted) >= rules.many
    holds = {branch.name for branch in old} | ({MANY} if too_many else set())
    fresh = tuple(branch for branch in old if branch.name not in told)
    active = tuple(counted) if too_many and MANY not in told else ()
    return BranchNews(
        stale=fresh,
        active=active,
        told=tuple(sorted(holds - set(told))),
        over=tuple(sorted(set(told) - holds - ({*unread, MANY} if unread else set()))),
    )
