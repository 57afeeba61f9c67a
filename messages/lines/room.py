"""Lines of rollbacks and war rooms, for the room's timeline, its channel and the project's."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from domain import errands as e
from domain import events as v
from messages import names
from messages.blocks import channel, user
from messages.dates import duration
from messages.lines.declared import rollback, target
from messages.lines.lifecycle import head, link, noted
from messages.names import word
from messages.needs.back import step_name
from messages.parts import code, people, quote, stamp, when
from messages.texts import Reader
from messages.versions import tag

RoomSaid = (
    v.LockSet
    | v.LockLifted
    | v.RoomOpened
    | v.RollbackDeclared
    | v.RoomChannelMade
    | v.RoomLeads
    | v.RoomNotMade
    | v.SeatTakenBy
    | v.SeatLeft
    | v.StepMoved
    | v.Logged
    | v.Escalated
    | v.RoomResolved
    | v.PostmortemDone
    | e.SeatEmpty
    | e.NotCommander
    | e.RoomOutside
    | e.OverBudget
    | v.RoomClosed
    | e.RoomToClose
    | e.StepWaits
    | e.StepGiven
    | e.PostmortemReminder
    | e.RollbackNotice
)

LOGGED = 2500

MOVES = {
    "started": word("{step}: started"),
    "done": word("{step}: done"),
    "skipped": word("{step}: skipped"),
    "reopened": word("{step}: opened again"),
    "added": word("{step}: added to the way back"),
}


def room_line(reader: Reader, said: RoomSaid) -> str:
    match said:
        case v.LockSet() | v.LockLifted():
            return _lock(reader, said)
        case v.RoomOpened() | v.RoomChannelMade() | v.RoomLeads() | v.RoomResolved():
            return _room(reader, said)
        case v.RollbackDeclared() | e.RollbackNotice():
            return rollback(reader, said)
        case v.RoomNotMade() | e.RoomOutside():
            return _no_room(reader, said)
        case v.SeatTakenBy() | v.SeatLeft() | e.SeatEmpty() | e.NotCommander():
            return _seat(reader, said)
        case v.StepMoved() | e.OverBudget() | e.StepWaits() | e.StepGiven():
            return _step(reader, said)
        case v.Logged() | v.Escalated():
            return _words(reader, said)
        case v.RoomClosed() | e.RoomToClose():
            return _closing(reader, said)
        case v.PostmortemDone() | e.PostmortemReminder():
            return _postmortem(reader, said)
        case _:
            assert_never(said)


_WHY = {
    "restricted_action": word("this workspace lets no app make channels"),
    "missing_scope": word("Naru lacks the permission to make channels"),
    "name_taken": word("every name that was tried is taken"),
    "is_archived": word("somebody archived it"),
    "channel_not_found": word("Naru cannot see it any more"),
}


def _no_room(reader: Reader, said: v.RoomNotMade | e.RoomOutside) -> str:
    t = reader.t
    if isinstance(said, e.RoomOutside):
        return t(
            "The war room cannot be set up in {channel}: Naru is not in that channel. Type {command} "
            "there; the rest follows by itself within a minute.",
            channel=channel(said.channel),
            command=code("/invite @Naru"),
        )
    known = t(_WHY[said.code]) if said.code in _WHY else t("Slack refuses it")
    if said.lost:
        return t(
            "{version} ⚠ *The war room has lost its channel* {channel}: {why} ({code}). Type {command} in a "
            "channel that people can meet in: it becomes the war room, with summary, seat and steps.",
            version=head(said.version) if said.version else "",
            channel=channel(said.lost),
            why=known,
            code=code(said.code),
            command=code("/release warroom here"),
        ).lstrip()
    return t(
        "{version} ⚠ *The war room has no channel* #{name}: {why} ({code}). Type {command} in a channel that "
        "people can meet in: it becomes the war room, with summary, seat and steps.",
        version=head(said.version) if said.version else "",
        name=quote(said.name),
        why=known,
        code=code(said.code),
        command=code("/release warroom here"),
    ).lstrip()


def _lock(reader: Reader, said: v.LockSet | v.LockLifted) -> str:
    t = reader.t
    if isinstance(said, v.LockLifted):
        return _lifted(reader, said) + noted(said.reason)
    text = t(
        "*Deploys locked* after {version}, until a release manager or the incident commander lifts the lock.",
        version=tag(said.version),
    )
    return text + noted(said.reason)


def _lifted(reader: Reader, said: v.LockLifted) -> str:
    if not said.still:
        return reader.t("*Deploys unlocked*")
    return reader.t(
        "*Deploy lock lifted*: the one set after {version}. Deploys stay locked after {still}.",
        version=tag(said.version),
        still=", ".join(tag(one) for one in said.still),
    )


def _room(reader: Reader, said: v.RoomOpened | v.RoomChannelMade | v.RoomLeads | v.RoomResolved) -> str:
    t = reader.t
    match said:
        case v.RoomOpened():
            name = _place(said)
            about = f" {head(said.version)}" if said.version else ""
            return t("*War room opened*: {name}", name=name) + about
        case v.RoomChannelMade():
            return t("The war room's channel: {channel}", channel=channel(said.channel))
        case v.RoomLeads():
            return _leads(reader, said)
        case v.RoomResolved():
            text = t("*War room resolved*")
            if said.seconds_to_restore:
                restored = duration(reader, timedelta(seconds=said.seconds_to_restore))
                text += " · " + t("Time to restore: {duration}", duration=restored)
            return text + noted(said.summary)
        case _:
            assert_never(said)


def _place(said: v.RoomOpened | v.RoomLeads | e.RoomToClose) -> str:
    """By its name while Slack has not made it."""
    return channel(said.channel) if said.channel else f"#{quote(said.name)}"


def _leads(reader: Reader, said: v.RoomLeads) -> str:
    t, what = reader.t, {"version": tag(said.version), "channel": _place(said)}
    if not said.merged:
        return t("*The rollback of {version}* is led in {channel}.", **what)
    return t(
        "*The rollback of {version}* is led in {channel}. This war room is over; its people are called in "
        "there.",
        **what,
    )


def _seat(reader: Reader, said: v.SeatTakenBy | v.SeatLeft | e.SeatEmpty | e.NotCommander) -> str:
    t = reader.t
    if isinstance(said, e.NotCommander):
        return _not_commander(reader, said)
    if isinstance(said, v.SeatLeft):
        return t(
            "*Nobody has command*: {who} has left the workspace or is a guest now. Who may take it: {roles}",
            who=user(said.user),
            roles=names.roles(reader, said.roles),
        )
    if isinstance(said, e.SeatEmpty):
        return t(
            "*Nobody has command* for {minutes} min. Who may take it: {roles}",
            minutes=said.minutes,
            roles=names.roles(reader, said.roles),
        )
    text = t("*Incident commander*: {who}", who=user(said.user))
    if not said.handed_by:
        return text
    return f"{text} · " + t("handed over by {who}", who=user(said.handed_by))


def _not_commander(reader: Reader, said: e.NotCommander) -> str:
    t, named = reader.t, user(said.named)
    if said.commander:
        return t(
            "*Not in command*: {named}. {commander} has command and can hand it over with {command}.",
            named=named,
            commander=user(said.commander),
            command=code("/release ic @user"),
        )
    text = t("*Not in command*: {named} does not hold the role of incident commander.", named=named)
    then = t(
        "The rollback is declared; the seat is open. It is taken or given in the war room: {command}",
        command=code("/release ic @user"),
    )
    who = t("Who can: {people}", people=people(reader, said.who)) if said.who else ""
    return " ".join(filter(None, (text, then, who)))


def _step(reader: Reader, said: v.StepMoved | e.OverBudget | e.StepWaits | e.StepGiven) -> str:
    t = reader.t
    if isinstance(said, e.StepWaits):
        return _waits(reader, said)
    if isinstance(said, e.StepGiven):
        return _yours(reader, said) + noted(said.note)
    step = step_name(reader, said.step)
    owner = f" · {user(said.owner)}" if said.owner else ""
    if isinstance(said, v.StepMoved):
        moved = t(MOVES[said.state], step=step) if said.state in MOVES else f"{step}: {quote(said.state)}"
        why = " · " + t("the service goes on") if said.no_outage else ""
        return moved + owner + why + noted(said.note)
    text = (
        t("*Over budget* by {minutes} min: {step}", minutes=said.minutes, step=step)
        if said.minutes > 0
        else t("*Over budget* now: {step}", step=step)
    )
    commander = f" · {user(said.commander)}" if said.commander and said.commander != said.owner else ""
    return text + owner + commander


def _waits(reader: Reader, said: e.StepWaits) -> str:
    """To whom it is: their step; while nobody starts it, to the room as well."""
    if not said.minutes:
        return _yours(reader, said) + noted(said.stated)
    step = step_name(reader, said.step)
    text = reader.t("*Nobody has started* for {minutes} min: {step}", minutes=said.minutes, step=step)
    return f"{text} · {people(reader, said.who)}" if said.who else text


def _yours(reader: Reader, said: e.StepWaits | e.StepGiven) -> str:
    return reader.t(
        "*Your step of the way back*: {step} ({version} → {target})",
        step=step_name(reader, said.step),
        version=tag(said.version),
        target=target(reader, said.target),
    )


def _words(reader: Reader, said: v.Logged | v.Escalated) -> str:
    if isinstance(said, v.Logged):
        text = f"> {quote(said.text, LOGGED)}"
        who = user(said.said_by) if said.said_by else ""
        at = stamp(reader, said.said_at) if said.said_at else ""
        wrote = " · ".join(filter(None, (who, at)))
        return f"📝 {wrote}\n{text}" if wrote else text
    role = names.role(reader, said.to)
    text = reader.t("*Escalated* to: {role}", role=role)
    mentions = f" · {people(reader, said.users)}" if said.users else ""
    return text + mentions + noted(said.note)


def _closing(reader: Reader, said: v.RoomClosed | e.RoomToClose) -> str:
    t = reader.t
    if isinstance(said, v.RoomClosed):
        return t("*War room closed*") if said.adopted else t("*War room closed*: its channel is archived.")
    facts = {"channel": _place(said), "at": when(reader, said.resolved_at)}
    if said.adopted:
        return t("*War room to close*: {channel} was resolved {at}.", **facts)
    return t("*War room to close*: {channel} was resolved {at}. Closing archives it.", **facts)


def _postmortem(reader: Reader, said: v.PostmortemDone | e.PostmortemReminder) -> str:
    t = reader.t
    if isinstance(said, v.PostmortemDone):
        text = t("*Post-mortem closed*")
        shown = link(said.link, t("Post-mortem"))
        return f"{text} · {shown}" if said.link else text
    version, due = head(said.version) if said.version else "", when(reader, said.due)
    if said.overdue:
        return t("*Post-mortem overdue* {version}: it was due {at}.", version=version, at=due)
    return t("*Post-mortem due* {version}: {at}.", version=version, at=due)
