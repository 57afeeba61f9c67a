"""One line for everything that is said: in threads, channels, rooms and DMs, and privately to who did it."""

from __future__ import annotations

from domain.errands import Said
from domain.events import Denied, Event
from messages.alerts import level
from messages.blocks import SECTION, Block, channel, context, cut, section, user
from messages.criteria.buttons import line_buttons
from messages.lines.answers import answerable, settling
from messages.lines.buttons import buttons_for, undo_for
from messages.lines.criteria import CriteriaSaid
from messages.lines.levels import alert_of
from messages.lines.private import follows
from messages.lines.table import text_of
from messages.message import Message
from messages.refusals import refusal_text
from messages.texts import Reader

__all__ = [
    "answerable",
    "blocks_for",
    "from_room",
    "line",
    "on_record",
    "own_answer",
    "private_line",
    "settling",
]


def line(reader: Reader, said: Said, by: str, late: bool = False) -> str:  # noqa: FBT001, FBT002 - the contract
    """Mrkdwn of at most 3,000 characters. `by` is the user id of who caused it, empty for Naru itself."""
    mark = reader.t("_Late:_") + " " if late else ""
    alert = alert_of(said)
    loud = f"{level(reader, alert)} " if alert else ""
    return cut(loud + mark + on_record(reader, said, by), SECTION)


def on_record(reader: Reader, said: Said, by: str) -> str:
    """As a timeline has it: an alert level is for who may still act on it."""
    return _signed(text_of(reader, said), by)


def _signed(text: str, by: str) -> str:
    """Who caused it stands on the first line, outside of what is quoted below; once is enough."""
    first, lines, rest = text.partition("\n")
    if not by or first.endswith(user(by)):
        return text
    return f"{first} — {user(by)}{lines}{rest}"


def private_line(reader: Reader, event: Event) -> str:
    """To who did it: what is recorded, and what follows from it."""
    if isinstance(event, Denied):
        return refusal_text(reader, event.refusal)
    said = text_of(reader, event)
    # A quotation is one only at the beginning of a line.
    text = reader.t("Recorded: {text}", text=f"\n{said}" if said.startswith("> ") else said)
    after = follows(reader, event)
    return cut(f"{text}\n{after}" if after else text, SECTION)


def own_answer(reader: Reader, event: Event) -> Message:
    """The private line as a message, with the buttons that take it back where there are such."""
    text = private_line(reader, event)
    pressed = undo_for(reader, event)
    return Message(text, [section(text), pressed] if pressed else [section(text)])


def blocks_for(reader: Reader, said: Said, by: str, late: bool = False) -> list[Block] | None:  # noqa: FBT001, FBT002 - the contract
    """The line with the buttons that help right there; None where the line is enough."""
    criteria = isinstance(said, CriteriaSaid)
    pressed = line_buttons(reader, said) if criteria else buttons_for(reader, said)
    return [section(line(reader, said, by, late)), pressed] if pressed else None


def from_room(reader: Reader, message: Message, room: str) -> Message:
    """Told outside of the war room, a line says which one it is about; `room` is its channel's id."""
    where = reader.t("War room {channel}", channel=channel(room))
    return Message(message.text, [message.blocks[0], context(where), *message.blocks[1:]])
