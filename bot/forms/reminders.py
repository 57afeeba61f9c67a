"""The form of who puts a reminder off."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build
from bot.payloads import State
from commands.requests import Request, SnoozeReminder
from domain.reminders import Later
from messages.ids import Form, Target
from messages.modals import later


def _later(target: Target, state: State) -> Request:
    chosen = Later(state.choice(later.LATER))
    return SnoozeReminder(project=target.project, reminder=target.reminder, later=chosen)


FORMS: Mapping[Form, Build] = {Form.LATER: _later}
FIELDS: Mapping[Form, str] = {Form.LATER: later.LATER}
