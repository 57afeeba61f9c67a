"""Answers to what a coming year leaves to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.calendar.rollover.model import Choice


@dataclass(frozen=True, kw_only=True)
class AnswerYear:
    """One answer to the proposal or the date with that key; `to` is where a date is moved, as was shown."""

    project: str
    year: int
    key: str
    choice: Choice
    to: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AddAllOfYear:
    """Add every blackout that is proposed for the year and not answered yet."""

    project: str
    year: int


@dataclass(frozen=True, kw_only=True)
class TakeBackOfYear:
    """Take an answer back, with all that it changed in the calendar."""

    project: str
    year: int
    key: str
