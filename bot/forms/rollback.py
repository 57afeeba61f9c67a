"""Forms of a rollback, its war room and its lock."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build
from bot.payloads import State
from commands.requests import (
    DeclareRollback,
    Escalate,
    FinishPostmortem,
    LiftLock,
    LogLine,
    MoveStep,
    Request,
    Resolve,
    StandDown,
)
from domain.people import Role
from domain.rollback import Criterion
from messages.buttons import PAUSED
from messages.ids import Form, Target
from messages.modals import project, rollback, room


def _rollback(target: Target, state: State) -> Request:
    criteria = tuple(Criterion(value) for value in state.choices(rollback.CRITERIA))
    return DeclareRollback(
        release=target.release,
        criteria=criteria,
        evidence=state.text(rollback.EVIDENCE),
        migration=bool(state.yes(rollback.MIGRATION)),
        database_first=state.yes(rollback.OLD_RUNS) is False,
        outage=state.yes(rollback.OUTAGE),
        target=state.choice(rollback.TARGET),
        commander=state.user(rollback.COMMANDER),
        room=target.room,
        from_step=target.step,
        from_paused=target.state == PAUSED,
    )


def _step(target: Target, state: State) -> Request:
    return MoveStep(
        room=target.room,
        step=target.step,
        state=target.state,
        owner=state.user(room.OWNER),
        note=state.text(room.NOTE),
    )


def _escalate(target: Target, state: State) -> Request:
    role = state.choice(room.ROLE)
    return Escalate(room=target.room, role=Role(role) if role else None, note=state.text(room.NOTE))


FORMS: Mapping[Form, Build] = {
    Form.ROLLBACK: _rollback,
    Form.STEP: _step,
    Form.LOG: lambda target, state: LogLine(room=target.room, text=state.text(room.TEXT)),
    Form.ESCALATE: _escalate,
    Form.RESOLVE: lambda target, state: Resolve(room=target.room, summary=state.text(room.SUMMARY)),
    Form.STAND_DOWN: lambda target, state: StandDown(room=target.room, reason=state.text(room.REASON)),
    Form.POSTMORTEM: lambda target, state: FinishPostmortem(room=target.room, link=state.text(room.LINK)),
    Form.LIFT_LOCK: lambda target, state: LiftLock(
        project=target.project,
        reason=state.text(project.REASON),
        release=state.choice(project.LOCK) or target.release,
    ),
}

FIELDS: Mapping[Form, str] = {
    Form.ROLLBACK: rollback.EVIDENCE,
    Form.LOG: room.TEXT,
    Form.RESOLVE: room.SUMMARY,
    Form.STAND_DOWN: room.REASON,
    Form.POSTMORTEM: room.LINK,
    Form.LIFT_LOCK: project.REASON,
}
