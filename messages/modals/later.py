"""Put a reminder off. Field (block id): `later` (radio: a `Later`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.reminders import Later
from messages import blocks
from messages.blocks import Element
from messages.dates import moment
from messages.ids import Form, Target
from messages.modals.fields import View, form
from messages.names import word
from messages.texts import Reader

LATER = "later"
_NAMES = {
    Later.QUARTER: word("In 15 minutes"),
    Later.HOUR: word("In 1 hour"),
    Later.THREE_HOURS: word("In 3 hours"),
    Later.MORNING: word("Tomorrow at 09:00"),
}


def later(reader: Reader, target: Target, choices: Mapping[Later, datetime]) -> View:
    """`choices` says when each is; after a weekend or a holiday, tomorrow is the next working day."""
    t = reader.t
    options = [blocks.option(t(text), one, moment(reader, choices[one])) for one, text in _NAMES.items()]
    element: Element = {
        "type": "radio_buttons",
        "action_id": LATER,
        "options": options,
        "initial_option": options[0],
    }
    hint = t("“Tomorrow” is the next working day. Others are reminded as before.")
    field = blocks.field(t("Remind me"), element, LATER, hint=hint)
    return form(reader, Form.LATER, t("Remind me later"), [field], submit=t("Remind me"), target=target)
