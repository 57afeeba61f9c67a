"""What became of a project's tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.tokens import Scope


@dataclass(frozen=True, kw_only=True)
class TokenMade:
    """`token` is its id, never its secret."""

    token: str
    name: str
    scopes: tuple[Scope, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TokenRotated:
    """It has another secret; the one before is good for nothing."""

    token: str
    name: str


@dataclass(frozen=True, kw_only=True)
class TokenRevoked:
    token: str
    name: str
