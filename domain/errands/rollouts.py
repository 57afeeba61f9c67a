"""What Naru says of a rollout by itself: what was watched, waits, or took the service down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar.reasons import GateReason
from domain.criteria.model import Breach
from domain.needs import Missing
from domain.people import Role
from domain.rollout.downtime import WhyOff
from domain.rollout.fine import NotFine
from domain.rollout.model import StepIs
from domain.types import Action


@dataclass(frozen=True, kw_only=True)
class MonitoringOver:
    """`against` are the criteria that keep the release from being closed by itself, `missing` is what else
    does where all that was measured is fine. `blue` is kept for the way back until then. `replaced` is the
    version that all users have in its place.
    """

    release: str
    version: str
    candidate: int = 0
    against: tuple[Breach, ...] = ()
    missing: tuple[Missing, ...] = ()
    blue: bool = False
    replaced: str = ""


@dataclass(frozen=True, kw_only=True)
class StillVerifying:
    """Deployed at `deployed_at` and not verified in the whole time of its `monitoring`."""

    release: str
    version: str
    candidate: int
    deployed_at: datetime
    monitoring: timedelta


@dataclass(frozen=True, kw_only=True)
class StepOver:
    """The rollout `step` has been watched for as long as it `lasts`: go on, pause, or roll back.

    The go begins the `next` one, which waits where the gate has `held` the rollout. Where it would have gone
    on by itself, `not_fine` says why it has not. `offered` is what can be done by who reads it.
    """

    release: str
    version: str
    candidate: int
    step: str
    lasts: timedelta
    next: str = ""
    held: bool = False
    not_fine: tuple[NotFine, ...] = ()
    offered: tuple[Action, ...] = (Action.STEP_DONE, Action.PAUSE, Action.DECLARE_ROLLBACK)


@dataclass(frozen=True, kw_only=True)
class RolloutUndecided:
    """Users have the new version, or may have it, and since `since` nobody has said how it goes on.

    The `step` under way is at `state`, DONE with an empty step when all are over; a `paused` rollout has a
    `reason`, and is `unheard` as in `Rollout`. `offered` is what can be done by who reads it;
    `escalated` for who is told as nobody answers. `late` where a deployer is at it much longer than planned;
    `url` is where that can be watched.
    """

    release: str
    version: str
    candidate: int
    step: str
    state: StepIs
    since: datetime
    paused: bool = False
    unheard: bool = False
    reason: str = ""
    next: str = ""
    offered: tuple[Action, ...] = ()
    escalated: bool = False
    late: bool = False
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class GoOvertaken:
    """To whoever went on from the step `left` to the one that `began`: right after it somebody paused,
    stopped or rolled back. Both are as in `WentOn`.
    """

    release: str
    version: str
    left: str
    began: str
    action: Action
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Downtime:
    """The service is down from `since`, probably until then; `ahead` of it. Once it is `over` it was."""

    release: str
    version: str
    since: datetime
    until: datetime
    ahead: bool = False
    over: bool = False


@dataclass(frozen=True, kw_only=True)
class DowntimeOverrun:
    """The service is down since then and was planned to be back at `until`. `roles` can bring it back."""

    release: str
    version: str
    since: datetime
    until: datetime
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DowntimeCalledOff:
    """A downtime that was announced or begun does not come, or ends as if it had not been."""

    release: str
    version: str
    since: datetime
    until: datetime
    why: WhyOff


@dataclass(frozen=True, kw_only=True)
class RolloutWaits:
    """An interrupted rollout still waits for a decision on `left`. Without `reasons` the gate is open again.

    `escalated` when who runs it did not decide, and the release managers are told.
    """

    release: str
    version: str
    candidate: int
    left: tuple[str, ...]
    since: datetime
    reasons: tuple[GateReason, ...] = ()
    next_open: datetime | None = None
    escalated: bool = False
