"""Forms of a release: its start, its steps, its people."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build, FieldError, moment
from bot.payloads import State
from commands.requests import (
    Advance,
    Cancel,
    Confirm,
    CorrectMessage,
    FixForward,
    HandOver,
    LeaveOut,
    NameStakeholders,
    PassQa,
    Request,
    StartRelease,
)
from domain.corrections import whole
from domain.refusals import TextMissing
from domain.release import ConfirmItem
from domain.types import Action, ReleaseType
from messages.buttons import PAUSED
from messages.ids import Form, Target
from messages.modals import actions, correct, decisions, leave_out, qa, start


def _start(target: Target, state: State) -> Request:
    kind = ReleaseType(state.choice(start.TYPE) or target.state or ReleaseType.REGULAR)
    return StartRelease(
        project=state.choice(start.PROJECT) or target.project,
        type=kind,
        version=state.text(start.VERSION),
        deploy_at=moment(state, start.DEPLOY_AT, start.SLOT),
        feature=state.text(start.FEATURE),
        commits=tuple(state.text(start.COMMITS).replace(",", " ").split()),
        stakeholders=state.users(start.STAKEHOLDERS),
        parent=target.release,
        production=_production(state.choice(start.PRODUCTION)),
    )


def _production(choice: str) -> str | None:
    """None where the form did not ask."""
    return "" if choice == start.NOTHING else choice.removeprefix("v") or None


def _action(target: Target, state: State) -> Request:
    note = state.text(actions.NOTE)
    if target.action is Action.FIX_FORWARD:
        return FixForward(release=target.release, reason=note)
    action = target.action or Action.HOLD
    return Advance(
        release=target.release,
        action=action,
        note=note,
        from_rc=target.candidate,
        from_step=target.step,
        from_paused=target.state == PAUSED,
    )


def _cut_early(target: Target, state: State) -> Request:
    note = state.text(actions.NOTE)
    return Advance(release=target.release, action=Action.CUT_BRANCH, note=note, early=True)


def _without_files(target: Target, state: State) -> Request:
    note = state.text(actions.NOTE)
    return Advance(
        release=target.release,
        action=Action.BUILD_PASSED,
        note=note,
        without_files=True,
        from_rc=target.candidate,
    )


def _name_commits(target: Target, state: State) -> Request:
    commits = actions.commits_of(state.text(actions.COMMITS))
    if not commits:
        raise FieldError(actions.COMMITS, TextMissing("commits"))
    return Advance(release=target.release, action=Action.CUT_BRANCH, commits=commits)


def _cancel(target: Target, state: State) -> Request:
    return Cancel(
        release=target.release,
        reason=state.text(actions.NOTE),
        delete_branch=state.ticked(actions.DELETE_BRANCH),
        superseded_by=state.text(actions.SUPERSEDED_BY),
    )


def _qa(target: Target, state: State) -> Request:
    return PassQa(
        release=target.release,
        migration=state.yes(qa.MIGRATION),
        breaking=state.yes(qa.BREAKING),
        report=state.text(qa.REPORT),
        reservations=state.text(qa.RESERVATIONS),
        way_back=state.text(qa.WAY_BACK),
        deviates=state.ticked(qa.DEVIATES),
    )


def _leave_out(target: Target, state: State) -> Request:
    return LeaveOut(release=target.release, sha=target.key, flag=state.text(leave_out.FLAG))


def _correct(target: Target, state: State) -> Request:
    """A whole message, even where nothing follows the first line."""
    subject, body = state.text(correct.SUBJECT), state.text(correct.BODY)
    if not subject:
        raise FieldError(correct.SUBJECT, TextMissing("message"))
    message = whole(subject, body)
    return CorrectMessage(project=target.project, release=target.release, commit=target.key, message=message)


def _confirm(target: Target, state: State) -> Request:
    return Confirm(
        release=target.release,
        item=target.item or ConfirmItem.DEPLOYER_STANDING_BY,
        candidate=target.candidate,
        note=state.text(decisions.NOTE),
    )


def _stakeholders(target: Target, state: State) -> Request:
    users = state.users(actions.STAKEHOLDERS)
    if not users:
        raise FieldError(actions.STAKEHOLDERS, TextMissing("person"))
    return NameStakeholders(release=target.release, users=users)


def _captain(target: Target, state: State) -> Request:
    to = state.user(actions.CAPTAIN)
    if not to:
        raise FieldError(actions.CAPTAIN, TextMissing("person"))
    return HandOver(release=target.release, to=to)


FORMS: Mapping[Form, Build] = {
    Form.START: _start,
    Form.ACTION: _action,
    Form.CUT_EARLY: _cut_early,
    Form.COMMITS: _name_commits,
    Form.WITHOUT_FILES: _without_files,
    Form.CANCEL: _cancel,
    Form.QA: _qa,
    Form.LEAVE_OUT: _leave_out,
    Form.CORRECT: _correct,
    Form.CONFIRM: _confirm,
    Form.STAKEHOLDERS: _stakeholders,
    Form.CAPTAIN: _captain,
}

FIELDS: Mapping[Form, str] = {
    Form.START: start.VERSION,
    Form.COMMITS: actions.COMMITS,
    Form.QA: qa.MIGRATION,
    Form.LEAVE_OUT: leave_out.FLAG,
    Form.CORRECT: correct.SUBJECT,
    Form.STAKEHOLDERS: actions.STAKEHOLDERS,
    Form.CAPTAIN: actions.CAPTAIN,
}
