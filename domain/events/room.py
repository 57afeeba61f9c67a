"""War rooms, rollbacks and the deploy lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.people import Role
from domain.rollout.model import WentOn


@dataclass(frozen=True, kw_only=True)
class LockSet:
    release: str
    version: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LockLifted:
    """The lock that `version` had set; deploys stay locked by those of the versions in `still`."""

    reason: str
    version: str = ""
    still: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoomOpened:
    """`channel` is one that was already there, empty where one is made."""

    room: str
    release: str
    version: str
    name: str
    channel: str = ""


@dataclass(frozen=True, kw_only=True)
class RoomNotMade:
    """Slack, with its `code`, made no channel `name`: the room has none until one is adopted for it. `lost`
    is the id of one that it had: somebody archived it, or it is gone.
    """

    room: str
    release: str
    version: str
    name: str
    code: str
    lost: str = ""


@dataclass(frozen=True, kw_only=True)
class RoomLeads:
    """Where the rollback of `version` is led; `merged` where another war room of its release ended with it.
    `channel` is empty until it is made.
    """

    room: str
    version: str
    name: str
    channel: str = ""
    merged: bool = False


@dataclass(frozen=True, kw_only=True)
class RollbackDeclared:
    """`went` is the go of the rollout that whoever declared it had not seen; `overlooked` a migration that QA
    or detection knows of, where the answer was that there is none.
    """

    room: str
    release: str
    version: str
    target: str
    criteria: tuple[str, ...]
    evidence: str
    migration: bool
    went: WentOn | None = None
    overlooked: bool = False


@dataclass(frozen=True, kw_only=True)
class RoomChannelMade:
    room: str
    channel: str
    name: str


@dataclass(frozen=True, kw_only=True)
class SeatTakenBy:
    """The incident commander's seat; `handed_by` is empty when it was free."""

    room: str
    user: str
    handed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class SeatLeft:
    """`user` held the incident commander's seat and counts no more; those of `roles` may take it now."""

    room: str
    user: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True)
class StepMoved:
    """A step of the rollback. `state` is started, done, skipped, reopened or added; `no_outage` is why the
    notice of one was skipped at once.
    """

    room: str
    step: str
    state: str
    owner: str = ""
    note: str = ""
    no_outage: bool = False


@dataclass(frozen=True, kw_only=True)
class Logged:
    """`said_by` and `said_at` are those of a message that was put on the timeline as it stood."""

    room: str
    text: str
    said_by: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Escalated:
    room: str
    to: Role
    users: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RoomResolved:
    """`plain` where nothing was rolled back: there is no post-mortem, the room is closed by itself."""

    room: str
    release: str
    summary: str
    seconds_to_restore: int = 0
    plain: bool = False


@dataclass(frozen=True, kw_only=True)
class RoomClosed:
    """A war room without a rollback; its channel is archived unless it was `adopted`."""

    room: str
    version: str
    adopted: bool


@dataclass(frozen=True, kw_only=True)
class PostmortemDone:
    room: str
    link: str = ""
