"""Every shipped item's guard: left open it is named and nothing else; settled, nothing is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checklists.auto import Facts, passes, proof
from domain.checklists.judge import current, judge, missing, reopened
from domain.checklists.model import (
    CHECKS,
    GUARDED,
    SAID_ELSEWHERE,
    Auto,
    Check,
    Checklist,
    CheckResult,
    Coverage,
    Item,
    ItemState,
    Only,
    Phase,
)
from domain.checklists.rules import ChecklistRules
from domain.checklists.standing import Judged, Proof, Standing
from domain.health.evidence import HealthEvidence
from domain.lifecycle import check
from domain.names import Names
from domain.needs import ItemsOpen, Missing
from domain.people import Role
from domain.readiness_rules import Strictness
from domain.refusals import NotReady, Refused
from domain.release import LeftOut, Release
from domain.rollback import Room, RoomState, StepKey
from domain.rollback.model import Step, StepState
from domain.types import Action, ReleaseType, Stage
from tests.support.builders import AT, SHA, release, rollout, situation

RULES = ChecklistRules()
STAGES = {
    Phase.STAGING: Stage.QA,
    Phase.PRE_RELEASE: Stage.APPROVED,
    Phase.RELEASE_START: Stage.APPROVED,
    Phase.RELEASE_DURING: Stage.DEPLOYING,
    Phase.POST_AT_ONCE: Stage.VERIFYING,
    Phase.POST_SOON: Stage.RELEASED,
    Phase.POST_FINISH: Stage.RELEASED,
}
EVERY = [
    pytest.param(kind, phase, item, id=f"{kind}-{phase}-{item.key}")
    for phase in STAGES
    for kind in ReleaseType
    for item in RULES.for_release(phase, kind).items
]


def at(kind: ReleaseType, phase: Phase, **facts: Any) -> Release:
    """A release of this type where the list stops the way on, with everything that lists can ask about."""
    known: dict[str, Any] = {
        "type": kind,
        "left_out": (LeftOut(sha="c" * 40, text="wish lists", flag="wish", by="U0DEV", at=AT),),
        "deploy_started_at": AT - timedelta(minutes=40) if phase is not Phase.STAGING else None,
        "rollout": rollout(3),
    }
    return release(STAGES[phase], **(known | facts))


def facts_of(found: Release) -> Facts:
    return Facts(at=AT, release=found, migration=True, variables=True)


def done(found: Release, item: Item) -> ItemState:
    return ItemState(done_at=AT, done_by="U0QA", candidate=found.rc if item.of_candidate else 0)


def refused_for(found: Release, action: Action, open_: tuple[Missing, ...]) -> tuple[Missing, ...]:
    with pytest.raises(Refused) as no:
        check(found, action, situation(*Role, items=open_))
    assert isinstance(no.value.refusal, NotReady)
    return no.value.refusal.missing


def known_anyway(item: Item, facts: Facts) -> bool:
    return item.auto is not None and proof(item.auto, facts) is not None


@pytest.mark.parametrize(("kind", "phase", "item"), EVERY)
def test_each_item_left_open_is_what_its_step_waits_for(kind: ReleaseType, phase: Phase, item: Item) -> None:
    found, checklist = at(kind, phase), RULES.for_release(phase, kind)
    facts = facts_of(found)
    said = {one.key: done(found, one) for one in checklist.items}
    action = GUARDED[phase]
    assert missing(checklist, judge(checklist, said, facts), found) == ()
    check(found, action, situation(*Role))

    del said[item.key]
    open_ = missing(checklist, judge(checklist, said, facts), found)
    if item.auto in SAID_ELSEWHERE or known_anyway(item, facts):
        assert open_ == ()  # a guard of its own names it, or its evidence is there without a word
        return
    roles = checklist.who_ticks(item)
    if kind is ReleaseType.HOTFIX and Role.INCIDENT_COMMANDER not in roles:
        roles = (*roles, Role.INCIDENT_COMMANDER)
    assert refused_for(found, action, open_) == (Missing(ItemsOpen(phase, (item.named,)), roles),)

    waived = ItemState(waived_at=AT, waived_by="U0RM", reason="not here", candidate=1)
    settled = judge(checklist, said | {item.key: waived}, facts)
    assert missing(checklist, settled, found) == ()


def result(check_: Check, *, passed: bool = True, **facts: Any) -> CheckResult:
    return CheckResult(project="shop", sha=SHA, check=check_, passed=passed, at=AT, **facts)


@pytest.mark.parametrize("check_", Check)
def test_a_report_is_evidence_and_a_failed_one_blocks_until_a_later_one_mends_it(check_: Check) -> None:
    found, checklist = at(ReleaseType.REGULAR, Phase.PRE_RELEASE), RULES.of(Phase.PRE_RELEASE)
    (item,) = (one for one in checklist.items if one.auto == check_.value)
    one = replace(checklist, items=(item,))

    def judged(**facts: Any) -> Judged:
        by_hand = {item.key: done(found, item)}
        (only,) = judge(one, by_hand, replace(facts_of(found), **facts))
        return only

    failed = result(check_, passed=False, evidence="3 of 90", link="https://ci.example.com/7")
    bad = judged(checks={check_: failed})
    assert (bad.standing, bad.proof and bad.proof.text) == (Standing.FAILED, "3 of 90")
    assert missing(one, [bad], found) == (
        Missing(ItemsOpen(Phase.PRE_RELEASE, (item.named,), (item.key,)), checklist.waive),
    )
    good = judged(checks={check_: result(check_)})
    assert (good.standing, good.by_hand) == (Standing.DONE, False)
    if check_ is not Check.CI:  # a candidate is only made of a build that passed
        assert judged().by_hand


@pytest.mark.parametrize(
    ("check_", "enough", "short"),
    [(Check.UNIT_COVERAGE, 80.0, 79.9), (Check.INTEGRATION_COVERAGE, 60.0, 59.9)],
)
def test_what_was_covered_is_judged_by_its_target(check_: Check, enough: float, short: float) -> None:
    assert passes(result(check_, passed=False, value=enough), Coverage())
    assert not passes(result(check_, passed=True, value=short), Coverage())
    assert passes(result(check_, passed=True), Coverage())
    assert passes(result(Check.CVE, passed=True, value=0.0), Coverage())


def test_a_new_candidate_opens_again_what_was_said_of_the_old_one() -> None:
    checklist = RULES.of(Phase.PRE_RELEASE)
    found = at(ReleaseType.REGULAR, Phase.PRE_RELEASE)
    said = {one.key: done(found, one) for one in checklist.items}
    assert found.candidate is not None
    newer = replace(found, candidate=replace(found.candidate, number=2), qa=None)
    again = {
        one.item.key: one.standing
        for one in judge(checklist, said, facts_of(newer))
        if one.item.auto is None and one.item.of_candidate
    }
    assert set(again.values()) == {Standing.OPEN}
    stay = [one for one in judge(checklist, said, facts_of(newer)) if not one.item.of_candidate]
    assert {one.standing for one in stay if one.item.auto is None} == {Standing.DONE}


def test_what_was_said_of_an_earlier_rollout_is_said_again() -> None:
    checklist = RULES.of(Phase.RELEASE_DURING)
    found = at(ReleaseType.REGULAR, Phase.RELEASE_DURING)
    item = checklist.items[2]
    early = ItemState(done_at=AT - timedelta(hours=1), done_by="U0OPS", candidate=1, note="n", owner="U0OPS")
    (one,) = judge(replace(checklist, items=(item,)), {item.key: early}, facts_of(found))
    assert (one.standing, one.state) == (Standing.OPEN, reopened(early))
    assert (one.state.note, one.state.owner) == ("n", "U0OPS")


def test_conditions_decide_whether_an_item_is_asked_for() -> None:
    bare = replace(at(ReleaseType.REGULAR, Phase.PRE_RELEASE), left_out=())
    checklist = RULES.of(Phase.PRE_RELEASE)
    asked = {one.item.key for one in judge(checklist, {}, Facts(at=AT, release=bare)) if not one.settled}
    conditional = {item.key for item in checklist.items if item.only is not Only.ALWAYS}
    assert conditional == {"left_out_is_off", "migration_tried", "migration_way_back", "variables_in_place"}
    assert asked & conditional == set()


@pytest.mark.parametrize("strictness", [Strictness.WARN, Strictness.OFF])
def test_a_list_that_only_warns_or_is_off_stops_nothing(strictness: Strictness) -> None:
    found = at(ReleaseType.REGULAR, Phase.POST_AT_ONCE)
    checklist = replace(RULES.of(Phase.POST_AT_ONCE), strictness=strictness)
    judged = judge(checklist, {}, facts_of(found))
    assert missing(checklist, judged, found) == ()
    open_ = Standing.OPEN if strictness is Strictness.WARN else Standing.NOT_ASKED
    assert {one.standing for one in judged} == {open_}


def test_a_hotfix_that_skipped_staging_is_asked_for_nothing_there() -> None:
    found = at(ReleaseType.HOTFIX, Phase.STAGING, staging_skipped="every minute counts")
    checklist = RULES.for_release(Phase.STAGING, ReleaseType.HOTFIX)
    assert {one.standing for one in judge(checklist, {}, facts_of(found))} == {Standing.NOT_ASKED}


def test_items_are_named_together_with_whose_they_are() -> None:
    found, checklist = at(ReleaseType.REGULAR, Phase.POST_SOON), RULES.of(Phase.POST_SOON)
    traffic, errors, queries, external = checklist.items
    said = {"traffic": ItemState(owner="U0DEV")}
    assert missing(checklist, judge(checklist, said, facts_of(found)), found) == (
        Missing(ItemsOpen(Phase.POST_SOON, (traffic.named,)), checklist.roles, "U0DEV"),
        Missing(ItemsOpen(Phase.POST_SOON, (errors.named, external.named)), checklist.roles),
        Missing(ItemsOpen(Phase.POST_SOON, (queries.named,)), checklist.who_ticks(queries)),
    )


# --- evidence -----------------------------------------------------------------------------------------------

OUT = release(
    Stage.RELEASED, approved_at=AT, rollout=rollout(3), notes_published=0, monitoring_until=AT, deploy_at=AT
)
HELD = [
    (Auto.CI, {}, Proof(auto=Auto.CI, held=True, text=SHA, at=AT - timedelta(days=2))),
    (Auto.STAGING, {}, Proof(auto=Auto.STAGING, held=True, text="rc.1")),
    (Auto.QA, {}, Proof(auto=Auto.QA, held=True, at=AT)),
    (Auto.NOTES, {"gaps": 0}, Proof(auto=Auto.NOTES, held=True)),
    (Auto.NOTES, {"gaps": 2}, Proof(auto=Auto.NOTES, held=False, text="2")),
    (Auto.NOTES, {}, None),
    (Auto.SCHEDULE, {}, Proof(auto=Auto.SCHEDULE, held=True, at=AT)),
    (Auto.WAY_BACK, {"way_back": False}, Proof(auto=Auto.WAY_BACK, held=False)),
    (Auto.WAY_BACK, {}, None),
    (Auto.PREVIOUS_TAG, {"target": "v1.4.0"}, Proof(auto=Auto.PREVIOUS_TAG, held=True, text="v1.4.0")),
    (Auto.PREVIOUS_TAG, {}, None),
    (Auto.STANDING_BY, {}, Proof(auto=Auto.STANDING_BY, held=True, at=AT)),
    (Auto.GATE, {"gate_open": True}, Proof(auto=Auto.GATE, held=True)),
    (Auto.GATE, {}, None),
    (Auto.START_ANNOUNCED, {}, Proof(auto=Auto.START_ANNOUNCED, held=True)),
    (Auto.ROLLOUT, {}, Proof(auto=Auto.ROLLOUT, held=True, text="3/3")),
    (
        Auto.METRICS,
        {"health": {Auto.METRICS: HealthEvidence(holds=False, at=AT)}},
        Proof(auto=Auto.METRICS, held=False, at=AT),
    ),
    (Auto.PERFORMANCE, {"health": {Auto.PERFORMANCE: HealthEvidence(holds=None)}}, None),
    (
        Auto.HEALTH_ENDPOINT,
        {"health": {Auto.HEALTH_ENDPOINT: HealthEvidence(holds=True, at=AT)}},
        Proof(auto=Auto.HEALTH_ENDPOINT, held=True, at=AT),
    ),
    (Auto.METRICS, {}, None),
    (Auto.TAG, {}, Proof(auto=Auto.TAG, held=True, text="v1.5.0")),
    (Auto.MERGED, {}, Proof(auto=Auto.MERGED, held=True, text="release/v1.5.0")),
    (
        Auto.BRANCH_DELETED,
        {"branch_gone": True},
        Proof(auto=Auto.BRANCH_DELETED, held=True, text="release/v1.5.0"),
    ),
    (Auto.BRANCH_DELETED, {}, None),
    (Auto.NOTES_PUBLISHED, {}, Proof(auto=Auto.NOTES_PUBLISHED, held=True)),
    (
        Auto.COMPLETION_ANNOUNCED,
        {},
        Proof(auto=Auto.COMPLETION_ANNOUNCED, held=True, text="v1.5.0"),
    ),
    (Auto.BOARD, {}, Proof(auto=Auto.BOARD, held=True, text="v1.5.0", at=AT - timedelta(hours=1))),
    (Auto.MONITORING, {"monitored": True}, Proof(auto=Auto.MONITORING, held=True, at=AT)),
    (Auto.MONITORING, {}, None),
    (Auto.NEXT_PLANNED, {"next_planned": "v1.6.0"}, Proof(auto=Auto.NEXT_PLANNED, held=True, text="v1.6.0")),
    (Auto.NEXT_PLANNED, {}, None),
    (Auto.DECLARED, {}, None),
    (Auto.STEP_CACHES, {}, None),
]


@pytest.mark.parametrize(("auto", "facts", "expected"), HELD)
def test_what_the_bot_knows_of_a_release(auto: Auto, facts: dict[str, Any], expected: Proof | None) -> None:
    assert proof(auto, Facts(at=AT, release=OUT, **facts)) == expected


@pytest.mark.parametrize("auto", [one for one in Auto if one not in CHECKS - {Auto.CI} | {Auto.METRICS}])
def test_what_has_not_come_yet_proves_nothing(auto: Auto) -> None:
    young = release(
        candidate=None,
        confirmations=(),
        qa=None,
        deploy_at=None,
        merged=False,
        monitoring_until=None,
    )
    assert proof(auto, Facts(at=AT, release=young)) is None


def room(**facts: Any) -> Room:
    known: dict[str, Any] = {"id": "room", "project": "shop", "state": RoomState.ROLLING_BACK, "name": "r"}
    return Room(opened_at=AT, opened_by="U0IC", **(known | facts))


def test_what_the_bot_knows_of_a_war_room() -> None:
    step = Step(key=StepKey.CACHES, roles=(), budget=timedelta(0), state=StepState.RUNNING)
    led = room(declared_at=AT, target="v1.4.0", steps=(step,))
    facts = Facts(at=AT, room=led)
    assert proof(Auto.DECLARED, facts) == Proof(auto=Auto.DECLARED, held=True, at=AT)
    assert proof(Auto.TARGET, facts) == Proof(auto=Auto.TARGET, held=True, text="v1.4.0")
    assert proof(Auto.STEP_CACHES, facts) is None
    over = replace(led, steps=(replace(step, state=StepState.DONE, ended_at=AT),))
    ended = Proof(auto=Auto.STEP_CACHES, held=True, at=AT)
    assert proof(Auto.STEP_CACHES, Facts(at=AT, room=over)) == ended
    quiet = Facts(at=AT, room=room())
    assert [proof(one, quiet) for one in (Auto.DECLARED, Auto.TARGET, Auto.STEP_CACHES)] == [None] * 3
    assert proof(Auto.QA, quiet) is None


def standing(auto: Auto, of: Room, only: Only = Only.ALWAYS, said: ItemState | None = None) -> Judged:
    one = Item(key="item", text=Names(), auto=auto, only=only)
    during = replace(RULES.of(Phase.ROLLBACK_DURING), items=(one,))
    (found,) = judge(during, {"item": said} if said else {}, Facts(at=AT, room=of, migration=of.migration))
    return found


def test_what_was_skipped_is_done_without() -> None:
    tried = Step(key=StepKey.CORE_FUNCTIONS, roles=(), budget=timedelta(0), state=StepState.SKIPPED)
    led = room(declared_at=AT, steps=(replace(tried, note="QA is asleep", ended_at=AT),))
    found = standing(Auto.STEP_CORE_FUNCTIONS, led)
    assert (found.standing, found.settled) == (Standing.WAIVED, True)
    assert found.proof == Proof(
        auto=Auto.STEP_CORE_FUNCTIONS, held=False, text="QA is asleep", at=AT, skipped=True
    )


def test_where_the_previous_version_stands_it_is_back_with_the_traffic() -> None:
    traffic = Step(key=StepKey.TRAFFIC, roles=(), budget=timedelta(0))
    led = room(declared_at=AT, steps=(traffic,))
    assert standing(Auto.STEP_APPLICATION, led).standing is Standing.OPEN
    switched = replace(traffic, state=StepState.DONE, ended_at=AT)
    assert standing(Auto.STEP_APPLICATION, replace(led, steps=(switched,))).standing is Standing.DONE
    application = replace(traffic, key=StepKey.APPLICATION)
    both = replace(led, steps=(application, switched))
    assert standing(Auto.STEP_APPLICATION, both).standing is Standing.OPEN


@pytest.mark.parametrize("only", [Only.ALWAYS, Only.MIGRATION])
def test_a_step_that_the_rollback_does_not_have_is_not_asked_for(only: Only) -> None:
    led = room(declared_at=AT, steps=(Step(key=StepKey.TRAFFIC, roles=(), budget=timedelta(0)),))
    found = standing(Auto.STEP_DATABASE, led, only)
    assert (found.standing, found.proof) == (Standing.NOT_ASKED, None)
    there = Step(key=StepKey.DATABASE, roles=(), budget=timedelta(0))
    migrating = replace(led, migration=True, steps=(*led.steps, there))
    assert standing(Auto.STEP_DATABASE, migrating, only).standing is Standing.OPEN


@pytest.mark.parametrize("said", [{"done_at": AT}, {"waived_at": AT, "reason": "r"}])
@pytest.mark.parametrize("phase", [Phase.ROLLBACK_BEFORE, Phase.ROLLBACK_AFTER, Phase.OUTAGE])
def test_what_was_said_of_a_rollback_that_was_called_off_does_not_hold_for_the_next(
    said: dict[str, Any], phase: Phase
) -> None:
    state = ItemState(**said, note="in the log", owner="U0IC")
    earlier, again = (room(declared_at=AT + timedelta(hours=n)) for n in (0, 20))
    assert current(phase, state, Facts(at=AT, room=earlier, release=OUT)) == state
    playbook = phase is Phase.OUTAGE
    kept = state if playbook else ItemState(note="in the log", owner="U0IC")
    assert current(phase, state, Facts(at=AT, room=again, release=OUT)) == kept


# --- the model ----------------------------------------------------------------------------------------------

MOVES = st.lists(st.tuples(st.sampled_from(("tick", "waive", "undo", "rebuild")), st.booleans()), max_size=12)


@given(MOVES)
def test_an_item_is_settled_exactly_by_the_last_word_on_its_candidate(moves: list[tuple[str, bool]]) -> None:
    checklist = RULES.of(Phase.PRE_RELEASE)
    bound = next(one for one in checklist.items if one.key == "bugs_closed")
    loose = next(one for one in checklist.items if one.key == "https_on")
    one: Checklist = replace(checklist, items=(bound, loose))
    found, said = at(ReleaseType.REGULAR, Phase.PRE_RELEASE), dict[str, ItemState]()
    expected = {bound.key: Standing.OPEN, loose.key: Standing.OPEN}
    for move, first in moves:
        item = bound if first else loose
        if move == "rebuild":
            assert found.candidate is not None
            found = replace(found, candidate=replace(found.candidate, number=found.rc + 1))
            expected[bound.key] = Standing.OPEN
            continue
        before = reopened(said.get(item.key, ItemState()))
        rc = found.rc if item.of_candidate else 0
        said[item.key] = {
            "tick": replace(before, done_at=AT, candidate=rc),
            "waive": replace(before, waived_at=AT, reason="r", candidate=rc),
            "undo": before,
        }[move]
        expected[item.key] = {"tick": Standing.DONE, "waive": Standing.WAIVED, "undo": Standing.OPEN}[move]
    judged = judge(one, said, facts_of(found))
    assert {each.item.key: each.standing for each in judged} == expected
