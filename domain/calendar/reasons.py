"""What the gate is asked and the reasons it answers with."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.calendar.entries import GateRule
from domain.calendar.type_rules import TypeGate
from domain.names import Names
from domain.people import Role
from domain.types import Environment, ReleaseType


class GateAction(StrEnum):
    """What the gate is asked for (spec 3.2)."""

    DEPLOY = "deploy"
    MERGE_FEATURE = "merge_feature"
    MERGE_FIX = "merge_fix"


class Verdict(StrEnum):
    """The gate's answer; a later one beats an earlier one."""

    OPEN = "open"
    WARN = "warn"
    CLOSED = "closed"

    @property
    def weight(self) -> int:
        """Closed beats warn beats open."""
        return _WEIGHTS[self]


_WEIGHTS = {verdict: weight for weight, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Who wants what: `rules` are those of the type in the project's policy.

    A merge with a feature release's id goes to that release's own branch, any other to the main line.
    """

    action: GateAction
    release_type: ReleaseType
    rules: TypeGate
    release_id: str | None = None
    environment: Environment = Environment.PRODUCTION


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReason:
    """Why the gate is not simply open.

    `subject` identifies the entry (blackout id, release id, deploy day of a slot, day of a holiday; empty for
    weekly rules), `name` is its name, version or ISO date, `names` that of a holiday, `detail` the reason
    that somebody gave.
    `until` is when this reason ends, None when no clock ends it. `grantors` may grant an exception; nobody
    can when it is empty.
    """

    rule: GateRule
    verdict: Verdict
    subject: str = ""
    name: str = ""
    names: Names | None = None
    detail: str = ""
    until: datetime | None = None
    grantors: tuple[Role, ...] = ()

    @property
    def exceptionable(self) -> bool:
        return bool(self.grantors)
