"""The list of a release's changes: what is done with one of them, and the list as it is afterwards."""

from __future__ import annotations

from dataclasses import replace

from bot.payloads import Pressed
from commands.requests import CorrectMessage, Request, TakeBackChange
from domain.refusals import Gone, Refused
from messages.ids import Form, Press

WAYS = frozenset({Press.LEAVE_OUT, Press.TAKE_BACK_CHANGE, Press.CORRECT, Press.AS_IN_GIT})
AT_ONCE = frozenset({Press.TAKE_BACK_CHANGE, Press.AS_IN_GIT})
"""Without words; the list follows."""
IN_PLACE = frozenset({Press.SCOPE, Press.LEAVE_OUT, Press.CORRECT, Press.COMPARE})
"""One modal turns into the other: each has the way back."""
FORMS = frozenset({Form.LEAVE_OUT, Form.CORRECT})
"""Go back to the list that they were opened from."""


def unfolded(pressed: Pressed) -> Pressed:
    """A change's overflow stands for the press that its option names. Raises Refused."""
    if pressed.target.step not in WAYS:
        raise Refused(Gone("button"))
    return replace(pressed, press=Press(pressed.target.step), target=replace(pressed.target, step=""))


def request_of(pressed: Pressed) -> Request:
    """Of what is done at once."""
    target = pressed.target
    if pressed.press is Press.TAKE_BACK_CHANGE:
        return TakeBackChange(release=target.release, sha=target.key)
    return CorrectMessage(release=target.release, commit=target.key)
