"""`/release …`: what was typed becomes a request, an answer or a modal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot import answers
from bot.beforehand import before
from bot.desk import Call, Desk
from bot.slash import (
    checklist,
    criteria,
    digest,
    exceptions,
    health,
    looks,
    notices,
    readiness,
    room,
    rules,
    scope,
    steps,
)
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
    if await before(desk, call, answer):
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
    return _ANSWERS.get(type(command), steps.take)(tx, call, command)


_ANSWERS: Mapping[type, Callable[[Tx, Call, Any], Answer]] = {
    slash.HelpText: looks.look,
    slash.StatusText: looks.look,
    slash.ListText: looks.look,
    slash.BoardText: looks.look,
    slash.MineText: looks.look,
    slash.BranchesText: looks.look,
    slash.CalendarText: looks.look,
    slash.YearText: looks.look,
    slash.CanIDeployText: looks.look,
    slash.WhenText: looks.look,
    slash.NotesText: looks.look,
    slash.ShowFreeze: looks.show_rules,
    slash.ShowBlackouts: looks.show_rules,
    slash.ShowWindows: looks.show_rules,
    slash.ShowRoles: looks.show_rules,
    slash.DigestText: digest.answer,
    slash.ShowExceptions: exceptions.answer,
    slash.AskExceptionText: exceptions.answer,
    slash.RevokeExceptionText: exceptions.answer,
    slash.ShowLedger: exceptions.answer,
    slash.HealthText: health.answer,
    slash.ChecklistText: checklist.answer,
    slash.ReadyText: readiness.answer,
    slash.WayBackText: readiness.answer,
    slash.RehearsedText: readiness.answer,
    slash.ShowSchema: readiness.answer,
    slash.BeginSchemaText: readiness.answer,
    slash.LinkSchemaText: readiness.answer,
    slash.EndSchemaText: readiness.answer,
    slash.ScopeText: scope.answer,
    slash.LeaveOutText: scope.answer,
    slash.TakeBackText: scope.answer,
    slash.CompareText: scope.answer,
    slash.StartText: steps.start,
    slash.CorrectText: rules.correct,
    slash.AddBlackoutText: rules.change,
    slash.RemoveBlackoutText: rules.change,
    slash.AddWindowText: rules.change,
    slash.RemoveWindowText: rules.change,
    slash.GiveRoleText: rules.change,
    slash.TakeRoleText: rules.change,
    slash.LinkAuthorText: rules.change,
    slash.ShowBreaches: criteria.answer,
    slash.BreachText: criteria.answer,
    slash.WarroomText: room.open_or_declare,
    slash.RollbackText: room.open_or_declare,
    slash.IcText: room.inside,
    slash.LogText: room.inside,
    slash.StepText: room.inside,
    slash.EscalateText: room.inside,
    slash.ResolveText: room.inside,
    slash.PostmortemText: room.postmortem,
    slash.ActionsText: looks.look,
    slash.ContactsText: looks.look,
    slash.NoticeText: notices.answer,
}
"""Who answers what; whatever is not here is a step of a release."""
