"""What approvals and a deploy still need."""

from __future__ import annotations

from typing import assert_never

from domain import needs as n
from domain.calendar.gate import GateAnswer
from domain.release import ConfirmItem
from domain.types import ReleaseType
from messages import names
from messages.blocks import user
from messages.gates import reason_line
from messages.parts import quote, sha, when
from messages.texts import Reader
from messages.versions import tag


def of_deploy(
    reader: Reader, of: n.NotSoaked | n.NotConfirmed | n.ConditionOpen | n.GateClosed | n.OutsideApproval
) -> str:
    t = reader.t
    match of:
        case n.NotSoaked(until):
            return t("The staging soak lasts until {at}.", at=when(reader, until))
        case n.NotConfirmed(item):
            return t("Not confirmed yet: {item}", item=names.confirm_item(reader, item))
        case n.ConditionOpen(text, _):
            return t("Condition not met yet: {text}", text=quote(text))
        case n.GateClosed(answer):
            return t("The gate is closed: {reasons}", reasons="; ".join(gate_reasons(reader, answer)))
        case n.OutsideApproval(approved, head):
            return t(
                "The approval is for commit {approved}, but the branch is at {head}.",
                approved=sha(approved),
                head=sha(head),
            )
        case _:
            assert_never(of)


def gate_reasons(reader: Reader, answer: GateAnswer) -> tuple[str, ...]:
    """Why the gate is closed, and when it opens by itself."""
    reasons = tuple(reason_line(reader, reason) for reason in answer.closing)
    if answer.next_open is None:
        return reasons
    return (*reasons, reader.t("opens {at}", at=when(reader, answer.next_open)))


def of_others(
    reader: Reader, of: n.OtherDeploying | n.UrgentFirst | n.OlderUnfinished | n.HotfixUnfinished
) -> str:
    t = reader.t
    match of:
        case n.OtherDeploying(version, stage):
            return t(
                "Another release of the project is in production work: {version} ({stage})",
                version=tag(version),
                stage=names.stage(reader, stage),
            )
        case n.UrgentFirst(version, kind):
            return t(
                "An urgent release goes first: {version} ({type})",
                version=tag(version),
                type=names.release_type(reader, ReleaseType(kind)),
            )
        case n.OlderUnfinished(version, stage):
            return t(
                "An older release must be finished, put on hold or cancelled first: {version} ({stage})",
                version=tag(version),
                stage=names.stage(reader, stage),
            )
        case n.HotfixUnfinished(version, stage):
            return t(
                "The hotfix that mends it must be released or cancelled first: {version} ({stage})",
                version=tag(version),
                stage=names.stage(reader, stage),
            )
        case _:
            assert_never(of)


def of_approval(
    reader: Reader, of: n.NoStakeholder | n.Unmeetable | n.NobodyHolds | n.RejectionStands | n.NotRejected
) -> str:
    t = reader.t
    match of:
        case n.NoStakeholder():
            return t("No stakeholder is named; a feature release needs at least one.")
        case n.Unmeetable(role, count, eligible):
            return t(
                "{role}: {count} needed, {eligible} left who may approve",
                role=names.role_label(reader, role),
                count=count,
                eligible=eligible,
            )
        case n.NobodyHolds():
            return f"{nobody_holds(reader, of)} {staffed_by(reader)}"
        case n.RejectionStands(by):
            return t(
                "The rejection stands: it is taken back by {who}, or a new candidate is built.", who=user(by)
            )
        case n.NotRejected():
            return t("Nobody rejected it, so it needs no new candidate: resume it.")
        case _:
            assert_never(of)


def nobody_holds(reader: Reader, of: n.NobodyHolds) -> str:
    steps = (
        names.confirm_item(reader, one) if isinstance(one, ConfirmItem) else names.action(reader, one)
        for one in of.steps
    )
    return reader.t(
        "Nobody holds the role of {roles} ({steps}).",
        roles=names.roles(reader, of.roles),
        steps=", ".join(dict.fromkeys(steps)),
    )


def staffed_by(reader: Reader) -> str:
    return reader.t("The owners give it: {command}", command="`/release roles`")
