"""Where a war room stands, for who comes late or takes command: what happened, what is done and open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.events import Logged
from domain.rollback import Room, RoomState, Step, StepState
from domain.rollback.model import ENDED
from domain.views import RoomView
from messages import blocks, names
from messages.blocks import Block, channel, user
from messages.dates import duration
from messages.message import Message
from messages.parts import bullets, labelled, quote, stamp
from messages.texts import Reader
from messages.warroom.summary import heading, tag
from messages.warroom.timeline import entry

_EVIDENCE = 600
_LAST = 3
_LINE = 200


def briefing(reader: Reader, view: RoomView, handed_by: str | None = None) -> Message:
    """`handed_by` is set for who has command from now on: the user id of who gave it, empty for nobody."""
    head = heading(reader, view.room)
    return Message(blocks.esc(head), list(_blocks(reader, view, head, handed_by)))


def _blocks(reader: Reader, view: RoomView, head: str, handed_by: str | None) -> Iterator[Block]:
    t, room = reader.t, view.room
    if handed_by is None:
        first = t("*{what}*: where it stands", what=quote(head))
    elif handed_by:
        first = t("*You have command*: {what} · handed over by {who}", what=quote(head), who=user(handed_by))
    else:
        first = t("*You have command*: {what}", what=quote(head))
    yield blocks.section("\n".join([first, *_what(reader, room)]))
    yield blocks.section("\n".join(_where(reader, view)))
    said = [one for one in view.entries if isinstance(one.event, Logged)][-_LAST:]
    if said:
        lines = bullets(entry(reader, one, _LINE) for one in said)
        yield blocks.section(labelled(t("Last on the timeline"), lines))
    yield blocks.context(" · ".join(_links(reader, view)))


def _what(reader: Reader, room: Room) -> Iterator[str]:
    t = reader.t
    if room.declared_at is None:
        yield t("Opened by {who} · {at}", who=user(room.opened_by), at=stamp(reader, room.opened_at))
        return
    by = user(room.declared_by) if room.declared_by else "Naru"
    yield t("Declared by {who} · {at}", who=by, at=stamp(reader, room.declared_at))
    back = quote(tag(room.target)) if room.target else t("no earlier version")
    yield t("Back to: {version}", version=back)
    if room.criteria:
        criteria = ", ".join(names.criterion(reader, one) for one in room.criteria)
        yield t("Criteria: {criteria}", criteria=criteria)
    yield f"> {quote(room.evidence, _EVIDENCE)}"


def _where(reader: Reader, view: RoomView) -> Iterator[str]:
    t, room = reader.t, view.room
    yield t("State: {state}", state=names.room_state(reader, room.state)) + _since(reader, view)
    commander = user(room.commander) if room.commander else t("nobody yet")
    yield t("Incident commander: {who}", who=commander)
    ended = [step for step in room.steps if step.state in ENDED]
    if room.steps:
        yield t("Done {n} of {total}", n=len(ended), total=len(room.steps)) + _named(reader, ended)
    for step in room.steps:
        if step.state is StepState.RUNNING:
            yield "▸ " + _running(reader, view, step)
    waiting = [step for step in room.steps if step.state is StepState.WAITING]
    if waiting:
        yield t("Still open") + _named(reader, waiting)


def _since(reader: Reader, view: RoomView) -> str:
    room = view.room
    if room.declared_at is None or room.state is not RoomState.ROLLING_BACK:
        return ""
    length = duration(reader, view.at - room.declared_at)
    return " · " + reader.t("Declared {length} ago", length=length)


def _named(reader: Reader, steps: Sequence[Step]) -> str:
    return ": " + ", ".join(names.step(reader, step.key) for step in steps) if steps else ""


def _running(reader: Reader, view: RoomView, step: Step) -> str:
    t, name = reader.t, names.step(reader, step.key)
    owner = f" · {user(step.owner)}" if step.owner else ""
    if step.started_at is None:
        return name + owner
    left = step.started_at + step.budget - view.at
    length = duration(reader, left)
    late = left.total_seconds() < 0
    clock = t("⚠ *{length} over budget*", length=length) if late else t("{length} left", length=length)
    return f"{name}{owner} · {clock}"


def _links(reader: Reader, view: RoomView) -> Iterator[str]:
    t, room = reader.t, view.room
    if room.channel:
        yield t("War room {channel}", channel=channel(room.channel))
    yield t("The release's card is in {channel}", channel=channel(view.project.channel))
    if room.postmortem_due:
        yield t("Post-mortem due {at}", at=stamp(reader, room.postmortem_due))
