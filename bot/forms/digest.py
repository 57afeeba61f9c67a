"""The form of one's own digest."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build
from bot.payloads import State
from commands.requests import ChooseDigest, Request
from messages.ids import Form, Target
from messages.modals import digest


def _digest(_target: Target, state: State) -> Request:
    return ChooseDigest(on=state.yes(digest.ON) is not False, at=state.clock(digest.AT))


FORMS: Mapping[Form, Build] = {
    Form.DIGEST: _digest,
}

FIELDS: Mapping[Form, str] = {
    Form.DIGEST: digest.AT,
}
