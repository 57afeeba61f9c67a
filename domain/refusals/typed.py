"""What was typed and cannot be made sense of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class UnknownProject:
    text: str
    known: tuple[str, ...]
    guess: str = ""


@dataclass(frozen=True)
class WhichProject:
    known: tuple[str, ...]


@dataclass(frozen=True)
class UnknownRelease:
    text: str
    known: tuple[str, ...]
    guess: str = ""


@dataclass(frozen=True)
class WhichRelease:
    known: tuple[str, ...]


@dataclass(frozen=True)
class NoRelease:
    """There is none on its way; with `out` none that has gone out, or is going."""

    project: str
    out: bool = False


@dataclass(frozen=True)
class UnknownVerb:
    text: str
    guess: str


@dataclass(frozen=True)
class Unreadable:
    """A word that should be a `what` (date, role, weekday, person, number…) is not. `example` shows one."""

    what: str
    text: str
    example: str = ""
    guess: str = ""


@dataclass(frozen=True)
class InThePast:
    """A moment, or a whole day as it was typed."""

    moment: datetime | date


@dataclass(frozen=True)
class EndsBeforeStart:
    """Moments, or whole days as they were chosen, or times of day as text."""

    start: datetime | date | str
    end: datetime | date | str


@dataclass(frozen=True)
class Overlaps:
    """`name` is already there for part of that time."""

    name: str
    start: datetime | str
    end: datetime | str


@dataclass(frozen=True)
class BadVersion:
    """`problem` is one of: not_semver, in_use, not_higher, below_production, pre_release."""

    text: str
    problem: str
    other: str = ""
    proposed: str = ""


@dataclass(frozen=True)
class TextMissing:
    """A form field that must have text."""

    field: str


@dataclass(frozen=True)
class BlankLeft:
    """A draft that still has words between ⟦ and ⟧, which a person has to replace."""

    field: str


@dataclass(frozen=True)
class TooLong:
    field: str
    limit: int
