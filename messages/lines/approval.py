"""Lines of approvals."""

from __future__ import annotations

from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.approvals import Outcome
from messages import names
from messages.lines.lifecycle import head, noted
from messages.names import word
from messages.parts import bullets, people, quote, sha, when
from messages.readiness.words import CHECKS
from messages.texts import Reader

ApprovalSaid = (
    v.ApprovalAsked | v.Decided | v.DecisionWithdrawn | v.ApprovalsLapsed | v.ConditionMet | e.ApprovalWaiting
)

LAPSED = {
    "new_candidate": word("there is a new candidate"),
    "time": word("too much time has passed"),
    "role_lost": word("an approver no longer holds the role"),
    "moved": word("the deploy was moved to another window"),
}

RELAXED = {
    "starter": word("who started the release may approve it"),
    "authors": word("authors may approve their own changes"),
}


def approval_line(reader: Reader, said: ApprovalSaid) -> str:
    match said:
        case v.ApprovalAsked() | e.ApprovalWaiting():
            return _asked(reader, said)
        case v.Decided():
            return _decided(reader, said)
        case v.DecisionWithdrawn() | v.ApprovalsLapsed():
            return _undone(reader, said)
        case v.ConditionMet():
            text = reader.t(
                "{release} Condition met: {text}", release=head(said.version), text=quote(said.text)
            )
            return text + noted(said.evidence)
        case _:
            assert_never(said)


def _why(reader: Reader, code: str) -> str:
    return reader.t(LAPSED[code]) if code in LAPSED else quote(code)


def _asked(reader: Reader, said: v.ApprovalAsked | e.ApprovalWaiting) -> str:
    t = reader.t
    if isinstance(said, e.ApprovalWaiting):
        return _waiting(reader, said)
    lines = [
        t(
            "{release} rc.{candidate} ({commit}) waits for approval.",
            release=head(said.version),
            candidate=said.candidate,
            commit=sha(said.sha),
        )
    ]
    if said.again:
        lines.append(t("Asked again: {why}", why=_why(reader, said.again)))
    if said.relaxed:
        relaxed = ", ".join(t(RELAXED[one]) if one in RELAXED else quote(one) for one in said.relaxed)
        lines.append(t("Separation of duties is relaxed in the policy: {what}", what=relaxed))
    if said.lenient:
        checks = ", ".join(t(CHECKS[one]) for one in said.lenient)
        lines.append(t("The policy judges the way back less strictly: {what}", what=checks))
    return "\n".join(lines)


def _waiting(reader: Reader, said: e.ApprovalWaiting) -> str:
    t = reader.t
    text = t(
        "{release} has waited for approval since {at}.",
        release=head(said.version),
        at=when(reader, said.asked_at),
    )
    lines = [text]
    if said.waiting_for:
        lines.append(t("Who can give it: {people}", people=people(reader, said.waiting_for)))
    if said.escalated:
        lines.append(
            t(
                "You are told as: {role}. Please see that somebody decides.",
                role=names.role(reader, said.escalated),
            )
        )
    return "\n".join(lines)


def _decided(reader: Reader, said: v.Decided) -> str:
    t = reader.t
    what = names.outcome(reader, said.outcome)
    text = f"{head(said.version)} rc.{said.candidate} *{what}*"
    if said.replaces and said.replaces is not said.outcome:
        text += " " + t("(before: {outcome})", outcome=names.outcome(reader, said.replaces))
    if said.outcome is Outcome.CONDITIONS and said.conditions:
        text += "\n" + bullets(quote(condition) for condition in said.conditions)
    return text + noted(said.comment)


def _undone(reader: Reader, said: v.DecisionWithdrawn | v.ApprovalsLapsed) -> str:
    t = reader.t
    if isinstance(said, v.DecisionWithdrawn):
        return t(
            "{release} rc.{candidate} Decision taken back: {outcome}",
            release=head(said.version),
            candidate=said.candidate,
            outcome=names.outcome(reader, said.outcome),
        )
    text = t(
        "{release} Decisions on rc.{candidate} no longer count: {why}",
        release=head(said.version),
        candidate=said.candidate,
        why=_why(reader, said.why),
    )
    if not said.users:
        return text
    return f"{text}\n" + t("Given by: {people}", people=people(reader, said.users))
