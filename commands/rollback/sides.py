"""Which side of a rollout still stands: users are sent back to it, to anything else is deployed first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from commands import production
from commands.context import Case
from commands.requests import DeclareRollback
from domain.project import Project
from domain.release import Release
from domain.rollback import Step
from domain.rollback.plan import steps_of
from domain.rollback.standing import goes_there, stands
from domain.types import RolloutStrategy
from storage.db import Tx

_TWO_SIDES = frozenset({RolloutStrategy.BLUE_GREEN, RolloutStrategy.CANARY})


def strategy_of(project: Project, release: Release) -> RolloutStrategy:
    """How the release went out; for one that was recorded without a rollout, how its type goes out."""
    rollout = release.rollout
    return rollout.strategy if rollout else project.policy.of(release.type).rollout


def standing(tx: Tx, project: Project, release: Release, target: str, at: datetime) -> bool:
    strategy = strategy_of(project, release)
    return stands(strategy, release, at) and goes_there(strategy, target, production.before(tx, release))


def planned(tx: Tx, case: Case, request: DeclareRollback, target: str) -> tuple[Step, ...]:
    """The steps of the way to this target, in their order."""
    return steps_of(
        strategy_of(case.project, case.release),
        case.project.policy.rollback,
        migration=request.migration,
        database_first=request.migration and request.database_first,
        standing=standing(tx, case.project, case.release, target, case.at),
    )


def which_stands(
    tx: Tx, project: Project, release: Release, targets: Iterable[str], at: datetime
) -> str | None:
    """The one of the targets that still stands, empty for none; None where no rollout leaves two sides."""
    if strategy_of(project, release) not in _TWO_SIDES:
        return None
    return next((one for one in targets if standing(tx, project, release, one, at)), "")
