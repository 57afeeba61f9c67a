"""One line for everything that is said: in threads, channels, rooms and DMs, and privately to who did it."""

from __future__ import annotations

from domain.errands import NotDone, Said
from domain.events import Denied, Event
from messages.blocks import SECTION, Block, channel, context, cut, section, user
from messages.criteria.buttons import line_buttons
from messages.lines.answers import AnswerSaid, answer_line, answerable, settling
from messages.lines.approval import ApprovalSaid, approval_line
from messages.lines.buttons import buttons_for, undo_for
from messages.lines.calendar import CalendarSaid, calendar_line
from messages.lines.criteria import CriteriaSaid, criteria_line
from messages.lines.due import DueSaid, due_line
from messages.lines.exceptions import ExceptionSaid, exception_line
from messages.lines.feeds import FeedSaid, feed_line
from messages.lines.forges import ForgeSaid, forge_line
from messages.lines.git import GitSaid, git_line
from messages.lines.health import HealthSaid, health_line
from messages.lines.lifecycle import LifecycleSaid, lifecycle_line
from messages.lines.notes import NotesSaid, notes_line
from messages.lines.private import follows
from messages.lines.project import ProjectSaid, project_line
from messages.lines.readiness import ReadinessSaid, readiness_line
from messages.lines.rollout import RolloutSaid, rollout_line
from messages.lines.room import RoomSaid, room_line
from messages.lines.scope import ScopeSaid, scope_line
from messages.message import Message
from messages.refusals import refusal_text
from messages.texts import Reader

__all__ = ["answerable", "blocks_for", "from_room", "line", "own_answer", "private_line", "settling"]

OfRelease = (
    LifecycleSaid
    | DueSaid
    | GitSaid
    | ApprovalSaid
    | RolloutSaid
    | NotesSaid
    | ScopeSaid
    | HealthSaid
    | CriteriaSaid
)


def line(reader: Reader, said: Said, by: str, late: bool = False) -> str:  # noqa: FBT001, FBT002 - the contract
    """Mrkdwn of at most 3,000 characters. `by` is the user id of who caused it, empty for Naru itself."""
    mark = reader.t("_Late:_") + " " if late else ""
    return cut(mark + _signed(_text(reader, said), by), SECTION)


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
    said = _text(reader, event)
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


def _text(reader: Reader, said: Said) -> str:
    if isinstance(said, OfRelease):
        return _of_release(reader, said)
    if isinstance(said, AnswerSaid):
        return answer_line(reader, said)
    if isinstance(said, ExceptionSaid):
        return exception_line(reader, said)
    if isinstance(said, CalendarSaid):
        return calendar_line(reader, said)
    if isinstance(said, FeedSaid):
        return feed_line(reader, said)
    if isinstance(said, ForgeSaid):
        return forge_line(reader, said)
    if isinstance(said, RoomSaid):
        return room_line(reader, said)
    if isinstance(said, ReadinessSaid):
        return readiness_line(reader, said)
    if isinstance(said, ProjectSaid):
        return project_line(reader, said)
    return _refused(reader, said)


def _of_release(reader: Reader, said: OfRelease) -> str:
    if isinstance(said, LifecycleSaid):
        return lifecycle_line(reader, said)
    if isinstance(said, DueSaid):
        return due_line(reader, said)
    if isinstance(said, GitSaid):
        return git_line(reader, said)
    if isinstance(said, ScopeSaid):
        return scope_line(reader, said)
    if isinstance(said, NotesSaid):
        return notes_line(reader, said)
    if isinstance(said, HealthSaid):
        return health_line(reader, said)
    if isinstance(said, ApprovalSaid):
        return approval_line(reader, said)
    if isinstance(said, CriteriaSaid):
        return criteria_line(reader, said)
    return rollout_line(reader, said)


def _refused(reader: Reader, said: Denied | NotDone) -> str:
    event = said.event if isinstance(said, NotDone) else said
    if isinstance(event, Denied):
        return refusal_text(reader, event.refusal)
    return reader.t("This could not be done: {text}", text=_text(reader, event))
