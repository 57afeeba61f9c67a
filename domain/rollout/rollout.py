"""One rollout as a frozen value: its steps, how far it is, and what holds it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.rollout.model import NO_TIME, GoOn, PlannedStep, StepIs, StepTimes, WentOn
from domain.rollout.plans import known
from domain.types import RolloutStrategy

LATE = 3
"""A step that takes so many times as long as it was expected to is asked about."""
SOONEST = timedelta(minutes=5)
"""Nobody is asked earlier than this, however short a step was expected to be."""


@dataclass(frozen=True, kw_only=True)
class Interruption:
    """The gate closed on a rollout: `step` was under way and may still be reported done."""

    since: datetime
    step: str


@dataclass(frozen=True, kw_only=True)
class Rollout:
    """The steps of one rollout. `reached_production` is true once a step may have touched users.

    It is paused by a person, with a reason, or by the calendar, with an `interruption`, or by both. The step
    under way began, went live, was paused, or went on, at `since`. `plan` and `times` are the steps as
    planned and as they went, in the order of `steps`; a rollout that was recorded without them has none.
    `automatic` where a deployer carries the steps out, and `go_on` who lets it begin the next one; `went` is
    who did so last.
    """

    strategy: RolloutStrategy
    steps: tuple[str, ...]
    done: int = 0
    paused: bool = False
    pause_reason: str = ""
    interruption: Interruption | None = None
    since: datetime | None = None
    plan: tuple[PlannedStep, ...] = ()
    times: tuple[StepTimes, ...] = ()
    automatic: bool = False
    go_on: GoOn = GoOn.BY_HAND
    went: WentOn | None = None

    @property
    def step_under_way(self) -> str:
        """Empty once all are done."""
        return "" if self.complete else self.steps[self.done]

    @property
    def next_step(self) -> str:
        """The one after that which is under way; empty when it is the last."""
        return self.steps[self.done + 1] if self.done + 1 < len(self.steps) else ""

    @property
    def as_planned(self) -> bool:
        """Whether it was recorded with its plan."""
        return bool(self.plan) and len(self.plan) == len(self.steps)

    def planned(self, index: int) -> PlannedStep:
        return self.plan[index] if index < len(self.plan) else known(self.steps[index])

    def times_of(self, index: int) -> StepTimes:
        return self.times[index] if index < len(self.times) else StepTimes()

    def state(self, index: int) -> StepIs:
        """Derived from what was recorded; what was recorded without times is under way."""
        if index != self.done:
            return StepIs.DONE if index < self.done else StepIs.WAITING
        times = self.times_of(index)
        if times.failed:
            return StepIs.FAILED
        if times.live:
            return StepIs.WATCHED
        return StepIs.RUNNING if times.began or not self.plan else StepIs.WAITING

    @property
    def attempts(self) -> int:
        """How often any step was begun."""
        return sum(times.attempt for times in self.times)

    @property
    def live(self) -> bool:
        """Whether the step under way is out, and waits for the go."""
        return not self.complete and self.state(self.done) is StepIs.WATCHED

    @property
    def unheard(self) -> bool:
        """Whether the deployer has left the step under way, and nobody has said that it is out.

        It failed, was lost, or was told to leave it: a person may see more than the deployer said.
        """
        if self.complete or not self.automatic:
            return False
        state = self.state(self.done)
        left = state is StepIs.RUNNING and self.paused and not self.ending
        return left or state is StepIs.FAILED

    def has_brought_out(self, step: str) -> bool:
        """Whether somebody has said that `step` is out, by whatever way."""
        return step in self.steps[: self.done] or (self.live and step == self.step_under_way)

    @property
    def live_first(self) -> bool:
        """Whether the step under way is live before anybody goes on from it. What people carry out and nobody
        has to watch is done with one word.
        """
        return not self.complete and (self.automatic or bool(self.planned(self.done).watch))

    @property
    def by_itself(self) -> bool:
        """Whether it goes on without a person where all is fine."""
        return self.automatic and self.go_on is GoOn.WHEN_FINE

    @property
    def watch_until(self) -> datetime | None:
        """When what is live has been watched for its time."""
        return self.since + self.planned(self.done).watch if self.live and self.since else None

    @property
    def waits_since(self) -> datetime | None:
        """From when people have to decide on it, with users who have, or may have, the new version.

        None before anybody has, while a deployer is at work, and while the gate holds it: then that is asked.
        """
        if self.interruption is not None or not self.at_most:
            return None
        if self.live and not self.paused:
            return self.watch_until
        at_work = self.automatic and not (self.paused or self.complete)
        return None if at_work else self.since

    @property
    def late_from(self) -> datetime | None:
        """From when a deployer is much longer at the step than planned, though it may say that it runs.

        None while no deployer is at work. It matters before anybody has the new version, too.
        """
        at_work = self.automatic and not (self.complete or (self.paused and not self.ending))
        if not at_work or self.since is None or self.state(self.done) is not StepIs.RUNNING:
            return None
        return self.since + max(LATE * self.planned(self.done).expected, SOONEST)

    @property
    def ending(self) -> bool:
        """Whether it is paused but for the step that was under way when the gate closed."""
        mine = self.interruption and self.interruption.step == self.step_under_way
        return bool(mine and not self.pause_reason)

    @property
    def undecided(self) -> bool:
        """Whether the calendar left it with some users on the new version and some on the old one."""
        return self.interruption is not None and self.strategy in {
            RolloutStrategy.CANARY,
            RolloutStrategy.ROLLING,
        }

    @property
    def keeps_blue(self) -> bool:
        """Whether users are on the green side, and the blue one is kept for the way back."""
        return self.strategy is RolloutStrategy.BLUE_GREEN and self.percent > 0

    @property
    def complete(self) -> bool:
        return self.done >= len(self.steps)

    @property
    def percent(self) -> int:
        """How many of the users have the new version for sure."""
        reached = self.done if self.live else min(self.done, len(self.steps)) - 1
        return self.planned(reached).percent if reached >= 0 else 0

    @property
    def downtime(self) -> timedelta:
        """How long the service was planned to be down; none where the strategy keeps it up."""
        down = self.strategy is RolloutStrategy.BIG_BANG
        return self.planned(0).expected if down else NO_TIME

    @property
    def at_most(self) -> int:
        """How many of the users may have the new version: a step that has begun may be anywhere."""
        begun = not self.complete and self.times_of(self.done).began is not None
        return max(self.percent, self.planned(self.done).percent) if begun else self.percent

    @property
    def reached_production(self) -> bool:
        """A green side without traffic serves nobody; what has begun may have reached users."""
        return self.at_most > 0
