"""What must be done outside, as the payload of outbox rows: messages, living messages, git work, rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.calendar.announcements import Announcement
from domain.calendar.reasons import GateReason
from domain.events import Event
from domain.people import Role
from domain.types import Action


class SurfaceKind(StrEnum):
    """The living messages: each is always rendered from the state of its subject."""

    CARD = "card"
    APPROVAL = "approval"
    APPROVAL_COPY = "approval_copy"
    EXCEPTION = "exception"
    JUDGEMENT = "judgement"
    CLOSE_QUESTION = "close_question"
    ROOM_SUMMARY = "room_summary"
    ROOM_STATE = "room_state"
    SEAT = "seat"
    POSTMORTEM = "postmortem"
    OUTLOOK = "outlook"


@dataclass(frozen=True)
class Surface:
    """`subject` is a release, `release/rc`, `project/day`, room or exception id; `audience` a user id, or
    empty for the place that belongs to the subject (the project's channel, the release's thread, the room).
    """

    kind: SurfaceKind
    subject: str
    audience: str = ""


# --- where a one-off message goes -------------------------------------------------------------------------


@dataclass(frozen=True)
class InThread:
    release: str


@dataclass(frozen=True)
class InChannel:
    channel: str


@dataclass(frozen=True)
class ToPerson:
    user: str


@dataclass(frozen=True)
class Privately:
    """An ephemeral line: cannot be looked up afterwards, so it is sent at most once."""

    channel: str
    user: str


@dataclass(frozen=True)
class InRoom:
    room: str


Place = InThread | InChannel | ToPerson | Privately | InRoom


# --- what is said besides events --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Announce:
    """A calendar announcement. `ready` are the versions that are ready to go, `name` that of a blackout,
    which may be `maintenance`.
    """

    announcement: Announcement
    version: str = ""
    ready: tuple[str, ...] = ()
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
    release: str
    version: str


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
class OverBudget:
    room: str
    step: str
    minutes: int
    owner: str = ""
    commander: str = ""


@dataclass(frozen=True, kw_only=True)
class PostmortemReminder:
    room: str
    version: str
    due: datetime
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class TaskLeft:
    """Something that git could not do and a person must."""

    release: str
    version: str
    work: str
    problem: str
    detail: str = ""
    files: tuple[str, ...] = ()


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
    | MissedWindow
    | DateTaken
    | RolloutWaits
    | SeatEmpty
    | OverBudget
    | PostmortemReminder
    | TaskLeft
    | RevertLeft
    | NotDone
    | RollbackNotice
)


# --- errands ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Tell:
    """Say one thing once. `by` is who caused it; `late` marks what missed its moment."""

    project: str
    to: Place
    said: Said
    by: str = ""
    at: datetime
    late: bool = False


@dataclass(frozen=True)
class Show:
    """Post a living message, or update it when what it shows has changed."""

    surface: Surface


@dataclass(frozen=True)
class ShowCopies:
    """Update the living messages that people have of this subject in their DMs."""

    subject: str


@dataclass(frozen=True)
class ReadRepository:
    project: str


@dataclass(frozen=True)
class ReadHead:
    """Read the branch's head for a waiting action; the report decides. `action` None only watches."""

    project: str
    release: str
    action: Action | None = None


@dataclass(frozen=True)
class CutBranch:
    project: str
    release: str


@dataclass(frozen=True)
class TagCandidate:
    project: str
    release: str
    candidate: int
    sha: str


@dataclass(frozen=True)
class FinishRelease:
    """Tag the approved commit and merge the branch back; `only_tag` for pipelines that a tag starts."""

    project: str
    release: str
    only_tag: bool = False


@dataclass(frozen=True)
class DropBranch:
    project: str
    release: str


@dataclass(frozen=True)
class MakeRoom:
    room: str


@dataclass(frozen=True)
class InviteToRoom:
    room: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class SetRoomTopic:
    room: str


@dataclass(frozen=True)
class PinInRoom:
    room: str
    surface: Surface


@dataclass(frozen=True)
class ArchiveRoom:
    room: str


class Picture(StrEnum):
    """What a picture of the calendar shows: a month, or the releases of the coming weeks."""

    MONTH = "month"
    TIMELINE = "timeline"


@dataclass(frozen=True, kw_only=True)
class PostPicture:
    """Draw a picture of a project's calendar and post it. `month` is the first day of the month meant; `by`
    asked for it.
    """

    project: str
    picture: Picture
    month: date
    to: InChannel | ToPerson
    by: str


GitErrand = ReadRepository | ReadHead | CutBranch | TagCandidate | FinishRelease | DropBranch
RoomErrand = MakeRoom | InviteToRoom | SetRoomTopic | PinInRoom | ArchiveRoom
SlackErrand = Tell | Show | ShowCopies | PostPicture | RoomErrand
Errand = GitErrand | SlackErrand
