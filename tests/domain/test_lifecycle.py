from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import pytest

from domain.lifecycle import TRANSITIONS, advance, check, possible, who_may
from domain.people import Role
from domain.refusals import NotAllowed, NotReady, Refused, WrongStage
from domain.release import Release
from domain.rollout import moves
from domain.rollout.rollout import Interruption, Rollout
from domain.tokens import Scope
from domain.types import Action, ReleaseType, Stage
from tests.support.builders import AT, ROSTER, out, rejected, release, rollout, situation

A, S = Action, Stage
RM, TL, PM = Role.RELEASE_MANAGER, Role.TECH_LEAD, Role.PM
IC, QA, OPS, IMPL = Role.INCIDENT_COMMANDER, Role.QA_LEAD, Role.DEVOPS, Role.IMPLEMENTATION_MANAGER
BEFORE = (S.CANDIDATE, S.BUILDING, S.STAGING, S.QA, S.APPROVAL, S.APPROVED, S.FIXING)
BACK = "back to where it was"


@dataclass(frozen=True)
class Row:
    """One row of spec 2.2 as it is written there."""

    action: Action
    sources: tuple[Stage, ...]
    target: Stage | str
    who: tuple[Role, ...]
    types: tuple[ReleaseType, ...] = tuple(ReleaseType)


SPEC = (
    Row(A.CUT_BRANCH, (S.CANDIDATE,), S.BUILDING, (RM,)),
    Row(A.BUILD_PASSED, (S.BUILDING,), S.STAGING, (RM,)),
    Row(A.BUILD_FAILED, (S.BUILDING,), S.FIXING, (RM,)),
    Row(A.STAGING_DEPLOYED, (S.STAGING,), S.QA, (OPS, RM)),
    Row(A.STAGING_FAILED, (S.STAGING,), S.FIXING, (OPS, RM)),
    Row(A.SKIP_STAGING, (S.STAGING,), S.QA, (IC, RM), (ReleaseType.HOTFIX,)),
    Row(A.QA_PASSED, (S.QA,), S.APPROVAL, (QA, RM)),
    Row(A.QA_FAILED, (S.QA,), S.FIXING, (QA, RM)),
    Row(A.REBUILD, (S.FIXING,), S.BUILDING, (RM,)),
    Row(A.BUG_FOUND, (S.QA, S.APPROVAL, S.APPROVED), S.FIXING, (QA, RM)),
    Row(A.DEPLOY, (S.APPROVED,), S.DEPLOYING, (RM, OPS)),
    Row(A.STEP_LIVE, (S.DEPLOYING,), S.DEPLOYING, (OPS,)),
    Row(A.STEP_DONE, (S.DEPLOYING,), S.DEPLOYING, (OPS,)),
    Row(A.PAUSE, (S.DEPLOYING,), S.DEPLOYING, (IMPL, RM, IC)),
    Row(A.CONTINUE, (S.DEPLOYING,), S.DEPLOYING, (IMPL, RM, IC)),
    Row(A.STOP, (S.DEPLOYING,), S.APPROVED, (IMPL, RM, IC)),
    Row(A.ROLLOUT_COMPLETE, (S.DEPLOYING,), S.VERIFYING, (OPS,)),
    Row(
        A.DECLARE_ROLLBACK,
        (S.DEPLOYING, S.VERIFYING, S.RELEASED, S.CLOSED),
        S.ROLLING_BACK,
        (IC, RM, TL, OPS),
    ),
    Row(A.STAND_DOWN, (S.ROLLING_BACK,), BACK, (IC,)),
    Row(A.ROLLED_BACK, (S.ROLLING_BACK,), S.ROLLED_BACK, (IC, RM)),
    Row(A.VERIFIED, (S.VERIFYING,), S.RELEASED, (QA, RM)),
    Row(A.FIX_FORWARD, (S.VERIFYING,), S.VERIFYING, (IC, RM)),
    Row(A.CLOSE, (S.RELEASED,), S.CLOSED, (RM,)),
    Row(A.HOLD, BEFORE, S.ON_HOLD, (RM, PM, IMPL)),
    Row(A.RESUME, (S.ON_HOLD,), BACK, (RM, PM, IMPL)),
    Row(A.CANCEL, (*BEFORE, S.ON_HOLD), S.CANCELLED, (RM, PM)),
)
FOLLOWS = (
    Row(A.REQUIREMENTS_MET, (S.APPROVAL,), S.APPROVED, ()),
    Row(A.REJECT, (S.APPROVAL, S.APPROVED), S.ON_HOLD, ()),
    Row(A.REJECTION_WITHDRAWN, (S.ON_HOLD,), S.APPROVAL, ()),
    Row(A.APPROVAL_LAPSED, (S.APPROVAL, S.APPROVED), S.APPROVAL, ()),
    Row(A.HEAD_MOVED, (S.QA, S.APPROVAL, S.APPROVED), S.FIXING, ()),
)


def in_stage(stage: Stage, kind: ReleaseType, action: Action) -> Release:
    """A release for which `action` misses nothing."""
    found = release(stage, type=kind)
    if stage is S.DEPLOYING:
        done = 0 if action is A.STOP else 3 if action is A.ROLLOUT_COMPLETE else 1
        under_way = out if action is A.STEP_DONE else rollout
        return replace(found, rollout=under_way(done, paused=action is A.CONTINUE))
    return found


def holders(row: Row, kind: ReleaseType) -> set[Role]:
    """For a hotfix the incident commander may do whatever the release manager may (spec 2.2)."""
    roles = set(row.who)
    return roles | {IC} if kind is ReleaseType.HOTFIX and RM in roles else roles


def rows() -> list[tuple[Row, Stage, ReleaseType]]:
    return [(row, stage, kind) for row in SPEC for stage in row.sources for kind in row.types]


def named(value: object) -> str:
    return value.action.value if isinstance(value, Row) else str(value)


@pytest.mark.parametrize(("row", "stage", "kind"), rows(), ids=named)
def test_each_role_of_the_table_may_and_nobody_else(row: Row, stage: Stage, kind: ReleaseType) -> None:
    found = in_stage(stage, kind, row.action)
    target = {A.RESUME: S.QA, A.STAND_DOWN: S.DEPLOYING}.get(row.action, row.target)
    may = holders(row, kind)
    for role in Role:
        if role in may:
            assert advance(found, row.action, situation(role)).stage is target
        else:
            with pytest.raises(Refused) as no:
                advance(found, row.action, situation(role))
            refusal = no.value.refusal
            assert isinstance(refusal, NotAllowed)
            assert (set(refusal.roles), refusal.who) == (may, tuple(sorted(ROSTER.anyone(may))))


@pytest.mark.parametrize(
    ("row", "stage"), [(row, stage) for row in FOLLOWS for stage in row.sources], ids=named
)
def test_what_follows_from_facts_is_taken_by_the_bot_alone(row: Row, stage: Stage) -> None:
    found = in_stage(stage, ReleaseType.REGULAR, row.action)
    assert advance(found, row.action, situation(by_bot=True)).stage is row.target
    with pytest.raises(Refused) as no:
        advance(found, row.action, situation(*Role))
    assert no.value.refusal == NotAllowed(row.action, (), ())


CI = {
    A.BUILD_PASSED: Scope.BUILD,
    A.BUILD_FAILED: Scope.BUILD,
    A.STAGING_DEPLOYED: Scope.STAGING,
    A.STAGING_FAILED: Scope.STAGING,
    A.QA_PASSED: Scope.QA,
    A.QA_FAILED: Scope.QA,
    A.REBUILD: Scope.BUILD,
    A.STEP_LIVE: Scope.STEP,
    A.STEP_DONE: Scope.STEP,
    A.PAUSE: Scope.STEP,
    A.ROLLOUT_COMPLETE: Scope.STEP,
}


def test_a_pipeline_takes_the_steps_of_its_scope_and_no_other() -> None:
    taken = {}
    for (row, stage, kind), scope in product(rows(), Scope):
        found = in_stage(stage, kind, row.action)
        try:
            advance(found, row.action, situation(scopes=frozenset({scope})))
        except Refused:
            continue
        assert taken.setdefault(row.action, scope) is scope
    assert taken == CI


def test_the_bot_takes_no_step_that_people_take() -> None:
    taken = []
    for row, stage, kind in rows():
        try:
            advance(in_stage(stage, kind, row.action), row.action, situation(by_bot=True))
        except Refused:
            continue
        taken.append(row.action)
    of_deployers = {A.STAGING_DEPLOYED, A.STAGING_FAILED}
    # for automatic criteria, and when a monitoring that went well is over
    assert set(taken) == {A.DECLARE_ROLLBACK, A.CLOSE, *of_deployers}


@pytest.mark.parametrize("kind", list(ReleaseType))
def test_whatever_the_table_does_not_have_is_the_wrong_stage(kind: ReleaseType) -> None:
    steps = {(row.action, stage) for row in (*SPEC, *FOLLOWS) if kind in row.types for stage in row.sources}
    steps.add((A.REBUILD, S.ON_HOLD))
    for action, stage in product(Action, Stage):
        found = in_stage(stage, kind, action)
        if (action, stage) in steps:
            continue
        with pytest.raises(Refused) as no:
            advance(found, action, situation(*Role, by_bot=True))
        assert no.value.refusal == WrongStage(action, "1.5.0", stage, possible(found))


def test_the_table_has_no_row_beside_the_specification() -> None:
    ours = {(row.action, stage) for row in TRANSITIONS for stage in row.sources}
    theirs = {(row.action, stage) for row in (*SPEC, *FOLLOWS) for stage in row.sources}
    assert ours == theirs | {(A.REBUILD, S.ON_HOLD)}


def test_after_a_reject_a_new_candidate_is_built_or_it_is_taken_back() -> None:
    found = rejected(release())
    assert advance(found, A.REBUILD, situation(RM)).stage is S.BUILDING
    assert advance(found, A.REBUILD, situation(RM)).hold is None
    with pytest.raises(Refused) as no:
        advance(found, A.RESUME, situation(RM))
    assert isinstance(no.value.refusal, NotReady)
    withdrawn = advance(found, A.REJECTION_WITHDRAWN, situation(by_bot=True))
    assert (withdrawn.stage, withdrawn.hold) == (S.APPROVAL, None)


def test_a_plain_hold_is_no_reason_for_a_new_candidate() -> None:
    with pytest.raises(Refused) as no:
        advance(release(S.ON_HOLD), A.REBUILD, situation(RM))
    assert isinstance(no.value.refusal, NotReady)


@pytest.mark.parametrize("stage", BEFORE)
def test_resume_leads_back_to_where_the_hold_came_from(stage: Stage) -> None:
    held = release(S.ON_HOLD)
    assert held.hold is not None
    resumed = advance(replace(held, hold=replace(held.hold, source=stage)), A.RESUME, situation(PM))
    assert (resumed.stage, resumed.stage_since, resumed.hold) == (stage, AT, None)


def test_a_step_within_a_stage_leaves_the_time_of_entry() -> None:
    found = in_stage(S.DEPLOYING, ReleaseType.REGULAR, A.STEP_DONE)
    assert advance(found, A.STEP_DONE, situation(OPS)).stage_since == found.stage_since


def test_nothing_is_said_of_guards_to_who_may_not() -> None:
    with pytest.raises(Refused) as no:
        check(release(S.BUILDING), A.BUILD_FAILED, situation(PM, note=""))
    assert isinstance(no.value.refusal, NotAllowed)


def test_a_refusal_lists_all_that_is_missing_at_once() -> None:
    found = release(S.APPROVED, confirmations=(), soak_until=AT.replace(hour=9))
    with pytest.raises(Refused) as no:
        check(found, A.DEPLOY, situation(RM, head=""))
    refusal = no.value.refusal
    assert isinstance(refusal, NotReady)
    kinds = [type(missing.need).__name__ for missing in refusal.missing]
    assert kinds == ["NotSoaked", "NotConfirmed", "NotConfirmed", "HeadUnknown"]


def test_every_button_leads_somewhere() -> None:
    for stage, kind in product(Stage, ReleaseType):
        for action in possible(release(stage, type=kind)):
            row = next(r for r in TRANSITIONS if r.action is action and stage in r.sources)
            assert who_may(release(stage, type=kind), row)


HELD = Interruption(since=AT, step="canary_50")


@pytest.mark.parametrize(
    ("under_way", "shown"),
    [
        (rollout(), {A.STEP_LIVE, A.PAUSE, A.STOP}),
        (out(), {A.STEP_DONE, A.PAUSE}),
        (rollout(1), {A.STEP_LIVE, A.PAUSE}),
        (out(1), {A.STEP_DONE, A.PAUSE}),
        (rollout(1, paused=True), {A.STEP_LIVE, A.CONTINUE}),
        (out(1, paused=True), {A.CONTINUE}),
        (rollout(1, paused=True, interruption=HELD), {A.STEP_LIVE, A.PAUSE, A.CONTINUE}),  # it may end
        (rollout(2, paused=True, interruption=HELD), {A.CONTINUE}),
        (rollout(1, automatic=True), {A.PAUSE}),
        (rollout(1, automatic=True, paused=True), {A.STEP_LIVE, A.CONTINUE}),  # told to leave it
        (rollout(1, automatic=True, paused=True, interruption=HELD), {A.PAUSE, A.CONTINUE}),
        (moves.failed(rollout(1, automatic=True), "silent"), {A.STEP_LIVE, A.CONTINUE}),
        (out(1, automatic=True, paused=True), {A.CONTINUE}),
        (rollout(2), {A.STEP_DONE, A.PAUSE}),  # nobody has to watch it
        (rollout(3), {A.ROLLOUT_COMPLETE, A.PAUSE}),
    ],
)
def test_the_rollout_has_only_buttons_that_can_be_pressed(under_way: Rollout, shown: set[Action]) -> None:
    found = replace(release(S.DEPLOYING), rollout=under_way)
    assert set(possible(found)) == shown | {A.DECLARE_ROLLBACK}


def test_on_hold_the_buttons_tell_a_reject_from_a_hold() -> None:
    assert set(possible(release(S.ON_HOLD))) == {A.RESUME, A.CANCEL}
    assert set(possible(rejected(release()))) == {A.REBUILD, A.CANCEL}


def test_closing_is_offered_when_it_was_asked() -> None:
    assert A.CLOSE not in possible(release(S.RELEASED))
    assert A.CLOSE in possible(release(S.RELEASED, close_asked_at=AT))
