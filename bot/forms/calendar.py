"""Forms of the calendar: dates of a release, freezes, blackouts, windows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import available_timezones

from bot.forms.fields import Build, FieldError, moment
from bot.payloads import State
from commands.requests import (
    AddBlackout,
    AddWindow,
    BeginFreeze,
    ChangeOccurrence,
    LiftFreeze,
    MoveBlackout,
    Request,
    Retarget,
)
from domain.calendar.blackouts import BlackoutKind
from domain.calendar.changes import SLOT
from domain.calendar.fields import Weekday
from domain.calendar.rules import WeeklyWindow
from domain.refusals import EndsBeforeStart, TextMissing, Unreadable
from domain.types import Environment, ReleaseType
from messages.ids import Form, Target
from messages.modals import blackout, dates, occurrence, project
from messages.modals.fields import OWN_ZONE


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


def _blackout(target: Target, state: State) -> Request:
    begins, ends = _times(state)
    chosen = state.choices(blackout.PROJECTS)
    return AddBlackout(
        project=chosen[0] if chosen else target.project,
        name=state.text(blackout.NAME),
        start=begins,
        end=ends,
        reason=state.text(blackout.REASON),
        yearly=state.ticked(blackout.YEARLY),
        kind=BlackoutKind(state.choice(blackout.KIND)),
        types=tuple(ReleaseType(kind) for kind in state.choices(blackout.TYPES)),
        environments=tuple(Environment(one) for one in state.choices(blackout.ENVIRONMENT)),
        also=chosen[1:],
        zone=_zone(state, blackout.ZONE),
    )


def _zone(state: State, name: str) -> str:
    """Empty for the project's own."""
    chosen = state.choice(name)
    if chosen not in {"", OWN_ZONE, *available_timezones()}:
        raise FieldError(name, Unreadable("zone", chosen))
    return "" if chosen == OWN_ZONE else chosen


def _blackout_move(target: Target, state: State) -> Request:
    begins, ends = _times(state)
    return MoveBlackout(
        project=target.project,
        blackout=target.blackout,
        start=begins,
        end=ends,
        reason=state.text(blackout.REASON),
    )


def _times(state: State) -> tuple[datetime, datetime]:
    begins, ends = state.moment(blackout.START), state.moment(blackout.END)
    if begins is None or ends is None:
        raise FieldError(blackout.START if begins is None else blackout.END, TextMissing("date"))
    if ends <= begins:
        raise FieldError(blackout.END, EndsBeforeStart(begins, ends))
    return begins, ends


def _occurrence(target: Target, state: State) -> Request:
    what = state.choice(occurrence.WHAT)
    begins, ends = state.moment(occurrence.START), state.moment(occurrence.END)
    moves = what == occurrence.MOVE
    if moves and begins is None:
        raise FieldError(occurrence.START, TextMissing("date"))
    if moves and ends is None and target.state != SLOT:
        raise FieldError(occurrence.END, TextMissing("date"))
    if moves and begins and ends and ends <= begins:
        raise FieldError(occurrence.END, EndsBeforeStart(begins, ends))
    return ChangeOccurrence(
        project=target.project,
        of=target.state,
        day=date.fromisoformat(state.choice(occurrence.DAY)),
        cancelled=what == occurrence.CANCEL,
        start=begins if moves else None,
        end=ends if moves else None,
        reason=state.text(occurrence.REASON),
    )


def _window(target: Target, state: State) -> Request:
    opens, closes = state.clock(project.FROM), state.clock(project.TO)
    if opens is None or closes is None:
        raise FieldError(project.FROM if opens is None else project.TO, TextMissing("time"))
    if closes <= opens and closes.isoformat() != "00:00:00":
        raise FieldError(project.TO, EndsBeforeStart(f"{opens:%H:%M}", f"{closes:%H:%M}"))
    zone = _zone(state, project.ZONE) or None
    weekday = Weekday(state.choice(project.WEEKDAY))
    window = WeeklyWindow(weekday=weekday, from_=opens, to=closes, zone=zone)
    return AddWindow(project=target.project, window=window)


FORMS: Mapping[Form, Build] = {
    Form.RETARGET: _retarget,
    Form.FREEZE: _freeze,
    Form.BLACKOUT: _blackout,
    Form.BLACKOUT_MOVE: _blackout_move,
    Form.OCCURRENCE: _occurrence,
    Form.WINDOW: _window,
}

FIELDS: Mapping[Form, str] = {
    Form.RETARGET: dates.DEPLOY_AT,
    Form.FREEZE: dates.REASON,
    Form.BLACKOUT: blackout.NAME,
    Form.BLACKOUT_MOVE: blackout.START,
    Form.OCCURRENCE: occurrence.DAY,
    Form.WINDOW: project.FROM,
}
