"""Releases and situations in which nothing is missing; a test takes away what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.calendar.gate import GateAnswer, Verdict
from domain.people import Role, Roster
from domain.release import Candidate, Confirmation, ConfirmItem, Hold, QaReport, Release
from domain.rollout.model import StepTimes
from domain.rollout.rollout import Rollout
from domain.situation import Situation
from domain.types import ReleaseType, RolloutStrategy, Stage
from domain.versions import Version
from tests.support.world import DEV, ROLES

AT = datetime(2026, 3, 5, 5, tzinfo=UTC)
"""Thursday 5 March 2026, 14:00 in Seoul."""
SHA = "a" * 40
OPEN = GateAnswer(verdict=Verdict.OPEN, at=AT)
ROSTER = Roster({role: frozenset(users) for role, users in ROLES.items()})


def release(stage: Stage = Stage.CANDIDATE, **facts: Any) -> Release:
    """A release in this stage for which every guard holds, given `situation()`."""
    candidate = Candidate(1, SHA, AT - timedelta(days=2))
    known: dict[str, Any] = {
        "id": "r1",
        "project": "shop",
        "version": Version.parse("1.5.0"),
        "type": ReleaseType.REGULAR,
        "stage": stage,
        "stage_since": AT - timedelta(hours=1),
        "created_at": AT - timedelta(days=3),
        "started_by": DEV,
        "captain": DEV,
        "commits": (SHA,),
        "stakeholders": (DEV,),
        "branch": "release/v1.5.0",
        "previous_version": "1.4.0",
        "deploy_at": AT,
        "freeze_at": AT - timedelta(days=3),
        "candidate": candidate,
        "confirmations": tuple(Confirmation(item, DEV, AT, 1) for item in ConfirmItem),
        "soak_until": AT,
        "qa": QaReport(by=DEV, at=AT, candidate=1, migration=False, breaking=False),
        "merged": True,
        "monitoring_until": AT,
        "before_rollback": Stage.DEPLOYING,
        "hold": Hold(source=Stage.QA, by=DEV, at=AT, reason="wait") if stage is Stage.ON_HOLD else None,
    }
    return Release(**(known | facts))


def rollout(done: int = 0, **facts: Any) -> Rollout:
    known: dict[str, Any] = {
        "strategy": RolloutStrategy.CANARY,
        "steps": ("canary_10", "canary_50", "canary_100"),
    }
    return Rollout(done=done, **(known | facts))


def out(done: int = 0, **facts: Any) -> Rollout:
    """With the step under way out, and watched for long enough."""
    return rollout(done, times=(*(StepTimes() for _ in range(done)), StepTimes(live=AT)), **facts)


def situation(*roles: Role, **facts: Any) -> Situation:
    """Somebody with these roles, and nothing missing."""
    known: dict[str, Any] = {
        "at": AT,
        "actor": DEV,
        "roles": frozenset(roles),
        "roster": ROSTER,
        "note": "because",
        "gate": OPEN,
        "head": SHA,
        "production": "1.5.0",
        "scope_size": 3,
    }
    return Situation(**(known | facts))


def rejected(found: Release) -> Release:
    """The same release, on hold by a reject."""
    hold = Hold(source=Stage.APPROVAL, by="U0RM2", at=AT, reason="no", by_rejection=True)
    return replace(found, stage=Stage.ON_HOLD, hold=hold)
