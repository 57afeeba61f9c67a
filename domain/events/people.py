"""Who holds which role, and whose commits are whose."""

from __future__ import annotations

from dataclasses import dataclass

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
