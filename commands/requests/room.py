"""War rooms, rollbacks and the deploy lock."""

from __future__ import annotations

from dataclasses import dataclass

from domain.checklists.model import Phase
from domain.people import Role
from domain.rollback import Criterion


@dataclass(frozen=True, kw_only=True)
class LiftLock:
    """`release` is the one that set the lock; it need not be named where only one stands."""

    project: str
    reason: str
    release: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenRoom:
    """`adopt` is the channel to take as the room; empty makes a new one. `release` may be empty. A `playbook`
    is opened in it at once.
    """

    project: str
    release: str = ""
    adopt: str = ""
    playbook: Phase | None = None


@dataclass(frozen=True, kw_only=True)
class OpenPlaybook:
    """Open one of the emergency checklists in a war room."""

    room: str
    playbook: Phase


@dataclass(frozen=True, kw_only=True)
class DeclareRollback:
    """`room` names the war room from inside of which it is declared, else one is opened.

    `database_first`: the old version cannot run on the new schema; `outage`: whether the service stops, None
    where that is not known yet. `from_step` is the rollout step that its form was opened for, `from_paused`
    whether it was paused then.
    """

    release: str
    criteria: tuple[Criterion, ...]
    evidence: str
    migration: bool
    database_first: bool = False
    outage: bool | None = None
    target: str = ""
    commander: str = ""
    room: str = ""
    from_step: str = ""
    from_paused: bool = False


@dataclass(frozen=True, kw_only=True)
class TakeSeat:
    room: str


@dataclass(frozen=True, kw_only=True)
class HandSeat:
    room: str
    to: str


@dataclass(frozen=True, kw_only=True)
class MoveStep:
    """`state` is started, done, skipped or reopened; `owner` empty is who asks."""

    room: str
    step: str
    state: str
    owner: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LogLine:
    room: str
    text: str


@dataclass(frozen=True, kw_only=True)
class LogMessage:
    """Put a message of the room's channel, known by Slack's `ts`, on the timeline; `author` wrote it."""

    room: str
    ts: str
    text: str
    author: str = ""


@dataclass(frozen=True, kw_only=True)
class Escalate:
    room: str
    role: Role | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Resolve:
    """Ends the rollback (or the war room without one). `summary` goes to the completion notice."""

    room: str
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class StandDown:
    room: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FinishPostmortem:
    room: str
    link: str = ""
