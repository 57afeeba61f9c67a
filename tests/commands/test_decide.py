from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from commands import decide, frame
from commands.requests import Decide, MeetCondition, NewCondition, TakeRole, WithdrawDecision
from commands.show.release import approval
from domain import refusals as r
from domain.approvals import Outcome, Slot
from domain.errands import Privately, Show, Surface, SurfaceKind, Tell, ToPerson
from domain.events import Decided, DecisionWithdrawn
from domain.people import Role, Via
from domain.release import Condition, Due, Unmet
from domain.types import Action, ReleaseType, Stage
from domain.views import Happened, SaidNo
from storage import decisions, people, releases
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import SHA, SHA2, Driver, changes
from tests.support.world import (
    BOT_USER,
    CHANNEL,
    DEV,
    GUEST,
    IC,
    LEAVER,
    OPS,
    OWNER,
    PM,
    QA,
    RM,
    RM2,
    STRANGER,
    TL,
    origin,
    person,
    world,
)

A, S, R = Action, Stage, ReleaseType
YES, IF, NO = Outcome.APPROVE, Outcome.CONDITIONS, Outcome.REJECT


def live(drive: Driver, release: str) -> dict[str, Outcome]:
    rc = drive.release(release).rc
    return {d.user: d.outcome for d in drive.read(decisions.live, release, rc)}


# --- who --------------------------------------------------------------------------------------------------


def test_an_approval_meets_the_requirement(drive: Driver) -> None:
    release = drive.to_approval()
    event = drive.decide(release, RM2, comment="fine")
    assert isinstance(event, Decided)
    assert (event.candidate, event.sha, event.outcome, event.comment) == (1, SHA, YES, "fine")
    assert event.policy
    found = drive.release(release)
    assert (found.stage, found.approved_at) == (S.APPROVED, drive.clock())
    assert live(drive, release) == {RM2: YES}


@pytest.mark.parametrize("user", [OPS, QA, DEV, GUEST, STRANGER, BOT_USER, LEAVER, "U0NOBODY"])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_whoever_cannot_decide_hears_who_can(drive: Driver, user: str, outcome: Outcome) -> None:
    release = drive.to_approval()
    facts = {"comment": "no", "conditions": (NewCondition(text="x"),)}
    refusal = drive.no(drive.decision(release, outcome, **facts), user)
    assert refusal == r.NotYourSlot("1.5.0", (RM2,))
    assert live(drive, release) == {}


def test_who_started_it_does_not_approve_it(drive: Driver) -> None:
    release = drive.to_approval()
    assert drive.no(drive.decision(release), RM) == r.OwnWork("1.5.0", "starter", (RM2,))


def test_the_largest_author_does_not_approve_it(drive: Driver) -> None:
    release = drive.start(user=DEV)
    drive.cut(release)
    drive.build(release, scope=changes(top_authors=("rm2@naru.example",)))
    drive.advance(release, A.STAGING_DEPLOYED, OPS, note="healthy")
    drive.pass_qa(release)
    assert drive.no(drive.decision(release), RM2) == r.OwnWork("1.5.0", "author", (RM,))
    drive.decide(release, RM)
    assert drive.stage(release) is S.APPROVED


def test_no_author_of_an_emergency_approves_it(drive: Driver) -> None:
    release = drive.start(R.EMERGENCY, DEV)
    drive.cut(release)
    drive.build(release, scope=changes(top_authors=(), all_authors=("tl@naru.example",)))
    drive.advance(release, A.STAGING_DEPLOYED, OPS, note="healthy")
    drive.pass_qa(release)
    assert drive.no(drive.decision(release), TL) == r.OwnWork("1.4.1", "author", (PM,))


def test_who_started_a_hotfix_may_approve_it(drive: Driver) -> None:
    release = drive.to_approval(R.HOTFIX, user=IC)
    drive.decide(release, IC)
    assert drive.stage(release) is S.APPROVED


def test_two_requirements_need_two_people(drive: Driver) -> None:
    release = drive.to_approval(R.EMERGENCY)
    drive.decide(release, TL)
    assert drive.stage(release) is S.APPROVAL
    assert drive.read(approval, f"{release}/1").tally.open_slots == (Slot(Role.PM),)
    drive.decide(release, PM)
    assert drive.stage(release) is S.APPROVED


def test_a_feature_needs_every_stakeholder(drive: Driver) -> None:
    release = drive.to_approval(R.FEATURE, stakeholders=(DEV, OPS))
    for user in (PM, DEV):
        drive.decide(release, user)
        assert drive.stage(release) is S.APPROVAL
    drive.decide(release, OPS)
    assert drive.stage(release) is S.APPROVED


def test_a_stakeholder_who_left_counts_no_more(drive: Driver) -> None:
    release = drive.to_approval(R.FEATURE, stakeholders=(DEV,))
    with drive.tx() as tx:
        people.put(tx, [person(DEV, active=False)])
    assert isinstance(drive.no(drive.decision(release), DEV), r.NotYourSlot)
    drive.decide(release, PM)
    assert drive.stage(release) is S.APPROVAL


def test_an_approver_of_two_roles_counts_once(database: Database, clock: HandClock) -> None:
    with database.transaction() as tx:
        world(tx, roles={"tech_lead": {"users": [TL, PM]}, "pm": {"users": [PM, TL]}, **WORKERS})
    drive = Driver(database, clock)
    release = drive.to_approval(R.EMERGENCY)
    drive.decide(release, PM)
    assert drive.stage(release) is S.APPROVAL
    drive.decide(release, TL)
    assert drive.stage(release) is S.APPROVED


WORKERS = {
    "release_manager": {"users": [RM, RM2]},
    "qa_lead": {"users": [QA]},
    "devops": {"users": [OPS]},
}


# --- changing one's mind ----------------------------------------------------------------------------------


def test_a_second_press_says_what_is_recorded(drive: Driver) -> None:
    release = drive.to_approval(R.EMERGENCY)
    drive.decide(release, TL)
    assert drive.no(drive.decision(release), TL) == r.AlreadySo("decided_approve", "1.4.1")
    assert live(drive, release) == {TL: YES}


def test_a_mind_can_be_changed_and_the_last_word_counts(drive: Driver) -> None:
    release = drive.to_approval()
    drive.decide(release, RM2)
    event = drive.decide(release, RM2, NO, comment="wait")
    assert isinstance(event, Decided)
    assert event.replaces is YES
    assert (drive.stage(release), live(drive, release)) == (S.ON_HOLD, {RM2: NO})
    drive.decide(release, RM2, YES)
    assert (drive.stage(release), live(drive, release)) == (S.APPROVED, {RM2: YES})


def test_taking_an_approval_back_asks_again(drive: Driver) -> None:
    release = drive.to_approved()
    event = drive.ok(WithdrawDecision(release=release, candidate=1), RM2)
    assert event == DecisionWithdrawn(release=release, version="1.5.0", candidate=1, outcome=YES)
    assert (drive.stage(release), live(drive, release)) == (S.APPROVAL, {})
    assert drive.no(WithdrawDecision(release=release, candidate=1), RM2) == r.NothingToWithdraw("1.5.0")


def test_taking_a_reject_back_lets_the_others_count(drive: Driver) -> None:
    release = drive.to_approval(R.EMERGENCY)
    drive.decide(release, TL)
    drive.decide(release, PM, NO, comment="wait")
    assert drive.stage(release) is S.ON_HOLD
    drive.ok(WithdrawDecision(release=release, candidate=1), PM)
    assert (drive.stage(release), live(drive, release)) == (S.APPROVAL, {TL: YES})
    drive.decide(release, PM)
    assert drive.stage(release) is S.APPROVED


def test_after_a_reject_nobody_else_decides(drive: Driver) -> None:
    release = drive.to_approval(R.EMERGENCY)
    drive.decide(release, PM, NO, comment="wait")
    assert drive.no(drive.decision(release), TL) == r.TooLate("1.4.1", S.ON_HOLD)


@pytest.mark.parametrize("stage", [S.QA, S.DEPLOYING])
def test_a_press_too_early_or_too_late_is_said(drive: Driver, stage: Stage) -> None:
    release = drive.to_qa() if stage is S.QA else drive.to_deploying()
    assert drive.no(drive.decision(release), RM2) == r.TooLate("1.5.0", stage)
    assert drive.no(WithdrawDecision(release=release, candidate=1), RM2) == r.TooLate("1.5.0", stage)


def test_a_button_of_an_older_candidate_is_outdated(drive: Driver) -> None:
    release = drive.to_approval()
    old = drive.decision(release)
    drive.advance(release, A.BUG_FOUND, QA, note="crash")
    drive.advance(release, A.REBUILD)
    drive.build(release, head=SHA2)
    assert drive.no(old, RM2) == r.Outdated("1.5.0", 1, 2)


# --- words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "facts", "refusal"),
    [
        (NO, {"comment": "  "}, r.TextMissing("reason")),
        (IF, {}, r.TextMissing("condition")),
        (IF, {"conditions": (NewCondition(text=" "),)}, r.TextMissing("condition")),
        (
            IF,
            {"conditions": (NewCondition(text="x", due=Due.TIME),)},
            r.Unreadable("date", "", "2026-03-05 14:00"),
        ),
    ],
)
def test_what_must_be_said_is_asked_for(
    drive: Driver, outcome: Outcome, facts: dict[str, Any], refusal: r.Refusal
) -> None:
    release = drive.to_approval()
    assert drive.no(drive.decision(release, outcome, **facts), RM2) == refusal
    assert live(drive, release) == {}


def test_a_conditions_time_lies_ahead(drive: Driver) -> None:
    release = drive.to_approval()
    past = NewCondition(text="x", due=Due.TIME, due_at=drive.clock())
    refusal = drive.no(drive.decision(release, IF, conditions=(past,)), RM2)
    assert refusal == r.InThePast(drive.clock())


# --- conditions -------------------------------------------------------------------------------------------


def test_conditions_become_objects_with_an_owner(drive: Driver) -> None:
    release = drive.to_approval()
    asked = (
        NewCondition(text=" watch the queue ", owner=OPS, due=Due.BEFORE_COMPLETE),
        NewCondition(text="tell support", unmet=Unmet.HOLDS_COMPLETION),
    )
    event = drive.decide(release, RM2, IF, conditions=asked)
    assert isinstance(event, Decided)
    assert event.conditions == ("watch the queue", "tell support")
    shared: dict[str, Any] = {"asked_by": RM2, "candidate": 1}
    assert drive.release(release).conditions == (
        Condition(id="1.1", text="watch the queue", owner=OPS, due=Due.BEFORE_COMPLETE, **shared),
        Condition(id="1.2", text="tell support", owner=RM, unmet=Unmet.HOLDS_COMPLETION, **shared),
    )
    assert drive.stage(release) is S.APPROVED


def test_new_conditions_take_the_place_of_ones_own_open_ones(drive: Driver) -> None:
    release = drive.to_approval(R.EMERGENCY)
    drive.decide(release, TL, IF, conditions=(NewCondition(text="a"), NewCondition(text="b")))
    drive.decide(release, PM, IF, conditions=(NewCondition(text="c"),))
    drive.decide(release, TL, IF, conditions=(NewCondition(text="d"),))
    found = {c.id: (c.text, c.asked_by) for c in drive.release(release).conditions}
    assert found == {"1.3": ("c", PM), "1.4": ("d", TL)}
    drive.decide(release, PM, YES)
    assert [c.text for c in drive.release(release).conditions] == ["d"]


@pytest.mark.parametrize("user", [RM2, RM])
def test_the_approver_or_the_role_marks_a_condition_as_met(drive: Driver, user: str) -> None:
    release = drive.to_approval()
    drive.decide(release, RM2, IF, conditions=(NewCondition(text="a"),))
    meet = MeetCondition(release=release, condition="1.1", evidence=" https://log ")
    drive.ok(meet, user)
    (met,) = drive.release(release).conditions
    assert (met.met_by, met.met_at, met.evidence) == (user, drive.clock(), "https://log")
    assert drive.no(meet, RM2) == r.AlreadySo("condition_met", user)


def test_nobody_else_marks_a_condition_as_met(drive: Driver) -> None:
    release = drive.to_approval()
    drive.decide(release, RM2, IF, conditions=(NewCondition(text="a", owner=OPS),))
    refusal = drive.no(MeetCondition(release=release, condition="1.1"), OPS)
    assert refusal == r.NotAllowed("meet_condition", (Role.RELEASE_MANAGER,), (RM, RM2))
    assert drive.no(MeetCondition(release=release, condition="9.9"), RM2) == r.Gone("condition")


# --- lapse ------------------------------------------------------------------------------------------------


def test_a_lost_role_voids_a_granted_approval(drive: Driver) -> None:
    with drive.tx() as tx:
        people.put_group(tx, "S0RMS", ())
    release = drive.to_approved()
    held_in_file = drive.no(TakeRole(project="shop", role=Role.RELEASE_MANAGER, holder=RM2), OWNER)
    assert held_in_file == r.RoleLocked(Role.RELEASE_MANAGER)
    assert drive.stage(release) is S.APPROVED


def test_a_request_that_nobody_grants_lapses_and_is_asked_again(drive: Driver) -> None:
    release = drive.to_approval(R.EMERGENCY)
    drive.decide(release, TL)
    drive.clock.move(days=1)
    drive.tick()
    found = drive.release(release)
    assert (found.stage, found.approval_asked_at, live(drive, release)) == (
        S.APPROVAL,
        drive.clock(),
        {},
    )
    drive.clock.move(days=1)
    drive.tick()
    assert drive.release(release).approval_asked_at == drive.clock()


def test_a_granted_approval_lapses_with_its_window(drive: Driver) -> None:
    release = drive.to_approved()
    until = drive.release(release).approval_until
    deploy_at = drive.release(release).deploy_at
    assert deploy_at is not None
    assert until == deploy_at + timedelta(hours=3)
    drive.clock.set(until)
    drive.tick()
    assert (drive.stage(release), live(drive, release)) == (S.APPROVAL, {})


# --- what people see --------------------------------------------------------------------------------------


def test_a_decision_answers_privately_once(drive: Driver) -> None:
    release = drive.to_approval()
    before = len(drive.errands())
    drive.ok(drive.decision(release), RM2, via=Via.BUTTON, channel=CHANNEL)
    answers = [
        errand.to
        for errand in drive.errands()[before:]
        if isinstance(errand, Tell) and isinstance(errand.to, Privately)
    ]
    assert answers == [Privately(CHANNEL, RM2)]


def test_everybody_who_can_give_it_has_a_request_of_their_own(drive: Driver) -> None:
    release = drive.to_approval(R.EMERGENCY)
    asked = {e.surface for e in drive.errands() if isinstance(e, Show)}
    subject = f"{release}/1"
    assert {s.audience for s in asked if s.kind is SurfaceKind.APPROVAL_COPY} == {TL, PM}
    assert Surface(SurfaceKind.APPROVAL, subject) in asked


def test_the_request_shows_the_true_tally(drive: Driver) -> None:
    release = drive.to_approval(R.EMERGENCY)
    drive.decide(release, TL)
    view = drive.read(approval, f"{release}/1")
    assert (view.current, view.tally.slots) == (True, (Slot(Role.TECH_LEAD, TL), Slot(Role.PM)))
    drive.decide(release, PM, NO, comment="wait")
    assert drive.read(approval, f"{release}/1").current  # the rejecter can take it back there
    drive.advance(release, A.REBUILD)
    assert not drive.read(approval, f"{release}/1").current


def test_a_lapse_tells_who_is_asked_again(drive: Driver) -> None:
    release = drive.to_approval(R.EMERGENCY)
    drive.decide(release, TL)
    drive.clock.move(days=1)
    before = len(drive.errands())
    drive.tick()
    told = {e.to for e in drive.errands()[before:] if isinstance(e, Tell) and isinstance(e.to, ToPerson)}
    assert {ToPerson(TL), ToPerson(PM)} <= told
    assert drive.stage(release) is S.APPROVAL


# --- races ------------------------------------------------------------------------------------------------


async def test_many_presses_at_once_leave_one_decision_per_person(drive: Driver, database: Database) -> None:
    release = drive.to_approval(R.EMERGENCY)

    def press(tx: Any, user: str, outcome: Outcome) -> Happened | SaidNo:
        request = Decide(release=release, candidate=1, outcome=outcome, conditions=(NewCondition(text="x"),))
        return frame.perform(tx, decide.decide, request, origin(user))

    presses = [database.run(press, user, outcome) for user in (TL, PM) * 10 for outcome in (YES, IF, YES)]
    answers = await asyncio.gather(*presses)
    assert {type(answer) for answer in answers} == {Happened, SaidNo}
    assert set(live(drive, release)) == {TL, PM}
    assert drive.stage(release) is S.APPROVED
    passed = [stage for stage, _, _ in drive.read(releases.stage_times, release)]
    assert passed.count(S.APPROVED) == 1
    assert drive.chain_holds()


async def test_a_replayed_press_gets_its_first_answer(drive: Driver, database: Database) -> None:
    release = drive.to_approval()
    request = drive.decision(release)

    def press(tx: Any) -> Happened | SaidNo:
        return frame.perform(tx, decide.decide, request, origin(RM2, key="T0NARU:trigger"))

    answers = await asyncio.gather(*(database.run(press) for _ in range(6)))
    assert len({repr(answer) for answer in answers}) == 1
    assert isinstance(answers[0], Happened)
