"""Who holds which role, and whose commits are whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from domain.people import Role


@dataclass(frozen=True, kw_only=True)
class RoleGiven:
    role: Role
    holder: str


@dataclass(frozen=True, kw_only=True)
class RoleTaken:
    role: Role
    holder: str


@dataclass(frozen=True, kw_only=True)
class AuthorLinked:
    email: str
    user: str


@dataclass(frozen=True, kw_only=True)
class DigestChosen:
    """Somebody chose for themselves whether they get the digest, and `at` what time of their own clock."""

    on: bool
    at: time
