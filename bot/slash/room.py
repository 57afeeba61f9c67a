"""Commands of war rooms: open one, declare a rollback, and everything said inside."""

from __future__ import annotations

from bot import opening
from bot.desk import Call
from bot.slash.answer import Answer
from bot.slash.steps import declare
from bot.slash.where import project
from commands import find, slash
from commands.postmortem.case import may_take_part
from commands.requests import (
    Escalate,
    HandSeat,
    LinkRedeploy,
    LogLine,
    MoveStep,
    OpenPlaybook,
    OpenRoom,
    Resolve,
    TakeSeat,
)
from commands.rollback.look import room_look
from commands.rollback.show import room_view
from commands.rollback.without_channel import stranded
from commands.slash import SlashCommand
from domain.refusals import Gone, NotInARoom, Refused
from domain.rollback import Room
from messages.ids import Press, Target
from messages.postmortem import postmortem as draft
from messages.warroom import room_state
from storage import rooms
from storage.db import Tx

# Asked in a war room's channel only, and told there to everybody.
INSIDE = (slash.IcText, slash.LogText, slash.StepText, slash.EscalateText, slash.ResolveText)


def open_or_declare(tx: Tx, call: Call, command: slash.WarroomText | slash.RollbackText) -> Answer:
    """A war room, or a rollback from inside or outside of one. Raises Refused."""
    channel = call.origin.channel
    room = rooms.of_channel(tx, channel)
    if isinstance(command, slash.WarroomText):
        if command.playbook is not None and room is not None and room.active:
            return OpenPlaybook(room=room.id, playbook=command.playbook)
        if running := _stranded(tx, call, command):
            about, key = running.release, running.project
            return OpenRoom(project=key, release=about, adopt=channel, playbook=command.playbook)
        release = find.release_or_none(tx, command.release, channel, command.project)
        key = release.project if release else project(tx, call, command.project).key
        adopt = channel if command.adopt else ""
        about = release.id if release else ""
        return OpenRoom(project=key, release=about, adopt=adopt, playbook=command.playbook)
    release = find.to_roll_back(tx, command.release, channel, command.project)
    return declare(tx, call, release.id, room.id if room else "")


def _stranded(tx: Tx, call: Call, command: slash.WarroomText) -> Room | None:
    """The running room that lacks a channel: this one is for it, where no other release is named."""
    if not command.adopt or command.release:
        return None
    return stranded(tx, project(tx, call, command.project).key if command.project else None)


def inside(tx: Tx, call: Call, command: SlashCommand) -> Answer:
    """What is said in a war room. Raises Refused elsewhere."""
    room = _room(tx, call.origin.channel)
    target = Target(room=room.id, project=room.project)
    match command:
        case slash.IcText(user=None):
            return TakeSeat(room=room.id)
        case slash.IcText(user=str(user)):
            return HandSeat(room=room.id, to=user)
        case slash.LogText(text=text):
            log = LogLine(room=room.id, text=text)
            return log if text else opening.asked(tx, call, Press.ROOM_LOG, target)
        case slash.StepText(step=step, state=state) if step is not None and state is not None:
            return MoveStep(room=room.id, step=step, state=state, note=command.note)
        case slash.StepText():
            return room_state(call.reader, room_view(tx, room.id))
        case slash.EscalateText(role=role, note=note):
            escalate = Escalate(room=room.id, role=role, note=note)
            return escalate if role or note else opening.asked(tx, call, Press.ROOM_ESCALATE, target)
        case slash.ResolveText(summary=summary):
            resolve = Resolve(room=room.id, summary=summary)
            return resolve if summary else opening.asked(tx, call, Press.ROOM_RESOLVE, target)
        case _:
            raise TypeError(type(command).__name__)


def postmortem(tx: Tx, call: Call, command: slash.PostmortemText) -> Answer:
    """The draft as it is now, with what can be written into it; or what goes out again is linked. Raises
    Refused before there is one.
    """
    room = _postmortem_of(tx, call, command)
    may_take_part(tx, room_look(tx, room.id), call.origin)
    if command.redeploy:
        linked = find.release(tx, command.redeploy, call.origin.channel, room.project)
        return LinkRedeploy(room=room.id, release=linked.id)
    return draft(call.reader, room_view(tx, room.id))


def _postmortem_of(tx: Tx, call: Call, command: slash.PostmortemText) -> Room:
    if not command.release:
        return _room(tx, call.origin.channel)
    release = find.release(tx, command.release, call.origin.channel, command.project)
    room = rooms.rolled_back(tx, release.id)
    if room is None:
        raise Refused(Gone("postmortem"))
    return room


def _room(tx: Tx, channel: str) -> Room:
    room = rooms.of_channel(tx, channel)
    if room is None:
        open_ = tuple(r.channel for r in rooms.live(tx) if r.channel)
        raise Refused(NotInARoom(open_))
    return room
