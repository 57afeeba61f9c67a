"""What who runs Naru asks of tokens, and what only pipelines report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.tokens import Scope


@dataclass(frozen=True, kw_only=True)
class MakeToken:
    """`lasts` None is for good."""

    project: str
    name: str
    scopes: tuple[Scope, ...]
    lasts: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class RotateToken:
    project: str
    name: str


@dataclass(frozen=True, kw_only=True)
class RevokeToken:
    project: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ReportStep:
    """A step of the rollout ran: well, or it failed for the reason in `note`."""

    release: str
    step: str
    done: bool
    note: str = ""
