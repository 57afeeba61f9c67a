"""What only the record needs to know."""

from __future__ import annotations

from dataclasses import dataclass

from domain.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class Announced:
    """A timed announcement went into the outbox; `late` when it missed its moment within its grace."""

    announcement: str
    kind: str
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class AnnouncementSkipped:
    """`why` is stale, moot, or failed."""

    announcement: str
    kind: str
    why: str


@dataclass(frozen=True, kw_only=True)
class PolicyLoaded:
    policy: str
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class Denied:
    """A refusal: what was asked (the request's class name) and the answer."""

    request: str
    refusal: Refusal
    release: str = ""
