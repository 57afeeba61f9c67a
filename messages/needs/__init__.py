"""What a step still needs, one line each with who can settle it (spec 2.2)."""

from __future__ import annotations

from typing import assert_never

from domain import needs as n
from messages import names
from messages.blocks import user
from messages.checklists.needs import FEW, items_open
from messages.needs.back import of_rollback
from messages.needs.building import of_branch, of_build, of_words
from messages.needs.deploying import of_approval, of_deploy, of_others
from messages.needs.rollout import of_closing, of_rollout
from messages.readiness.needs import readiness_need
from messages.texts import Reader


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
            return of_branch(reader, of)
        case n.ReasonMissing() | n.BugMissing() | n.WayBackMissing() | n.NotesIncomplete():
            return of_words(reader, of)
        case n.QaAnswerMissing() | n.QaDeviates() | n.FilesNotWritten():
            return of_build(reader, of)
        case n.NotSoaked() | n.NotConfirmed() | n.ConditionOpen() | n.GateClosed() | n.OutsideApproval():
            return of_deploy(reader, of)
        case n.OtherDeploying() | n.UrgentFirst() | n.OlderUnfinished() | n.HotfixUnfinished():
            return of_others(reader, of)
        case n.NoStakeholder() | n.Unmeetable() | n.NobodyHolds() | n.RejectionStands() | n.NotRejected():
            return of_approval(reader, of)
        case (
            n.StepNotLive()
            | n.StepUnheard()
            | n.StepIsLive()
            | n.StillWatched()
            | n.StillBreached()
            | n.RolloutPaused()
            | n.StepsLeft()
            | n.NotPaused()
            | n.AlreadyInProduction()
            | n.WorkUnderWay()
        ):
            return of_rollout(reader, of)
        case n.NotMerged() | n.StillMonitoring():
            return of_closing(reader, of)
        case n.NotInProduction() | n.RestoreBegun() | n.RestoreUnfinished() | n.NothingRestored():
            return of_rollback(reader, of)
        case _:
            assert_never(of)
