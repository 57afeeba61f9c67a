"""The steps of a rollback come in the order of spec 6.2, with the policy's budgets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.people import Role
from domain.policy import RollbackPolicy
from domain.rollback import RESTORING, Step, StepKey, StepState
from domain.rollback.plan import begun, steps_of
from domain.types import RolloutStrategy

AT = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
NOTICES = ["notice", "outage_notice"]
CHECKS = ["caches", "health_check", "core_functions", "integrations", "completion_notice"]


@pytest.mark.parametrize(
    ("strategy", "migration", "restore"),
    [
        (RolloutStrategy.BLUE_GREEN, False, ["traffic"]),
        (RolloutStrategy.BLUE_GREEN, True, ["traffic", "database"]),
        (RolloutStrategy.CANARY, False, ["traffic"]),
        (RolloutStrategy.CANARY, True, ["traffic", "database"]),
        (RolloutStrategy.ROLLING, False, ["application", "traffic"]),
        (RolloutStrategy.ROLLING, True, ["database", "application", "traffic"]),
        (RolloutStrategy.BIG_BANG, False, ["application", "traffic"]),
        (RolloutStrategy.BIG_BANG, True, ["database", "application", "traffic"]),
    ],
)
def test_order_follows_the_rollout(strategy: RolloutStrategy, migration: bool, restore: list[str]) -> None:  # noqa: FBT001 - a column of the table
    steps = steps_of(strategy, RollbackPolicy(), migration=migration)

    assert [step.key.value for step in steps] == [*NOTICES, *restore, *CHECKS]
    assert {step.state for step in steps} == {StepState.WAITING}


@pytest.mark.parametrize("strategy", RolloutStrategy)
def test_where_the_old_version_cannot_run_on_the_new_schema_the_database_is_first(
    strategy: RolloutStrategy,
) -> None:
    steps = steps_of(strategy, RollbackPolicy(), migration=True, database_first=True)

    restore = [step.key for step in steps if step.key in RESTORING]
    usual = [step.key for step in steps_of(strategy, RollbackPolicy(), migration=True)]
    assert restore[0] is StepKey.DATABASE
    assert sorted(step.key for step in steps) == sorted(usual)


def test_without_a_migration_nothing_comes_before_the_traffic() -> None:
    first = steps_of(RolloutStrategy.CANARY, RollbackPolicy(), migration=False, database_first=True)

    assert first == steps_of(RolloutStrategy.CANARY, RollbackPolicy(), migration=False)


def test_budgets_are_the_policys() -> None:
    policy = RollbackPolicy(
        notice_budget=timedelta(minutes=1),
        restore_budget=timedelta(minutes=2),
        verify_budget=timedelta(minutes=3),
        completion_budget=timedelta(minutes=4),
    )

    steps = steps_of(RolloutStrategy.BLUE_GREEN, policy, migration=True)

    assert {step.key.value: step.budget // timedelta(minutes=1) for step in steps} == {
        "notice": 1,
        "outage_notice": 1,
        "traffic": 2,
        "database": 2,
        "caches": 2,
        "health_check": 3,
        "core_functions": 3,
        "integrations": 3,
        "completion_notice": 4,
    }


def test_only_the_notice_runs_at_first() -> None:
    steps = begun(steps_of(RolloutStrategy.ROLLING, RollbackPolicy(), migration=False), "U1", AT)

    assert steps[0] == Step(
        key=StepKey.NOTICE,
        roles=(Role.INCIDENT_COMMANDER,),
        budget=timedelta(minutes=5),
        state=StepState.RUNNING,
        owner="U1",
        started_at=AT,
    )
    assert {step.state for step in steps[1:]} == {StepState.WAITING}


@pytest.mark.parametrize(
    ("outage", "informer", "notice"),
    [
        (None, "U2", {}),
        (True, "U2", {"state": StepState.RUNNING, "owner": "U2", "started_at": AT}),
        (True, "", {"state": StepState.RUNNING, "owner": "U1", "started_at": AT}),
        (False, "U2", {"state": StepState.SKIPPED, "ended_at": AT}),
    ],
)
def test_the_outage_notice_follows_what_is_known(
    outage: bool | None,  # noqa: FBT001 - a column of the table
    informer: str,
    notice: dict[str, object],
) -> None:
    planned = steps_of(RolloutStrategy.ROLLING, RollbackPolicy(), migration=False)

    steps = begun(planned, "U1", AT, outage=outage, informer=informer)

    assert steps[1] == replace(planned[1], **notice)  # type: ignore[arg-type]  # columns of the table
    assert steps[2:] == (replace(planned[2], turn_at=AT), *planned[3:])
