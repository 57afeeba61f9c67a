"""How loud the turns of a release are in its thread."""

from __future__ import annotations

import pytest

from domain.alerts import Alert
from domain.errands import MonitoringOver
from domain.events import Advanced
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
