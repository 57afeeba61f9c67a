"""What a forge tells, and how asking it can fail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class PullRequest:
    """An open pull request into `base`; `sha` is its head. The title is anybody's text."""

    number: int
    title: str
    base: str
    sha: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Queued:
    """What a merge queue would merge into `base`: a commit of its own, with the pull request `number`, upon
    the commit `onto`, which is another entry's or the branch's.
    """

    number: int
    base: str
    sha: str
    onto: str


@dataclass(frozen=True)
class Title:
    """What a pull request says of itself, open or merged."""

    text: str
    labels: tuple[str, ...] = ()


class ForgeWhy(StrEnum):
    """Every way in which asking a forge can fail; worded in messages/forges.py."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    STATUS = "status"
    LIMITED = "limited"
    NOT_UNDERSTOOD = "not_understood"
    TOO_LARGE = "too_large"
    PRIVATE_ADDRESS = "private_address"
    NO_TOKEN = "no_token"  # noqa: S105 - a code, no token
    BAD_TOKEN = "bad_token"  # noqa: S105 - a code, no token
    DENIED = "denied"
    NOT_FOUND = "not_found"
    MOVED = "moved"


ON_THE_WAY = frozenset(
    {ForgeWhy.UNREACHABLE, ForgeWhy.TIMEOUT, ForgeWhy.STATUS, ForgeWhy.LIMITED, ForgeWhy.NOT_UNDERSTOOD}
)
"""What passes without anybody doing anything; the rest is for whoever runs Naru or owns the project."""


@dataclass(frozen=True)
class ForgeFault:
    """`detail` is a status, a host or the system's word: never a token, never what the forge sent."""

    why: ForgeWhy
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class ForgeState:
    """How asking a project's forge goes.

    `fault` is that of the last try; tries fail `since` then, `failing` in wall time. `told` is the fault that
    people know of, `freezes` are those of which the channel knows how many pull requests they hold. `target`
    is where the marks stand and under which name.
    """

    fault: ForgeFault | None = None
    since: datetime | None = None
    failing: datetime | None = None
    told: ForgeFault | None = None
    freezes: tuple[str, ...] = ()
    target: str = ""
