"""The steps of one rollback, in the order that its rollout calls for (spec 6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.people import Role
from domain.policy import RollbackPolicy
from domain.rollback.model import RESTORING, VERIFYING, Room, Step, StepKey, StepState
from domain.rollback.turns import with_turn
from domain.types import RolloutStrategy

OWNERS: Mapping[StepKey, tuple[Role, ...]] = {
    StepKey.NOTICE: (Role.INCIDENT_COMMANDER,),
    StepKey.OUTAGE_NOTICE: (Role.SUPPORT, Role.PM),
    StepKey.DATABASE: (Role.DBA,),
    StepKey.APPLICATION: (Role.DEVOPS,),
    StepKey.TRAFFIC: (Role.DEVOPS,),
    StepKey.CACHES: (Role.DEVOPS,),
    StepKey.HEALTH_CHECK: (Role.DEVOPS, Role.ONCALL),
    StepKey.CORE_FUNCTIONS: (Role.QA_LEAD,),
    StepKey.INTEGRATIONS: (Role.TECH_LEAD, Role.QA_LEAD),
    StepKey.COMPLETION_NOTICE: (Role.INCIDENT_COMMANDER, Role.PM),
}
"""Who usually owns a step, in the order in which they are looked for."""

_VERIFY = (StepKey.HEALTH_CHECK, StepKey.CORE_FUNCTIONS, StepKey.INTEGRATIONS)


def steps_of(
    strategy: RolloutStrategy,
    policy: RollbackPolicy,
    *,
    migration: bool,
    database_first: bool = False,
    standing: bool = True,
) -> tuple[Step, ...]:
    """All steps, waiting; without a migration there is nothing to do on the database.

    `database_first` where the old version cannot run on the new schema: nobody is sent to it before.
    `standing` where a rollout with two sides still has the one that users came from (see `standing.stands`).
    """
    restore = _restore(strategy, database_first=database_first, standing=standing)
    keys = (
        StepKey.NOTICE,
        StepKey.OUTAGE_NOTICE,
        *(key for key in restore if migration or key is not StepKey.DATABASE),
        StepKey.CACHES,
        *_VERIFY,
        StepKey.COMPLETION_NOTICE,
    )
    return tuple(Step(key=key, roles=OWNERS[key], budget=_budget(key, policy)) for key in keys)


def _restore(strategy: RolloutStrategy, *, database_first: bool, standing: bool) -> tuple[StepKey, ...]:
    """Where the old version still stands, users go back to it first; elsewhere it is deployed first."""
    match strategy:
        case RolloutStrategy.BLUE_GREEN | RolloutStrategy.CANARY if standing:
            usual = (StepKey.TRAFFIC, StepKey.DATABASE)
            return usual[::-1] if database_first else usual
        case _:
            return StepKey.DATABASE, StepKey.APPLICATION, StepKey.TRAFFIC


def _budget(key: StepKey, policy: RollbackPolicy) -> timedelta:
    if key in RESTORING:
        return policy.restore_budget
    if key in VERIFYING:
        return policy.verify_budget
    return policy.completion_budget if key is StepKey.COMPLETION_NOTICE else policy.notice_budget


def with_database(room: Room) -> tuple[Step, ...]:
    """The steps with the one on the database where the plan would have had it, waiting."""
    after = {StepKey.APPLICATION, StepKey.CACHES} | ({StepKey.TRAFFIC} if room.database_first else set())
    at = next(n for n, step in enumerate(room.steps) if step.key in after)
    key, budget = StepKey.DATABASE, room.steps[at].budget
    return (*room.steps[:at], Step(key=key, roles=OWNERS[key], budget=budget), *room.steps[at:])


def begun(
    steps: tuple[Step, ...], owner: str, at: datetime, *, outage: bool | None = None, informer: str = ""
) -> tuple[Step, ...]:
    """The same steps with the first one, the notice, running, and the turn of the first that restores.

    `outage`: whether the service stops. Then the `informer` tells of it at once; where it goes on that notice
    is left out; it waits for somebody's decision while nobody knows.
    """
    first, notice, *rest = steps
    if outage:
        notice = replace(notice, state=StepState.RUNNING, owner=informer or owner, started_at=at)
    elif outage is not None:
        notice = replace(notice, state=StepState.SKIPPED, ended_at=at)
    running = replace(first, state=StepState.RUNNING, owner=owner, started_at=at)
    return with_turn((running, notice, *rest), at)
