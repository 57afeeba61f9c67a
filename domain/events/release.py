"""A release on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.calendar.reasons import GateReason
from domain.needs import NobodyHolds
from domain.people import Role
from domain.release import ConfirmItem
from domain.rollout.model import WentOn
from domain.types import Action, ReleaseType, Stage
from domain.versions.reasons import Reason


@dataclass(frozen=True, kw_only=True)
class ReleaseStarted:
    """`lower_than` is what the changes call for, `lower_because` why, where a lower version was chosen.
    `unstaffed` is what of its way nobody holds the roles for.
    """

    release: str
    version: str
    type: ReleaseType
    previous_version: str
    deploy_at: datetime | None
    freeze_at: datetime | None
    lower_than: str = ""
    lower_because: Reason | None = None
    unstaffed: tuple[NobodyHolds, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Advanced:
    """A step of the lifecycle. `note` is the reason, bug or result; `sha` the commit it speaks of.

    `went` is the go that whoever paused or stopped a rollout had not seen; `by_hand` as in `StepDone`.
    """

    release: str
    version: str
    action: Action
    source: Stage
    target: Stage
    candidate: int = 0
    sha: str = ""
    note: str = ""
    went: WentOn | None = None
    by_hand: str = ""


@dataclass(frozen=True, kw_only=True)
class QaReported:
    release: str
    version: str
    candidate: int
    migration: bool
    breaking: bool
    report: str = ""
    reservations: str = ""
    way_back: str = ""


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """Or `taken_back`, by who had confirmed it."""

    release: str
    version: str
    item: ConfirmItem
    candidate: int
    note: str = ""
    taken_back: bool = False


@dataclass(frozen=True, kw_only=True)
class StakeholdersNamed:
    release: str
    version: str
    users: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CaptainNamed:
    """Who leads a release from now on; `former` did, empty when the rotation decided at the start."""

    release: str
    version: str
    captain: str
    former: str = ""


@dataclass(frozen=True, kw_only=True)
class Retargeted:
    release: str
    version: str
    before: datetime | None
    after: datetime
    freeze_before: datetime | None
    freeze_after: datetime | None
    freeze_stays: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class StepDone:
    """`by_hand` is the step that begins and is left to people, where a deployer was at those before it."""

    release: str
    version: str
    step: str
    done: int
    total: int
    note: str = ""
    by_hand: str = ""


@dataclass(frozen=True, kw_only=True)
class StepLive:
    """A deployer has brought out the rollout `step`: if it is watched, `until` then, before the `next`.

    It is the `number`th of `total`; `by_itself` where it goes on without a person when all is fine. `paused`
    is why the rollout still is: it came out after all, and waits for somebody of `roles` to continue. `note`
    is what people say of it, whose word it is.
    """

    release: str
    version: str
    candidate: int
    step: str
    next: str
    until: datetime | None
    number: int
    total: int
    by_itself: bool = False
    paused: str = ""
    roles: tuple[Role, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StepFailed:
    """The deployer of the rollout `step` says that it went wrong; the rollout is paused."""

    release: str
    version: str
    candidate: int
    step: str
    why: str


@dataclass(frozen=True, kw_only=True)
class RolloutInterrupted:
    """The gate closed on a rollout: `step` was under way and may end, `left` have to wait."""

    release: str
    version: str
    candidate: int
    step: str
    left: tuple[str, ...]
    reasons: tuple[GateReason, ...]
    next_open: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ProductionConfirmed:
    """What a person said to run in production, once per project: empty when nothing does yet.

    `found` is the highest tag on main, as it was proposed.
    """

    version: str
    found: str
