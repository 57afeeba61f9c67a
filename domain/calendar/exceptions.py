"""Freeze exceptions: who decides on them, and one as it is asked for and decided (spec 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from domain.calendar.fields import Rule
from domain.durations import Duration
from domain.people import Role


class ExceptionRules(Rule):
    """Who decides on exceptions, for how long one is good at most, and how many a month are not too many."""

    blackout: Annotated[tuple[Role, ...], Field(min_length=1)] = (Role.PM,)
    others: Annotated[tuple[Role, ...], Field(min_length=1)] = (Role.RELEASE_MANAGER,)
    longest: Duration = timedelta(hours=24)
    monthly_budget: Annotated[int, Field(ge=0, le=100)] = 2


@dataclass(frozen=True, kw_only=True)
class FreezeException:
    """One release's permission in one blackout. `state`: asked, granted, denied, used."""

    id: str
    project: str
    release: str
    blackout: str
    state: str
    asked_by: str
    asked_at: datetime
    what: str
    why: str
    risk: str
    way_back: str
    decided_by: str = ""
    since: datetime | None = None
    until: datetime | None = None
    note: str = ""
