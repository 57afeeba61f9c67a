"""One step of a rollout: as it is planned, and as it went (spec 5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NO_TIME = timedelta(0)


class GoOn(StrEnum):
    """Who lets an automatic deployer begin the next step; the values stand in policies and stay."""

    BY_HAND = "by_hand"
    WHEN_FINE = "when_fine"


class StepIs(StrEnum):
    """WAITING for the steps before it, RUNNING while it is deployed, WATCHED once it is live.

    A step that people carry out is RUNNING until they say that it is out: nobody but they know.
    """

    WAITING = "waiting"
    RUNNING = "running"
    WATCHED = "watched"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """`percent` of the users have the new version once it is live; batch `n` of `of`, 0 where there are none.

    It is `expected` to take so long until it is live, then watched for `watch`, by the metrics in `health`.
    """

    key: str
    percent: int
    n: int = 0
    of: int = 0
    watch: timedelta = NO_TIME
    expected: timedelta = NO_TIME
    health: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WentOn:
    """The last go: who let the rollout leave one step and begin the next, and when.

    Both are the same step where a pause ended, and `began` is empty once all steps are done.
    """

    by: str
    at: datetime
    left: str
    began: str


@dataclass(frozen=True, kw_only=True)
class StepTimes:
    """When a step began for the first time, was live, and was ended by the go; `failed` says why it did.

    `attempt` counts how often it was begun: after a pause or a failure it begins again. It `took` so long
    to be live from when it was begun last; None where a pause leaves that unknown.
    """

    began: datetime | None = None
    live: datetime | None = None
    ended: datetime | None = None
    attempt: int = 0
    failed: str = ""
    took: timedelta | None = None
