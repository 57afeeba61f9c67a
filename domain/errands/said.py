"""What is said once, besides events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar.announcements import Announcement
from domain.calendar.reasons import GateReason
from domain.checklists.model import NamedItem, Phase
from domain.criteria.model import Breach
from domain.events import Event
from domain.needs import Missing
from domain.notices.model import NoticeKind
from domain.people import Role
from domain.repository import Conflict
from domain.rollout.downtime import WhyOff
from domain.rollout.fine import NotFine
from domain.rollout.model import StepIs
from domain.types import Action, GitStep, ReleaseType, Stage


@dataclass(frozen=True, kw_only=True)
class Announce:
    """A calendar announcement. `ready` are the versions that are ready to go, `rolling` those that are going
    out and would be held, `name` that of a blackout, which may be `maintenance`.
    """

    announcement: Announcement
    version: str = ""
    ready: tuple[str, ...] = ()
    rolling: tuple[str, ...] = ()
    name: str = ""
    maintenance: bool = False


@dataclass(frozen=True, kw_only=True)
class ApprovalWaiting:
    """`escalated` when the role's own people did not answer and the next role is told."""

    release: str
    version: str
    asked_at: datetime
    waiting_for: tuple[str, ...]
    escalated: Role | None = None


@dataclass(frozen=True, kw_only=True)
class SoakOver:
    release: str
    version: str


@dataclass(frozen=True, kw_only=True)
class MonitoringOver:
    """`against` are the criteria that keep the release from being closed by itself, `missing` is what else
    does where all that was measured is fine. `blue` is kept for the way back until then.
    """

    release: str
    version: str
    candidate: int = 0
    against: tuple[Breach, ...] = ()
    missing: tuple[Missing, ...] = ()
    blue: bool = False


@dataclass(frozen=True, kw_only=True)
class StillVerifying:
    """Deployed at `deployed_at` and not verified in the whole time of its `monitoring`."""

    release: str
    version: str
    candidate: int
    deployed_at: datetime
    monitoring: timedelta


@dataclass(frozen=True, kw_only=True)
class QaDue:
    """QA was planned until `due`; the release is still in `stage`, in or before QA."""

    release: str
    version: str
    stage: Stage
    due: datetime
    deploy_at: datetime


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
    `reason`. `offered` is what can be done by who reads it; `escalated` for who is told as nobody answers.
    """

    release: str
    version: str
    candidate: int
    step: str
    state: StepIs
    since: datetime
    paused: bool = False
    reason: str = ""
    next: str = ""
    offered: tuple[Action, ...] = ()
    escalated: bool = False


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
class ItemDue:
    """An item of a checklist is not settled by the time that its owner was given. In a `room`, or not."""

    phase: Phase
    item: NamedItem
    due: datetime
    release: str = ""
    version: str = ""
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class ListOpens:
    """The list of some time after the rollout can be worked through from now on; so many items are `left`."""

    phase: Phase
    release: str
    version: str
    candidate: int
    left: int


@dataclass(frozen=True, kw_only=True)
class UrgentAhead:
    """An urgent release will be deployed soon; where it stands and who leads it."""

    release: str
    version: str
    type: ReleaseType
    stage: Stage
    deploy_at: datetime
    captain: str


@dataclass(frozen=True, kw_only=True)
class MissedWindow:
    """At the window's closing the release was still `waiting_on`."""

    release: str
    version: str
    waiting_on: str
    next_slots: tuple[datetime, ...]


@dataclass(frozen=True, kw_only=True)
class DateTaken:
    """A change of the calendar closed the time a release is planned for; `free` are the nearest others."""

    release: str
    version: str
    deploy_at: datetime
    reasons: tuple[GateReason, ...]
    free: tuple[datetime, ...]


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


@dataclass(frozen=True, kw_only=True)
class SeatEmpty:
    room: str
    roles: tuple[Role, ...]
    minutes: int


@dataclass(frozen=True, kw_only=True)
class NotCommander:
    """Told to who declared: `named` does not command, for want of the role or because `commander` does; `who`
    could.
    """

    room: str
    named: str
    commander: str
    who: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RoomOutside:
    """A channel was made the war room, and Slack does not let Naru in: somebody there must invite it."""

    room: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class OverBudget:
    room: str
    step: str
    minutes: int
    owner: str = ""
    commander: str = ""


@dataclass(frozen=True, kw_only=True)
class StepWaits:
    """It is the turn of a step of the way back, said to those `who` do it; with `minutes`, nobody has started
    it for so long. `stated` is the way back that a release without a `target` was given.
    """

    room: str
    version: str
    target: str
    step: str
    minutes: int
    who: tuple[str, ...]
    stated: str = ""


@dataclass(frozen=True, kw_only=True)
class PostmortemReminder:
    room: str
    version: str
    due: datetime
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class RoomToClose:
    """A war room without a rollback that was resolved, not closed; an `adopted` channel is not archived."""

    room: str
    version: str
    name: str
    channel: str
    resolved_at: datetime
    adopted: bool


@dataclass(frozen=True, kw_only=True)
class ActionItemDue:
    """Of a post-mortem, to its owner; `overdue` from the end of its day on."""

    room: str
    version: str
    item: str
    text: str
    owner: str
    due: datetime
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A person's words to people outside of the release, as they were written."""

    release: str
    kind: NoticeKind
    text: str
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskLeft:
    """Something that git could not do and a person must."""

    release: str
    version: str
    work: str
    problem: str
    detail: str = ""
    files: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DryRunDone:
    """What a step would do to which refs as the remote is now, or the names `taken`, or why it would fail."""

    release: str
    version: str
    step: GitStep
    refs: tuple[tuple[str, str], ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    taken: tuple[str, ...] = ()
    problem: str = ""
    detail: str = ""
    files: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RevertLeft:
    """Rolled back after its merge: `branches` still carry it until it is reverted or fixed on `source`."""

    release: str
    version: str
    branches: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class NotDone:
    """What was asked could not be done after the repository was read; the refusal says why."""

    event: Event


@dataclass(frozen=True, kw_only=True)
class RollbackNotice:
    """Told in the project's channel when a rollback is declared or completed."""

    room: str
    release: str
    version: str
    target: str
    done: bool
    seconds: int = 0


Said = (
    Event
    | Announce
    | ApprovalWaiting
    | SoakOver
    | MonitoringOver
    | QaDue
    | StepOver
    | GoOvertaken
    | RolloutUndecided
    | StillVerifying
    | ItemDue
    | ListOpens
    | UrgentAhead
    | Downtime
    | DowntimeOverrun
    | DowntimeCalledOff
    | MissedWindow
    | DateTaken
    | RolloutWaits
    | SeatEmpty
    | NotCommander
    | RoomOutside
    | OverBudget
    | StepWaits
    | PostmortemReminder
    | RoomToClose
    | ActionItemDue
    | Notice
    | TaskLeft
    | DryRunDone
    | RevertLeft
    | NotDone
    | RollbackNotice
)
