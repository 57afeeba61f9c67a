"""What a deploy still needs: its soak, lists, people, gate, approval, and its place among others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.calendar.gate import GateAnswer
from domain.checklists.model import NamedItem, Phase
from domain.people import Role
from domain.release import ConfirmItem
from domain.types import Action, ReleaseType, Stage


@dataclass(frozen=True)
class NotSoaked:
    until: datetime


@dataclass(frozen=True)
class NotConfirmed:
    item: ConfirmItem


@dataclass(frozen=True)
class ItemsOpen:
    """Items of a checklist that are neither done nor waived; `failed` are the keys of those known to fail."""

    phase: Phase
    items: tuple[NamedItem, ...]
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConditionOpen:
    text: str
    owner: str


@dataclass(frozen=True)
class GateClosed:
    answer: GateAnswer


@dataclass(frozen=True)
class HeadUnknown:
    branch: str


@dataclass(frozen=True)
class OutsideApproval:
    """The approval is bound to another commit than the head of the branch."""

    approved: str
    head: str


@dataclass(frozen=True)
class OtherDeploying:
    version: str
    stage: Stage


@dataclass(frozen=True)
class UrgentFirst:
    """A hotfix or emergency in progress blocks planned deploys."""

    version: str
    type: ReleaseType


@dataclass(frozen=True)
class OlderUnfinished:
    version: str
    stage: Stage


@dataclass(frozen=True)
class HotfixUnfinished:
    """The hotfix that was started to mend this release is still on its way."""

    version: str
    stage: Stage


@dataclass(frozen=True)
class NoStakeholder:
    pass


@dataclass(frozen=True)
class Unmeetable:
    """After separation of duties only `eligible` people are left for a requirement of `count`."""

    role: Role
    count: int
    eligible: int


@dataclass(frozen=True)
class NobodyHolds:
    """`steps` are for `roles`, and nobody of the project has one of these."""

    roles: tuple[Role, ...]
    steps: tuple[Action | ConfirmItem, ...]


@dataclass(frozen=True)
class RejectionStands:
    """A plain resume is refused: the rejection is withdrawn, or a new candidate is built."""

    by: str


@dataclass(frozen=True)
class NotRejected:
    """From a hold without a rejection one resumes; only a rejection is answered with a new candidate."""
