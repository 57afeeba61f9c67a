"""The live state of a war room: its steps with owner, start and budget, and what can be done next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from domain.checklists.model import PLAYBOOKS
from domain.rollback import Room, RoomState, Step, StepKey, StepState
from domain.rollback.moves import may_add, may_reopen
from domain.rollback.turns import BY_MACHINE, may_skip, unfinished, waits_for
from domain.views import RoomView
from messages import blocks, names
from messages.blocks import Block, Element, user
from messages.buttons import press_button, press_id
from messages.checklists.progress import lists_button, progress_lines
from messages.checklists.words import phase_name
from messages.dates import duration
from messages.deploys import words
from messages.ids import Press, Target, encode
from messages.message import Message
from messages.modals.room import ADDED, DONE, REOPENED, SKIPPED, STARTED
from messages.parts import bar, indented, lasted, quote, stamp
from messages.texts import Reader
from messages.warroom.database import database
from messages.warroom.notices import notice_buttons, notices
from messages.warroom.summary import heading

_MARKS = {
    StepState.WAITING: "○",
    StepState.RUNNING: "▸",
    StepState.DONE: "✓",
    StepState.SKIPPED: "–",
}
_ENDED = frozenset({StepState.DONE, StepState.SKIPPED})
_ACTIVE = frozenset({RoomState.OPEN, RoomState.ROLLING_BACK})


def room_state(reader: Reader, view: RoomView) -> Message:
    head = f"{heading(reader, view.room)} · {names.room_state(reader, view.room.state)}"
    return Message(blocks.esc(head), list(_blocks(reader, view, head)))


def _blocks(reader: Reader, view: RoomView, head: str) -> Iterator[Block]:
    room = view.room
    yield blocks.header(head)
    yield blocks.section(_overall(reader, view))
    following = next((step for step in room.steps if step.state is StepState.WAITING), None)
    for step in room.steps:
        yield from _step_blocks(reader, view, step, following=step is following)
    if room.state in _ACTIVE:
        yield blocks.actions([*_room_buttons(reader, view), *_lists(reader, view)])
    elif room.state is RoomState.RESOLVED and (afterwards := list(_afterwards(reader, view))):
        yield blocks.actions(afterwards)


def _afterwards(reader: Reader, view: RoomView) -> Iterator[Element]:
    """What is left once it is resolved; the post-mortem of a rollback has buttons of its own."""
    room = view.room
    if room.declared_at is None:
        yield press_button(reader.t("Close the room"), Press.ROOM_CLOSE, Target(room=room.id))
    yield from _opened(reader, view)


def _opened(reader: Reader, view: RoomView) -> Iterator[Element]:
    if view.lists:
        yield lists_button(reader, room=view.room.id)


def _lists(reader: Reader, view: RoomView) -> Iterator[Element]:
    """The room's checklists, and the playbooks that are not open in it yet."""
    room = view.room
    yield from _opened(reader, view)
    there = {one.phase for one in view.lists}
    options = [
        blocks.option(phase_name(reader, phase), encode(Target(room=room.id, state=phase)))
        for phase in PLAYBOOKS
        if phase not in there
    ]
    if options:
        yield blocks.select(press_id(Press.PLAYBOOK), options, placeholder=reader.t("Open a playbook…"))


def _step_blocks(reader: Reader, view: RoomView, step: Step, *, following: bool) -> Iterator[Block]:
    """What runs and what is to begin have all their buttons, later ones only Start once it is their turn."""
    buttons = _buttons(reader, view.room, step) if view.room.state in _ACTIVE else []
    text = _step(reader, step, view.at) + _failed(reader, step)
    text += _tried(reader, view, step) + _stated(reader, view, step) + database(reader, view, step)
    text += notices(reader, view, step)
    buttons += notice_buttons(reader, view.room, step)
    now = following or step.turn_at is not None or step.state is StepState.RUNNING
    if buttons and now:
        yield blocks.section(text)
        yield blocks.actions(buttons)
    else:
        yield blocks.section(text, accessory=buttons[0] if buttons else None)


def _failed(reader: Reader, step: Step) -> str:
    """Why its deployer could not do it, until somebody tries again."""
    if not step.failed:
        return ""
    why = quote(words(reader, step.failed))
    return indented(reader.t("⚠ *Failed*: {why}", why=why))


def _stated(reader: Reader, view: RoomView, step: Step) -> str:
    """Without a version to go back to, what was given as the way back stands beside what brings it about."""
    release, now = view.release, step.turn_at is not None or step.state is StepState.RUNNING
    if step.key not in BY_MACHINE or not now or view.room.target or not (release and release.qa):
        return ""
    stated = quote(release.qa.way_back)
    return indented(f"*{reader.t('Way back')}*: {stated}") if stated else ""


def _tried(reader: Reader, view: RoomView, step: Step) -> str:
    """The core functions that the policy names, beside the step that tries them by hand."""
    if step.key is not StepKey.CORE_FUNCTIONS or not view.core_functions:
        return ""
    functions = quote(", ".join(view.core_functions))
    return indented(reader.t("Try by hand: {functions}", functions=functions))


def _overall(reader: Reader, view: RoomView) -> str:
    t, room = reader.t, view.room
    lines = []
    if room.steps:
        lines.append(bar(sum(1 for step in room.steps if step.state in _ENDED), len(room.steps)))
    commander = user(room.commander) if room.commander else t("nobody yet")
    lines.append(t("Incident commander: {who}", who=commander))
    end = room.recovered_at or room.resolved_at or view.at
    if room.declared_at:
        length = duration(reader, end - room.declared_at)
        lines.append(
            t("Restored after {length}", length=length)
            if room.recovered_at
            else t("Declared {length} ago", length=length)
        )
    if room.declared_at and room.mitigated_at:
        lines.append(
            t("Mitigated after {length}", length=duration(reader, room.mitigated_at - room.declared_at))
        )
    lines += progress_lines(reader, [one for one in view.lists if one.phase in PLAYBOOKS])
    return "\n".join(lines)


def _step(reader: Reader, step: Step, at: datetime) -> str:
    """One step with its owner, when it began or ended, and its budget."""
    name = names.step(reader, step.key)
    owner = user(step.owner) if step.owner else _whose(reader, step)
    parts = [
        f"{_MARKS[step.state]} *{name}*",
        names.step_state(reader, step.state),
        owner,
        *_time(reader, step, at),
    ]
    note = indented(quote(step.note)) if step.note else ""
    return " · ".join(filter(None, parts)) + note


def _whose(reader: Reader, step: Step) -> str:
    """What began without a person is its deployer's."""
    begun = step.state in {StepState.RUNNING, StepState.DONE}
    return reader.t("the deployer") if begun and step.key in BY_MACHINE else names.roles(reader, step.roles)


def _time(reader: Reader, step: Step, at: datetime) -> Iterator[str]:
    t = reader.t
    if step.state is StepState.WAITING or step.started_at is None:
        if step.state is StepState.WAITING:
            yield t("budget {length}", length=duration(reader, step.budget))
        return
    if step.ended_at:
        length = duration(reader, step.ended_at - step.started_at)
        yield f"{lasted(reader, step.started_at, step.ended_at)} ({length})"
        return
    yield t("since {at}", at=stamp(reader, step.started_at))
    left = step.started_at + step.budget - at
    length = duration(reader, left)
    late = left.total_seconds() < 0
    yield t("⚠ *{length} over budget*", length=length) if late else t("{length} left", length=length)


def _buttons(reader: Reader, room: Room, step: Step) -> list[Element]:
    t = reader.t
    skip = ((SKIPPED, t("Skip")),) if may_skip(step) else ()
    begin = ((STARTED, t("Start")), *skip)
    if step.failed:
        begin = ((STARTED, t("Try again")), (DONE, t("Done by hand")), *skip)
    offered: Mapping[StepState, Sequence[tuple[str, str]]] = {
        StepState.WAITING: () if waits_for(room, step) else begin,
        StepState.RUNNING: ((DONE, t("Done")), *skip),
    }
    return [
        press_button(
            label,
            Press.STEP,
            Target(room=room.id, step=step.key, state=state),
            key=f"{step.key}.{state}",
            style="primary" if state == DONE else "",
        )
        for state, label in (*offered.get(step.state, ()), *_again(reader, step))
    ]


def _again(reader: Reader, step: Step) -> Iterator[tuple[str, str]]:
    """A step that did not hold is opened again; a health check that fails says so."""
    if may_reopen(step):
        t, unhealthy = reader.t, step.key is StepKey.HEALTH_CHECK
        yield REOPENED, t("Not healthy") if unhealthy else t("Reopen")


def _room_buttons(reader: Reader, view: RoomView) -> list[Element]:
    t, room = reader.t, view.room
    target = Target(room=room.id)
    buttons = [
        press_button(t("Log a line"), Press.ROOM_LOG, target),
        press_button(t("Escalate"), Press.ROOM_ESCALATE, target),
        press_button(t("Resolve"), Press.ROOM_RESOLVE, target, style="" if unfinished(room) else "primary"),
    ]
    if may_add(room, StepKey.DATABASE):
        database = Target(room=room.id, step=StepKey.DATABASE, state=ADDED)
        buttons.append(press_button(t("Add the database step"), Press.STEP, database, key="database.added"))
    if room.state is RoomState.ROLLING_BACK and not room.restore_begun:
        buttons.append(press_button(t("Stand down"), Press.ROOM_STAND_DOWN, target, style="danger"))
    elif room.state is RoomState.OPEN and view.release:
        declare = Target(release=view.release.id, room=room.id)
        buttons.append(press_button(t("Declare rollback"), Press.ROLLBACK, declare, style="danger"))
    return buttons
