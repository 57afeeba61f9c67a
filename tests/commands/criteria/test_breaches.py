"""What becomes of a breach: opened once, followed, ended; and what each class asks for (spec 6.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from commands.criteria.judge import judge
from commands.requests import (
    Advance,
    AnswerPage,
    ConfirmBreach,
    DeclareRollback,
    DismissBreach,
    GivenWay,
    GiveWaysBack,
    ReportBreach,
    RoomWasMade,
    StandDown,
    TakeSeat,
    WaiveItem,
)
from commands.rollback.reports import room_was_made
from commands.show.release import card
from domain.checklists.model import Phase
from domain.criteria.model import BreachState, Level, Reported, Why
from domain.errands import InThread, MonitoringOver, StepWaits
from domain.events import (
    Advanced,
    BreachConfirmed,
    BreachDeclared,
    BreachesOpenAgain,
    BreachOpened,
    BreachOver,
    CriteriaUnclear,
    PageAnswered,
    Paged,
    RollbackDeclared,
)
from domain.needs import ItemsOpen, Missing, StillBreached
from domain.people import Role, Via
from domain.refusals import AlreadySo, Gone, NotAllowed, NotAMember, NotReady, TextMissing, TooLong
from domain.rollback import RESTORING, Criterion, StepKey
from domain.types import Action, ReleaseType, Stage
from storage import projects, rooms
from storage.db import Database
from tests.commands.criteria.stories import MINUTE, TIMER, Story
from tests.support.world import (
    DBA,
    DEV,
    DEV2,
    IC,
    ONCALL,
    OPS,
    OUTSIDE,
    PM,
    PROJECT,
    QA,
    RM,
    RM2,
    TL,
)

Begin = Callable[..., Story]
BAD, GOOD = 0.2, 0.001
SIX_BAD = (BAD,) * 6
LOOKERS = sorted({RM, RM2})


def test_a_breach_is_recommended_once_and_followed(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*SIX_BAD, 0.3)

    breach = story.only()
    assert (breach.rule, breach.level, breach.state, breach.value) == (
        "error_rate",
        Level.ROLLBACK,
        BreachState.OPEN,
        0.3,
    )
    assert (breach.threshold, breach.since) == (0.05, story.clock() - 6 * MINUTE)
    assert (story.threads(BreachOpened), story.people_told(BreachOpened)) == (1, LOOKERS)
    assert story.charts() == 1
    assert story.holding() == (breach,)

    story.measure(GOOD)
    assert story.only().state is BreachState.OVER
    assert (story.threads(BreachOver), story.holding()) == (1, ())

    story.measure(*SIX_BAD)
    assert [one.state for one in story.breaches()] == [BreachState.OVER, BreachState.OPEN]
    assert story.threads(BreachOpened) == 2


def test_a_review_asks_the_release_managers_to_look(begin: Begin) -> None:
    story = begin(profile="launch", changes={"error_rate": {"class": "review"}})
    story.out()
    story.measure(*SIX_BAD)
    assert (story.threads(BreachOpened), story.people_told(BreachOpened)) == (1, LOOKERS)
    assert story.told(Paged) == []


def test_a_dry_run_is_only_shown(begin: Begin) -> None:
    changes = {"error_rate": {"class": "automatic", "dry_run": True}}
    story = begin(profile="launch", changes=changes)
    story.out()
    story.measure(*SIX_BAD)
    assert (story.threads(BreachOpened), story.people_told(BreachOpened)) == (1, [])
    assert (story.told(Paged), story.holding()) == ([], ())
    assert story.stage(story.release_id) is Stage.DEPLOYING


def test_that_too_little_is_seen_asks_a_person_once(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*[GOOD] * 6, samples=1)
    assert (story.only().why, story.only().samples) == (Why.TOO_FEW, 6)
    assert (story.threads(CriteriaUnclear), story.people_told(CriteriaUnclear)) == (1, LOOKERS)
    assert [one.why for one in story.holding()] == [Why.TOO_FEW]

    story.measure(*[GOOD] * 6)
    assert (story.only().state, story.told(BreachOver)) == (BreachState.OVER, [])
    story.measure(*[GOOD] * 6, samples=1)
    assert story.threads(CriteriaUnclear) == 1
    story.measure(*SIX_BAD)
    assert [one.state for one in story.breaches()] == [BreachState.OVER] * 2 + [BreachState.OPEN]


def test_that_nothing_is_seen_any_more_is_told_each_time(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    for times in (1, 2):
        story.measure(*[GOOD] * 8, *[None] * 6)
        assert (story.breaches()[-1].why, story.threads(CriteriaUnclear)) == (Why.UNREADABLE, times)
        assert len(story.people_told(CriteriaUnclear)) == times * len(LOOKERS)


def test_who_looked_at_too_few_requests_is_told_that_nothing_is_seen_any_more(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*[GOOD] * 6, samples=1)
    story.ok(DismissBreach(breach=story.only().id, reason="it is night"), OPS)
    story.measure(*[None] * 6)
    breach = story.only()
    assert (breach.why, breach.state, breach.by) == (Why.UNREADABLE, BreachState.OPEN, "")
    assert story.threads(CriteriaUnclear) == 2


def test_what_is_breached_stays_so_while_it_cannot_be_told(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*SIX_BAD, *[None] * 6)
    assert (story.only().state, story.only().why) == (BreachState.OPEN, None)


def test_a_rule_from_a_later_step_counts_what_is_measured_since_then(begin: Begin) -> None:
    story = begin(profile="launch", changes={"error_rate": {"from_step": "canary_50"}})
    story.out(ReleaseType.FEATURE)
    story.measure(*[BAD] * 16)
    story.step_out(story.release_id)
    began = story.clock()
    story.measure(*[BAD] * 4)
    assert story.breaches() == []
    story.measure(BAD)
    assert story.only().since == began


# --- stop widening ------------------------------------------------------------------------------------------


def test_nobody_widens_past_a_breach_that_nobody_has_put_aside(begin: Begin) -> None:
    story = begin()
    story.out(ReleaseType.FEATURE)
    story.advance(story.release_id, Action.STEP_LIVE, OPS)
    story.measure(*[0.06] * 16, metric="canary_error_rate")
    (breach,) = story.holding()
    go = Advance(release=story.release_id, action=Action.STEP_DONE, note="go on")
    refused = story.no(go, OPS)
    assert isinstance(refused, NotReady)
    who = (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER, Role.TECH_LEAD, Role.DEVOPS)
    assert refused.missing == (Missing(StillBreached((breach,)), who),)

    story.ok(DismissBreach(breach=breach.id, reason="the load test"), OPS)
    story.ok(go, OPS)
    rollout = story.release(story.release_id).rollout
    assert rollout is not None
    assert rollout.step_under_way == "canary_50"


def test_what_cannot_be_judged_is_looked_at_by_who_goes_on(begin: Begin) -> None:
    story = begin()
    story.out(ReleaseType.FEATURE)
    story.measure(*[0.06] * 16, metric="canary_error_rate", samples=1)
    assert [one.why for one in story.holding()] == [Why.TOO_FEW]
    story.step_out(story.release_id)


def test_the_last_step_reaches_nobody_new(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    story.step_out(story.release_id)
    story.measure(*SIX_BAD)
    story.step_out(story.release_id)
    rollout = story.release(story.release_id).rollout
    assert rollout is not None
    assert (rollout.complete, len(story.holding())) == (True, 1)


# --- put aside ----------------------------------------------------------------------------------------------


def test_put_aside_it_comes_back_when_it_is_worse_or_was_over(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*SIX_BAD)
    dismiss = DismissBreach(breach=story.only().id, reason="a known crawler")
    story.ok(dismiss, OPS)

    breach = story.only()
    assert (breach.state, breach.by, breach.reason, breach.held) == (
        BreachState.DISMISSED,
        OPS,
        "a known crawler",
        BAD,
    )
    assert story.holding() == ()
    assert story.no(dismiss, OPS) == AlreadySo("breach_settled", OPS)

    story.measure(0.25, 0.29)
    assert story.threads(BreachOpened) == 1
    story.measure(0.3)
    assert (story.only().state, story.threads(BreachOpened)) == (BreachState.OPEN, 2)
    assert story.told(BreachOpened)[-1].said.again  # type: ignore[union-attr]  # BreachOpened

    story.ok(dismiss, OPS)
    story.measure(GOOD)
    assert story.only().state is BreachState.OVER
    assert story.no(dismiss, OPS) == AlreadySo("breach_settled", OPS)


@pytest.mark.parametrize(
    ("user", "reason", "refusal"),
    [
        (QA, "no", NotAllowed("breach_dismiss", (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER, Role.TECH_LEAD, Role.DEVOPS), (IC, OPS, RM, RM2, TL))),
        (OPS, " ", TextMissing("reason")),
        (OPS, "x" * 2001, TooLong("reason", 2000)),
    ],
)  # fmt: skip
def test_putting_aside_needs_a_role_and_a_reason(
    begin: Begin, user: str, reason: str, refusal: object
) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*SIX_BAD)
    assert story.no(DismissBreach(breach=story.only().id, reason=reason), user) == refusal


def test_a_rule_that_the_policy_dropped_is_over(begin: Begin, database: Database) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*SIX_BAD)
    with story.tx() as tx:
        project = projects.get(tx, PROJECT)
        assert project is not None
        changed = project.policy.model_dump(mode="json", by_alias=True)
        changed["criteria"] = {"profile": "launch", "changes": {"error_rate": None}}
        projects.put(tx, type(project.policy).model_validate(changed), project.channel)
    story.measure(BAD)
    assert story.only().state is BreachState.OVER
    (over,) = {one.said for one in story.told(BreachOver)}
    assert isinstance(over, BreachOver)
    assert (over.breach.value, over.judged) == (BAD, False)


def test_what_is_asked_of_canary_users_alone_is_not_back_in_range_when_all_have_it(begin: Begin) -> None:
    story = begin()
    story.out(ReleaseType.FEATURE)
    story.advance(story.release_id, Action.STEP_LIVE, OPS)
    story.measure(*[0.06] * 16, metric="canary_error_rate")
    story.ok(DismissBreach(breach=story.only().id, reason="the load test"), OPS)
    story.advance(story.release_id, Action.STEP_DONE, OPS, note="go on")
    story.clock.move(minutes=30)
    story.step_out(story.release_id)
    assert story.only().state is BreachState.DISMISSED
    story.measure(0.06, metric="canary_error_rate")
    assert story.only().state is BreachState.OVER
    (over,) = {one.said for one in story.told(BreachOver)}
    assert isinstance(over, BreachOver)
    assert (over.breach.value, over.judged) == (0.06, False)


# --- declared -----------------------------------------------------------------------------------------------


def declare(story: Story) -> DeclareRollback:
    return DeclareRollback(
        release=story.release_id, criteria=(Criterion.ERROR_RATE,), evidence="errors", migration=False
    )


def test_a_declared_rollback_settles_what_stands(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*SIX_BAD)
    story.measure(*[0.95] * 6, metric="availability", samples=1)
    story.ok(declare(story), RM)
    states = {one.rule: (one.state, one.by, one.for_rollback) for one in story.breaches()}
    assert states == {
        "error_rate": (BreachState.DECLARED, RM, True),
        "availability": (BreachState.OVER, "", False),
    }

    story.measure(*SIX_BAD)
    assert story.threads(BreachOpened) == 1


def stand_down(story: Story) -> None:
    room = story.release(story.release_id).room
    story.ok(TakeSeat(room=room), IC)
    story.ok(StandDown(room=room, reason="a false alarm"), IC)


def test_after_standing_down_what_lasts_is_open_again_and_only_a_worse_one_is_acted_on(begin: Begin) -> None:
    story = begin(profile="launch", changes={"error_rate": {"class": "automatic"}})
    story.out_with_the_database_first()
    story.measure(*SIX_BAD)
    stand_down(story)
    breach = story.only()
    assert (breach.state, breach.stood_down, breach.by) == (BreachState.OPEN, True, "")
    assert not breach.for_rollback
    assert story.holding() == (breach,)
    assert (story.threads(BreachesOpenAgain), story.people_told(BreachesOpenAgain)) == (1, LOOKERS)
    story.measure(BAD)
    assert (story.stage(story.release_id), story.threads(BreachOpened)) == (Stage.DEPLOYING, 1)
    story.measure(0.3)
    assert (story.stage(story.release_id), story.threads(BreachOpened)) == (Stage.ROLLING_BACK, 2)
    assert (story.only().state, story.only().stood_down) == (BreachState.DECLARED, False)


def test_what_came_back_into_range_while_the_rollback_ran_is_not_open_again(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*SIX_BAD)
    story.ok(declare(story), IC)
    story.measure(*[GOOD] * 7)
    stand_down(story)
    assert story.told(BreachesOpenAgain) == []
    story.measure(GOOD)
    assert story.only().state is BreachState.OVER


def test_what_is_put_aside_after_standing_down_stays_so(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*SIX_BAD)
    story.ok(declare(story), IC)
    stand_down(story)
    story.ok(DismissBreach(breach=story.only().id, reason="the proxy"), OPS)
    assert (story.only().state, story.only().stood_down, story.holding()) == (
        BreachState.DISMISSED,
        False,
        (),
    )


def test_automatic_is_declared_by_naru_and_people_are_called(begin: Begin) -> None:
    story = begin(profile="launch", changes={"error_rate": {"class": "automatic"}}, by_deployer=True)
    story.out()
    story.measure(*SIX_BAD)

    assert story.stage(story.release_id) is Stage.ROLLING_BACK
    assert story.only().state is BreachState.DECLARED
    (declared,) = {tell.said for tell in story.told(RollbackDeclared)}
    assert isinstance(declared, RollbackDeclared)
    assert (declared.criteria, declared.evidence) == (("error_rate",), "error_rate 20 % ≥ 5 %")
    assert story.threads(BreachDeclared) == 1
    assert story.people_told(Paged) == [ONCALL]
    room = story.read(rooms.active_of, story.release_id)
    assert room is not None
    assert (room.declared_by, [(s.key, s.state) for s in room.steps if s.started_at]) == (
        "",
        [("notice", "running"), ("traffic", "running")],
    )
    assert story.chain_holds()


@pytest.mark.parametrize(("by_deployer", "running"), [(True, ["notice", "traffic"]), (False, ["notice"])])
def test_the_database_waits_for_a_press(begin: Begin, *, by_deployer: bool, running: list[str]) -> None:
    """Blue and green: users go back first, by a deployer or by people, then the database."""
    story = begin(profile="launch", changes={"error_rate": {"class": "automatic"}}, by_deployer=by_deployer)
    story.release_id = story.to_deploying_with_migration()
    story.measure(*SIX_BAD)
    room = story.read(rooms.active_of, story.release_id)
    assert room is not None
    assert room.migration
    assert [step.key for step in room.steps if step.started_at] == running
    assert room.restore_begun is by_deployer
    assert story.people_told(StepWaits) == ([] if by_deployer else [OPS])
    assert {tell.said.database for tell in story.told(BreachDeclared)} == {True}  # type: ignore[union-attr]  # of BreachDeclared


def test_what_stops_the_service_begins_the_outage_notice(begin: Begin) -> None:
    story = begin(profile="change")
    story.out()
    story.ok(ReportBreach(release=story.release_id, reported=Reported.OUTAGE, seen="nothing answers"), QA)
    story.ok(ConfirmBreach(breach=story.only().id), OPS)
    story.clock.move(minutes=15)
    story.tick()
    room = story.read(rooms.active_of, story.release_id)
    assert room is not None
    assert (room.outage, room.step(StepKey.OUTAGE_NOTICE).state) == (True, "running")  # type: ignore[union-attr]  # it is there
    assert {tell.said.database for tell in story.told(BreachDeclared)} == {False}  # type: ignore[union-attr]  # of BreachDeclared


def test_where_the_old_version_cannot_run_nobody_is_sent_to_it_before_the_database(begin: Begin) -> None:
    """Stated with the way back: the plan of an automatic rollback has the database first, and it waits."""
    story = begin(profile="launch", changes={"error_rate": {"class": "automatic"}})
    release = story.to_qa()
    story.pass_qa(release, migration=True, way_back="down.sql")
    story.ok(GiveWaysBack(release=release, ways=(GivenWay(kind=None, old_runs=False),)), DBA)
    story.from_approval(release)
    story.measure(*SIX_BAD)
    room = story.read(rooms.active_of, story.release_id)
    assert room is not None
    assert (room.migration, room.database_first) == (True, True)
    assert [step.key for step in room.steps if step.key in RESTORING] == ["database", "traffic", "caches"]
    assert [step.key for step in room.steps if step.started_at] == ["notice"]


def test_automatic_where_somebody_was_faster_declares_nothing_twice(begin: Begin) -> None:
    story = begin(profile="launch", changes={"error_rate": {"class": "automatic"}})
    story.out()
    story.measure(*[BAD] * 4)
    story.ok(declare(story), RM)
    story.measure(BAD)
    assert (story.breaches(), len({t.said for t in story.told(RollbackDeclared)})) == ([], 1)


# --- immediate, and pages ---------------------------------------------------------------------------------


def immediate(begin: Begin) -> Story:
    """Errors that call for a rollback at once, as soon as somebody has seen them."""
    story = begin(profile="launch", changes={"error_rate": {"class": "immediate"}})
    story.out()
    story.measure(*SIX_BAD)
    return story


def test_immediate_waits_for_one_confirmed_report(begin: Begin) -> None:
    story = immediate(begin)
    assert story.only().waits
    assert (story.people_told(BreachOpened), story.told(Paged)) == (sorted([IC, ONCALL]), [])

    story.ok(ConfirmBreach(breach=story.only().id), DEV, via=Via.BUTTON)
    assert (story.only().confirmed_by, story.only().waits) == (DEV, False)
    assert (story.threads(BreachConfirmed), story.people_told(BreachConfirmed)) == (1, [DEV, *LOOKERS])
    assert story.people_told(Paged) == [ONCALL]
    again = ConfirmBreach(breach=story.only().id)
    assert story.no(again, DEV2) == AlreadySo("breach_confirmed", DEV)


def test_a_page_is_repeated_and_climbs_until_somebody_is_on_it(begin: Begin) -> None:
    story = immediate(begin)
    story.ok(ConfirmBreach(breach=story.only().id), DEV)
    page = story.told(Paged)[0].said.page  # type: ignore[union-attr]  # Paged
    called = []
    for _ in range(4):
        before = len(story.people_told(Paged))
        story.clock.move(minutes=5)
        story.tick()
        called.append(sorted(story.people_told(Paged)[before:]))
    assert called == [[ONCALL], sorted([ONCALL, TL]), sorted([ONCALL, TL]), sorted([ONCALL, TL, RM, RM2])]
    assert story.no(AnswerPage(page=page), PM) == NotAllowed(
        "page",
        (Role.ONCALL, Role.TECH_LEAD, Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER),
        tuple(sorted([IC, ONCALL, RM, RM2, TL])),
    )

    story.ok(AnswerPage(page=page), TL, via=Via.BUTTON)
    assert (story.only().state, story.only().by) == (BreachState.ACKNOWLEDGED, TL)
    assert story.threads(PageAnswered) == 1
    assert story.no(AnswerPage(page=page), ONCALL) == AlreadySo("page", TL)
    said = len(story.told(Paged))
    story.clock.move(hours=1)
    story.tick()
    assert len(story.told(Paged)) == said


def test_who_is_on_it_learns_once_when_it_is_twice_as_bad(begin: Begin) -> None:
    story = immediate(begin)
    story.ok(ConfirmBreach(breach=story.only().id), DEV)
    page = story.told(Paged)[0].said.page  # type: ignore[union-attr]  # Paged
    story.ok(AnswerPage(page=page), ONCALL)
    told, calls = story.threads(BreachOpened), len(story.told(Paged))
    heard = len(story.people_told(BreachOpened))
    story.measure(0.39)
    assert story.threads(BreachOpened) == told
    story.measure(0.4, 0.5, 0.79)
    assert (story.threads(BreachOpened), story.people_told(BreachOpened)[heard:]) == (told + 1, [ONCALL])
    last = story.told(BreachOpened)[-1].said
    assert isinstance(last, BreachOpened)
    assert (last.again, last.breach.state, last.breach.held) == (True, BreachState.ACKNOWLEDGED, 0.4)
    story.measure(0.8)
    assert (story.threads(BreachOpened), len(story.told(Paged))) == (told + 2, calls)


def test_what_went_over_by_itself_is_not_what_a_later_rollback_was_declared_for(begin: Begin) -> None:
    story = immediate(begin)
    story.ok(ConfirmBreach(breach=story.only().id), DEV)
    story.ok(AnswerPage(page=story.told(Paged)[0].said.page), ONCALL)  # type: ignore[union-attr]  # Paged
    story.measure(*[GOOD] * 7)
    story.ok(declare(story), IC)
    over = story.only()
    assert (over.state, over.by, over.held) == (BreachState.OVER, ONCALL, BAD)
    assert not over.for_rollback


def test_a_higher_class_of_the_same_metric_calls_anew(begin: Begin) -> None:
    worst = {"metric": "error_rate", "class": "automatic", "above": "50 %"}
    row = {"class": "immediate", "needs_report": False}
    story = begin(profile="launch", changes={"error_rate": row, "worst": worst})
    story.out()
    story.measure(*SIX_BAD)
    story.ok(AnswerPage(page=story.told(Paged)[0].said.page), ONCALL)  # type: ignore[union-attr]  # Paged
    calls = len({tell.said for tell in story.told(Paged)})
    story.measure(*[0.6] * 6)
    assert len({tell.said for tell in story.told(Paged)}) == calls + 1
    assert story.stage(story.release_id) is Stage.ROLLING_BACK


def test_what_was_missed_is_not_made_up_for(begin: Begin) -> None:
    story = immediate(begin)
    story.ok(ConfirmBreach(breach=story.only().id), DEV)
    story.clock.move(minutes=12)
    story.tick()
    assert len({tell.at for tell in story.told(Paged)}) == 2


@pytest.mark.parametrize("end", ["over", "dismissed", "commander"])
def test_nobody_is_called_any_more_when_it_is_settled(begin: Begin, end: str) -> None:
    story = immediate(begin)
    story.ok(ConfirmBreach(breach=story.only().id), DEV)
    if end == "over":
        story.measure(GOOD)
    elif end == "dismissed":
        story.ok(DismissBreach(breach=story.only().id, reason="no"), OPS)
    else:
        story.ok(declare(story), IC)
        story.ok(TakeSeat(room=story.release(story.release_id).room), IC)
    said = len(story.told(Paged))
    story.clock.move(hours=1)
    story.tick()
    assert len(story.told(Paged)) == said


def test_a_declared_rollback_without_a_commander_goes_on_calling(begin: Begin) -> None:
    story = immediate(begin)
    story.ok(ConfirmBreach(breach=story.only().id), DEV)
    story.ok(declare(story), RM)
    said = len(story.people_told(Paged))
    story.clock.move(minutes=5)
    story.tick()
    assert story.people_told(Paged)[said:] == [ONCALL]


def test_who_comes_is_told_on_the_timeline_of_the_room(begin: Begin) -> None:
    story = immediate(begin)
    story.ok(ConfirmBreach(breach=story.only().id), DEV)
    story.ok(declare(story), RM)
    room = story.release(story.release_id).room
    for _ in range(3):
        story.clock.move(minutes=5)
        story.tick()
    (page,) = {tell.said.page for tell in story.told(Paged)}  # type: ignore[union-attr]  # Paged
    story.ok(AnswerPage(page=page), ONCALL)

    entries = [one for one in story.read(rooms.entries, room) if isinstance(one.event, Paged | PageAnswered)]
    assert [(type(one.event), one.user) for one in entries] == [(Paged, ""), (PageAnswered, ONCALL)]
    assert entries[0].event.roles == (Role.ONCALL, Role.TECH_LEAD)  # type: ignore[union-attr]  # Paged


def test_the_chart_of_what_it_was_declared_for_comes_into_the_room(begin: Begin) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*SIX_BAD)
    story.ok(declare(story), RM)
    room = story.release(story.release_id).room
    assert [one.room for one in story.posted()] == [""]  # the channel is not there yet

    made = RoomWasMade(room=room, channel="C0ROOM", name="rollback")
    with story.tx() as tx:
        room_was_made(tx, made, TIMER)

    assert [one.room for one in story.posted()] == ["", room]
    story.ok(StandDown(room=room, reason="a false alarm"), IC)
    story.measure(*[GOOD] * 6, *SIX_BAD)
    story.ok(replace(declare(story), room=room), RM)
    assert [one.room for one in story.posted()].count(room) == 2


def test_a_page_that_is_not_there(begin: Begin) -> None:
    story = begin()
    assert story.no(AnswerPage(page="none"), RM) == Gone("page")


# --- reported -----------------------------------------------------------------------------------------------


def report(story: Story, kind: Reported = Reported.DATA, seen: str = "orders twice") -> ReportBreach:
    return ReportBreach(release=story.release_id, reported=kind, seen=seen)


def test_a_report_counts_once_another_has_confirmed_it(begin: Begin) -> None:
    story = begin()
    story.out()
    story.ok(report(story), DEV)
    breach = story.only()
    assert (breach.reported, breach.level, breach.reporter, breach.evidence, breach.waits) == (
        Reported.DATA,
        Level.IMMEDIATE,
        DEV,
        "orders twice",
        True,
    )
    assert (story.charts(), story.told(Paged)) == (0, [])
    confirm = ConfirmBreach(breach=breach.id)
    roles = (Role.INCIDENT_COMMANDER, Role.ONCALL)
    assert story.no(confirm, DEV) == NotAllowed("breach_confirm", roles, tuple(sorted([IC, ONCALL])))
    assert story.no(report(story), DEV) == AlreadySo("breach", DEV)

    assert isinstance(story.ok(report(story, seen="me too"), DEV2), BreachConfirmed)
    assert story.people_told(Paged) == [ONCALL]
    assert (story.only().confirmed_by, [one.seen for one in story.only().witnesses]) == (
        DEV2,
        ["orders twice", "me too"],
    )


def test_on_call_may_confirm_the_own_report(begin: Begin) -> None:
    story = begin()
    story.out()
    story.ok(report(story), ONCALL)
    story.ok(ConfirmBreach(breach=story.only().id), ONCALL)
    assert story.only().confirmed_by == ONCALL


def test_a_confirmed_report_of_an_automatic_class_declares(begin: Begin) -> None:
    story = begin(profile="change")
    story.out()
    story.ok(report(story), DEV)
    assert story.stage(story.release_id) is Stage.DEPLOYING
    story.ok(ConfirmBreach(breach=story.only().id), IC)
    assert (story.stage(story.release_id), story.only().state) == (Stage.ROLLING_BACK, BreachState.DECLARED)
    assert {tell.said.evidence for tell in story.told(RollbackDeclared)} == {"orders twice"}  # type: ignore[union-attr]  # RollbackDeclared


def test_a_confirmed_dry_run_does_nothing(begin: Begin) -> None:
    story = begin(profile="change", changes={"data": {"dry_run": True}})
    story.out()
    story.ok(report(story), DEV)
    story.ok(ConfirmBreach(breach=story.only().id), IC)
    assert (story.stage(story.release_id), story.told(Paged)) == (Stage.DEPLOYING, [])


def test_what_no_rule_speaks_of_a_person_looks_at(begin: Begin) -> None:
    story = begin()
    story.out()
    story.ok(report(story, Reported.COMPLAINTS, "forty tickets"), DEV)
    breach = story.only()
    assert (breach.rule, breach.level, breach.waits) == ("complaints", Level.REVIEW, False)
    assert story.people_told(BreachOpened) == LOOKERS
    story.measure(GOOD)
    assert story.only().state is BreachState.OPEN  # readings do not end what people saw


def test_who_cannot_report(begin: Begin) -> None:
    story = begin()
    story.release_id = story.to_approved()
    assert story.no(report(story), DEV) == Gone("watch")
    assert isinstance(story.no(report(story), OUTSIDE), NotAMember)
    story.out_from_approved()
    assert story.no(report(story, seen=" "), DEV) == TextMissing("evidence")
    assert story.no(report(story, seen="x" * 2001), DEV) == TooLong("evidence", 2000)
    assert story.no(ConfirmBreach(breach="none"), DEV) == Gone("breach")


# --- the end of monitoring --------------------------------------------------------------------------------


def to_released(story: Story) -> None:
    story.release_id = story.to_verifying()
    story.advance(story.release_id, Action.VERIFIED, QA)


def end_of_monitoring(story: Story, *values: float, **facts: int) -> None:
    """Measured until the end of the monitoring, and then it is over."""
    until = story.release(story.release_id).monitoring_until
    assert until is not None
    story.clock.set(until - len(values) * MINUTE)
    story.measure(*values, **facts)
    story.tick()


def test_measured_and_fine_it_is_closed_by_itself(begin: Begin) -> None:
    story = begin(profile="launch")
    to_released(story)
    story.refs_were_made(story.release_id)
    story.settle_lists(story.release_id, Phase.POST_SOON, Phase.POST_FINISH)
    end_of_monitoring(story, *[GOOD] * 7)
    assert story.stage(story.release_id) is Stage.CLOSED
    assert story.told(MonitoringOver) == []
    closed = [t for t in story.told(Advanced) if t.said.action is Action.CLOSE]  # type: ignore[union-attr]  # Advanced
    assert [(t.to, t.by) for t in closed] == [(InThread(story.release_id), "")]


def test_without_readings_it_asks_as_ever(begin: Begin) -> None:
    story = begin(profile="launch")
    to_released(story)
    story.refs_were_made(story.release_id)
    end_of_monitoring(story)
    assert story.stage(story.release_id) is Stage.RELEASED
    assert [t.said.against for t in story.told(MonitoringOver)] == [()]  # type: ignore[union-attr]  # MonitoringOver


@pytest.mark.parametrize(("value", "samples", "why"), [(BAD, 100, None), (GOOD, 1, Why.TOO_FEW)])
def test_what_is_breached_or_unclear_is_told_with_the_question(
    begin: Begin, value: float, samples: int, why: Why | None
) -> None:
    story = begin(profile="launch")
    to_released(story)
    story.refs_were_made(story.release_id)
    end_of_monitoring(story, *[value] * 7, samples=samples)
    assert story.stage(story.release_id) is Stage.RELEASED
    (over,) = story.told(MonitoringOver)
    assert [(one.rule, one.why) for one in over.said.against] == [("error_rate", why)]  # type: ignore[union-attr]  # MonitoringOver


def test_what_was_stood_down_and_lasts_speaks_against_the_end(begin: Begin) -> None:
    story = begin(profile="launch")
    to_released(story)
    story.refs_were_made(story.release_id)
    story.measure(*SIX_BAD)
    story.ok(declare(story), IC)
    stand_down(story)
    end_of_monitoring(story, *[BAD] * 7)
    assert story.stage(story.release_id) is Stage.RELEASED
    (over,) = story.told(MonitoringOver)
    assert [one.rule for one in over.said.against] == ["error_rate"]  # type: ignore[union-attr]  # MonitoringOver


def test_what_is_open_in_its_lists_is_named_when_it_asks(begin: Begin) -> None:
    story = begin(profile="launch")
    to_released(story)
    story.refs_were_made(story.release_id)
    story.settle_lists(story.release_id, Phase.POST_FINISH)
    end_of_monitoring(story, *[GOOD] * 7)
    assert story.stage(story.release_id) is Stage.RELEASED
    (over,) = story.told(MonitoringOver)
    assert isinstance(over.said, MonitoringOver)
    needs = [one.need for one in over.said.missing]
    assert {one.phase for one in needs if isinstance(one, ItemsOpen)} == {Phase.POST_SOON}
    assert story.read(card, story.release_id).to_close == over.said.missing


def test_what_is_not_merged_is_asked_for_all_the_same(begin: Begin) -> None:
    story = begin(profile="launch")
    to_released(story)
    end_of_monitoring(story, *[GOOD] * 7)
    assert (story.stage(story.release_id), len(story.told(MonitoringOver))) == (Stage.RELEASED, 1)


def test_once_it_is_closed_what_stands_is_over(begin: Begin) -> None:
    story = begin(profile="launch")
    to_released(story)
    story.refs_were_made(story.release_id)
    end_of_monitoring(story, *[BAD] * 7)
    story.settle_lists(story.release_id, Phase.POST_SOON, Phase.POST_FINISH)
    known = WaiveItem(release=story.release_id, phase=Phase.POST_SOON, key="errors", reason="a known crawler")
    story.ok(known, RM)
    story.ok(Advance(release=story.release_id, action=Action.CLOSE), RM)
    with story.tx() as tx:
        project = projects.get(tx, PROJECT)
        assert project is not None
        judge(tx, project, story.release_id, TIMER)
    assert {one.state for one in story.breaches()} == {BreachState.OVER}
    assert story.told(BreachOver) == []


# --- at once ------------------------------------------------------------------------------------------------


def test_two_who_judge_at_once_open_one_breach(begin: Begin, database: Database) -> None:
    story = begin(profile="launch")
    story.out()
    story.measure(*[BAD] * 4)
    story.clock.move(minutes=1)
    gate = Barrier(2)

    def judged() -> None:
        gate.wait()
        with database.transaction() as tx:
            project = projects.get(tx, PROJECT)
            assert project is not None
            judge(tx, project, story.release_id, TIMER)

    both = [Thread(target=judged) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert (story.only().state, story.threads(BreachOpened)) == (BreachState.OPEN, 1)
