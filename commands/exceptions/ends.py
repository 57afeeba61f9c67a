"""How exceptions end without anybody's wish: used by a deploy, run out, or nothing is left to deploy."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.context import Case
from commands.exceptions import case
from commands.exceptions.case import ExceptionCase
from domain.calendar.exceptions import ExceptionState, used
from domain.events import ExceptionExpired, ExceptionUsed
from domain.people import BOT, Origin, Via
from domain.project import Project
from domain.release import Release
from domain.reminders import Reminder
from domain.types import Action, ReminderKind
from storage import audit, exceptions
from storage.db import Tx

TIMER = Origin(BOT, Via.TIMER)
_LIVE = (ExceptionState.ASKED, ExceptionState.GRANTED)


def follow(tx: Tx, found: Case, release: Release, action: Action, origin: Origin) -> None:
    """A deploy uses what let it through; with it, or when the release is cancelled, what is open ends.

    `found` is the release as it was before, `release` as it is saved.
    """
    if action not in {Action.DEPLOY, Action.CANCEL}:
        return
    live = [one for one in exceptions.of_project(tx, release.project, _LIVE, release.id) if not one.merges]
    if not live:
        return
    opening: set[str] = set()
    if action is Action.DEPLOY:
        answer = context.gate_for(tx, found.project, found.release, found.at)
        opening = {permit.id for permit in answer.permits}
    for one in live:
        if one.id in opening:
            _use(tx, case.around(tx, one, release), origin)
        elif one.state is ExceptionState.ASKED or action is Action.CANCEL:
            _drop(tx, case.around(tx, one, release), origin)


def _use(tx: Tx, found: ExceptionCase, origin: Origin) -> None:
    event = ExceptionUsed(
        exception=found.exception.id,
        release=found.exception.release,
        version=found.version,
        restriction=found.exception.restriction,
    )
    case.keep(tx, found, used(found.exception, found.at), origin, event, answered=True)


def _drop(tx: Tx, found: ExceptionCase, origin: Origin) -> None:
    """Nobody needs to be told: what became of the release tells it."""
    after = replace(found.exception, state=ExceptionState.EXPIRED)
    exceptions.put(tx, after)
    audit.append(tx, origin, found.project.key, [_expired(found, "moot")])
    case.settle(tx, found, after)


def run_out(tx: Tx, project: Project, reminder: Reminder, *, late: bool) -> bool:
    """Its time is over: for the answer, or for what was granted. False when it had ended before."""
    if exceptions.get(tx, reminder.subject) is None:
        return False
    found = case.load(tx, reminder.subject)
    before = exceptions.get(tx, reminder.subject)
    if before is None or before.state is found.exception.state:
        return False
    why = "unanswered" if before.state is ExceptionState.ASKED else "over" if before.used_at else "unused"
    event = _expired(found, why)
    case.keep(tx, found, found.exception, TIMER, event)
    if ReminderKind.EXCEPTION_ENDS not in project.policy.mute:
        concerned = [found.exception.asked_by] if why != "over" else []
        case.tell(tx, found, TIMER, event, channel=why == "unused", users=concerned, late=late)
    return True


def _expired(found: ExceptionCase, why: str) -> ExceptionExpired:
    return ExceptionExpired(
        exception=found.exception.id,
        release=found.exception.release,
        version=found.version,
        restriction=found.exception.restriction,
        why=why,
    )
