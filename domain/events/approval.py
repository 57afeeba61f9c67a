"""What approvers were asked and what they said."""

from __future__ import annotations

from dataclasses import dataclass

from domain.approvals import Outcome
from domain.readiness_rules import ReadinessCheck


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked:
    """`again` says why it is asked once more: new candidate, lapsed, moved. `lenient` are the checks of the
    way back that the policy takes less strictly than the defaults.
    """

    release: str
    version: str
    candidate: int
    sha: str
    policy: str
    again: str = ""
    relaxed: tuple[str, ...] = ()
    lenient: tuple[ReadinessCheck, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decided:
    release: str
    version: str
    candidate: int
    sha: str
    outcome: Outcome
    comment: str = ""
    conditions: tuple[str, ...] = ()
    replaces: Outcome | None = None
    policy: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionWithdrawn:
    release: str
    version: str
    candidate: int
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class ApprovalsLapsed:
    """Decisions that count no more; `why` is new_candidate, time, role_lost, moved."""

    release: str
    version: str
    candidate: int
    why: str
    users: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConditionMet:
    release: str
    version: str
    condition: str
    text: str
    evidence: str = ""
