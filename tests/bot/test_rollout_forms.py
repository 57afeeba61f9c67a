"""A button of a rollout, and the form that it opens, say where the rollout stood when they were shown."""

from __future__ import annotations

from bot.forms import request_of as filled
from bot.payloads import Filled, Pressed, State
from bot.presses import request_of as pressed
from commands.requests import Advance, DeclareRollback
from domain.rollback import Criterion
from domain.types import Action, Stage
from messages.buttons import target_of
from messages.ids import Form, Press
from tests.support.builders import release, rollout

DEPLOYING = release(Stage.DEPLOYING, rollout=rollout(1, paused=True))


def test_whoever_reports_a_step_reports_the_one_that_was_shown() -> None:
    target = target_of(DEPLOYING, Action.STEP_DONE)
    request = pressed(Pressed(Press.ADVANCE, target, "t1", "", None, ""))
    assert request == Advance(
        release="r1", action=Action.STEP_DONE, from_rc=1, from_step="canary_50", from_paused=True
    )


def test_whoever_stops_says_what_was_shown() -> None:
    target = target_of(DEPLOYING, Action.STOP)
    request = filled(Filled(Form.ACTION, target, State({"note": {"note": {"value": "errors"}}})))
    assert request == Advance(
        release="r1", action=Action.STOP, note="errors", from_rc=1, from_step="canary_50", from_paused=True
    )


def test_whoever_rolls_back_says_what_was_shown() -> None:
    target = target_of(DEPLOYING, Action.DECLARE_ROLLBACK)
    criteria = {"selected_options": [{"value": Criterion.ERROR_RATE}]}
    fields = {"criteria": {"criteria": criteria}, "evidence": {"evidence": {"value": "4 %"}}}
    assert filled(Filled(Form.ROLLBACK, target, State(fields))) == DeclareRollback(
        release="r1",
        criteria=(Criterion.ERROR_RATE,),
        evidence="4 %",
        migration=False,
        from_step="canary_50",
        from_paused=True,
    )
