"""What the policy says of exceptions: who decides, for how long, how many (spec 3.2)."""

from __future__ import annotations

from datetime import timedelta
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
