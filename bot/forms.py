"""A filled-in modal to the request that it makes. Pure; what cannot be read is a refusal beside its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot import payloads
from bot.payloads import Filled, State
from commands.requests import (
    AddBlackout,
    AddWindow,
    Advance,
    AskException,
    BeginFreeze,
    Cancel,
    Confirm,
    Decide,
    DecideException,
    DeclareRollback,
    Escalate,
    FinishPostmortem,
    FixForward,
    GiveRole,
    HandOver,
    LiftFreeze,
    LiftLock,
    LogLine,
    MeetCondition,
    MoveStep,
    NameStakeholders,
    NewCondition,
    PassQa,
    Request,
    Resolve,
    Retarget,
    StandDown,
    StartRelease,
    TakeRole,
)
from domain.approvals import Outcome
from domain.calendar.fields import Weekday
from domain.calendar.rules import WeeklyWindow
from domain.people import Role
from domain.refusals import EndsBeforeStart, Refusal, TextMissing, Unreadable
from domain.release import ConfirmItem, Due, Unmet
from domain.rollback import Criterion
from domain.types import Action, ReleaseType
from messages.ids import Form, Target
from messages.modals import actions, dates, decisions, exceptions, project, qa, rollback, room, start


class FieldError(Exception):
    """A field that cannot be read; the modal keeps what was typed and shows the reason beside it."""

    def __init__(self, field: str, refusal: Refusal) -> None:
        super().__init__(field)
        self.field = field
        self.refusal = refusal


def request_of(filled: Filled) -> Request | None:
    """The request of a form, None for one that only shows. Raises FieldError, and payloads.Unreadable for
    choices that our modals do not offer.
    """
    build = _FORMS.get(filled.form)
    try:
        return build(filled.target, filled.state) if build else None
    except (ValueError, OverflowError) as error:
        raise payloads.Unreadable(filled.form) from error


def field_of(form: Form) -> str:
    """The field beside which a refusal of the whole form is shown."""
    return _MAIN_FIELD.get(form, "note")


def _start(target: Target, state: State) -> Request:
    kind = ReleaseType(state.choice(start.TYPE) or target.state or ReleaseType.REGULAR)
    return StartRelease(
        project=state.choice(start.PROJECT) or target.project,
        type=kind,
        version=state.text(start.VERSION),
        deploy_at=_moment(state, start.DEPLOY_AT, start.SLOT),
        feature=state.text(start.FEATURE),
        commits=tuple(state.text(start.COMMITS).replace(",", " ").split()),
        stakeholders=state.users(start.STAKEHOLDERS),
        parent=target.release,
        production=_production(state.choice(start.PRODUCTION)),
    )


def _production(choice: str) -> str | None:
    """None where the form did not ask."""
    return "" if choice == start.NOTHING else choice.removeprefix("v") or None


def _moment(state: State, picker: str, slot: str) -> datetime | None:
    """The picker beats the slot."""
    picked = state.moment(picker)
    chosen = state.choice(slot)
    if picked is None and chosen.isdecimal():
        return datetime.fromtimestamp(int(chosen), UTC)
    return picked


def _action(target: Target, state: State) -> Request:
    note = state.text(actions.NOTE)
    if target.action is Action.FIX_FORWARD:
        return FixForward(release=target.release, reason=note)
    action = target.action or Action.HOLD
    return Advance(release=target.release, action=action, note=note, from_rc=target.candidate)


def _cut_early(target: Target, state: State) -> Request:
    note = state.text(actions.NOTE)
    return Advance(release=target.release, action=Action.CUT_BRANCH, note=note, early=True)


def _name_commits(target: Target, state: State) -> Request:
    commits = tuple(state.text(actions.COMMITS).replace(",", " ").split())
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
    )


def _conditions(target: Target, state: State) -> Request:
    found = tuple(c for n in decisions.CONDITIONS if (c := _condition(state, n)) is not None)
    if not found:
        raise FieldError(decisions.named(decisions.TEXT, 1), TextMissing("condition"))
    return Decide(
        release=target.release,
        candidate=target.candidate,
        outcome=Outcome.CONDITIONS,
        conditions=found,
    )


def _condition(state: State, number: int) -> NewCondition | None:
    def field(name: str) -> str:
        return decisions.named(name, number)

    text = state.text(field(decisions.TEXT))
    if not text:
        return None
    due = Due(state.choice(field(decisions.DUE)) or Due.BEFORE_DEPLOY)
    due_at = state.moment(field(decisions.DUE_AT))
    if due is Due.TIME and due_at is None:
        raise FieldError(field(decisions.DUE_AT), TextMissing("due"))
    return NewCondition(
        text=text,
        owner=state.user(field(decisions.OWNER)),
        due=due,
        due_at=due_at,
        unmet=Unmet(state.choice(field(decisions.UNMET)) or Unmet.BLOCKS),
    )


def _reject(target: Target, state: State) -> Request:
    return Decide(
        release=target.release,
        candidate=target.candidate,
        outcome=Outcome.REJECT,
        comment=state.text(decisions.COMMENT),
    )


def _meet(target: Target, state: State) -> Request:
    evidence = state.text(decisions.EVIDENCE)
    return MeetCondition(release=target.release, condition=target.condition, evidence=evidence)


def _confirm(target: Target, state: State) -> Request:
    return Confirm(
        release=target.release,
        item=target.item or ConfirmItem.PRE_RELEASE_ITEMS,
        candidate=target.candidate,
        note=state.text(decisions.NOTE),
    )


def _retarget(target: Target, state: State) -> Request:
    when = _moment(state, dates.DEPLOY_AT, dates.SLOT)
    if when is None:
        raise FieldError(dates.DEPLOY_AT, TextMissing("deploy_at"))
    return Retarget(
        release=target.release,
        deploy_at=when,
        reason=state.text(dates.REASON),
        lift_freeze=state.ticked(dates.LIFT_FREEZE),
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


def _freeze(target: Target, state: State) -> Request:
    reason = state.text(dates.REASON)
    if target.state == dates.LIFT:
        return LiftFreeze(release=target.release, reason=reason)
    return BeginFreeze(release=target.release, reason=reason)


def _exception(target: Target, state: State) -> Request:
    return AskException(
        release=target.release,
        blackout=target.blackout,
        what=state.text(exceptions.WHAT),
        why=state.text(exceptions.WHY),
        risk=state.text(exceptions.RISK),
        way_back=state.text(exceptions.WAY_BACK),
    )


def _exception_decision(target: Target, state: State) -> Request:
    hours = state.choice(exceptions.HOURS)
    return DecideException(
        exception=target.exception,
        grant=target.state == exceptions.GRANT,
        hours=int(hours) if hours.isdecimal() else 2,
        note=state.text(exceptions.NOTE),
    )


def _rollback(target: Target, state: State) -> Request:
    criteria = tuple(Criterion(value) for value in state.choices(rollback.CRITERIA))
    return DeclareRollback(
        release=target.release,
        criteria=criteria,
        evidence=state.text(rollback.EVIDENCE),
        migration=bool(state.yes(rollback.MIGRATION)),
        target=state.choice(rollback.TARGET),
        commander=state.user(rollback.COMMANDER),
        room=target.room,
    )


def _step(target: Target, state: State) -> Request:
    return MoveStep(
        room=target.room,
        step=target.step,
        state=target.state,
        owner=state.user(room.OWNER),
        note=state.text(room.NOTE),
    )


def _escalate(target: Target, state: State) -> Request:
    role = state.choice(room.ROLE)
    return Escalate(room=target.room, role=Role(role) if role else None, note=state.text(room.NOTE))


def _blackout(target: Target, state: State) -> Request:
    begins, ends = state.moment(project.START), state.moment(project.END)
    if begins is None or ends is None:
        raise FieldError(project.START if begins is None else project.END, TextMissing("date"))
    if ends <= begins:
        raise FieldError(project.END, EndsBeforeStart(begins, ends))
    return AddBlackout(
        project=target.project,
        name=state.text(project.NAME),
        start=begins,
        end=ends,
        reason=state.text(project.REASON),
    )


def _window(target: Target, state: State) -> Request:
    opens, closes = state.clock(project.FROM), state.clock(project.TO)
    if opens is None or closes is None:
        raise FieldError(project.FROM if opens is None else project.TO, TextMissing("time"))
    if closes <= opens and closes.isoformat() != "00:00:00":
        raise FieldError(project.TO, EndsBeforeStart(f"{opens:%H:%M}", f"{closes:%H:%M}"))
    window = WeeklyWindow(weekday=Weekday(state.choice(project.WEEKDAY)), from_=opens, to=closes)
    return AddWindow(project=target.project, window=window)


def _role(target: Target, state: State) -> Request:
    typed = state.text(project.HOLDER).strip("<>!@ ").removeprefix("subteam^").partition("|")[0]
    holder = state.user(project.USER) or typed
    if not holder:
        raise FieldError(project.USER, TextMissing("person"))
    if holder[:1] not in {"U", "W", "S"}:
        raise FieldError(project.HOLDER, Unreadable("person", holder))
    role = Role(state.choice(project.ROLE) or target.role)
    if target.state == project.TAKE:
        return TakeRole(project=target.project, role=role, holder=holder)
    return GiveRole(project=target.project, role=role, holder=holder)


_FORMS: Mapping[Form, Callable[[Target, State], Request]] = {
    Form.START: _start,
    Form.ACTION: _action,
    Form.CUT_EARLY: _cut_early,
    Form.COMMITS: _name_commits,
    Form.CANCEL: _cancel,
    Form.QA: _qa,
    Form.CONDITIONS: _conditions,
    Form.REJECT: _reject,
    Form.MEET: _meet,
    Form.CONFIRM: _confirm,
    Form.RETARGET: _retarget,
    Form.STAKEHOLDERS: _stakeholders,
    Form.CAPTAIN: _captain,
    Form.FREEZE: _freeze,
    Form.EXCEPTION: _exception,
    Form.EXCEPTION_DECISION: _exception_decision,
    Form.ROLLBACK: _rollback,
    Form.STEP: _step,
    Form.LOG: lambda target, state: LogLine(room=target.room, text=state.text(room.TEXT)),
    Form.ESCALATE: _escalate,
    Form.RESOLVE: lambda target, state: Resolve(room=target.room, summary=state.text(room.SUMMARY)),
    Form.STAND_DOWN: lambda target, state: StandDown(room=target.room, reason=state.text(room.REASON)),
    Form.POSTMORTEM: lambda target, state: FinishPostmortem(room=target.room, link=state.text(room.LINK)),
    Form.LIFT_LOCK: lambda target, state: LiftLock(project=target.project, reason=state.text(project.REASON)),
    Form.BLACKOUT: _blackout,
    Form.WINDOW: _window,
    Form.ROLE: _role,
}

_MAIN_FIELD: Mapping[Form, str] = {
    Form.START: start.VERSION,
    Form.COMMITS: actions.COMMITS,
    Form.QA: qa.REPORT,
    Form.CONDITIONS: decisions.named(decisions.TEXT, 1),
    Form.REJECT: decisions.COMMENT,
    Form.MEET: decisions.EVIDENCE,
    Form.RETARGET: dates.DEPLOY_AT,
    Form.STAKEHOLDERS: actions.STAKEHOLDERS,
    Form.CAPTAIN: actions.CAPTAIN,
    Form.FREEZE: dates.REASON,
    Form.EXCEPTION: exceptions.WHY,
    Form.EXCEPTION_DECISION: exceptions.NOTE,
    Form.ROLLBACK: rollback.EVIDENCE,
    Form.LOG: room.TEXT,
    Form.RESOLVE: room.SUMMARY,
    Form.STAND_DOWN: room.REASON,
    Form.POSTMORTEM: room.LINK,
    Form.LIFT_LOCK: project.REASON,
    Form.BLACKOUT: project.NAME,
    Form.WINDOW: project.FROM,
    Form.ROLE: project.USER,
}
