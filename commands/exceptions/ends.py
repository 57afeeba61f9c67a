"""How exceptions end without anybody's wish: used by a deploy, run out, or nothing is left to deploy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from commands import context
from commands.context import Case
from commands.exceptions import case
from commands.exceptions.case import ExceptionCase
from domain.calendar.exceptions import ExceptionState, FreezeException, used
from domain.calendar.exceptions import merged as after_merge
from domain.events import ExceptionExpired, ExceptionUsed
from domain.people import BOT, Origin, Via
from domain.project import Project
from domain.release import Release
from domain.reminders import Reminder
from domain.types import Action, ReminderKind
from storage import audit, exceptions
from storage.db import Tx

TIMER = Origin(BOT, Via.TIMER)
_OPENED_BY = frozenset({Action.DEPLOY, Action.CONTINUE, Action.STEP_DONE, Action.ROLLOUT_COMPLETE})
_LIVE = (ExceptionState.ASKED, ExceptionState.GRANTED)


def follow(tx: Tx, found: Case, release: Release, action: Action, origin: Origin) -> None:
    """A deploy and its steps use what lets them through; what is open ends when nothing is left to open.

    `found` is the release as it was before, `release` as it is saved.
    """
    if action not in _OPENED_BY | {Action.CANCEL}:
        return
    live = [one for one in exceptions.of_project(tx, release.project, _LIVE, release.id) if not one.merges]
    if not live:
        return
    opening = _opening(tx, found, action)
    for one in live:
        if one.id in opening and one.used_at is None:
            _use(tx, case.around(tx, one, release), origin)
        elif _lost(one, action):
            _drop(tx, case.around(tx, one, release), origin)


def _opening(tx: Tx, found: Case, action: Action) -> frozenset[str]:
    """The exceptions without which the step would have met a closed gate."""
    if action is Action.CANCEL:
        return frozenset()
    look = context.gate_for if action is Action.DEPLOY else context.gate_in_flight
    answer = look(tx, found.project, found.release, found.at)
    return frozenset(permit.id for permit in answer.permits) if answer else frozenset()


def _lost(one: FreezeException, action: Action) -> bool:
    """Whether nothing is left that it could open, or needs to be decided on."""
    if action in {Action.CANCEL, Action.ROLLOUT_COMPLETE}:
        return True
    return action is Action.DEPLOY and one.state is ExceptionState.ASKED


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
    before = found.exception
    state = ExceptionState.USED if before.used_at else ExceptionState.EXPIRED
    after = replace(before, state=state, ended_at=found.at)
    exceptions.put(tx, after)
    audit.append(tx, origin, found.project.key, [_expired(found, "over" if before.used_at else "moot")])
    case.settle(tx, found, after)


def run_out(tx: Tx, project: Project, reminder: Reminder, *, late: bool) -> bool:
    """Its time is over: for the answer, or for what was granted. False when it had ended before."""
    if exceptions.get(tx, reminder.subject) is None:
        return False
    found = case.load(tx, reminder.subject)
    before = exceptions.get(tx, reminder.subject)
    if before is None or before.state is found.exception.state:
        return False
    why = "unanswered" if before.state is ExceptionState.ASKED else _why_over(before)
    event = _expired(found, why)
    case.keep(tx, found, found.exception, TIMER, event)
    if ReminderKind.EXCEPTION_ENDS not in project.policy.mute:
        concerned = [found.exception.asked_by] if why != "over" else []
        case.tell(tx, found, TIMER, event, channel=why == "unused", users=concerned, late=late)
    return True


def _why_over(of: FreezeException) -> str:
    """Whether something was merged may be known later, or never; whether it was deployed is known."""
    return "over" if of.used_at or of.merges else "unused"


def merged(tx: Tx, id_: str, at: datetime) -> None:
    """What was merged under it has been seen; who saw it tells it."""
    found = exceptions.get(tx, id_, lock=True)
    if found is not None:
        exceptions.put(tx, after_merge(found, at))


def _expired(found: ExceptionCase, why: str) -> ExceptionExpired:
    return ExceptionExpired(
        exception=found.exception.id,
        release=found.exception.release,
        version=found.version,
        restriction=found.exception.restriction,
        why=why,
    )
