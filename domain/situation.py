"""The facts at the moment of a step, by which its guards judge."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from domain import needs as n
from domain.calendar.gate import GateAnswer
from domain.criteria.model import Breach
from domain.needs import Missing
from domain.notes.missing import Gap
from domain.people import Role, Roster
from domain.tokens import Scope
from domain.types import ReleaseType, Stage


@dataclass(frozen=True)
class Other:
    """What the guards need to know of another release of the project."""

    id: str
    version: str
    type: ReleaseType
    stage: Stage
    older: bool
    parent: str = ""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """The facts at the moment of a step. What a verb does not need keeps its default.

    `note` is the reason, bug or result that the person typed; `head` the commit that the remote's branch
    is at, empty when unknown; `scope_size` None when the repository was not read; `production` the
    version in production; `notes_gaps` what the policy wants in the notes and is not there; `unready` what a
    rollback would lack and the policy insists on; `items` what of the checklists of this step is open;
    `unstaffed` what of the way from a deploy on nobody holds the role for;
    `denied` what was detected and QA says is not there; `unwritten` the files that are missing on the branch,
    which `without_files` waives; `breaches` those that hold the rollout; `automatic` whether a deployer
    carries out its steps.
    `scopes` are those of the token of a machine.
    """

    at: datetime
    actor: str = ""
    roles: frozenset[Role] = frozenset()
    roster: Roster = field(default_factory=Roster)
    by_bot: bool = False
    scopes: frozenset[Scope] = frozenset()
    note: str = ""
    gate: GateAnswer | None = None
    head: str = ""
    scope_size: int | None = None
    taken_names: tuple[str, ...] = ()
    early: bool = False
    others: tuple[Other, ...] = ()
    production: str = ""
    qa_answered: bool = True
    denied: n.QaDeviates | None = None
    way_back: str = ""
    restore_open: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    restore_begun: bool = False
    monitoring_confirmed: bool = False
    notes_gaps: tuple[Gap, ...] = ()
    unready: tuple[Missing, ...] = ()
    items: tuple[Missing, ...] = ()
    unstaffed: tuple[Missing, ...] = ()
    unwritten: n.FilesNotWritten | None = None
    without_files: bool = False
    breaches: tuple[Breach, ...] = ()
    automatic: bool = False
