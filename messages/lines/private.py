"""What follows from what somebody just did: the second line of a private answer."""

from __future__ import annotations

from typing import assert_never

from domain import events as v
from domain.approvals import Outcome
from domain.events import Event
from domain.rollout.model import WentOn
from domain.types import Action
from messages.lines.answers import AnswerSaid
from messages.lines.opposite import not_seen
from messages.names import word
from messages.texts import Reader

NEXT = {
    Action.CUT_BRANCH: word("Next: when the build is through, report it on the card."),
    Action.BUILD_PASSED: word("Next: deploy the candidate to staging and report it."),
    Action.BUILD_FAILED: word("Next: fix it on the release branch, then build again."),
    Action.STAGING_DEPLOYED: word("Next: QA tests the candidate. The staging soak has begun."),
    Action.STAGING_FAILED: word("Next: fix it on the release branch, then build again."),
    Action.SKIP_STAGING: word("Next: QA tests the candidate."),
    Action.QA_FAILED: word("Next: fix it on the release branch, then build again."),
    Action.BUG_FOUND: word("Next: fix it on the release branch, then build again."),
    Action.REBUILD: word("Next: when the build is through, report it on the card."),
    Action.DEPLOY: word("Next: press each rollout step on the card as it is done."),
    Action.PAUSE: word("Next: continue, or declare a rollback."),
    Action.STOP: word("Nothing reached production. The approval still counts."),
    Action.ROLLOUT_COMPLETE: word("Next: verify in production, then confirm it on the card."),
    Action.VERIFIED: word("Next: tag and merges are made; monitoring runs."),
    Action.FIX_FORWARD: word("Next: deploy the linked hotfix, then verify again."),
    Action.HOLD: word("Next: resume it when the reason is gone."),
    Action.CANCEL: word("The version is not used again."),
}


def follows(reader: Reader, event: Event) -> str:
    """One sentence, or nothing where nothing follows."""
    t = reader.t
    if isinstance(event, AnswerSaid):
        return _after_answer(reader, event)
    match event:
        case v.ReleaseStarted():
            return _after_start(reader, event)
        case v.Advanced() if event.action in NEXT:
            return _seen(reader, event.action, event.went, t(NEXT[event.action]))
        case v.QaReported():
            return t("The approval request is in the release's thread.")
        case v.Decided(outcome=Outcome.REJECT):
            return t("The release is on hold until you take it back or a new candidate is built.")
        case v.Decided():
            return t("You can change your decision until the deploy starts.")
        case v.ExceptionAsked() | v.ExceptionDecided():
            return _after_exception(reader, event)
        case v.RollbackDeclared() | v.RoomOpened() | v.RoomChannelMade():
            return _after_room(reader, event)
        case v.RoomResolved():
            return _after_resolving(reader, event)
        case _:
            return ""


def _seen(reader: Reader, action: Action, went: WentOn | None, after: str) -> str:
    """With what somebody had not seen who pressed a careful button, where there is such a thing."""
    return f"{not_seen(reader, action, went)}\n{after}" if went else after


def _after_resolving(reader: Reader, event: v.RoomResolved) -> str:
    if event.plain:
        return reader.t("Close the room there when nothing is left to say in it.")
    return reader.t("The post-mortem draft is posted in the war room.")


def _after_start(reader: Reader, event: v.ReleaseStarted) -> str:
    if event.freeze_at is None:
        return reader.t("The card is in the project's channel. Next: cut the branch.")
    return reader.t("The card is in the project's channel. Next: cut the branch when the code freeze begins.")


def _after_room(reader: Reader, event: v.RollbackDeclared | v.RoomOpened | v.RoomChannelMade) -> str:
    prepared = reader.t("The war room is being prepared; its people are invited.")
    if isinstance(event, v.RollbackDeclared):
        return _seen(reader, Action.DECLARE_ROLLBACK, event.went, prepared)
    return prepared


def _after_exception(reader: Reader, event: v.ExceptionAsked | v.ExceptionDecided) -> str:
    if isinstance(event, v.ExceptionAsked):
        return reader.t("You are told here what is decided.")
    return reader.t("You can revoke it: {command}", command="`/release exception`") if event.granted else ""


def _after_answer(reader: Reader, event: AnswerSaid) -> str:
    t = reader.t
    match event:
        case v.ReminderSeen():
            return t("You are not reminded of it any more; the others are, as before.")
        case v.ReminderSnoozed():
            return t("If it is settled by then, nothing comes.")
        case v.ReminderResumed():
            return t("You are reminded again whenever the others are.")
        case _:
            assert_never(event)
