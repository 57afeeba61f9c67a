"""Forms of the calendar: dates of a release, freezes, exceptions, blackouts, windows."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build, FieldError, moment
from bot.payloads import State
from commands.requests import (
    AddBlackout,
    AddWindow,
    AskException,
    BeginFreeze,
    DecideException,
    LiftFreeze,
    Request,
    Retarget,
)
from domain.calendar.fields import Weekday
from domain.calendar.rules import WeeklyWindow
from domain.refusals import EndsBeforeStart, TextMissing
from messages.ids import Form, Target
from messages.modals import dates, exceptions, project


def _retarget(target: Target, state: State) -> Request:
    when = moment(state, dates.DEPLOY_AT, dates.SLOT)
    if when is None:
        raise FieldError(dates.DEPLOY_AT, TextMissing("deploy_at"))
    return Retarget(
        release=target.release,
        deploy_at=when,
        reason=state.text(dates.REASON),
        lift_freeze=state.ticked(dates.LIFT_FREEZE),
    )


def _freeze(target: Target, state: State) -> Request:
    reason = state.text(dates.REASON)
    if target.state == dates.LIFT:
        return LiftFreeze(release=target.release, reason=reason)
    return BeginFreeze(release=target.release, reason=reason)


def _exception(target: Target, state: State) -> Request:
    return AskException(
        release=target.release,
        blackout=target.blackout,
        what=state.text(exceptions.WHAT),
        why=state.text(exceptions.WHY),
        risk=state.text(exceptions.RISK),
        way_back=state.text(exceptions.WAY_BACK),
    )


def _exception_decision(target: Target, state: State) -> Request:
    hours = state.choice(exceptions.HOURS)
    return DecideException(
        exception=target.exception,
        grant=target.state == exceptions.GRANT,
        hours=int(hours) if hours.isdecimal() else 2,
        note=state.text(exceptions.NOTE),
    )


def _blackout(target: Target, state: State) -> Request:
    begins, ends = state.moment(project.START), state.moment(project.END)
    if begins is None or ends is None:
        raise FieldError(project.START if begins is None else project.END, TextMissing("date"))
    if ends <= begins:
        raise FieldError(project.END, EndsBeforeStart(begins, ends))
    return AddBlackout(
        project=target.project,
        name=state.text(project.NAME),
        start=begins,
        end=ends,
        reason=state.text(project.REASON),
    )


def _window(target: Target, state: State) -> Request:
    opens, closes = state.clock(project.FROM), state.clock(project.TO)
    if opens is None or closes is None:
        raise FieldError(project.FROM if opens is None else project.TO, TextMissing("time"))
    if closes <= opens and closes.isoformat() != "00:00:00":
        raise FieldError(project.TO, EndsBeforeStart(f"{opens:%H:%M}", f"{closes:%H:%M}"))
    window = WeeklyWindow(weekday=Weekday(state.choice(project.WEEKDAY)), from_=opens, to=closes)
    return AddWindow(project=target.project, window=window)


FORMS: Mapping[Form, Build] = {
    Form.RETARGET: _retarget,
    Form.FREEZE: _freeze,
    Form.EXCEPTION: _exception,
    Form.EXCEPTION_DECISION: _exception_decision,
    Form.BLACKOUT: _blackout,
    Form.WINDOW: _window,
}

FIELDS: Mapping[Form, str] = {
    Form.RETARGET: dates.DEPLOY_AT,
    Form.FREEZE: dates.REASON,
    Form.EXCEPTION: exceptions.WHY,
    Form.EXCEPTION_DECISION: exceptions.NOTE,
    Form.BLACKOUT: project.NAME,
    Form.WINDOW: project.FROM,
}
