"""The words of the demo's guided tour: what to do next, with the buttons' own labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.release import ConfirmItem
from domain.rollback import StepKey
from domain.types import Action
from messages import names
from messages.names import word
from messages.texts import Reader

Label = Action | ConfirmItem | StepKey | str
"""What a button or a step says; a text is a button's own."""


@dataclass(frozen=True)
class Stop:
    """One step: its title, its text, and the labels that the text names as {a}, {b} and {c}."""

    title: str
    text: str
    labels: tuple[Label, ...] = ()


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
        word(
            "Press “{a}”: candidate rc.1 is tagged at the head of the branch, and the shop's deployer brings "
            "it to staging. It says so itself a few seconds later; then QA begins."
        ),
        (Action.BUILD_PASSED,),
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
            "Move the clock ahead to Thursday morning: reminders come on the way, and the window opens at "
            "10:00. Then press “{a}”: the deployer brings the version to 10 % of the users, the canary."
        ),
        (Action.DEPLOY,),
    ),
    "hurt": Stop(
        word("Let it fail"),
        word(
            "Open the shop and choose “Fails under load”: every eighth request of the canary's users fails."
        ),
    ),
    "rollback": Stop(
        word("Declare a rollback"),
        word(
            "Naru measures every 40 seconds: within two minutes it recommends a rollback in the card's "
            "thread, with a chart; with the clock at ×60 that takes seconds. You are the incident commander: "
            "press “{a}” there. The form is filled in already."
        ),
        (Action.DECLARE_ROLLBACK,),
    ),
    "resolve": Stop(
        word("Resolve"),
        word(
            "Start “{a}” in the war room: the deployer does it. Report the other steps, then press “{b}”. "
            "The post-mortem is drafted from what was recorded."
        ),
        (StepKey.TRAFFIC, word("Resolve")),
    ),
    "unlock": Stop(
        word("Lift the lock"),
        word(
            "Nothing is deployed after a rollback until somebody says so. Read the post-mortem in the war "
            "room, press “{a}” on the card, and say why it is safe again."
        ),
        (word("Lift the lock"),),
    ),
    "second": Stop(
        word("Take v1.6.0 out"),
        word(
            "New work is on develop. Choose “Good” in the shop, start v1.6.0 and take it the same way: this "
            "canary goes on by itself, step by step. After the last one tick “Checklists” and press “{a}”."
        ),
        (Action.ROLLOUT_COMPLETE,),
    ),
    "verify": Stop(
        word("Verify"),
        word("You are the QA lead. Tick the checks after the release and press “{a}”."),
        (Action.VERIFIED,),
    ),
    "close": Stop(
        word("Close release"),
        word(
            "Move the clock ahead by a day: monitoring is over, and Naru asks you in a DM whether to close. "
            "Tick the last two checklists first."
        ),
    ),
    "pipeline": Stop(
        word("Ask as a pipeline"),
        word(
            "Open the shop: beneath “HTTP API” are a token and lines for a terminal. Paste one. Pipelines "
            "ask and report by the same rules, and get the same sentences."
        ),
    ),
}


def stop(reader: Reader, key: str) -> tuple[str, str]:
    """Title and text of one step in the reader's language."""
    found = STOPS[key]
    labels = dict(zip("abc", (_label(reader, label) for label in found.labels), strict=False))
    return reader.t(found.title), reader.t(found.text, **labels)


def _label(reader: Reader, label: Label) -> str:
    match label:
        case ConfirmItem():
            return names.confirm_item(reader, label)
        case Action():
            return names.action(reader, label)
        case StepKey():
            return names.step(reader, label)
        case _:
            return reader.t(label)
