"""What forms have in common: a field that cannot be read, and a moment from one of two fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot.payloads import State
from commands.requests import Request
from domain.refusals import Refusal
from messages.ids import Target

Build = Callable[[Target, State], Request | None]
"""None where there is nothing to ask for: the form is closed as it was opened."""


class FieldError(Exception):
    """A field that cannot be read; the modal keeps what was typed and shows the reason beside it."""

    def __init__(self, field: str, refusal: Refusal) -> None:
        super().__init__(field)
        self.field = field
        self.refusal = refusal


def moment(state: State, picker: str, slot: str) -> datetime | None:
    """The picker beats the slot."""
    picked = state.moment(picker)
    chosen = state.choice(slot)
    if picked is None and chosen.isdecimal():
        return datetime.fromtimestamp(int(chosen), UTC)
    return picked
