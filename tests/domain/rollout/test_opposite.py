from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.people import machine
from domain.rollout import moves
from domain.rollout.model import WentOn
from domain.rollout.opposite import RIGHT_AFTER, gone_on, overtaken
from domain.rollout.plans import plan_of
from domain.rollout.rollout import Rollout
from domain.rollout.rules import RolloutRules
from domain.types import RolloutStrategy
from tests.support.builders import AT

WENT = WentOn(by="U0OPS", at=AT, left="canary_10", began="canary_50")
STARTED = moves.set_out(RolloutStrategy.CANARY, plan_of(RolloutStrategy.CANARY, RolloutRules()), AT)
GONE_ON = replace(moves.begun(moves.ended(STARTED, AT), AT), went=WENT)
CONTINUED = replace(STARTED, went=WentOn(by="U0OPS", at=AT, left="canary_10", began="canary_10"))


def unseen(rollout: Rollout | None, by: str = "U0IMPL", *, step: str, paused: bool = False) -> WentOn | None:
    return gone_on(rollout, by, step=step, paused=paused)


def test_a_button_of_an_older_step_had_not_seen_the_go() -> None:
    assert unseen(GONE_ON, step="canary_10") == WENT


def test_a_button_of_the_step_under_way_had_seen_it() -> None:
    assert unseen(GONE_ON, step="canary_50") is None


def test_a_button_of_no_step_says_nothing_of_what_was_seen() -> None:
    assert unseen(GONE_ON, step="") is None


def test_nobody_is_told_of_their_own_go() -> None:
    assert unseen(GONE_ON, "U0OPS", step="canary_10") is None
    assert overtaken(GONE_ON, "U0OPS", AT) is None


def test_a_button_of_a_pause_had_not_seen_that_it_went_on() -> None:
    assert unseen(CONTINUED, step="canary_10", paused=True) == CONTINUED.went
    assert unseen(CONTINUED, step="canary_10") is None


def test_a_button_of_a_pause_that_still_holds_has_seen_all() -> None:
    assert unseen(moves.paused(CONTINUED, "errors"), step="canary_10", paused=True) is None


@pytest.mark.parametrize("rollout", [None, STARTED], ids=["without", "nobody_went_on"])
def test_without_a_go_there_is_nobody_to_tell(rollout: Rollout | None) -> None:
    assert unseen(rollout, step="canary_10") is None
    assert overtaken(rollout, "U0IMPL", AT) is None


def test_whoever_went_on_is_told_of_what_comes_right_after() -> None:
    assert overtaken(GONE_ON, "U0IMPL", AT + RIGHT_AFTER) == WENT
    assert overtaken(GONE_ON, "U0IMPL", AT + RIGHT_AFTER + timedelta.resolution) is None


@pytest.mark.parametrize("by", ["", machine("deploy", "t1")], ids=["naru", "pipeline"])
def test_only_people_are_told_but_of_anybody_s_go(by: str) -> None:
    rollout = replace(GONE_ON, went=replace(WENT, by=by))
    assert overtaken(rollout, "U0IMPL", AT) is None
    assert unseen(rollout, step="canary_10") == replace(WENT, by=by)
