"""The form of a reading."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build, FieldError
from bot.payloads import State
from commands.requests import EnterReading, Request
from domain.refusals import TextMissing
from messages.ids import Form, Target
from messages.modals import reading


def _reading(target: Target, state: State) -> Request:
    metric, text = state.choice(reading.METRIC), state.text(reading.VALUE)
    if not metric:
        raise FieldError(reading.METRIC, TextMissing("choice"))
    return EnterReading(release=target.release, metric=metric, text=text, note=state.text(reading.NOTE))


FORMS: Mapping[Form, Build] = {Form.READING: _reading}
FIELDS: Mapping[Form, str] = {Form.READING: reading.VALUE}
