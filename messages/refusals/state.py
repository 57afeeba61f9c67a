"""Refusals that hang on how things stand: what is missing, too late, outdated, gone or done already."""

from __future__ import annotations

from typing import assert_never

from domain import refusals as r
from messages import names
from messages.blocks import channel
from messages.checklists.needs import together
from messages.dates import day
from messages.entries import occurrence_name
from messages.health.words import said_of
from messages.needs import missing_line, need
from messages.needs.back import step_name, step_names
from messages.needs.deploying import gate_reasons
from messages.parts import code, people, quote
from messages.problems import problem_text
from messages.refusals.gone import no_longer
from messages.refusals.model import RefusalText
from messages.texts import Reader
from messages.versions import tag

StateNo = (
    r.NotReady
    | r.WrongStage
    | r.CannotBeApproved
    | r.OtherStep
    | r.Outdated
    | r.StepPassed
    | r.TooLate
    | r.NothingToWithdraw
    | r.Gone
    | r.AlreadySo
    | r.InPolicy
    | r.NoSuchOccurrence
    | r.NoChannel
    | r.NoException
    | r.ClosedOtherwise
    | r.NotJudgedYet
    | r.NotInARoom
    | r.NoRollbackTarget
    | r.OutOfTurn
    | r.MeasuredOut
    | r.RepositoryUnknown
    | r.ProductionUnconfirmed
)


def of_state(reader: Reader, of: StateNo) -> RefusalText:
    match of:
        case r.NotReady():
            return _not_ready(reader, of)
        case r.WrongStage():
            return _wrong_stage(reader, of)
        case r.CannotBeApproved():
            return _cannot_be_approved(reader, of)
        case r.Outdated() | r.StepPassed() | r.OtherStep() | r.TooLate() | r.NothingToWithdraw():
            return _late(reader, of)
        case r.Gone() | r.AlreadySo():
            return no_longer(reader, of)
        case r.InPolicy() | r.NoSuchOccurrence():
            return _of_calendar(reader, of)
        case r.NoException() | r.ClosedOtherwise() | r.NotJudgedYet():
            return _exception(reader, of)
        case r.NotInARoom() | r.NoRollbackTarget() | r.NoChannel() | r.OutOfTurn() | r.MeasuredOut():
            return _other(reader, of)
        case r.RepositoryUnknown() | r.ProductionUnconfirmed():
            return _of_repository(reader, of)
        case _:
            assert_never(of)


def _not_ready(reader: Reader, of: r.NotReady) -> RefusalText:
    t = reader.t
    missing = together(of.missing)
    action, version, n = names.action(reader, of.action), tag(of.version), len(missing)
    what = (
        t("*{action}* has to wait for {version}: one thing is missing.", action=action, version=version)
        if n == 1
        else t(
            "*{action}* has to wait for {version}: {n} things are missing.",
            action=action,
            version=version,
            n=n,
        )
    )
    return RefusalText(
        what,
        tuple(missing_line(reader, one) for one in missing),
        t("Nothing was changed. Try again when this is settled."),
    )


def _wrong_stage(reader: Reader, of: r.WrongStage) -> RefusalText:
    t = reader.t
    possible = ", ".join(names.action(reader, action) for action in of.possible)
    return RefusalText(
        t(
            "*{action}* is not possible for {version} now. Its stage: {stage}",
            action=names.action(reader, of.action),
            version=tag(of.version),
            stage=names.stage(reader, of.stage),
        ),
        next=t("Possible now: {actions}", actions=possible) if possible else t("This release is over."),
    )


def _cannot_be_approved(reader: Reader, of: r.CannotBeApproved) -> RefusalText:
    t = reader.t
    why = [need(reader, missing) for missing in of.missing]
    if of.barred:
        why.append(t("Kept out by separation of duties: {people}", people=people(reader, of.barred)))
    return RefusalText(
        t("{version} was not started: it could never be approved.", version=tag(of.version)),
        tuple(why),
        t(
            "Let somebody else start it, give the role to one more person ({command}), "
            "or relax separation of duties in the policy.",
            command="`/release roles`",
        ),
    )


def _other_step(reader: Reader, of: r.OtherStep) -> RefusalText:
    t = reader.t
    named = t(
        "“{step}” is not the step under way in the rollout of {version}.",
        step=quote(of.step),
        version=tag(of.version),
    )
    under_way = t("Under way: {step}", step=code(of.under_way)) if of.under_way else t("All steps are done.")
    steps = t("Its steps: {steps}", steps=", ".join(code(one) for one in of.steps))
    return RefusalText(named, (under_way, steps), t("Nothing was changed."))


def _late(
    reader: Reader, of: r.Outdated | r.StepPassed | r.OtherStep | r.TooLate | r.NothingToWithdraw
) -> RefusalText:
    t = reader.t
    match of:
        case r.OtherStep():
            return _other_step(reader, of)
        case r.Outdated(version, shown, current):
            return RefusalText(
                t("This button belongs to an earlier candidate of {version}.", version=tag(version)),
                (t("Shown: rc.{shown}. Current: rc.{current}.", shown=shown, current=current),),
                t("Use the newest message in the release's thread."),
            )
        case r.StepPassed(version, step, under_way):
            then = quote(names.rollout_step(reader, under_way), 80) if under_way else ""
            return RefusalText(
                t(
                    "Somebody was faster on {version}. Already done: {step}",
                    version=tag(version),
                    step=quote(names.rollout_step(reader, step), 80),
                ),
                (t("Now under way: {step}", step=then),) if then else (t("All steps are done."),),
                t("The card shows how it stands."),
            )
        case r.TooLate(version, stage):
            return RefusalText(
                t(
                    "There is nothing left to decide for {version}. Its stage: {stage}",
                    version=tag(version),
                    stage=names.stage(reader, stage),
                ),
                next=t("The card shows how it stands."),
            )
        case r.NothingToWithdraw(version):
            return RefusalText(t("You have no decision on {version} to take back.", version=tag(version)))
        case _:
            assert_never(of)


def _of_calendar(reader: Reader, of: r.InPolicy | r.NoSuchOccurrence) -> RefusalText:
    t = reader.t
    if isinstance(of, r.InPolicy) and of.feed:
        return RefusalText(
            t("{name} comes from the calendar feed {feed}.", name=f"*{quote(of.name)}*", feed=code(of.feed)),
            next=t("Change it there; Naru reads it again within the hour."),
        )
    if isinstance(of, r.InPolicy):
        return RefusalText(
            t("{name} stands in the policy file.", name=f"*{quote(of.name)}*"),
            next=t("Change it there; a single occurrence can be moved or cancelled here."),
        )
    return RefusalText(
        t("Nothing of {what} is due on {day}.", what=occurrence_name(reader, of.of), day=day(reader, of.day)),
        next=t("Choose a day on which it is due."),
    )


def _exception(reader: Reader, of: r.NoException | r.ClosedOtherwise | r.NotJudgedYet) -> RefusalText:
    t = reader.t
    match of:
        case r.NoException(answer) if not answer.closing:
            return RefusalText(
                t("The gate is open then: no exception is needed."),
                next=t("Choose the time that you need it for."),
            )
        case r.NoException(answer):
            return RefusalText(t("No exception can open this."), gate_reasons(reader, answer))
        case r.ClosedOtherwise(answer):
            return RefusalText(
                t("Something else closes the gate at that time than the form named."),
                gate_reasons(reader, answer),
                t("Choose the time again: the list follows it."),
            )
        case r.NotJudgedYet():
            return RefusalText(
                t("What this exception was granted for is not over yet."),
                next=t("You are asked as soon as it is."),
            )
        case _:
            assert_never(of)


def _other(
    reader: Reader, of: r.NotInARoom | r.NoRollbackTarget | r.NoChannel | r.OutOfTurn | r.MeasuredOut
) -> RefusalText:
    t = reader.t
    match of:
        case r.NotInARoom(open_rooms):
            rooms = " ".join(channel(room) for room in open_rooms)
            return RefusalText(
                t("This works inside a war room only."),
                (t("Open war rooms: {rooms}", rooms=rooms),) if rooms else (),
                t("Open one with {command}.", command="`/release warroom`"),
            )
        case r.NoChannel(audience):
            return RefusalText(
                t("No channel is set for this audience."),
                next=t("It belongs into the policy: {place}", place=f"`communication.channels.{audience}`"),
            )
        case r.OutOfTurn(step, before):
            return RefusalText(
                t(
                    "{step}: not yet. Still open before it: {steps}",
                    step=step_name(reader, step),
                    steps=step_names(reader, before),
                ),
                next=t("Finish these steps first, or skip them with a reason."),
            )
        case r.MeasuredOut():
            return _measured_out(reader, of)
        case r.NoRollbackTarget(version):
            return RefusalText(
                t("There is no version that {version} could go back to.", version=tag(version)),
                next=t("Mend it with a hotfix: {command}", command="`/release start hotfix`"),
            )
        case _:
            assert_never(of)


def _measured_out(reader: Reader, of: r.MeasuredOut) -> RefusalText:
    t = reader.t
    return RefusalText(
        t("{step}: what is measured now is out of range.", step=step_name(reader, of.step)),
        tuple(filter(None, [said_of(reader, of.readings)])),
        t(
            "Restore again what does not hold, or say why it is done all the same: {command}",
            command="`/release step health done …`",
        ),
    )


def _of_repository(reader: Reader, of: r.RepositoryUnknown | r.ProductionUnconfirmed) -> RefusalText:
    t = reader.t
    match of:
        case r.RepositoryUnknown(project, problem):
            return RefusalText(
                t("The repository of {project} could not be read.", project=code(project)),
                tuple(filter(None, [problem_text(reader, problem)])),
                t("Naru keeps trying. Try again in a minute."),
            )
        case r.ProductionUnconfirmed(project, found):
            return RefusalText(
                t(
                    "Nobody has confirmed yet which version of {project} is in production.",
                    project=code(project),
                ),
                (t("The highest tag on main: {version}", version=tag(found)),),
                t("Start the release with {command}; the form asks it, once.", command="`/release start`"),
            )
        case _:
            assert_never(of)
