"""When the steps of a rollout were meant to be, and when it will probably be over (spec 5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.rollout.model import NO_TIME, PlannedStep
from domain.rollout.rollout import Rollout

SLOWEST, FASTEST = 4.0, 0.25
"""One strange step does not carry the estimate away."""


@dataclass(frozen=True)
class Planned:
    """When a step was meant to begin and to be over, as the rollout set out."""

    begins: datetime
    ends: datetime


def planned(rollout: Rollout) -> tuple[Planned, ...]:
    """By the plan alone, from when the first step began; empty for a rollout without plan or times."""
    start = rollout.times_of(0).began
    if start is None or not rollout.as_planned:
        return ()
    return tuple(_one_after_another(rollout.plan, start))


def _one_after_another(plan: tuple[PlannedStep, ...], start: datetime) -> Iterator[Planned]:
    at = start
    for step in plan:
        ends = at + step.expected + step.watch
        yield Planned(at, ends)
        at = ends


def ends_about(rollout: Rollout, at: datetime) -> datetime | None:
    """From what is left, by how long it took so far; None while it is paused, over, or without a plan."""
    if rollout.paused or rollout.complete or not rollout.as_planned:
        return None
    pace = _pace(rollout)
    left = _left_of_step(rollout, at, pace)
    for step in rollout.plan[rollout.done + 1 :]:
        left += step.expected * pace + step.watch
    return at + left


def _left_of_step(rollout: Rollout, at: datetime, pace: float) -> timedelta:
    """Never less than nothing: what takes longer than planned may be over at any moment."""
    step = rollout.plan[rollout.done]
    passed = at - rollout.since if rollout.since else NO_TIME
    whole = step.watch if rollout.live else step.expected * pace + step.watch
    return max(whole - passed, NO_TIME)


def _pace(rollout: Rollout) -> float:
    """How much longer than expected the steps took that are live already; 1 before the first."""
    meant = took = NO_TIME
    for index, step in enumerate(rollout.plan):
        lasted = rollout.times_of(index).took
        if step.expected and lasted is not None:
            meant, took = meant + step.expected, took + lasted
    return min(max(took / meant, FASTEST), SLOWEST) if meant else 1.0
