"""How loud a line of a rollout, or of the way back, is (spec 5.2)."""

from __future__ import annotations

from collections.abc import Mapping

from domain import errands as e
from domain import events as v
from domain.alerts import Alert
from domain.errands import Said
from domain.types import Action
from messages.lines import criteria, deploys
from messages.lines.criteria import CriteriaSaid
from messages.lines.deploys import DeploySaid
from messages.lines.room import RoomSaid

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


_ALWAYS: Mapping[type, Alert] = {
    v.StepDone: Alert.INFO,
    v.StepFailed: Alert.CRITICAL,
    v.RolloutInterrupted: Alert.WARNING,
    e.RolloutWaits: Alert.WARNING,
    e.RolloutUndecided: Alert.WARNING,
    e.GoOvertaken: Alert.WARNING,
    e.DowntimeOverrun: Alert.WARNING,
    e.DowntimeCalledOff: Alert.INFO,
    e.MonitoringOver: Alert.INFO,
}
_WAY_BACK: Mapping[str, Alert] = {
    "started": Alert.INFO,
    "done": Alert.SUCCESS,
    "skipped": Alert.INFO,
    "reopened": Alert.WARNING,
    "added": Alert.WARNING,
}


def alert_of(said: Said) -> Alert | None:
    """None for a line that tells of no progress, or has a level for each of its parts."""
    if isinstance(said, RoomSaid):
        return _way_back(said)
    if isinstance(said, DeploySaid):
        return deploys.alert(said)
    if isinstance(said, CriteriaSaid):
        return criteria.alert(said)
    return _rollout(said)


def _way_back(said: RoomSaid) -> Alert | None:
    match said:
        case v.StepMoved():
            return _WAY_BACK.get(said.state)
        case v.RollbackDeclared() | e.RollbackNotice(done=False):
            return Alert.CRITICAL
        case e.OverBudget() | e.SeatEmpty() | v.SeatLeft():
            return Alert.WARNING
        case e.StepWaits():
            return Alert.WARNING if said.minutes else Alert.INFO
        case e.StepGiven():
            return Alert.INFO
        case v.RoomResolved() | e.RollbackNotice():
            return Alert.SUCCESS
        case _:
            return None


def _rollout(said: Said) -> Alert | None:
    match said:
        case v.Advanced():
            return _STEPS.get(said.action)
        case v.StepLive():
            return Alert.WARNING if said.paused else Alert.INFO
        case e.StepOver():
            return Alert.WARNING if said.not_fine else Alert.INFO
        case e.Downtime():
            return Alert.SUCCESS if said.over else Alert.WARNING
        case v.BaselineMissing():
            return Alert.WARNING if said.readings else Alert.SUCCESS
        case _:
            return _ALWAYS.get(type(said))
