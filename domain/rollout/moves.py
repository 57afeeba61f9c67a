"""What happens to a rollout, from rollout to rollout: pure, with its times kept (spec 5.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.rollout.model import GoOn, PlannedStep, StepTimes
from domain.rollout.plans import keys
from domain.rollout.rollout import Rollout
from domain.types import RolloutStrategy


def set_out(
    strategy: RolloutStrategy,
    plan: tuple[PlannedStep, ...],
    at: datetime,
    *,
    automatic: bool = False,
    go_on: GoOn = GoOn.BY_HAND,
) -> Rollout:
    """The first step begins."""
    rollout = Rollout(strategy=strategy, steps=keys(plan), plan=plan, automatic=automatic, go_on=go_on)
    return begun(rollout, at)


def begun(rollout: Rollout, at: datetime) -> Rollout:
    """The step under way begins, or begins again after a pause or a failure."""
    times = rollout.times_of(rollout.done)
    again = replace(
        times, began=times.began or at, live=None, failed="", attempt=times.attempt + 1, took=None
    )
    return replace(_with(rollout, again), since=at)


def begins(before: Rollout | None, after: Rollout) -> bool:
    """Whether a step has begun in between, or begun again."""
    return after.attempts > (before.attempts if before else 0)


def went_live(rollout: Rollout, at: datetime) -> Rollout:
    """It is out: it is watched from now on."""
    times = replace(rollout.times_of(rollout.done), live=at, failed="", took=_took(rollout, at))
    return replace(_with(rollout, times), since=at)


def failed(rollout: Rollout, why: str) -> Rollout:
    """Paused until somebody decides; a pause that somebody has asked for keeps its reason."""
    times = replace(rollout.times_of(rollout.done), live=None, failed=why, took=None)
    return replace(_with(rollout, times), paused=True, pause_reason=rollout.pause_reason or why)


def ended(rollout: Rollout, at: datetime) -> Rollout:
    """The step under way is done, and the next one is the one under way; it has not begun."""
    times = rollout.times_of(rollout.done)
    over = times if times.live else replace(times, live=at, took=_took(rollout, at))
    over = replace(over, ended=at)
    return replace(_with(rollout, over), done=rollout.done + 1, since=at)


def paused(rollout: Rollout, why: str, at: datetime | None = None) -> Rollout:
    return replace(rollout, paused=True, pause_reason=why, since=at or rollout.since)


def went_on(rollout: Rollout, at: datetime) -> Rollout:
    """What was live is watched anew; what was not begins again."""
    going_on = replace(rollout, paused=False, pause_reason="", interruption=None, since=at)
    if going_on.complete or going_on.live:
        return going_on
    began = going_on.times_of(going_on.done).began
    return going_on if began and not going_on.automatic else begun(going_on, at)


def _took(rollout: Rollout, at: datetime) -> timedelta | None:
    """How long somebody was at the step under way, without a pause: after one a deployer begins anew, and
    people go on from where nobody knows.
    """
    held = rollout.paused and not rollout.ending
    whole = rollout.automatic or rollout.since == rollout.times_of(rollout.done).began
    return at - rollout.since if rollout.since and whole and not held else None


def _with(rollout: Rollout, times: StepTimes) -> Rollout:
    """The times of the step under way; what was recorded without times has blanks before them."""
    before = tuple(rollout.times_of(index) for index in range(rollout.done))
    return replace(rollout, times=(*before, times, *rollout.times[rollout.done + 1 :]))
