"""Rollback criteria: what was breached, and what people made of it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.criteria.model import Breach
from domain.people import Role


@dataclass(frozen=True, kw_only=True)
class BreachOpened:
    """A rule is breached, or somebody has reported it. `candidate` is the release's; `again` when one that
    was put aside has become worse.
    """

    release: str
    version: str
    candidate: int
    breach: Breach
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class CriteriaUnclear:
    """Rules that cannot be judged: a person must look."""

    release: str
    version: str
    breaches: tuple[Breach, ...]


@dataclass(frozen=True, kw_only=True)
class BreachConfirmed:
    release: str
    version: str
    candidate: int
    breach: Breach


@dataclass(frozen=True, kw_only=True)
class BreachDismissed:
    release: str
    version: str
    breach: Breach
    reason: str


@dataclass(frozen=True, kw_only=True)
class BreachDeclared:
    """Its rollback is declared by the bot. `database` where a step on it waits for a press."""

    release: str
    version: str
    breach: Breach
    database: bool = False


@dataclass(frozen=True, kw_only=True)
class BreachOver:
    release: str
    version: str
    breach: Breach


@dataclass(frozen=True, kw_only=True)
class Paged:
    """People are called, for the `calls`th time; `users` hold one of the roles."""

    release: str
    version: str
    page: str
    breach: Breach
    roles: tuple[Role, ...]
    users: tuple[str, ...]
    calls: int = 1


@dataclass(frozen=True, kw_only=True)
class PageAnswered:
    """Somebody who was called is on it."""

    release: str
    version: str
    page: str
    breach: Breach
