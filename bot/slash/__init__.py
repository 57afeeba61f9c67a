"""`/release …`: what was typed becomes a request, an answer or a modal."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot import answers, presses
from bot.desk import Call, Desk
from bot.slash import digest, exceptions, looks, room, rules, steps
from bot.slash.answer import Answer
from commands import find, slash
from commands.parse import parse
from commands.requests import Misunderstood
from commands.slash import SlashCommand, UsageError
from domain.views import Happened
from messages.message import Message
from storage.db import Tx

__all__ = ["handle"]


async def handle(desk: Desk, call: Call, text: str) -> Message | None:
    """Answer a command. None when a modal was opened instead, or the war room's channel tells it.

    Raises Refused, NotStarted, NotConfirmed.
    """
    channel = call.origin.channel
    today = await desk.look_recent(("today", channel), _today, channel)
    command = parse(text, today=today)
    if isinstance(command, UsageError):
        return answers.outcome(call.reader, await desk.perform(Misunderstood(refusal=command.refusal), call))
    if isinstance(command, looks.SHARED):
        return await desk.look_recent((command, channel, call.reader), looks.look, call, command)
    answer = await desk.look(_answer, call, command)
    if isinstance(answer, Message):
        return answer
    if isinstance(answer, dict):
        await desk.open(call, answer)
        return None
    if await presses.before(desk, call, answer):
        return None
    outcome = await desk.perform(answer, call)
    if isinstance(outcome, Happened) and isinstance(command, room.INSIDE):
        return None  # the line in the room's channel, where it was typed, says it
    return answers.outcome(call.reader, outcome)


def _today(tx: Tx, channel: str) -> date:
    """The local day of the channel's project; of the first one elsewhere."""
    known = find.projects_near(tx, channel)
    zone = known[0].policy.zone if known else "UTC"
    return tx.now().astimezone(ZoneInfo(zone)).date()


def _answer(tx: Tx, call: Call, command: SlashCommand) -> Answer:
    """Decide between a message, a modal and a request. Raises Refused when it is not clear what is meant."""
    match command:
        case (
            slash.HelpText()
            | slash.StatusText()
            | slash.ListText()
            | slash.BoardText()
            | slash.MineText()
            | slash.CalendarText()
            | slash.YearText()
            | slash.CanIDeployText()
            | slash.WhenText()
        ):
            return looks.look(tx, call, command)
        case slash.DigestText():
            return digest.answer(tx, call, command)
        case (
            slash.ShowExceptions()
            | slash.AskExceptionText()
            | slash.RevokeExceptionText()
            | slash.ShowLedger()
        ):
            return exceptions.answer(tx, call, command)
        case slash.ShowFreeze() | slash.ShowBlackouts() | slash.ShowWindows() | slash.ShowRoles():
            return looks.show_rules(tx, call, command)
        case slash.StartText():
            return steps.start(tx, call, command)
        case slash.WarroomText() | slash.RollbackText():
            return room.open_or_declare(tx, call, command)
        case slash.IcText() | slash.LogText() | slash.StepText() | slash.EscalateText() | slash.ResolveText():
            return room.inside(tx, call, command)
        case (
            slash.AddBlackoutText()
            | slash.RemoveBlackoutText()
            | slash.AddWindowText()
            | slash.RemoveWindowText()
            | slash.GiveRoleText()
            | slash.TakeRoleText()
            | slash.LinkAuthorText()
        ):
            return rules.change(tx, call, command)
        case slash.CorrectText():
            return rules.correct(tx, call, command)
        case _:
            return steps.take(tx, call, command)
