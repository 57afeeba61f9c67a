"""Forms of an approval: conditions, a rejection, the evidence that a condition is met."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.fields import Build, FieldError
from bot.payloads import State
from commands.requests import Decide, MeetCondition, NewCondition, Request
from domain.approvals import Outcome
from domain.refusals import TextMissing
from domain.release import Due, Unmet
from messages.ids import Form, Target
from messages.modals import decisions


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


FORMS: Mapping[Form, Build] = {
    Form.CONDITIONS: _conditions,
    Form.REJECT: _reject,
    Form.MEET: _meet,
}

FIELDS: Mapping[Form, str] = {
    Form.CONDITIONS: decisions.named(decisions.TEXT, 1),
    Form.REJECT: decisions.COMMENT,
    Form.MEET: decisions.EVIDENCE,
}
