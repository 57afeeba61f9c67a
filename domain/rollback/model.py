"""A war room as a frozen value: its seat, its steps with budgets, its times (spec 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.events import Event
from domain.people import Role
from domain.postmortem.model import ActionItem, Answer


class RoomState(StrEnum):
    """`open` a war room without a rollback, `rolling_back` with one, `resolved` until it is closed."""

    OPEN = "open"
    ROLLING_BACK = "rolling_back"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Criterion(StrEnum):
    """The rollback criteria that a person can tick (spec 6.1)."""

    ERROR_RATE = "error_rate"
    LATENCY = "latency"
    AVAILABILITY = "availability"
    CORE_FUNCTION = "core_function"
    DATA = "data"
    SECURITY = "security"
    RESOURCES = "resources"
    OTHER = "other"


class StepKey(StrEnum):
    """The steps of a rollback in the standard order; a database first or last depends on the rollout."""

    NOTICE = "notice"
    OUTAGE_NOTICE = "outage_notice"
    DATABASE = "database"
    APPLICATION = "application"
    TRAFFIC = "traffic"
    CACHES = "caches"
    HEALTH_CHECK = "health_check"
    CORE_FUNCTIONS = "core_functions"
    INTEGRATIONS = "integrations"
    COMPLETION_NOTICE = "completion_notice"


RESTORING = frozenset({StepKey.DATABASE, StepKey.APPLICATION, StepKey.TRAFFIC, StepKey.CACHES})
VERIFYING = frozenset({StepKey.HEALTH_CHECK, StepKey.CORE_FUNCTIONS, StepKey.INTEGRATIONS})


class StepState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"


ENDED = frozenset({StepState.DONE, StepState.SKIPPED})
ACTIVE = frozenset({RoomState.OPEN, RoomState.ROLLING_BACK})


@dataclass(frozen=True, kw_only=True)
class Step:
    """`budget` is how long it may take once started; `roles` who usually owns it. `turn_at` is since when it
    is to be begun, for a restoring step that nothing stands before; `failed` why its deployer could not do it
    (a `DeployWhy`, or the deployer's own words).
    """

    key: StepKey
    roles: tuple[Role, ...]
    budget: timedelta
    state: StepState = StepState.WAITING
    owner: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    warned: bool = False
    note: str = ""
    turn_at: datetime | None = None
    failed: str = ""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Who held the incident commander's seat, from when until when."""

    user: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Room:
    """A war room. `channel` is empty until Slack made it; times are business time.

    `database_first`: the old version cannot run on the new schema. `outage`: whether the service stops,
    None while nobody said. `stood_down_at` is when its rollback was called off, None where another one was
    declared since. `name` is the channel's name, before Slack made it the wanted one. `invited`
    are the user ids asked into the channel, `asked_in` is the channel in which its rollback was declared, if
    that is to be told where the room is, `called` the roles that were escalated to. `seat_asked_at` is
    when the call for a commander was posted. `restore_began_at` is when the first restoring step began,
    `mitigated_at` when the last one ended, `recovered_at` when the service was found to be normal again (the
    last check's end); time to restore is declared → recovered. `answers` and `items` are what people wrote
    for the post-mortem; `redeploy` is the id of the release that brings it out again, `redeploy_on` the day
    that is planned for that.
    """

    id: str
    project: str
    state: RoomState
    opened_at: datetime
    opened_by: str
    name: str
    release: str = ""
    version: str = ""
    channel: str = ""
    adopted: bool = False
    adopted_by: str = ""
    asked_in: str = ""
    revision: int = 0
    declared_at: datetime | None = None
    declared_by: str = ""
    stood_down_at: datetime | None = None
    target: str = ""
    criteria: tuple[Criterion, ...] = ()
    evidence: str = ""
    migration: bool = False
    database_first: bool = False
    outage: bool | None = None
    steps: tuple[Step, ...] = ()
    seats: tuple[Seat, ...] = ()
    seat_asked_at: datetime | None = None
    invited: tuple[str, ...] = ()
    called: tuple[Role, ...] = ()
    restore_began_at: datetime | None = None
    mitigated_at: datetime | None = None
    recovered_at: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: str = ""
    summary: str = ""
    postmortem_due: datetime | None = None
    postmortem_done_at: datetime | None = None
    postmortem_link: str = ""
    answers: tuple[Answer, ...] = ()
    items: tuple[ActionItem, ...] = ()
    redeploy: str = ""
    redeploy_on: date | None = None

    @property
    def commander(self) -> str:
        """Who holds the seat now, empty when nobody does."""
        return self.seats[-1].user if self.seats and self.seats[-1].until is None else ""

    @property
    def active(self) -> bool:
        return self.state in ACTIVE

    @property
    def restore_begun(self) -> bool:
        return self.restore_began_at is not None

    @property
    def owed(self) -> tuple[ActionItem, ...]:
        """The action items that are still open."""
        return tuple(item for item in self.items if item.open)

    @property
    def seconds_to_restore(self) -> int:
        """Declared → recovered (spec 6.2), 0 while that is not known."""
        if self.declared_at is None or self.recovered_at is None:
            return 0
        return int((self.recovered_at - self.declared_at).total_seconds())

    def step(self, key: StepKey) -> Step | None:
        return next((step for step in self.steps if step.key is key), None)


@dataclass(frozen=True)
class Entry:
    """A line of a room's timeline. `user` is empty for the bot."""

    at: datetime
    user: str
    event: Event
