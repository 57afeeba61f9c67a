"""What Naru says in and around a war room by itself: who has to act, what takes too long, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.people import Role


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
    """`step` is a step's key, or a `Part` where all of its steps together take too long."""

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
class StepGiven:
    """A step of the way back that is under way, said to whom somebody else gave it; `note` came with it."""

    room: str
    release: str
    version: str
    target: str
    step: str
    note: str = ""


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
class RollbackNotice:
    """Told in the project's channel when a rollback is declared or completed."""

    room: str
    release: str
    version: str
    target: str
    done: bool
    seconds: int = 0
