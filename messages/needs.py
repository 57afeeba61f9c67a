"""What a step still needs, one line each with who can settle it (spec 2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from domain import needs as n
from domain.calendar.gate import GateAnswer
from domain.release import ConfirmItem
from domain.rollback import StepKey
from domain.types import ReleaseType
from messages import names
from messages.blocks import user
from messages.checklists.needs import FEW, items_open
from messages.criteria import words as criteria
from messages.gates import reason_line
from messages.notes.gaps import gap_line
from messages.parts import code, quote, sha, when
from messages.problems import problem_at
from messages.readiness.needs import readiness_need
from messages.texts import Reader

_SHOWN = 3
_LINE = 60


def missing_line(reader: Reader, missing: n.Missing, *, short: bool = False) -> str:
    """`Staging soak lasts until … — release manager`; mrkdwn, one line.

    `short` names only the first of many items, where all of them are a press away.
    """
    who = [user(missing.user)] if missing.user else []
    if missing.roles:
        who.append(names.roles(reader, missing.roles))
    text = _in_short(reader, missing.need) if short else need(reader, missing.need)
    if not who:
        return text
    return reader.t("{need} (ask: {who})", need=text, who=names.either(reader, who))


def _in_short(reader: Reader, of: n.Need) -> str:
    return items_open(reader, of, FEW) if isinstance(of, n.ItemsOpen) else need(reader, of)


def need(reader: Reader, of: n.Need) -> str:
    """One thing that is missing, as a sentence."""
    if isinstance(of, n.ReadinessNeed):
        return readiness_need(reader, of)
    return items_open(reader, of) if isinstance(of, n.ItemsOpen) else _need(reader, of)


def _need(reader: Reader, of: n.StepNeed) -> str:
    match of:
        case n.EmptyScope() | n.NameTaken() | n.FreezeNotBegun() | n.NoCommitsNamed() | n.HeadUnknown():
            return _of_branch(reader, of)
        case n.ReasonMissing() | n.BugMissing() | n.WayBackMissing() | n.NotesIncomplete():
            return _of_words(reader, of)
        case n.QaAnswerMissing() | n.QaDeviates() | n.FilesNotWritten():
            return _of_build(reader, of)
        case n.NotSoaked() | n.NotConfirmed() | n.ConditionOpen() | n.GateClosed() | n.OutsideApproval():
            return _of_deploy(reader, of)
        case n.OtherDeploying() | n.UrgentFirst() | n.OlderUnfinished() | n.HotfixUnfinished():
            return _of_others(reader, of)
        case n.NoStakeholder() | n.Unmeetable() | n.NobodyHolds() | n.RejectionStands() | n.NotRejected():
            return _of_approval(reader, of)
        case (
            n.StepNotLive()
            | n.StepIsLive()
            | n.StillWatched()
            | n.StillBreached()
            | n.RolloutPaused()
            | n.StepsLeft()
            | n.NotPaused()
            | n.AlreadyInProduction()
            | n.WorkUnderWay()
        ):
            return _of_rollout(reader, of)
        case n.NotMerged() | n.StillMonitoring():
            return _of_closing(reader, of)
        case n.NotInProduction() | n.RestoreBegun() | n.RestoreUnfinished() | n.NothingRestored():
            return _of_rollback(reader, of)
        case _:
            assert_never(of)


def _of_branch(
    reader: Reader, of: n.EmptyScope | n.NameTaken | n.FreezeNotBegun | n.NoCommitsNamed | n.HeadUnknown
) -> str:
    t = reader.t
    match of:
        case n.EmptyScope(since=""):
            return t("The repository has no commits to release.")
        case n.EmptyScope(since):
            return t("Nothing has changed since {since}, so there is nothing to release.", since=code(since))
        case n.NameTaken(name):
            return t("This name is already taken on the remote: {name}", name=code(name))
        case n.FreezeNotBegun(begins):
            return _freeze_not_begun(reader, begins)
        case n.NoCommitsNamed():
            return t("No commits are named: emergency and hotfix releases carry named commits only.")
        case n.HeadUnknown(""):
            return t("The newest commit of the branch is not known: the repository could not be read.")
        case n.HeadUnknown(branch):
            return t(
                "The newest commit of {branch} is not known: the repository could not be read.",
                branch=code(branch),
            )
        case _:
            assert_never(of)


def _freeze_not_begun(reader: Reader, begins: datetime | None) -> str:
    if begins is None:
        return reader.t(
            "No deploy date is set, so there is no code freeze yet: set one, or cut early with a reason."
        )
    return reader.t(
        "The code freeze begins {at}: wait for it, or cut early with a reason.", at=when(reader, begins)
    )


def _of_words(
    reader: Reader, of: n.ReasonMissing | n.BugMissing | n.WayBackMissing | n.NotesIncomplete
) -> str:
    t = reader.t
    match of:
        case n.ReasonMissing():
            return t("A reason is missing.")
        case n.BugMissing():
            return t("At least one bug must be named.")
        case n.WayBackMissing():
            return t("A first release has no version to go back to: state its way back.")
        case n.NotesIncomplete(kind, subject):
            return gap_line(reader, kind, subject)
        case _:
            assert_never(of)


def _of_build(reader: Reader, of: n.QaAnswerMissing | n.QaDeviates | n.FilesNotWritten) -> str:
    return files_not_written(reader, of) if isinstance(of, n.FilesNotWritten) else _of_qa(reader, of)


def files_not_written(reader: Reader, of: n.FilesNotWritten) -> str:
    return reader.t(
        "Not written on the branch: {files}. {problem} Mend it and press “Try again” on the card, change "
        "{key} in the policy, or say why it is built without.",
        files=", ".join(code(path) for path in of.files),
        problem=problem_at(reader, of.problem, of.at),
        key=code("notes"),
    )


def _of_qa(reader: Reader, of: n.QaAnswerMissing | n.QaDeviates) -> str:
    t = reader.t
    if isinstance(of, n.QaAnswerMissing):
        return t("Not answered yet: is there a database migration, are there breaking changes?")
    found = [code(path) for path in of.migrations[:_SHOWN]]
    found += [quote(text, _LINE) for text in of.breaking[:_SHOWN]]
    more = len(of.migrations) + len(of.breaking) - len(found)
    rest = " " + t("and {n} more", n=more) if more > 0 else ""
    return t(
        "Answered with no, but detected: {what}. Look again, or tick that you have looked.",
        what=", ".join(found) + rest,
    )


def _of_deploy(
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


def _of_others(
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


def _of_approval(
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


def _of_step(reader: Reader, of: n.StepNotLive | n.StepIsLive | n.StillWatched) -> str:
    t = reader.t
    step = quote(names.rollout_step(reader, of.step), 80)
    match of:
        case n.StepNotLive(by_hand=True):
            return t("Nobody has said yet that it is out: {step}. From then on it is watched.", step=step)
        case n.StepNotLive():
            return t("The deployer is still at it: {step}", step=step)
        case n.StepIsLive(""):
            return t("All steps are out already.")
        case n.StepIsLive():
            return t("It is out already: {step}", step=step)
        case n.StillWatched(until=until):
            at = when(reader, until)
            return t("{step} is watched until {at}. Before that, go on with a reason only.", step=step, at=at)
        case _:
            assert_never(of)


def _of_rollout(
    reader: Reader,
    of: n.StepNotLive
    | n.StepIsLive
    | n.StillWatched
    | n.StillBreached
    | n.RolloutPaused
    | n.StepsLeft
    | n.NotPaused
    | n.AlreadyInProduction
    | n.WorkUnderWay,
) -> str:
    t = reader.t
    match of:
        case n.StepNotLive() | n.StepIsLive() | n.StillWatched():
            return _of_step(reader, of)
        case n.StillBreached(breaches):
            what = "; ".join(criteria.breach(reader, one) for one in breaches[:_SHOWN])
            return t(
                "A rollback criterion is breached: {what}. Declare a rollback, or put it aside with a reason "
                "(“{aside}”) and go on.",
                what=what,
                aside=t("Not this time…"),
            )
        case n.RolloutPaused(""):
            return t("The rollout was paused when the gate closed. It is open again: continue it first.")
        case n.RolloutPaused(reason):
            return t("The rollout is paused: {reason}", reason=quote(reason))
        case n.StepsLeft(done, total):
            return t("{done} of {total} rollout steps are done.", done=done, total=total)
        case n.NotPaused():
            return t("The rollout is not paused.")
        case n.AlreadyInProduction():
            return t("Users may have it already: pause, continue, or declare a rollback.")
        case n.WorkUnderWay(action, since):
            return t(
                "Already under way since {at}: {action}",
                at=when(reader, since),
                action=names.action(reader, action),
            )
        case _:
            assert_never(of)


def _of_closing(reader: Reader, of: n.NotMerged | n.StillMonitoring) -> str:
    t = reader.t
    match of:
        case n.NotMerged(branch):
            return t("Not merged back to main and develop yet: {branch}", branch=code(branch))
        case n.StillMonitoring(until):
            return t("Monitoring lasts until {at}.", at=when(reader, until))
        case _:
            assert_never(of)


def _of_rollback(
    reader: Reader, of: n.NotInProduction | n.RestoreBegun | n.RestoreUnfinished | n.NothingRestored
) -> str:
    t = reader.t
    match of:
        case n.NotInProduction(""):
            return t("It is not the version in production.")
        case n.NotInProduction(production):
            return t("The version in production is {version}.", version=tag(production))
        case n.RestoreBegun():
            return t("Restoring has begun, so the rollback can only be finished.")
        case n.RestoreUnfinished(steps):
            return t("Steps still open: {steps}", steps=step_names(reader, steps))
        case n.NothingRestored(steps, begun):
            text = t(
                "Nothing was restored: every step of the way back was skipped ({steps}).",
                steps=step_names(reader, steps),
            )
            then = (
                t("Reopen the step that is needed, and do it.")
                if begun
                else t("Reopen the step that is needed, and do it; or stand down.")
            )
            return f"{text} {then}"
        case _:
            assert_never(of)


def step_name(reader: Reader, key: str) -> str:
    """A rollback step by its key; a key that is none is shown as it is."""
    return names.step(reader, StepKey(key)) if key in set(StepKey) else quote(key)


def step_names(reader: Reader, keys: Iterable[str]) -> str:
    return ", ".join(step_name(reader, key) for key in keys)


def tag(version: str) -> str:
    """`v1.5.0` of `1.5.0` or `v1.5.0`, escaped."""
    return quote(version if version.startswith("v") else f"v{version}", 80)
