"""What forms promise to those who read them: names of fields, titles whole, targets that come back."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.approvals import Slot, Tally
from domain.criteria.model import Reported
from domain.health.model import ERROR_RATE, Reading, Source
from domain.people import Role
from domain.release import ConfirmItem, Due, Hold, Unmet
from domain.rollback import Criterion
from domain.type_policy import Separation
from domain.types import Action, Environment, ReleaseType, Stage
from domain.views import ApprovalView
from messages import approval, card
from messages.buttons import NEED_WORDS, PAUSED, press_for, press_id, press_of, target_of
from messages.ids import Press, Target, decode
from messages.modals import (
    actions,
    breach,
    dates,
    decisions,
    fields,
    postmortem,
    qa,
    rollback,
    room,
    scope,
    start,
)
from messages.texts import Reader
from tests.messages.surfaces import builders as b
from tests.support.builders import rollout as rollout_of
from tools.catalogue import extracted

LANGUAGES = [b.EN_PERSON, b.KO_PERSON]
MESSAGES = Path(card.__file__).parents[1]


def _names(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def _values(view: dict[str, Any], name: str) -> list[str]:
    found = next(block["element"] for block in view["blocks"] if block.get("block_id") == name)
    return [option["value"] for option in found["options"]]


@pytest.mark.parametrize(
    ("reader", "report", "link"),
    [(b.EN_PERSON, "Report it", "Link it"), (b.KO_PERSON, "신고", "연결")],
)
def test_what_is_pressed_is_not_named_like_a_thing(reader: Reader, report: str, link: str) -> None:
    """One English word may be both, a document or a link and what is done; a Korean one is not."""
    forms = [breach.report(reader, b.release(), None), postmortem.redeploy(reader, b.ROOM, [])]
    assert [one["submit"]["text"] for one in forms] == [report, link]


@pytest.mark.parametrize("press", Press)
def test_press_id_reads_back_with_and_without_key(press: Press) -> None:
    assert press_of(press_id(press)) is press
    assert press_of(press_id(press, "hold")) is press


def test_press_of_another_id_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        press_of("nothing:hold")


def test_actions_that_need_words_are_asked_and_others_go_at_once() -> None:
    assert press_for(Action.HOLD) is Press.ASK
    assert press_for(Action.QA_PASSED) is Press.ASK
    assert press_for(Action.BUILD_PASSED) is Press.ADVANCE
    assert press_for(Action.DEPLOY) is Press.DEPLOY
    assert press_for(Action.ROLLED_BACK) is Press.ROOM_RESOLVE
    assert Action.RESUME not in NEED_WORDS


@pytest.mark.parametrize("reader", LANGUAGES, ids=["en", "ko"])
@pytest.mark.parametrize("action", Action)
def test_title_of_every_action_is_whole(reader: Reader, action: Action) -> None:
    view = actions.ask(reader, b.release(), action)
    assert "…" not in view["title"]["text"]
    assert decode(view["private_metadata"]) == Target(
        project="shop", release=b.ID, action=action, candidate=1
    )


def test_start_asks_what_the_type_needs() -> None:
    forms = {kind: _names(start.start(b.EN_PERSON, b.start_form(type=kind))) for kind in ReleaseType}
    assert forms == {
        ReleaseType.REGULAR: ["project", "type", "version", "slot", "deploy_at"],
        ReleaseType.EMERGENCY: ["project", "type", "version", "commits", "deploy_at"],
        ReleaseType.HOTFIX: ["project", "type", "version", "commits", "deploy_at"],
        ReleaseType.FEATURE: ["project", "type", "version", "feature", "stakeholders", "slot", "deploy_at"],
    }


def test_start_shows_a_new_proposal_by_a_new_action_id() -> None:
    first, second = (
        start.start(b.EN_PERSON, b.start_form(proposed=version)) for version in ("1.5.0", "1.4.3")
    )
    ids = [
        [one["element"]["action_id"] for one in view["blocks"] if one.get("block_id") == "version"]
        for view in (first, second)
    ]
    assert ids == [["version.1.5.0"], ["version.1.4.3"]]


def test_start_preselects_the_chosen_slot_and_puts_other_times_into_the_picker() -> None:
    chosen = start.start(b.EN_PERSON, b.start_form(deploy_at=b.SLOTS[2].deploy_at))
    other = start.start(b.EN_PERSON, b.start_form(deploy_at=b.NOW))
    elements = [
        {one["block_id"]: one["element"] for one in view["blocks"] if "element" in one}
        for view in (chosen, other)
    ]
    assert elements[0]["slot"]["initial_option"]["value"] == fields.slot_value(b.SLOTS[2])
    assert "initial_date_time" not in elements[0]["deploy_at"]
    assert elements[1]["deploy_at"]["initial_date_time"] == int(b.NOW.timestamp())


def test_slot_value_reads_back() -> None:
    assert fields.slot_time(fields.slot_value(b.SLOTS[0])) == datetime(2026, 3, 5, 5, tzinfo=UTC)


def test_conditions_offer_every_due_and_every_consequence_three_times() -> None:
    view = decisions.approve_with_conditions(b.EN_PERSON, b.release())
    assert _names(view) == [
        f"{name}_{n}" for n in (1, 2, 3) for name in ("text", "owner", "due", "due_at", "unmet")
    ]
    assert _values(view, "due_2") == list(Due)
    assert _values(view, "unmet_3") == list(Unmet)


def test_first_release_must_say_its_way_back() -> None:
    first, later = (
        qa.qa(b.EN_PERSON, b.release(previous_version=version), None)["blocks"][-1]["optional"]
        for version in ("", "v1.4.2")
    )
    assert (first, later) == (False, True)


@pytest.mark.parametrize(
    ("freeze_at", "lifted_at", "there"),
    [(b.FREEZE, None, True), (b.FREEZE, b.NOW, False), (b.DEPLOY, None, False), (None, None, False)],
)
def test_retarget_offers_to_lift_only_a_freeze_that_has_begun(
    freeze_at: Any, lifted_at: Any, *, there: bool
) -> None:
    release = b.release(freeze_at=freeze_at, freeze_lifted_at=lifted_at)
    form = replace(b.RETARGET_FORM, release=release)
    assert ("lift_freeze" in _names(dates.retarget(b.EN_PERSON, form))) is there


def test_rollback_preselects_the_first_target_and_knows_the_migration() -> None:
    view = rollback.rollback(b.EN_PERSON, b.rollback_form())
    elements = {one["block_id"]: one["element"] for one in view["blocks"] if "element" in one}
    assert _values(view, "criteria") == list(Criterion)
    assert elements["target"]["initial_option"]["value"] == "v1.4.2"
    assert elements["migration"]["initial_option"]["value"] == "yes"
    assert elements["commander"]["initial_user"] == "U0IC"


def test_rollback_ticks_and_quotes_all_that_is_breached() -> None:
    seen = replace(
        b.BREACH, id="B3", rule="data", metric="", reported=Reported.DATA, evidence="orders doubled"
    )
    view = rollback.rollback(b.EN_PERSON, replace(b.rollback_form(), breaches=(b.BREACH, seen)))
    elements = {one["block_id"]: one["element"] for one in view["blocks"] if "element" in one}
    ticked = [one["value"] for one in elements["criteria"]["initial_options"]]
    assert sorted(ticked) == sorted([Criterion.ERROR_RATE, Criterion.DATA])
    assert elements["evidence"]["initial_value"] == "error_rate 7.2 % ≥ 5 % (baseline 0.8 %)\norders doubled"


def test_a_form_keeps_the_step_that_its_button_was_shown_for() -> None:
    release = b.release(stage=Stage.DEPLOYING, rollout=rollout_of(1))
    pressed = replace(target_of(release, Action.PAUSE), step="canary_10")
    view = actions.ask(b.EN_PERSON, release, Action.PAUSE, pressed)
    assert decode(view["private_metadata"]) == replace(pressed, project="shop")


def test_a_form_that_no_button_of_a_step_opened_speaks_of_the_step_under_way() -> None:
    release = b.release(stage=Stage.DEPLOYING, rollout=rollout_of(1, paused=True))
    typed = Target(release=release.id, action=Action.STOP, candidate=1)
    view = actions.ask(b.EN_PERSON, release, Action.STOP, typed)
    now = {"step": "canary_50", "state": PAUSED}
    assert decode(view["private_metadata"]) == replace(typed, project="shop", **now)
    declare = rollback.rollback(b.EN_PERSON, replace(b.rollback_form(), release=release))
    assert decode(declare["private_metadata"]) == Target(project="shop", release=release.id, **now)


def test_what_a_deployer_has_not_said_is_asked_how_one_knows() -> None:
    release = b.release(stage=Stage.DEPLOYING, rollout=rollout_of(1, paused=True))
    (_, asked) = actions.ask(b.EN_PERSON, release, Action.STEP_LIVE)["blocks"]
    assert (asked["label"]["text"], asked["hint"]["text"], asked.get("optional", False)) == (
        "How do you know that it is out?",
        "Its deployer has not said so. Shown in the thread and kept in the audit.",
        False,
    )


@pytest.mark.parametrize("state", [room.STARTED, room.DONE, room.SKIPPED, room.REOPENED])
def test_step_form_says_what_becomes_of_the_step(state: str) -> None:
    view = room.step(b.EN_PERSON, b.ROOM, b.STEPS[3], state)
    assert decode(view["private_metadata"]) == Target(
        project="shop", room=b.ROOM.id, step="health_check", state=state
    )
    assert view["blocks"][-1]["optional"] is (state != room.SKIPPED)


def test_what_is_done_against_what_is_measured_needs_a_reason() -> None:
    errors = Reading(
        metric=ERROR_RATE,
        environment=Environment.PRODUCTION,
        at=b.NOW,
        source=Source.PROMETHEUS,
        value=0.6,
    )
    (said, why) = room.step(b.EN_PERSON, b.ROOM, b.STEPS[3], room.DONE, against=(errors,))["blocks"]
    assert said["text"]["text"] == "*Health check*\n⚠ Out of range now: Errors 60 %"
    assert (why["label"]["text"], why["hint"]["text"], why.get("optional", False)) == (
        "Why?",
        "Why it is done all the same. It goes onto the timeline.",
        False,
    )


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (3, "*Health check*\nWhat was restored is to be done again, then verified again."),
        (1, "*Roll back the application*\nWhat was verified is to be verified again."),
        (0, "*Decision and notice*"),
    ],
)
def test_reopening_says_what_else_is_to_be_done_again(step: int, said: str) -> None:
    view = room.step(b.EN_PERSON, b.ROOM, b.STEPS[step], room.REOPENED)
    assert view["blocks"][0]["text"]["text"] == said


def test_scope_shows_twenty_changes_a_page_and_all_of_them() -> None:
    lines = tuple(b.SCOPE.lines[2] for _ in range(45))
    view = b.scope_view(
        scope=b.SCOPE.__class__(since="v1.4.2", sha=b.SHA, counts=b.SCOPE.counts, lines=lines)
    )
    pages = [scope.scope(b.EN_PERSON, view, scope.Place("", page)) for page in (0, 1, 2, 7)]
    shown = [
        sum(block.get("text", {}).get("text", "").count("• ") for block in page["blocks"]) for page in pages
    ]
    assert shown == [20, 20, 5, 5]
    turns = [decode(one["value"]).page for one in pages[1]["blocks"][-1]["elements"]]
    assert turns == [0, 2]


@pytest.mark.parametrize("stage", Stage)
def test_approval_has_its_buttons_only_while_something_is_to_be_decided(stage: Stage) -> None:
    view = b.approval_view(release=b.release(stage=stage))
    found = [block for block in approval.approval(b.EN_CHANNEL, view).blocks if block["type"] == "actions"]
    pressed = [press_of(element["action_id"]) for block in found for element in block["elements"]]
    three = [Press.APPROVE, Press.CONDITIONS, Press.REJECT]
    assert pressed == (three if stage in {Stage.APPROVAL, Stage.APPROVED} else [])


def test_approval_that_is_outdated_has_no_buttons() -> None:
    blocks = approval.approval(b.EN_CHANNEL, b.approval_view(current=False)).blocks
    assert [block for block in blocks if block["type"] == "actions"] == []


GONE = "This request no longer counts; the release's thread says why."
USED = "The deploy has begun on this approval; decisions cannot be changed any more."
HELD = "On hold: decisions are taken again once it is resumed, and those that were taken still count."
STANDING = {
    Stage.CANDIDATE: GONE,
    Stage.BUILDING: GONE,
    Stage.STAGING: GONE,
    Stage.QA: GONE,
    Stage.APPROVAL: "",
    Stage.APPROVED: "",
    Stage.DEPLOYING: USED,
    Stage.VERIFYING: USED,
    Stage.RELEASED: USED,
    Stage.CLOSED: USED,
    Stage.FIXING: GONE,
    Stage.ON_HOLD: HELD,
    Stage.CANCELLED: GONE,
    Stage.ROLLING_BACK: USED,
    Stage.ROLLED_BACK: USED,
}


def _standing(view: ApprovalView) -> str:
    """What the request says of itself beneath its title, if anything."""
    block = approval.approval(b.EN_CHANNEL, view).blocks[1]
    return str(block["text"]["text"]) if "text" in block else ""


@pytest.mark.parametrize("stage", Stage)
def test_approval_says_what_became_of_it(stage: Stage) -> None:
    """What the deploy was begun on was used and not dropped; another candidate's counts no more, wherever."""
    hold = Hold(source=Stage.APPROVED, by="U0PM", at=b.NOW, reason="wait")
    release = b.release(stage=stage, hold=hold if stage is Stage.ON_HOLD else None)
    current = stage in {Stage.APPROVAL, Stage.APPROVED}
    view = b.approval_view(release=release, current=current)
    assert _standing(view) == STANDING[stage]
    assert _standing(replace(view, candidate=2, current=False)) == GONE


@pytest.mark.parametrize(
    ("hold", "shown"),
    [
        (Hold(source=Stage.FIXING, by="U0PM", at=b.NOW, reason="wait"), GONE),
        (Hold(source=Stage.APPROVAL, by="U0PM", at=b.NOW, reason="no", by_rejection=True), ""),
    ],
    ids=["held while fixing", "rejected"],
)
def test_approval_of_a_release_on_hold(hold: Hold, shown: str) -> None:
    release = b.release(stage=Stage.ON_HOLD, hold=hold)
    view = b.approval_view(release=release, current=hold.by_rejection)
    assert _standing(view) == shown


def test_relaxation_of_duties_is_named() -> None:
    separation = Separation(starter=False, authors="largest")
    assert approval.relaxations(b.EN_PERSON, ReleaseType.EMERGENCY, separation) == [
        "who started the release may approve it",
        "only the authors of the largest share are barred",
    ]
    assert (
        approval.relaxations(b.EN_PERSON, ReleaseType.HOTFIX, Separation(starter=False, authors="any")) == []
    )


def test_approval_that_nobody_can_give_says_so() -> None:
    tally = Tally(slots=(Slot(Role.PM),), rejected_by="", can_give={Role.PM: ()})
    view = b.card_view(release=b.release(stage=Stage.APPROVAL), tally=tally)
    shown = "\n".join(
        block["text"]["text"] for block in card.card(b.EN_CHANNEL, view).blocks if "text" in block
    )
    assert "nobody is left who could give it" in shown
    assert "○ PM: nobody can give it" in shown


@pytest.mark.parametrize("item", ConfirmItem)
def test_confirmation_names_item_and_candidate(item: ConfirmItem) -> None:
    view = decisions.confirm(b.EN_PERSON, b.release(), item)
    assert decode(view["private_metadata"]) == Target(project="shop", release=b.ID, item=item, candidate=1)


def test_every_text_of_the_package_is_seen_by_the_catalogue() -> None:
    """Babel passes over calls inside f-strings, so a text there would never be translated."""
    called = {text for path in MESSAGES.rglob("*.py") for text in _texts(ast.parse(path.read_text()))}
    assert called - extracted() == set()


def _texts(tree: ast.AST) -> set[str]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    named = (
        call
        for call in calls
        if (getattr(call.func, "id", "") or getattr(call.func, "attr", "")) in {"t", "word"}
    )
    first = (call.args[0] for call in named)
    return {one.value for one in first if isinstance(one, ast.Constant) and isinstance(one.value, str)}
