"""What a year leaves to confirm, and what has been answered to it (spec 8.12).

Instants are aware UTC datetimes, starts inclusive and ends exclusive; days are local days of the project.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.calendar.blackouts import Blackout, Scope
from domain.calendar.holidays import Holiday
from domain.calendar.reasons import GateReason
from domain.names import Names

DATE = "date:"
"""How the keys of the cadence's dates begin; all others are those of proposals."""


class Choice(StrEnum):
    """What was done about one thing; the values are stored and stay."""

    ADDED = "added"
    NOT_NEEDED = "not_needed"
    MOVED = "moved"
    SKIPPED = "skipped"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`key` is that of the proposal or the date, `blackout` the id of the one that was added."""

    key: str
    choice: Choice
    by: str
    at: datetime
    blackout: str = ""


class Why(StrEnum):
    """Why a blackout is proposed."""

    AGAIN = "again"
    TURN = "turn"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A blackout that the year seems to need. Of one that comes again, `last_time` is when it began."""

    key: str
    why: Why
    names: Names
    start: datetime
    end: datetime
    reason: str = ""
    scope: Scope = field(default_factory=Scope)
    last_time: datetime | None = None

    def blackout(self) -> Blackout:
        """As the calendar would hold it."""
        return Blackout(
            id=self.key,
            name=self.names["en"],
            start=self.start,
            end=self.end,
            reason=self.reason,
            scope=self.scope,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DateConflict:
    """A date of the cadence that a holiday or a blackout takes something from.

    `day` is the day that the cadence gives it, `deploy_at` when it deploys now. `reasons` stand against the
    deploy; of one in a proposed blackout the subject is the proposal's key. `freeze` is the holiday on which
    the freeze would begin, `qa` those of its QA days. `move_to` is the nearest time at which nothing of that
    is in the way, None where there is none.
    """

    day: date
    deploy_at: datetime
    reasons: tuple[GateReason, ...] = ()
    freeze: Holiday | None = None
    qa: tuple[Holiday, ...] = ()
    move_to: datetime | None = None

    @property
    def key(self) -> str:
        return key_of(self.day)


def key_of(day: date) -> str:
    """The key of the date that the cadence gives that day."""
    return f"{DATE}{day.isoformat()}"


def day_of(key: str) -> date:
    """The other way round. Raises ValueError for any other key."""
    return date.fromisoformat(key.removeprefix(DATE))


@dataclass(frozen=True, slots=True)
class Added:
    """A proposal that is in the calendar now, as it stands there."""

    answer: Answer
    blackout: Blackout


@dataclass(frozen=True, slots=True)
class Changed:
    """A date that was moved to `deploy_at`, or that is skipped when it is None."""

    answer: Answer
    day: date
    deploy_at: datetime | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """What would be asked again, were it not for the answer."""

    answer: Answer
    about: Proposal | DateConflict


Done = Added | Changed | SetAside


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollover:
    """Everything of one year: to confirm, by time, and `done`, which can be taken back."""

    year: int
    proposals: tuple[Proposal, ...] = ()
    conflicts: tuple[DateConflict, ...] = ()
    done: tuple[Done, ...] = ()

    def proposal(self, key: str) -> Proposal | None:
        return next((one for one in self.proposals if one.key == key), None)

    def conflict(self, key: str) -> DateConflict | None:
        return next((one for one in self.conflicts if one.key == key), None)

    def answered(self, key: str) -> Done | None:
        return next((one for one in self.done if one.answer.key == key), None)
