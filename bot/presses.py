"""Buttons: some are a request at once; the others open a modal (see `bot.opening`) or only show."""

from __future__ import annotations

from dataclasses import replace

from bot import breaches, changes, notes, postmortems, years
from bot.payloads import Pressed, Unreadable, state_of
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
from domain.types import Action, GitStep
from messages.buttons import NEED_WORDS, PAUSED, press_for
from messages.digests import setting as digest_setting
from messages.ids import Press, Target
from messages.modals import actions
from messages.modals import room as room_modal


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
