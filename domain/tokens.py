"""Tokens of projects: what lets a pipeline ask and report over HTTP. Only a digest of its secret is kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Scope(StrEnum):
    """What a token is for; a closed set. The values stand in tables, in requests and in scripts, and stay."""

    READ = "read"
    BUILD = "report:build"
    STAGING = "report:staging"
    CHECK = "report:check"
    QA = "report:qa"
    STEP = "report:step"
    HEALTH = "report:health"


PREFIX = "naru_"
ID_HEX, SECRET_HEX = 12, 64
_TEXT = re.compile(rf"{PREFIX}([0-9a-f]{{{ID_HEX}}})_([0-9a-f]{{{SECRET_HEX}}})")
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
"""A token's name stands in audit rows and messages: nothing that would have to be escaped there."""


@dataclass(frozen=True, kw_only=True)
class Token:
    """Times are wall time. `digest` is that of the secret; `used_at` is right to the hour."""

    id: str
    project: str
    name: str
    scopes: tuple[Scope, ...]
    digest: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used_at: datetime | None = None

    def alive(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


def spelled(token: str, secret: str) -> str:
    """The whole token, as a pipeline keeps it."""
    return f"{PREFIX}{token}_{secret}"


def parse(text: str) -> tuple[str, str] | None:
    """Id and secret, None for what is no token of ours."""
    found = _TEXT.fullmatch(text)
    return (found[1], found[2]) if found else None


def digest(secret: str) -> str:
    """A secret of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def in_order(scopes: Iterable[Scope]) -> tuple[Scope, ...]:
    """Each once, as they stand in `Scope`."""
    wanted = set(scopes)
    return tuple(scope for scope in Scope if scope in wanted)
