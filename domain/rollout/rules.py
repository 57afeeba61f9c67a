"""The policy's rollouts: the steps of each strategy, how long they are watched, who goes on (spec 5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.fields import Rule
from domain.durations import Duration
from domain.health.model import ERROR_RATE, P95
from domain.rollout.model import NO_TIME, GoOn

MINUTE = timedelta(minutes=1)
ALL_USERS = 100
MOST_STEPS = 20
MOST_BATCHES = 50

Metric = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Share(Rule):
    """So many percent of the users get the new version, and are watched for so long."""

    percent: Annotated[int, Field(ge=1, le=100)]
    watch: Duration = NO_TIME
    expected: Duration = 5 * MINUTE


Shares = Annotated[tuple[Share, ...], Field(max_length=MOST_STEPS)]


def _rising(shares: Sequence[Share]) -> None:
    """Raises where the steps do not lead to all users, one more than the other."""
    percents = [share.percent for share in shares]
    if not percents or percents[-1] != ALL_USERS:
        raise PydanticCustomError("rollout_not_whole", "the last step reaches all users: percent 100")
    for one, other in pairwise(percents):
        if other <= one:
            raise PydanticCustomError(
                "rollout_not_rising",
                "each step reaches more users than the one before",
                {"percent": other, "before": one},
            )


class BlueGreenRules(Rule):
    """`green` is how long the new side is expected to take; then traffic is switched, at once or in steps."""

    green: Duration = 10 * MINUTE
    traffic: Shares = (Share(percent=100),)

    @field_validator("traffic")
    @classmethod
    def _whole(cls, traffic: tuple[Share, ...]) -> tuple[Share, ...]:
        _rising(traffic)
        return traffic


class CanaryRules(Rule):
    steps: Shares = (
        Share(percent=10, watch=15 * MINUTE),
        Share(percent=50, watch=30 * MINUTE),
        Share(percent=100),
    )

    @field_validator("steps")
    @classmethod
    def _whole(cls, steps: tuple[Share, ...]) -> tuple[Share, ...]:
        _rising(steps)
        return steps


class RollingRules(Rule):
    """Each batch of instances is expected to take so long, and is watched for so long."""

    batches: Annotated[int, Field(ge=1, le=MOST_BATCHES)] = 3
    watch: Duration = NO_TIME
    expected: Duration = 5 * MINUTE


class BigBangRules(Rule):
    """The service is down for `downtime` while all is deployed; told `announce_before` the planned deploy."""

    downtime: Duration = 30 * MINUTE
    announce_before: Duration | None = None

    @model_validator(mode="after")
    def _something_is_announced(self) -> BigBangRules:
        if self.announce_before and not self.downtime:
            raise PydanticCustomError("rollout_no_downtime", "what is announced lasts for a while")
        return self


class RolloutRules(Rule):
    """`health` are the metrics that are watched at each step. Who can decide on a rollout that waits for them
    is asked again each `ask_every`.
    """

    go_on: GoOn = GoOn.BY_HAND
    ask_every: Annotated[Duration, Field(ge=MINUTE, le=timedelta(days=1))] = 30 * MINUTE
    health: Annotated[tuple[Metric, ...], Field(max_length=MOST_STEPS)] = (ERROR_RATE, P95)
    blue_green: BlueGreenRules = BlueGreenRules()
    canary: CanaryRules = CanaryRules()
    rolling: RollingRules = RollingRules()
    big_bang: BigBangRules = BigBangRules()

    @model_validator(mode="after")
    def _something_is_watched(self) -> RolloutRules:
        if self.go_on is GoOn.WHEN_FINE and not self.health:
            raise PydanticCustomError("rollout_unwatched", "what goes on by itself is watched by something")
        return self
