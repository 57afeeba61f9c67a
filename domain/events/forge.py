"""What a forge was told of open pull requests, and when it could not be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.forges.model import ForgeFault


@dataclass(frozen=True, kw_only=True)
class PullRequestsHeld:
    """A code freeze has begun, and every open pull request into its branches is marked: told once.

    `version` is that of the release whose freeze it is; a slot that no release has taken has its deploy `day`
    (ISO) instead. `held` wait, `free` may be merged nevertheless. `url` lists them on the forge.
    """

    project: str
    release: str = ""
    version: str = ""
    day: str = ""
    branches: tuple[str, ...]
    held: int
    free: int
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class ForgeFailed:
    """The forge cannot be asked; `since` is business time. `waiting`: pull requests are not marked as they
    should be, since a code freeze began or ended.
    """

    project: str
    fault: ForgeFault
    since: datetime
    waiting: bool = False


@dataclass(frozen=True, kw_only=True)
class ForgeAnswered:
    """The forge can be asked again, after it was told that it cannot; all are marked as they should be."""

    project: str
