"""Every typed "no": data only, without wording; `messages.refusals` has a sentence and a hint for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar.gate import GateAnswer
from domain.needs import Missing, Unmeetable
from domain.people import Role
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
class NotAllowed:
    """The person does not hold a role that may. `who` are the user ids who can."""

    what: str
    roles: tuple[Role, ...]
    who: tuple[str, ...]


@dataclass(frozen=True)
class NotAMember:
    """Guests, other workspaces' people, bots, and people outside the project's channel."""

    why: str
    channel: str = ""


@dataclass(frozen=True)
class UnknownProject:
    text: str
    known: tuple[str, ...]
    guess: str = ""


@dataclass(frozen=True)
class WhichProject:
    known: tuple[str, ...]


@dataclass(frozen=True)
class UnknownRelease:
    text: str
    known: tuple[str, ...]
    guess: str = ""


@dataclass(frozen=True)
class WhichRelease:
    known: tuple[str, ...]


@dataclass(frozen=True)
class NoRelease:
    project: str


@dataclass(frozen=True)
class UnknownVerb:
    text: str
    guess: str


@dataclass(frozen=True)
class Unreadable:
    """A word that should be a `what` (date, role, weekday, person, number…) is not. `example` shows one."""

    what: str
    text: str
    example: str = ""
    guess: str = ""


@dataclass(frozen=True)
class InThePast:
    """A moment, or a whole day as it was typed."""

    moment: datetime | date


@dataclass(frozen=True)
class EndsBeforeStart:
    """Moments, or whole days as they were chosen, or times of day as text."""

    start: datetime | date | str
    end: datetime | date | str


@dataclass(frozen=True)
class Overlaps:
    """`name` is already there for part of that time."""

    name: str
    start: datetime | str
    end: datetime | str


@dataclass(frozen=True)
class BadVersion:
    """`problem` is one of: not_semver, in_use, not_higher, below_production, pre_release."""

    text: str
    problem: str
    other: str = ""
    proposed: str = ""


@dataclass(frozen=True)
class CannotBeApproved:
    """After separation of duties a requirement could never be met; said before anything is created."""

    version: str
    missing: tuple[Unmeetable, ...]
    barred: tuple[str, ...]


@dataclass(frozen=True)
class NotYourSlot:
    """Somebody who cannot decide pressed a decision button. `who` can."""

    version: str
    who: tuple[str, ...]


@dataclass(frozen=True)
class OwnWork:
    """Separation of duties bars this person: `why` is `starter` or `author`."""

    version: str
    why: str
    who: tuple[str, ...]


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
class NothingToWithdraw:
    version: str


@dataclass(frozen=True)
class TextMissing:
    """A form field that must have text."""

    field: str


@dataclass(frozen=True)
class TooLong:
    field: str
    limit: int


@dataclass(frozen=True)
class Gone:
    """The thing a button speaks of is no longer there (`what`: blackout, exception, room, condition…)."""

    what: str


@dataclass(frozen=True)
class AlreadySo:
    """Nothing to do: it already is as asked. `what` names it, `by` who did it."""

    what: str
    by: str = ""


@dataclass(frozen=True)
class OwnExceptionRequest:
    """Never by who asks (spec 3.2)."""

    who: tuple[str, ...]


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
class RoleLocked:
    role: Role


@dataclass(frozen=True)
class OwnRoles:
    """Owners never change their own roles (spec 1)."""


@dataclass(frozen=True)
class NotInARoom:
    """The command speaks of a war room, and this channel is none."""

    open_rooms: tuple[str, ...]


@dataclass(frozen=True)
class SeatTaken:
    by: str


@dataclass(frozen=True)
class SeatNotYet:
    """Other roles may take the commander's seat from `at` on."""

    at: datetime
    who: tuple[str, ...]


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


Refusal = (
    NotReady
    | WrongStage
    | NotAllowed
    | NotAMember
    | UnknownProject
    | WhichProject
    | UnknownRelease
    | WhichRelease
    | NoRelease
    | UnknownVerb
    | Unreadable
    | InThePast
    | EndsBeforeStart
    | Overlaps
    | BadVersion
    | CannotBeApproved
    | NotYourSlot
    | OwnWork
    | Outdated
    | TooLate
    | NothingToWithdraw
    | TextMissing
    | TooLong
    | Gone
    | AlreadySo
    | OwnExceptionRequest
    | InPolicy
    | NoSuchOccurrence
    | NoException
    | ClosedOtherwise
    | NotJudgedYet
    | RoleLocked
    | OwnRoles
    | NotInARoom
    | SeatTaken
    | SeatNotYet
    | NoRollbackTarget
    | RepositoryUnknown
    | ProductionUnconfirmed
)


class Refused(Exception):
    """Carries one `Refusal` up to the frame of the command, which undoes, records and answers it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(type(refusal).__name__)
        self.refusal = refusal
