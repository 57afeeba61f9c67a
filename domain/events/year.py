"""What was answered to the proposals and the dates of a coming year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar.rollover.model import Choice
from domain.names import Names


@dataclass(frozen=True, kw_only=True)
class AddedPeriod:
    """A blackout by its name and times."""

    name: str
    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class ProposalsAdded:
    """Everything that was proposed for a year was added at once; each has its `BlackoutAdded` besides."""

    year: int
    blackouts: tuple[AddedPeriod, ...]


@dataclass(frozen=True, kw_only=True)
class SetAsideForYear:
    """A blackout is not needed (`names`), or a date of the cadence stays as it is (`day`); or that was
    `taken_back`, and it is asked again. `key` is that of the answer.
    """

    key: str
    choice: Choice
    names: Names | None = None
    day: date | None = None
    taken_back: bool = False
