"""Reminders of planned dates: one for each date, wherever it is moved."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.release import Release
from domain.reminders import of_urgent
from domain.types import BEFORE_DEPLOY, URGENT, ReleaseType, ReminderKind, Stage
from tests.support.builders import AT, release

MINUTE = timedelta(minutes=1)


def urgent(stage: Stage = Stage.CANDIDATE, deploy_at: datetime | None = AT) -> Release:
    return release(stage, type=ReleaseType.HOTFIX, deploy_at=deploy_at)


@given(st.integers(-120, 600))
def test_urgent_work_is_due_half_an_hour_ahead_or_at_once_and_over_with_its_time(minutes: int) -> None:
    at = AT - minutes * MINUTE
    found = [(one.kind, one.due, one.expires) for one in of_urgent(urgent(), at)]
    due = AT - 30 * MINUTE if minutes > 30 else at
    assert found == ([(ReminderKind.URGENT_AHEAD, due, AT)] if minutes > 0 else [])


@given(st.integers(1, 600), st.integers(1, 600))
def test_one_planned_date_has_one_key_whenever_it_is_looked_at(one: int, other: int) -> None:
    (first,) = of_urgent(urgent(), AT - one * MINUTE)
    (second,) = of_urgent(urgent(), AT - other * MINUTE)
    assert first.key == second.key


@pytest.mark.parametrize("kind", list(ReleaseType))
@pytest.mark.parametrize("stage", list(Stage))
def test_only_urgent_types_before_their_deploy_are_announced(kind: ReleaseType, stage: Stage) -> None:
    found = of_urgent(release(stage, type=kind), AT - MINUTE)
    assert bool(found) == (kind in URGENT and stage in BEFORE_DEPLOY)


def test_urgent_work_without_a_date_is_not_announced() -> None:
    assert of_urgent(urgent(deploy_at=None), AT) == ()
