"""What is said once, besides events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.calendar.announcements import Announcement
from domain.calendar.reasons import GateReason
from domain.checklists.model import NamedItem, Phase
from domain.errands.rollouts import (
    Downtime,
    DowntimeCalledOff,
    DowntimeOverrun,
    GoOvertaken,
    MonitoringOver,
    RolloutUndecided,
    RolloutWaits,
    StepOver,
    StillVerifying,
)
from domain.errands.rooms import (
    ActionItemDue,
    NotCommander,
    OverBudget,
    PostmortemReminder,
    RollbackNotice,
    RoomOutside,
    RoomToClose,
    SeatEmpty,
    StepGiven,
    StepWaits,
)
from domain.events import Event
from domain.notices.model import NoticeKind
from domain.people import Role
from domain.repository import Conflict
from domain.types import GitStep, ReleaseType, Stage


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
class QaDue:
    """QA was planned until `due`; the release is still in `stage`, in or before QA."""

    release: str
    version: str
    stage: Stage
    due: datetime
    deploy_at: datetime


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
    | StepGiven
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
