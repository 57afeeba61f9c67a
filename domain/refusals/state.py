"""What cannot be done as things stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar.gate import GateAnswer
from domain.health.model import Reading
from domain.needs import Missing, Unmeetable
from domain.notices.model import NoticeAudience
from domain.schema_phases import Phase
from domain.types import Action, Stage


@dataclass(frozen=True)
class NotReady:
    """The action is right, but not all that it needs holds."""

    action: Action
    version: str
    stage: Stage
    missing: tuple[Missing, ...]
    release: str = ""


@dataclass(frozen=True)
class WrongStage:
    """The table has no such step from here. `possible` are the steps it has."""

    action: Action
    version: str
    stage: Stage
    possible: tuple[Action, ...]


@dataclass(frozen=True)
class CannotBeApproved:
    """After separation of duties a requirement could never be met; said before anything is created."""

    version: str
    missing: tuple[Unmeetable, ...]
    barred: tuple[str, ...]


@dataclass(frozen=True)
class StepPassed:
    """The button belongs to a rollout step that somebody has reported meanwhile; `under_way` is the next."""

    version: str
    step: str
    under_way: str


@dataclass(frozen=True)
class Outdated:
    """The button belongs to another candidate than the current one."""

    version: str
    shown: int
    current: int


@dataclass(frozen=True)
class TooLate:
    """Nothing is to be decided any more: the release went on to `stage`."""

    version: str
    stage: Stage


@dataclass(frozen=True)
class OtherStep:
    """A pipeline reports a step that is not under way; `under_way` is empty once all are done."""

    version: str
    step: str
    under_way: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class NothingToWithdraw:
    version: str


@dataclass(frozen=True)
class Gone:
    """The thing a button speaks of is no longer there (`what`: blackout, exception, room, condition…)."""

    what: str


@dataclass(frozen=True)
class NoChannel:
    """The policy names no channel for this audience of notices."""

    audience: NoticeAudience


@dataclass(frozen=True)
class AlreadySo:
    """Nothing to do: it already is as asked. `what` names it, `by` who did it."""

    what: str
    by: str = ""


@dataclass(frozen=True)
class InPolicy:
    """`name` stands in the policy file, or comes from `feed`, and is changed there."""

    name: str
    feed: str = ""


@dataclass(frozen=True)
class NoSuchOccurrence:
    """Nothing of `of` is due on `day`."""

    of: str
    day: date


@dataclass(frozen=True)
class NoException:
    """No exception can open this gate, or none is needed. The answer says why."""

    answer: GateAnswer


@dataclass(frozen=True)
class ClosedOtherwise:
    """Something else closes the gate at that time than what the form named. The answer says what."""

    answer: GateAnswer


@dataclass(frozen=True)
class NotJudgedYet:
    """An exception is judged when what it was granted for is over."""


@dataclass(frozen=True)
class NotInARoom:
    """The command speaks of a war room, and this channel is none."""

    open_rooms: tuple[str, ...]


@dataclass(frozen=True)
class SeatNotYet:
    """Other roles may take the commander's seat from `at` on."""

    at: datetime
    who: tuple[str, ...]


@dataclass(frozen=True)
class OutOfTurn:
    """A step of the way back that has to wait for the steps `before`, by key."""

    step: str
    before: tuple[str, ...]


@dataclass(frozen=True)
class MeasuredOut:
    """A step of the way back that says all is well, while `readings` are out of their ranges."""

    step: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class NoRollbackTarget:
    version: str


@dataclass(frozen=True)
class RepositoryUnknown:
    """The repository has not been read yet, or cannot be reached (`problem`)."""

    project: str
    problem: str = ""


@dataclass(frozen=True)
class ProductionUnconfirmed:
    """No release is recorded: a person says once whether `found`, the highest tag on main, is what runs."""

    project: str
    found: str


@dataclass(frozen=True)
class PhaseMissing:
    """A change of the schema has no release for the phase `needs`; `phase` None wants to end the change."""

    subject: str
    phase: Phase | None
    needs: Phase


@dataclass(frozen=True)
class PhaseOutOfOrder:
    """Phases come in order, each in a release of its own: `other` is taken by `other_version`."""

    subject: str
    phase: Phase
    version: str
    other: Phase
    other_version: str


@dataclass(frozen=True)
class UnknownSchemaChange:
    """No open change of that name; `known` are the open ones."""

    text: str
    known: tuple[str, ...]


@dataclass(frozen=True)
class NoMigration:
    """The release carries no migration that needs a way back, or not the one named; `known` do."""

    version: str
    path: str
    known: tuple[str, ...]
