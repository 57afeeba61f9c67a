"""Who and what a war room is about: the pinned summary, and the call for somebody to take command."""

from __future__ import annotations

from collections.abc import Iterator

from domain.policy import Contact
from domain.rollback import Room
from domain.views import RoomView
from messages import blocks, names
from messages.blocks import Block, user
from messages.buttons import press_button
from messages.ids import Press, Target
from messages.message import Message
from messages.parts import bullets, fitting, labelled, people, quote, stamp
from messages.texts import Reader

_LIST = 2500
_EVIDENCE = 1500


def room_summary(reader: Reader, view: RoomView) -> Message:
    head = heading(reader, view.room)
    return Message(blocks.esc(head), list(_summary(reader, view, head)))


def heading(reader: Reader, room: Room) -> str:
    """Plain text: what the room is for."""
    version = tag(room.version)
    if room.declared_at:
        return reader.t("Rollback of {version}", version=version)
    return reader.t("War room {version}", version=version) if version else reader.t("War room")


def tag(version: str) -> str:
    """`v1.6.0`, whether it is given as a version or as a tag; empty stays empty."""
    bare = blocks.cut(blocks.clean(version).removeprefix("v"), 64)
    return f"v{bare}" if bare else ""


def _summary(reader: Reader, view: RoomView, head: str) -> Iterator[Block]:
    t, room = reader.t, view.room
    yield blocks.header(head)
    yield blocks.fields(_facts(reader, view))
    if room.evidence:
        yield blocks.section(labelled(t("Evidence"), quote(room.evidence, _EVIDENCE)))
    people_of = [
        f"{names.role_label(reader, role)}: {people(reader, who)}"
        for role, who in view.members.items()
        if who
    ]
    if people_of:
        yield blocks.section(labelled(t("Roles"), fitting(reader, people_of, _LIST)))
    if view.contacts:
        lines = [contact(reader, one) for one in view.contacts]
        yield blocks.section(labelled(t("Emergency contacts"), fitting(reader, lines, _LIST)))
    yield blocks.context(
        t(
            "In here: {commands}",
            commands="`/release log` `/release step` `/release ic` `/release escalate` `/release resolve`",
        )
    )


def _facts(reader: Reader, view: RoomView) -> Iterator[str]:
    t, room = reader.t, view.room
    commander = user(room.commander) if room.commander else t("nobody yet")
    yield labelled(t("Incident commander"), commander)
    yield labelled(t("State"), names.room_state(reader, room.state))
    if room.declared_at is None:
        yield labelled(t("Opened"), f"{user(room.opened_by)} · {stamp(reader, room.opened_at)}")
        return
    by = user(room.declared_by) if room.declared_by else "Naru"
    yield labelled(t("Declared"), f"{by} · {stamp(reader, room.declared_at)}")
    yield labelled(t("Back to"), f"*{quote(room.target)}*" if room.target else t("no earlier version"))
    yield labelled(t("Database migration"), t("*yes*") if room.migration else t("no"))
    if room.criteria:
        yield labelled(t("Criteria met"), bullets(names.criterion(reader, one) for one in room.criteria))


def contact(reader: Reader, of: Contact) -> str:
    """`DBA: Kim Jun <@U…> +82 …`"""
    who = [quote(of.name, 80), user(of.user) if of.user else "", quote(of.phone, 80)]
    known = " ".join(filter(None, who)) or reader.t("not given")
    return f"{quote(of.role, 80)}: {known}"


def seat_call(reader: Reader, view: RoomView) -> Message:
    """Asks until somebody takes the seat; then it says who has it, without a button."""
    t, room = reader.t, view.room
    if room.commander:
        text = t("{user} has command.", user=user(room.commander))
        return Message(t("The war room has an incident commander."), [blocks.section(f"✓ {text}")])
    waiting = list(dict.fromkeys(one for role in view.may_take for one in view.members.get(role, ())))
    roles = names.roles(reader, view.may_take)
    text = t("*Who takes command?* Nobody holds the incident commander's seat.")
    who = t("Can take it: {roles} {people}", roles=roles, people=people(reader, waiting))
    take = press_button(t("Take command"), Press.TAKE_SEAT, Target(room=room.id), style="primary")
    return Message(t("Who takes command?"), [blocks.section(f"{text}\n{who}"), blocks.actions([take])])


def topic(reader: Reader, view: RoomView) -> str:
    """The channel's topic: what the room is for and who is in command; plain, at most 250 characters."""
    commander = view.room.commander
    who = (
        reader.t("Incident commander: {who}", who=user(commander))
        if commander
        else reader.t("Nobody is in command yet")
    )
    return f"{heading(reader, view.room)} · {who}"
