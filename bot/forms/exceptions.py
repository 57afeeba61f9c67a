"""Forms of freeze exceptions: asked, decided, revoked, judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.exception_modals import action_of
from bot.forms.fields import Build, FieldError
from bot.payloads import State
from commands.requests import AskException, DecideException, JudgeException, Request, RevokeException
from domain.calendar.exceptions import USUAL, ExceptionResult
from domain.refusals import TextMissing
from messages.ids import Form, Target
from messages.modals import exceptions, judgement


def _ask(target: Target, state: State) -> Request:
    return AskException(
        project=target.project,
        release=target.release,
        action=action_of(target),
        since=state.moment(exceptions.FROM),
        length=_length(state) or USUAL,
        single_use=state.choice(exceptions.USE) != exceptions.PERIOD,
        shown=target.closed,
        what=state.text(exceptions.WHAT),
        why=state.text(exceptions.WHY),
        risk=state.text(exceptions.RISK),
        way_back=state.text(exceptions.WAY_BACK),
    )


def _length(state: State) -> timedelta | None:
    """None where the form did not ask."""
    seconds = state.choice(exceptions.LENGTH)
    return timedelta(seconds=int(seconds)) if seconds.isdecimal() else None


def _decision(target: Target, state: State) -> Request:
    use = state.choice(exceptions.USE)
    return DecideException(
        exception=target.exception,
        grant=target.state == exceptions.GRANT,
        length=_length(state),
        single_use=use == exceptions.SINGLE if use else None,
        note=state.text(exceptions.NOTE),
    )


def _revoke(target: Target, state: State) -> Request:
    return RevokeException(exception=target.exception, reason=state.text(exceptions.NOTE))


def _judgement(target: Target, state: State) -> Request:
    return JudgeException(
        exception=target.exception,
        result=ExceptionResult(state.choice(judgement.RESULT)),
        urgent=_answer(state, judgement.URGENT),
        reason_true=_answer(state, judgement.REASON_TRUE),
        note=state.text(judgement.NOTE),
    )


def _answer(state: State, field: str) -> bool:
    answer = state.yes(field)
    if answer is None:
        raise FieldError(field, TextMissing("choice"))
    return answer


FORMS: Mapping[Form, Build] = {
    Form.EXCEPTION: _ask,
    Form.EXCEPTION_DECISION: _decision,
    Form.EXCEPTION_REVOKE: _revoke,
    Form.EXCEPTION_JUDGEMENT: _judgement,
}

FIELDS: Mapping[Form, str] = {
    Form.EXCEPTION: exceptions.FROM,
    Form.EXCEPTION_DECISION: exceptions.NOTE,
    Form.EXCEPTION_REVOKE: exceptions.NOTE,
    Form.EXCEPTION_JUDGEMENT: judgement.RESULT,
}
