"""Plain git: a remote with nothing beside it that could be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.forges import PullRequest, Queued, Title
from domain.statuses import Mark, MarkState


class PlainGit:
    """There are no pull requests, and nothing to mark."""

    async def pull_requests(self, base: str) -> tuple[PullRequest, ...]:  # noqa: ARG002 - the contract
        return ()

    async def queued(self, base: str) -> tuple[Queued, ...]:  # noqa: ARG002 - the contract
        return ()

    async def touches_only(self, pull: PullRequest, globs: tuple[str, ...]) -> bool:  # noqa: ARG002 - the contract
        return False

    async def titles(self, numbers: Iterable[int]) -> Mapping[int, Title]:  # noqa: ARG002 - the contract
        return {}

    async def mark(self, sha: str, mark: Mark) -> bool:  # noqa: ARG002 - the contract
        return False

    async def mark_of(self, sha: str) -> tuple[MarkState | None, str] | None:  # noqa: ARG002 - the contract
        return None

    async def try_access(self) -> None:
        return
