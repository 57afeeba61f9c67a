"""What people and pipelines say that they measured."""

from __future__ import annotations

from dataclasses import dataclass

from domain.types import Environment


@dataclass(frozen=True, kw_only=True)
class GivenReading:
    """`value` is a share from 0 to 1, seconds, or a number, as `domain.health.model` says of its metric."""

    metric: str
    value: float
    samples: int | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportReadings:
    """By a pipeline. `by` is the name of its token."""

    project: str
    environment: Environment
    readings: tuple[GivenReading, ...]
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class EnterReading:
    """By a person, who read it somewhere: `text` is as written, like 180 ms."""

    release: str
    metric: str
    text: str
    note: str = ""
