"""What was measured, and what it means for a release (spec 5.3)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.health.model import Reading
from domain.health.turns import Turn
from domain.types import Environment


@dataclass(frozen=True, kw_only=True)
class ReadingsGiven:
    """By a person or a pipeline. `release` is empty where none was under way there."""

    environment: Environment
    readings: tuple[Reading, ...]
    release: str = ""
    version: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HealthTurned:
    """Metrics went out of their ranges, came back, or cannot be measured; `ranges` are theirs, as written."""

    release: str
    version: str
    environment: Environment
    turns: tuple[Turn, ...]
    ranges: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BaselineMissing:
    """The time before the deploy of a release could not be asked for: `readings` say why. It is asked for
    `again` with the next rounds; without any reading it was found in the end.
    """

    release: str
    version: str
    readings: tuple[Reading, ...]
    again: bool = False
