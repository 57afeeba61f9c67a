"""What a rollout and the end of a release still need."""

from __future__ import annotations

from typing import assert_never

from domain import needs as n
from messages import names
from messages.criteria import words as criteria
from messages.deploys import words
from messages.parts import code, quote, when
from messages.texts import Reader

_SHOWN = 3


def of_rollout(
    reader: Reader,
    of: n.StepNotLive
    | n.StepUnheard
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
        case n.StepNotLive() | n.StepUnheard() | n.StepIsLive() | n.StillWatched():
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
            return t("The rollout is paused: {reason}", reason=quote(words(reader, reason)))
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


def _of_step(reader: Reader, of: n.StepNotLive | n.StepUnheard | n.StepIsLive | n.StillWatched) -> str:
    t = reader.t
    step = quote(names.rollout_step(reader, of.step), 80)
    match of:
        case n.StepNotLive(by_hand=True):
            return t("Nobody has said yet that it is out: {step}. From then on it is watched.", step=step)
        case n.StepNotLive():
            return t("The deployer is still at it: {step}", step=step)
        case n.StepUnheard():
            return t(
                "The deployer has not said that it is out: {step}. Where you see that it is, say so with a "
                "reason.",
                step=step,
            )
        case n.StepIsLive(""):
            return t("All steps are out already.")
        case n.StepIsLive():
            return t("It is out already: {step}", step=step)
        case n.StillWatched(until=until):
            at = when(reader, until)
            return t("{step} is watched until {at}. Before that, go on with a reason only.", step=step, at=at)
        case _:
            assert_never(of)


def of_closing(reader: Reader, of: n.NotMerged | n.StillMonitoring) -> str:
    t = reader.t
    match of:
        case n.NotMerged(branch):
            return t("Not merged back to main and develop yet: {branch}", branch=code(branch))
        case n.StillMonitoring(until):
            return t("Monitoring lasts until {at}.", at=when(reader, until))
        case _:
            assert_never(of)
