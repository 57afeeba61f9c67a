"""Buttons: some are a request at once, some open a modal first, some only show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from bot import (
    asking,
    breaches,
    changes,
    exception_modals,
    health,
    modals,
    notes,
    notices,
    postmortems,
    ways_back,
    years,
)
from bot.beforehand import before_cut
from bot.desk import Call, Desk
from bot.modals import View
from bot.payloads import Pressed, State, Unreadable, state_of, target_of
from commands.requests import (
    AcknowledgeReminder,
    Advance,
    AskDeployerAgain,
    AskDryRun,
    ChooseDigest,
    Confirm,
    Decide,
    FinishPostmortem,
    MoveStep,
    OpenPlaybook,
    RemoveBlackout,
    RemoveWindow,
    Request,
    RestoreBlackout,
    ResumeReminder,
    RetryGit,
    TakeSeat,
    WithdrawDecision,
)
from domain.approvals import Outcome
from domain.calendar.rules import WeeklyWindow
from domain.checklists.model import Phase
from domain.refusals import Gone, Refused
from domain.types import Action, GitStep, ReleaseType
from messages.buttons import NEED_WORDS, PAUSED, press_for
from messages.digests import setting as digest_setting
from messages.ids import Press, Target, decode, encode
from messages.modals import actions
from messages.modals import exceptions as exception_form
from messages.modals import room as room_modal
from messages.modals import start as start_modal
from messages.modals.fields import named_time
from messages.texts import Reader
from storage.db import Tx

Opening = Callable[[Tx, Reader, Target], View]


def request_of(pressed: Pressed) -> Request | None:
    """The request of a press that needs no more words, None for one that opens one. Raises Unreadable."""
    target = pressed.target
    match pressed.press:
        case Press.ADVANCE | Press.DEPLOY if target.action:
            return Advance(
                release=target.release,
                action=target.action,
                from_rc=target.candidate,
                from_step=target.step,
                from_paused=target.state == PAUSED,
            )
        case Press.DEPLOY_AGAIN:
            return AskDeployerAgain(release=target.release, candidate=target.candidate or 0)
        case Press.DRY_RUN | Press.RETRY:
            return _of_git(pressed)
        case Press.UNCONFIRM if target.item:
            return Confirm(
                release=target.release, item=target.item, candidate=target.candidate or 0, take_back=True
            )
        case Press.APPROVE:
            return Decide(release=target.release, candidate=target.candidate, outcome=Outcome.APPROVE)
        case Press.WITHDRAW:
            return WithdrawDecision(release=target.release, candidate=target.candidate)
        case Press.REMINDER_SEEN | Press.REMINDER_RESUME:
            answer = AcknowledgeReminder if pressed.press is Press.REMINDER_SEEN else ResumeReminder
            return answer(project=target.project, reminder=target.reminder)
        case press if press in changes.AT_ONCE:
            return changes.request_of(pressed)
        case Press.NOTES_POST | Press.NOTES_AGAIN:
            return notes.request_of(pressed)
        case _:
            return _of_room(pressed) or _of_calendar(pressed)


def _of_git(pressed: Pressed) -> RetryGit | AskDryRun:
    """Once more; or what would happen: of the step that the button names, else of the next one, with the
    commits that are typed beside it.
    """
    if pressed.press is Press.RETRY:
        return RetryGit(release=pressed.target.release)
    typed = state_of(pressed.view).text(actions.COMMITS) if pressed.view is not None else ""
    try:
        step = GitStep(pressed.target.state) if pressed.target.state else None
    except ValueError as error:
        raise Unreadable(Press.DRY_RUN) from error
    return AskDryRun(release=pressed.target.release, step=step, commits=actions.commits_of(typed))


def _of_room(pressed: Pressed) -> Request | None:
    target = pressed.target
    match pressed.press:
        case Press.TAKE_SEAT:
            return TakeSeat(room=target.room)
        case Press.ROOM_CLOSE:
            return FinishPostmortem(room=target.room)
        case Press.STEP if target.state in {room_modal.STARTED, room_modal.DONE, room_modal.ADDED}:
            return MoveStep(room=target.room, step=target.step, state=target.state)
        case Press.PLAYBOOK:
            return _playbook(target)
        case press if press in postmortems.AT_ONCE:
            return postmortems.request_of(pressed)
        case _:
            return None


def _playbook(target: Target) -> OpenPlaybook:
    try:
        return OpenPlaybook(room=target.room, playbook=Phase(target.state))
    except ValueError as error:
        raise Unreadable(Press.PLAYBOOK) from error


def _of_calendar(pressed: Pressed) -> Request | None:
    target = pressed.target
    match pressed.press:
        case press if press in breaches.AT_ONCE:
            return breaches.request_of(pressed)
        case Press.DIGEST if target.state in {digest_setting.ON, digest_setting.OFF}:
            return ChooseDigest(on=target.state == digest_setting.ON)
        case Press.BLACKOUT_REMOVE:
            return RemoveBlackout(project=target.project, blackout=target.blackout)
        case Press.BLACKOUT_RESTORE:
            return RestoreBlackout(project=target.project, blackout=target.blackout)
        case press if press in years.ANSWERS:
            return years.request_of(press, target)
        case Press.WINDOW_REMOVE:
            return RemoveWindow(project=target.project, window=_window(target))
        case _:
            return None


def _window(target: Target) -> WeeklyWindow:
    try:
        return WeeklyWindow.of_key(target.state)
    except ValueError as error:
        raise Unreadable(Press.WINDOW_REMOVE) from error


_IN_OVERFLOW = frozenset(
    {Press.RETARGET, Press.STAKEHOLDERS, Press.EXCEPTION_ASK, Press.DRY_RUN, Press.UNCONFIRM}
)


def unfolded(pressed: Pressed) -> Pressed:
    """An overflow's option stands for the press of its action, or for the one that it names."""
    if pressed.press is Press.CHANGE:
        return changes.unfolded(pressed)
    if pressed.press is not Press.MORE:
        return pressed
    if pressed.target.state in _IN_OVERFLOW:
        return replace(pressed, press=Press(pressed.target.state), target=replace(pressed.target, state=""))
    action = pressed.target.action
    if action is None:
        raise Refused(Gone("action"))
    if action in {Action.CANCEL} | NEED_WORDS:
        return replace(pressed, press=Press.ASK if press_for(action) is Press.ADVANCE else press_for(action))
    return replace(pressed, press=press_for(action))


async def open_for(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Open what a press asks for. Raises Refused or ModalNotOpened."""
    if pressed.press in {Press.START_TYPE, Press.START_PROJECT}:
        await _start_again(desk, call, pressed)
        return
    if pressed.press in {Press.BLACKOUT_TIMES, Press.BLACKOUT_PROJECTS}:
        await _check_again(desk, call, pressed)
        return
    if pressed.press in _AGAIN:
        await _look_again(desk, call, pressed)
        return
    if pressed.press is Press.EXCEPTION_FROM:
        await _ask_again(desk, call, pressed)
        return
    view = await desk.look(_view_of, call, pressed)
    if view is None:
        return
    if pressed.press in changes.IN_PLACE and pressed.view is not None:
        await desk.update(str(pressed.view["id"]), here(view, target_of(pressed.view)))
    else:
        await desk.open(call, view)


async def show_again(desk: Desk, call: Call, pressed: Pressed) -> None:
    """The list of changes as it is now, in the modal in which one of them was pressed."""
    if pressed.press in changes.AT_ONCE and pressed.view is not None:
        view = await desk.look(modals.scope, call.reader, pressed.target)
        await desk.update(str(pressed.view["id"]), here(view, target_of(pressed.view)))


def here(view: View, before: Target) -> View:
    """A modal in the place of another: what is done in it is answered where that one was opened."""
    kept = replace(decode(view["private_metadata"]), channel=before.channel)
    return view | {"private_metadata": encode(kept)}


def asked(tx: Tx, call: Call, press: Press, target: Target) -> View:
    """The modal of a press, for who could send it. Raises Refused."""
    asking.may(tx, call.origin, press, target)
    return _OPENINGS[press](tx, call.reader, target)


def _view_of(tx: Tx, call: Call, pressed: Pressed) -> View | None:
    """The modal of a press. Raises Refused before anybody types what could not be sent."""
    target, reader = pressed.target, call.reader
    if pressed.press in _OPENINGS:
        return asked(tx, call, pressed.press, target)
    asking.may(tx, call.origin, pressed.press, target)
    match pressed.press:
        case Press.ASK:
            early = target.action is Action.CUT_BRANCH
            view = before_cut(tx, call, target.release) if early else None
            return view or modals.for_action(tx, reader, target)
        case Press.START:
            return modals.start_any(tx, reader, target)
        case Press.EXCEPTION_ASK:
            since = named_time(target.state)
            return exception_modals.ask(tx, reader, target, since, by=call.origin.actor.user)
        case Press.BLACKOUT_ADD | Press.BLACKOUT_MOVE:
            return modals.blackout(tx, reader, target, by=call.origin.actor.user)
        case Press.ROLLBACK:
            return modals.declare(tx, reader, target, by=call.origin.actor.user)
        case Press.DIGEST_TIME:
            return modals.digest(tx, reader, of=call.origin.actor.user)
        case _:
            raise Refused(Gone("button"))


_OPENINGS: Mapping[Press, Opening] = {
    Press.CONFIRM: modals.confirm,
    Press.SCOPE: modals.scope,
    Press.LEAVE_OUT: modals.leave_out,
    Press.CORRECT: modals.correct,
    Press.COMPARE: modals.compare,
    Press.CONDITIONS: modals.conditions,
    Press.REJECT: modals.reject,
    Press.MEET: modals.meet,
    Press.RETARGET: modals.retarget,
    Press.EXCEPTION_GRANT: lambda tx, r, target: exception_modals.decide(tx, r, target, grant=True),
    Press.EXCEPTION_DENY: lambda tx, r, target: exception_modals.decide(tx, r, target, grant=False),
    Press.EXCEPTION_REVOKE: exception_modals.revoke,
    Press.EXCEPTION_JUDGE: exception_modals.judge,
    Press.STAKEHOLDERS: modals.stakeholders,
    Press.READING: health.enter,
    Press.WAY_BACK_GIVE: ways_back.give,
    Press.REHEARSED: ways_back.rehearsed,
    Press.SCHEMA_BEGIN: ways_back.begin,
    Press.SCHEMA_LINK: ways_back.link,
    Press.SCHEMA_END: ways_back.end,
    Press.BREACH_REPORT: breaches.report,
    Press.BREACH_DISMISS: breaches.dismiss,
    Press.STEP: modals.room_step,
    Press.ROOM_LOG: modals.room_log,
    Press.ROOM_ESCALATE: modals.room_escalate,
    Press.ROOM_RESOLVE: modals.room_resolve,
    Press.ROOM_STAND_DOWN: modals.room_stand_down,
    Press.POSTMORTEM_DONE: modals.postmortem,
    Press.NOTICE: notices.view,
    Press.POSTMORTEM_WRITE: postmortems.write,
    Press.ITEM_ADD: postmortems.add,
    Press.ITEM_END: postmortems.end,
    Press.REDEPLOY: postmortems.redeploy,
    Press.REMINDER_LATER: modals.later,
    Press.LIFT_LOCK: modals.lift_lock,
    Press.OCCURRENCE: modals.occurrence,
    Press.WINDOW_ADD: modals.window,
    Press.ROLE_GIVE: lambda tx, reader, target: modals.role(tx, reader, target, give=True),
    Press.ROLE_TAKE: lambda tx, reader, target: modals.role(tx, reader, target, give=False),
}


async def _start_again(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Another project or type was chosen: the open modal follows, and keeps what was typed."""
    if pressed.view is None:
        return
    state = state_of(pressed.view)
    try:
        kind = ReleaseType(state.choice(start_modal.TYPE) or ReleaseType.REGULAR)
    except ValueError as error:
        raise Unreadable(Press.START_TYPE) from error
    key = state.choice(start_modal.PROJECT) or pressed.target.project
    target = Target(project=key)
    typed = state.text(start_modal.VERSION)
    view = await desk.look(modals.start_release, call.reader, target, kind, typed)
    await desk.update(str(pressed.view["id"]), view)


async def _check_again(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Other dates or projects were chosen for a blackout: the open modal says what is planned in them."""
    if pressed.view is None:
        return
    target, entered = target_of(pressed.view), modals.entered_blackout(state_of(pressed.view))
    by = call.origin.actor.user
    view = await desk.look(partial(modals.blackout, by=by), call.reader, target, entered)
    await desk.update(str(pressed.view["id"]), view)


_AGAIN: Mapping[Press, Callable[[Tx, Reader, Target, State], View]] = {
    Press.RETARGET_TIME: modals.retarget,
    Press.OCCURRENCE_TIMES: modals.occurrence,
    Press.NOTICE_KIND: notices.view,
    Press.NOTICE_AUDIENCE: notices.view,
}


async def _look_again(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Something else was chosen: the open modal says what that would run into."""
    if pressed.view is None:
        return
    target, state = target_of(pressed.view), state_of(pressed.view)
    view = await desk.look(_AGAIN[pressed.press], call.reader, target, state)
    await desk.update(str(pressed.view["id"]), view)


async def _ask_again(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Another time was chosen: the open form names what closes the gate then, and keeps what was typed."""
    if pressed.view is None:
        return
    target = target_of(pressed.view)
    since = state_of(pressed.view).moment(exception_form.FROM)
    by = call.origin.actor.user
    view = await desk.look(partial(exception_modals.ask, by=by), call.reader, target, since)
    await desk.update(str(pressed.view["id"]), here(view, target))
