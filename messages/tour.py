"""The words of the demo's guided tour: what to do next, with the buttons' own labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.release import ConfirmItem
from domain.types import Action
from messages import names
from messages.names import word
from messages.texts import Reader


@dataclass(frozen=True)
class Stop:
    """One step: its title, its text, and the labels that the text names as {a}, {b} and {c}."""

    title: str
    text: str
    labels: tuple[Action | ConfirmItem, ...] = ()


STOPS: Mapping[str, Stop] = {
    "start": Stop(
        word("Start a release"),
        word(
            "You are the release manager. Send this. Naru asks once what is in production: "
            "v1.4.2 is right, press “Start”."
        ),
    ),
    "cut": Stop(
        word("Cut the branch"),
        word(
            "Press “{a}” on the card. The code freeze begins at 14:00; "
            "earlier than that, Naru asks for a reason."
        ),
        (Action.CUT_BRANCH,),
    ),
    "build": Stop(
        word("Report the build"),
        word("Press “{a}”: candidate rc.1 is made from the head of the branch, and tagged."),
        (Action.BUILD_PASSED,),
    ),
    "staging": Stop(
        word("Deploy to staging"),
        word("You are DevOps. Press “{a}” and report the health check; the soak clock starts."),
        (Action.STAGING_DEPLOYED,),
    ),
    "qa": Stop(
        word("Finish QA"),
        word(
            "You are the QA lead. Open “Checklists” on the card, tick what works on staging and record it. "
            "Then press “{a}” and answer the two questions; the approval is asked."
        ),
        (Action.QA_PASSED,),
    ),
    "approve": Stop(
        word("Approve"),
        word(
            "Who started a release cannot approve it. You are the second release manager: "
            "approve in the thread or in Naru's DM."
        ),
    ),
    "confirm": Stop(
        word("Confirm readiness"),
        word(
            "DevOps confirms “{a}” and “{b}”. The QA lead opens “Checklists” and ticks what is done; "
            "the list of the start follows. What is open stands on the card."
        ),
        (
            ConfirmItem.DEPLOYER_STANDING_BY,
            ConfirmItem.ONCALL_STANDING_BY,
        ),
    ),
    "deploy": Stop(
        word("Deploy"),
        word(
            "Move the clock ahead to Thursday morning: reminders come on the way, "
            "and the window opens at 10:00. Then press “{a}”."
        ),
        (Action.DEPLOY,),
    ),
    "verify": Stop(
        word("Roll out and verify"),
        word(
            "DevOps presses “{a}” for each step, ticks “Checklists”, then presses “{b}”. "
            "The QA lead ticks the checks after the release and presses “{c}”."
        ),
        (Action.STEP_DONE, Action.ROLLOUT_COMPLETE, Action.VERIFIED),
    ),
    "close": Stop(
        word("Close"),
        word(
            "Move the clock ahead by a day: monitoring is over, and Naru asks you in a DM whether to close. "
            "Tick the last two checklists first."
        ),
    ),
    "second": Stop(
        word("Take v1.6.0 out"),
        word("New work is on develop. Start v1.6.0 and take it the same way to production."),
    ),
    "rollback": Stop(
        word("Declare a rollback"),
        word("Production hurts. You are the incident commander: declare, and a war room opens."),
    ),
    "resolve": Stop(
        word("Resolve"),
        word("Take the steps in the war room to their end and resolve. The post-mortem draft is posted."),
    ),
}


def stop(reader: Reader, key: str) -> tuple[str, str]:
    """Title and text of one step in the reader's language."""
    found = STOPS[key]
    labels = dict(zip("abc", (_label(reader, label) for label in found.labels), strict=False))
    return reader.t(found.title), reader.t(found.text, **labels)


def _label(reader: Reader, label: Action | ConfirmItem) -> str:
    if isinstance(label, ConfirmItem):
        return names.confirm_item(reader, label)
    return names.action(reader, label)
