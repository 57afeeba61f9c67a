"""What a person could not send anyway is refused before a modal asks them for words.

Every check is the verb's own: who, and whether it is still open. What else is missing is told when the form
is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.exception_modals import action_of
from commands import (
    blackout,
    confirm,
    context,
    correct,
    decide,
    leave_out,
    occurrence,
    rehearse,
    retarget,
    roles,
    schema,
    way_back,
    window,
)
from commands.criteria import report as criteria
from commands.criteria import show as criteria_shown
from commands.digests import choose as choosing_digests
from commands.exceptions import ask as exceptions
from commands.exceptions import case, judge, revoke
from commands.exceptions import decide as deciding
from commands.health import enter as entering
from commands.notices import send as notices
from commands.notices.about import looked
from commands.postmortem import case as postmortems
from commands.postmortem import items
from commands.remind import answer
from commands.rollback import escalate, lock, log, postmortem, resolve, stand_down, steps
from commands.rollback.look import room_look
from commands.show.release import look
from domain.lifecycle import row_for, who_may
from domain.people import Origin
from domain.refusals import NotAllowed, Refused
from domain.release import ConfirmItem
from domain.types import Action
from messages.ids import Press, Target
from storage import projects
from storage.db import Tx

Check = Callable[[Tx, Origin, Target], object]


def may(tx: Tx, origin: Origin, press: Press, target: Target) -> None:
    """Whether this person could send the modal of a press. Raises Refused."""
    if check := _CHECKS.get(press):
        check(tx, origin, target)


def may_take(tx: Tx, origin: Origin, release: str, action: Action) -> None:
    """Stage and role of a step. Raises Refused."""
    found = look(tx, release)
    allowed = who_may(found.release, row_for(found.release, action))
    if not context.roles_in(found.release, found.roster, origin.actor.user) & set(allowed):
        raise Refused(NotAllowed(action, allowed, tuple(sorted(found.roster.anyone(allowed)))))


def _may_take(tx: Tx, origin: Origin, target: Target) -> None:
    if target.action is not None:
        may_take(tx, origin, target.release, target.action)


def _may_declare(tx: Tx, origin: Origin, target: Target) -> None:
    if target.release:
        may_take(tx, origin, target.release, Action.DECLARE_ROLLBACK)


def _may_start(tx: Tx, origin: Origin, target: Target) -> None:
    """The form of a button that names no project lets choose one: any that takes them will do."""
    known = projects.every(tx)
    of = [project for project in known if project.key == target.project] or known
    refused: list[Refused] = []
    for project in of:
        try:
            context.require_member(tx, origin, project)
        except Refused as no:
            refused.append(no)
    if of and len(refused) == len(of):
        raise refused[0]


def _may_confirm(tx: Tx, origin: Origin, target: Target) -> None:
    item = target.item or ConfirmItem.DEPLOYER_STANDING_BY
    confirm.may_confirm(look(tx, target.release), item, target.candidate, origin)


def _may_ask_exception(tx: Tx, origin: Origin, target: Target) -> None:
    wished = exceptions.wish(tx, target.project, target.release, action_of(target))
    exceptions.may_ask(tx, wished, origin)


def _may_decide_exception(tx: Tx, origin: Origin, target: Target) -> None:
    deciding.may_decide(case.look(tx, target.exception), origin)


def _may_approve(tx: Tx, origin: Origin, target: Target) -> None:
    """Conditions are not asked for what cannot be approved yet."""
    found = look(tx, target.release)
    decide.check(tx, found, target.candidate, origin)
    decide.check_ready(tx, found)


def _may_track(tx: Tx, origin: Origin, target: Target) -> None:
    schema.may_track(tx, context.project_of(tx, target.project), origin)


def _may_correct(tx: Tx, origin: Origin, target: Target) -> None:
    of = correct.project_of(tx, target.project, target.release)
    correct.may_open(tx, of, target.key, origin)


def _may_write_postmortem(tx: Tx, origin: Origin, target: Target) -> None:
    postmortems.may_take_part(tx, room_look(tx, target.room), origin)


_CHECKS: Mapping[Press, Check] = {
    Press.START: _may_start,
    Press.ASK: _may_take,
    Press.CONFIRM: _may_confirm,
    Press.RETARGET: lambda tx, who, at: retarget.may_retarget(look(tx, at.release), who),
    Press.STAKEHOLDERS: lambda tx, who, at: confirm.may_name_stakeholders(look(tx, at.release), who),
    Press.READING: lambda tx, who, at: entering.may_enter(look(tx, at.release), who),
    Press.WAY_BACK_GIVE: lambda tx, who, at: way_back.may_give(look(tx, at.release), who),
    Press.REHEARSED: lambda tx, who, at: rehearse.may_record(look(tx, at.release), who),
    Press.SCHEMA_BEGIN: lambda tx, who, at: schema.may_track(tx, look(tx, at.release).project, who),
    Press.SCHEMA_LINK: _may_track,
    Press.SCHEMA_END: _may_track,
    Press.CONDITIONS: _may_approve,
    Press.REJECT: lambda tx, who, at: decide.check(tx, look(tx, at.release), at.candidate, who),
    Press.CORRECT: _may_correct,
    Press.LEAVE_OUT: lambda tx, who, at: leave_out.may_leave_out(look(tx, at.release), who),
    Press.MEET: lambda tx, who, at: decide.may_meet(look(tx, at.release), at.condition, who),
    Press.EXCEPTION_ASK: _may_ask_exception,
    Press.EXCEPTION_GRANT: _may_decide_exception,
    Press.EXCEPTION_DENY: _may_decide_exception,
    Press.EXCEPTION_REVOKE: lambda tx, who, at: revoke.may_revoke(case.look(tx, at.exception), who),
    Press.EXCEPTION_JUDGE: lambda tx, who, at: judge.may_judge(case.look(tx, at.exception), who),
    Press.ROLLBACK: _may_declare,
    Press.BREACH_REPORT: lambda tx, who, at: criteria.may_report(tx, look(tx, at.release), who),
    Press.BREACH_DISMISS: lambda tx, who, at: criteria.may_dismiss(
        look(tx, at.release), criteria_shown.breach(tx, at.key), who
    ),
    Press.STEP: lambda tx, who, at: steps.may_move(room_look(tx, at.room), at.step, who),
    Press.ROOM_LOG: lambda tx, who, at: log.may_log(tx, room_look(tx, at.room), who),
    Press.ROOM_ESCALATE: lambda tx, who, at: escalate.may_escalate(tx, room_look(tx, at.room), who),
    Press.ROOM_RESOLVE: lambda tx, who, at: resolve.may_resolve(room_look(tx, at.room), who),
    Press.ROOM_STAND_DOWN: lambda tx, who, at: stand_down.may_stand_down(room_look(tx, at.room), who),
    Press.POSTMORTEM_DONE: lambda tx, who, at: postmortem.may_finish(tx, room_look(tx, at.room), who),
    Press.NOTICE: lambda tx, who, at: notices.may_send(looked(tx, at.release, at.room), who),
    Press.POSTMORTEM_WRITE: _may_write_postmortem,
    Press.ITEM_ADD: _may_write_postmortem,
    Press.REDEPLOY: _may_write_postmortem,
    Press.ITEM_END: lambda tx, who, at: items.may_end(room_look(tx, at.room), at.key, who),
    Press.LIFT_LOCK: lambda tx, who, at: lock.may_lift(tx, at.project, who),
    Press.REMINDER_LATER: lambda tx, who, at: answer.may_answer(tx, at.project, at.reminder, who),
    Press.BLACKOUT_ADD: lambda tx, who, at: blackout.may_change(tx, at.project, who),
    Press.BLACKOUT_MOVE: lambda tx, who, at: blackout.may_change(tx, at.project, who),
    Press.OCCURRENCE: lambda tx, who, at: occurrence.may_change(tx, at.project, who),
    Press.WINDOW_ADD: lambda tx, who, at: window.may_change(tx, at.project, who),
    Press.DIGEST_TIME: lambda tx, who, _at: choosing_digests.may_choose(tx, who),
    Press.ROLE_GIVE: lambda tx, who, at: roles.may_change(tx, at.project, who),
    Press.ROLE_TAKE: lambda tx, who, at: roles.may_change(tx, at.project, who),
}
