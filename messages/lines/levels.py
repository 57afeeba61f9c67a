"""How loud a line of a rollout is (spec 5.2)."""

from __future__ import annotations

from collections.abc import Mapping

from domain import errands as e
from domain import events as v
from domain.alerts import Alert
from domain.errands import Said
from domain.types import Action

_STEPS: Mapping[Action, Alert] = {
    Action.DEPLOY: Alert.INFO,
    Action.PAUSE: Alert.WARNING,
    Action.CONTINUE: Alert.INFO,
    Action.STOP: Alert.WARNING,
    Action.ROLLOUT_COMPLETE: Alert.SUCCESS,
    Action.VERIFIED: Alert.SUCCESS,
    Action.FIX_FORWARD: Alert.WARNING,
    Action.DECLARE_ROLLBACK: Alert.CRITICAL,
}


def alert_of(said: Said) -> Alert | None:
    """None for a line that tells of no rollout."""
    match said:
        case v.Advanced():
            return _STEPS.get(said.action)
        case v.StepDone():
            return Alert.INFO
        case v.StepLive():
            return Alert.WARNING if said.paused else Alert.INFO
        case v.StepFailed():
            return Alert.CRITICAL
        case e.StepOver():
            return Alert.WARNING if said.not_fine else Alert.INFO
        case e.Downtime(over=True):
            return Alert.SUCCESS
        case e.DowntimeCalledOff() | e.MonitoringOver():
            return Alert.INFO
        case v.RolloutInterrupted() | e.RolloutWaits() | e.RolloutUndecided() | e.GoOvertaken():
            return Alert.WARNING
        case e.Downtime() | e.DowntimeOverrun():
            return Alert.WARNING
        case _:
            return None
