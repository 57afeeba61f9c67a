"""Who holds which role, and whose commits are whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from domain.people import Role


@dataclass(frozen=True, kw_only=True)
class GiveRole:
    project: str
    role: Role
    holder: str


@dataclass(frozen=True, kw_only=True)
class TakeRole:
    project: str
    role: Role
    holder: str


@dataclass(frozen=True, kw_only=True)
class LinkAuthor:
    project: str
    email: str
    user: str


@dataclass(frozen=True, kw_only=True)
class ChooseDigest:
    """`at` is a time of the person's own clock; None leaves it."""

    on: bool
    at: time | None = None
