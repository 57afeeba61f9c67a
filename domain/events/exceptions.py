"""Freeze exceptions, from being asked to being judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar.entries import GateRule
from domain.calendar.exceptions import ExceptionResult, Restriction
from domain.people import Role

# What exceptions were from before they could be from anything else: some of their events still wait.
_BLACKOUT = Restriction(rule=GateRule.BLACKOUT)


@dataclass(frozen=True, kw_only=True)
class OneAsked:
    """One of the exceptions that were asked for together; `deciders` were asked, nobody when it is empty."""

    exception: str
    restriction: Restriction
    roles: tuple[Role, ...]
    deciders: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ExceptionAsked:
    """`since` None is as soon as it is granted. `release` and `version` are empty for merges into the freeze
    of a slot that no release has taken.
    """

    release: str
    version: str
    what: str
    why: str
    risk: str
    way_back: str
    asked: tuple[OneAsked, ...] = ()
    since: datetime | None = None
    length: timedelta = timedelta(hours=2)
    single_use: bool = True
    over_budget: bool = False


@dataclass(frozen=True, kw_only=True)
class ExceptionDecided:
    """`since` None is from now on."""

    exception: str
    release: str
    version: str
    granted: bool
    restriction: Restriction = _BLACKOUT
    since: datetime | None = None
    until: datetime | None = None
    single_use: bool = True
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionUsed:
    """A deploy went through that its restriction would have held."""

    exception: str
    release: str
    version: str
    restriction: Restriction


@dataclass(frozen=True, kw_only=True)
class ExceptionExpired:
    """Its time is over. `why` is unanswered, unused, over (used before), or moot (nothing left to deploy)."""

    exception: str
    release: str
    version: str
    restriction: Restriction
    why: str


@dataclass(frozen=True, kw_only=True)
class ExceptionRevoked:
    """`granted` is false where who asked took the request back."""

    exception: str
    release: str
    version: str
    restriction: Restriction
    granted: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionJudged:
    exception: str
    release: str
    version: str
    restriction: Restriction
    result: ExceptionResult
    urgent: bool
    reason_true: bool
    note: str = ""
