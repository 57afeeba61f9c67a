"""Commands that only look: help, status, lists, the board, the gate, the project's rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot import answers, notes
from bot.desk import Call
from bot.slash.where import moment, project
from commands import branches, find, slash
from commands.notices.show import contacts
from commands.postmortem.show import owed
from commands.rollback.show import room_view
from commands.show import lists
from commands.show import release as shows
from commands.slash import SlashCommand
from commands.year import surface
from commands.year.look import year_view
from messages import help as help_text
from messages.ids import Target
from messages.message import Message
from messages.warroom import briefing
from storage import rooms
from storage.db import Tx

# What everybody with the same language and zone is told alike.
SHARED = (
    slash.HelpText,
    slash.StatusText,
    slash.ListText,
    slash.BoardText,
    slash.BranchesText,
    slash.CalendarText,
    slash.YearText,
)

_LISTS: Mapping[type, Callable[[Tx, str], answers.Answer]] = {
    slash.ListText: lists.listed,
    slash.BoardText: lists.board,
    slash.BranchesText: branches.listed,
    slash.ActionsText: owed,
    slash.ContactsText: contacts,
}


def look(tx: Tx, call: Call, command: SlashCommand) -> Message:
    """The answer of one that looks. Raises Refused when it is not clear at what."""
    reader, channel, user = call.reader, call.origin.channel, call.origin.actor.user
    match command:
        case slash.HelpText(verb=verb):
            return help_text.help_for(reader, verb) if verb else help_text.help_overview(reader)
        case slash.StatusText():
            return _status(tx, call, command)
        case command if type(command) in _LISTS:
            key = project(tx, call, getattr(command, "project", None)).key
            return answers.shown(reader, _LISTS[type(command)](tx, key))
        case slash.CalendarText(month=first, project=named):
            key = project(tx, call, named).key
            return answers.shown(reader, lists.month(tx, key, first, channel))
        case slash.YearText(year=year, project=named):
            of = project(tx, call, named)
            return answers.shown(reader, year_view(tx, of.key, year or surface.years(tx, of)[1]))
        case slash.NotesText() | slash.CanIDeployText() | slash.WhenText():
            return _asked(tx, call, command)
        case _:
            return answers.shown(reader, lists.mine(tx, user))


def _status(tx: Tx, call: Call, command: slash.StatusText) -> Message:
    """In a war room where the rescue stands, elsewhere a release, or all of them where none is meant."""
    reader, channel = call.reader, call.origin.channel
    room = rooms.of_channel(tx, channel)
    if command.release is None and room is not None and room.active:
        return briefing(reader, room_view(tx, room.id))
    if command.release is None and not find.one_runs(tx, channel):
        return answers.shown(reader, lists.listed(tx, project(tx, call, command.project).key))
    found = find.release(tx, command.release, channel, command.project)
    return answers.shown(reader, shows.card(tx, found.id))


def _asked(tx: Tx, call: Call, command: slash.NotesText | slash.CanIDeployText | slash.WhenText) -> Message:
    if isinstance(command, slash.NotesText):
        meant = find.release(tx, command.release, call.origin.channel, command.project)
        return notes.listed(tx, call.reader, Target(release=meant.id))
    if isinstance(command, slash.CanIDeployText):
        return _can_i_deploy(tx, call, command)
    return _when(tx, call, command)


def _can_i_deploy(tx: Tx, call: Call, command: slash.CanIDeployText) -> Message:
    shown = project(tx, call, command.project)
    at = moment(shown, command.when) if command.when else None
    kind = command.type or find.running_type(tx, shown.key)
    view = lists.can_i_deploy(tx, shown.key, kind, at)
    return answers.shown(call.reader, view)


def _when(tx: Tx, call: Call, command: slash.WhenText) -> Message:
    """For the release that is meant; where none is on its way, for one that is started now."""
    found = find.to_deploy(tx, command.release, call.origin.channel, command.project)
    if found is not None:
        return answers.shown(call.reader, lists.when(tx, found.id, call.origin))
    key = project(tx, call, command.project).key
    return answers.shown(call.reader, lists.when_started_now(tx, key, call.origin))


def show_rules(tx: Tx, call: Call, command: SlashCommand) -> Message:
    """The freezes, blackouts, windows or roles of a project."""
    key = project(tx, call, getattr(command, "project", None)).key
    match command:
        case slash.ShowFreeze():
            return answers.shown(call.reader, lists.freezes(tx, key))
        case slash.ShowBlackouts():
            return answers.shown(call.reader, lists.blackouts(tx, key))
        case slash.ShowWindows():
            return answers.shown(call.reader, lists.windows(tx, key))
        case _:
            return answers.shown(call.reader, lists.roles(tx, key))
