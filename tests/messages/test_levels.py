"""How loud the turns of a release are in its thread."""

from __future__ import annotations

import pytest

from domain.alerts import Alert
from domain.errands import MonitoringOver, OverBudget, Said, SeatEmpty, StepWaits
from domain.events import Advanced, RoomResolved, SeatLeft, StepMoved
from domain.types import Action, Stage
from messages.lines.levels import alert_of


@pytest.mark.parametrize(
    ("action", "stage", "alert"),
    [
        (Action.VERIFIED, Stage.RELEASED, Alert.SUCCESS),
        (Action.FIX_FORWARD, Stage.VERIFYING, Alert.WARNING),
        (Action.DECLARE_ROLLBACK, Stage.ROLLING_BACK, Alert.CRITICAL),
        (Action.CLOSE, Stage.CLOSED, None),
    ],
)
def test_what_becomes_of_what_is_out_has_its_level(action: Action, stage: Stage, alert: Alert | None) -> None:
    said = Advanced(release="r1", version="1.5.0", action=action, source=Stage.VERIFYING, target=stage)
    assert alert_of(said) is alert


def test_the_end_of_the_monitoring_is_told_as_information() -> None:
    assert alert_of(MonitoringOver(release="r1", version="1.5.0")) is Alert.INFO


@pytest.mark.parametrize(
    ("said", "alert"),
    [
        (StepMoved(room="m1", step="traffic", state="started"), Alert.INFO),
        (StepMoved(room="m1", step="traffic", state="done"), Alert.SUCCESS),
        (StepMoved(room="m1", step="caches", state="skipped"), Alert.INFO),
        (StepMoved(room="m1", step="traffic", state="reopened"), Alert.WARNING),
        (OverBudget(room="m1", step="traffic", minutes=5), Alert.WARNING),
        (SeatEmpty(room="m1", roles=(), minutes=5), Alert.WARNING),
        (SeatLeft(room="m1", user="U1", roles=()), Alert.WARNING),
        (RoomResolved(room="m1", release="r1", summary="all well", seconds_to_restore=60), Alert.SUCCESS),
    ],
)
def test_each_step_of_the_way_back_has_its_level(said: Said, alert: Alert) -> None:
    assert alert_of(said) is alert


@pytest.mark.parametrize(("minutes", "alert"), [(0, Alert.INFO), (5, Alert.WARNING)])
def test_a_step_that_nobody_starts_warns(minutes: int, alert: Alert) -> None:
    waits = StepWaits(room="m1", version="1.5.0", target="1.4.0", step="traffic", minutes=minutes, who=())
    assert alert_of(waits) is alert
