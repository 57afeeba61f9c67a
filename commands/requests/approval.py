"""What approvers ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.approvals import Outcome
from domain.release import Due, Unmet


@dataclass(frozen=True, kw_only=True)
class NewCondition:
    text: str
    owner: str = ""
    due: Due = Due.BEFORE_DEPLOY
    due_at: datetime | None = None
    unmet: Unmet = Unmet.BLOCKS


@dataclass(frozen=True, kw_only=True)
class Decide:
    """`candidate` is the rc number on the button that was pressed."""

    release: str
    candidate: int
    outcome: Outcome
    comment: str = ""
    conditions: tuple[NewCondition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WithdrawDecision:
    release: str
    candidate: int


@dataclass(frozen=True, kw_only=True)
class MeetCondition:
    release: str
    condition: str
    evidence: str = ""
