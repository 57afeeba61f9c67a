"""Buttons that open a modal first, or change the one in which they are pressed."""

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
    notices,
    postmortems,
    ways_back,
)
from bot.beforehand import before_cut
from bot.desk import Call, Desk
from bot.modals import View
from bot.payloads import Pressed, State, Unreadable, state_of, target_of
from domain.refusals import Gone, Refused
from domain.types import Action, ReleaseType
from messages.ids import Press, Target, decode, encode
from messages.modals import exceptions as exception_form
from messages.modals import start as start_modal
from messages.modals.fields import named_time
from messages.texts import Reader
from storage.db import Tx

Opening = Callable[[Tx, Reader, Target], View]


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
