"""Code freezes, and what was merged while they held."""

from __future__ import annotations

from dataclasses import dataclass

from domain.people import Role


@dataclass(frozen=True, kw_only=True)
class FreezeBegun:
    """A freeze that a person began early."""

    release: str
    version: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FreezeLifted:
    """`why` is deployed, cancelled, rolled_back or by_hand."""

    release: str
    version: str
    why: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MergedCommit:
    """A commit that came onto a frozen branch. `user` is its author in Slack, empty for whom nobody matched.

    Of a merge `brings` are the first of the `brought` commits that are no fixes. `url` is on the code host.
    """

    sha: str
    text: str
    author: str
    user: str = ""
    url: str = ""
    brings: tuple[str, ...] = ()
    brought: int = 0


@dataclass(frozen=True, kw_only=True)
class FreezeViolated:
    """Commits that are no fixes came onto a branch during a code freeze: each is told once.

    `version` is that of the release whose freeze it is; a slot that no release has taken has its deploy
    `day` (ISO) instead. `own_branch` is that of a feature release. `more` were not looked at one by one.
    `grantors` may grant an exception.
    """

    project: str
    own_branch: bool = False
    release: str = ""
    version: str = ""
    day: str = ""
    branch: str
    commits: tuple[MergedCommit, ...]
    more: int = 0
    grantors: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MergedExempt:
    """The same, of pull requests that the policy exempts by their label or by what they change."""

    release: str = ""
    version: str = ""
    day: str = ""
    branch: str
    commits: tuple[MergedCommit, ...]
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class MergedByException:
    """The same, covered by an exception from the freeze that `granted_by` granted."""

    release: str = ""
    version: str = ""
    day: str = ""
    branch: str
    commits: tuple[MergedCommit, ...]
    more: int = 0
    exception: str
    granted_by: str
