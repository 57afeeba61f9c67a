"""Rollback criteria: what was breached, and what people made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.criteria.model import Breach
from domain.people import Role


@dataclass(frozen=True, kw_only=True)
class BreachOpened:
    """A rule is breached, or somebody has reported it. `candidate` is the release's; `again` when one that
    was put aside, or that somebody is on, has become worse. `runs` is the version in production where it is
    another one: then Naru declares no rollback of its own. `declares_at` is when it does, where what was
    reported has to last first.
    """

    release: str
    version: str
    candidate: int
    breach: Breach
    again: bool = False
    runs: str = ""
    declares_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CriteriaUnclear:
    """Rules that cannot be judged: a person must look."""

    release: str
    version: str
    breaches: tuple[Breach, ...]


@dataclass(frozen=True, kw_only=True)
class BreachConfirmed:
    """By a press, or by a report of somebody else with words of its own: `seen`. `runs` and `declares_at` as
    when it opens.
    """

    release: str
    version: str
    candidate: int
    breach: Breach
    seen: str = ""
    runs: str = ""
    declares_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class BreachHeard:
    """What stands, or what a rollback runs for, was reported once more: `seen` are the words of it."""

    release: str
    version: str
    candidate: int
    breach: Breach
    seen: str


@dataclass(frozen=True, kw_only=True)
class BreachesOpenAgain:
    """The rollback that was declared for them was called off, and they last."""

    release: str
    version: str
    candidate: int
    breaches: tuple[Breach, ...]


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
    """`judged` where readings show it; else the rule is not asked any more, and nobody knows."""

    release: str
    version: str
    breach: Breach
    judged: bool = True


@dataclass(frozen=True, kw_only=True)
class Paged:
    """People are called, for the `calls`th time; `users` hold one of the roles. `asks` them to confirm it."""

    release: str
    version: str
    page: str
    breach: Breach
    roles: tuple[Role, ...]
    users: tuple[str, ...]
    calls: int = 1
    asks: bool = False


@dataclass(frozen=True, kw_only=True)
class PageAnswered:
    """Somebody who was called is on it."""

    release: str
    version: str
    page: str
    breach: Breach
