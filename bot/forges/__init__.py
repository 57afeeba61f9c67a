"""What Naru asks of the code host that a repository lives on. A new one is a file beside `github`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, assert_never

import aiohttp

from bot.forges.answers import NotAnswered
from bot.forges.api import Api, Known, Secret, opened
from bot.forges.git import PlainGit
from bot.forges.github import GitHub
from domain.forges import ForgeKind, PullRequest, Queued, Title
from domain.policy import Repository
from domain.statuses import Mark, MarkState

__all__ = ["Forge", "Known", "NotAnswered", "Secret", "forge_of", "opened"]


class Forge(Protocol):
    """Every method raises NotAnswered with what went wrong."""

    async def pull_requests(self, base: str) -> tuple[PullRequest, ...]:
        """The open ones into a branch, by number."""

    async def queued(self, base: str) -> tuple[Queued, ...]:
        """The entries of the merge queue into a branch, if there is one."""

    async def touches_only(self, pull: PullRequest, globs: tuple[str, ...]) -> bool:
        """Whether every path that it changes is meant by the globs."""

    async def titles(self, numbers: Iterable[int]) -> Mapping[int, Title]:
        """Of those that are there, open or not."""

    async def mark(self, sha: str, mark: Mark) -> bool:
        """Set the status of a commit; False when the forge will not have it on this one."""

    async def mark_of(self, sha: str) -> tuple[MarkState | None, str] | None:
        """State and text of the mark that a commit bears, None when it has none of ours."""

    async def try_access(self) -> None:
        """Whether all of the above would be allowed, without any effect."""


def forge_of(repository: Repository, session: aiohttp.ClientSession, secret: Secret, known: Known) -> Forge:
    """The forge of a repository; `known` is what it said before."""
    match repository.forge.kind:
        case ForgeKind.GIT:
            return PlainGit()
        case ForgeKind.GITHUB:
            return GitHub(Api(repository.forge, session, secret), repository, known)
        case _:
            assert_never(repository.forge.kind)
