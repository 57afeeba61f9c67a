"""What a step of a rollout, its end, and work under way still need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.criteria.model import Breach
from domain.types import Action


@dataclass(frozen=True)
class StepNotLive:
    """Its deployer is still at the rollout step; `by_hand` people are, and have not said that it is out."""

    step: str
    by_hand: bool = False


@dataclass(frozen=True)
class StepUnheard:
    """Its deployer has left the rollout step without saying that it is out: who says so says why."""

    step: str


@dataclass(frozen=True)
class StepIsLive:
    """The rollout step is out already, all of them where `step` is empty."""

    step: str


@dataclass(frozen=True)
class StillWatched:
    """The rollout step is live; before `until` only a reason lets the next one begin."""

    step: str
    until: datetime


@dataclass(frozen=True)
class StillBreached:
    """Rollback criteria that nobody has put aside: the rollout reaches no more users."""

    breaches: tuple[Breach, ...]


@dataclass(frozen=True)
class RolloutPaused:
    """`reason` is a person's, empty where the calendar paused it and the gate is open again."""

    reason: str


@dataclass(frozen=True)
class StepsLeft:
    done: int
    total: int


@dataclass(frozen=True)
class NotPaused:
    pass


@dataclass(frozen=True)
class AlreadyInProduction:
    """Stopped after something reached production: only continue or roll back (spec 2.2)."""

    done: int


@dataclass(frozen=True)
class NotMerged:
    branch: str


@dataclass(frozen=True)
class StillMonitoring:
    until: datetime


@dataclass(frozen=True)
class WorkUnderWay:
    """The git worker is still at `action`, asked at `since`."""

    action: Action
    since: datetime
