"""Declaring a rollback: stage, lock, room, steps, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from commands import production
from commands.remind.fire import fire_due
from commands.requests import Resolve, StandDown, TakeSeat
from commands.rollback.declare import declare_rollback
from commands.rollback.resolve import resolve
from commands.rollback.seat import take_seat
from commands.rollback.show import rollback_form
from commands.rollback.stand_down import stand_down
from domain.calendar.entries import DeployLock
from domain.errands import (
    InChannel,
    InRoom,
    InThread,
    InviteToRoom,
    MakeRoom,
    NotCommander,
    OverBudget,
    PostSnapshot,
    RollbackNotice,
    SetRoomTopic,
    Show,
    StepGiven,
    Surface,
    SurfaceKind,
    Tell,
    ToPerson,
)
from domain.events import LockSet, RollbackDeclared, RoomOpened, SeatTakenBy, StepMoved
from domain.needs import Missing, NotInProduction
from domain.refusals import (
    AlreadySo,
    Gone,
    NotAllowed,
    NotReady,
    TextMissing,
    TooLong,
    Unreadable,
    WrongStage,
)
from domain.release import Release
from domain.rollback import RESTORING, Criterion, Room, RoomState, Seat, StepState
from domain.rollback.plan import begun, steps_of
from domain.rollout.rollout import Rollout
from domain.types import Action, RolloutStrategy, Stage
from domain.versions import Version
from storage import calendar, releases
from tests.commands.rollback.stories import (
    DAY,
    EVIDENCE,
    RESTORE,
    VERIFY,
    Story,
    declaration,
    migrating,
    release,
)
from tests.support.clock import START, HandClock
from tests.support.world import CHANNEL, DBA, IC, ONCALL, OPS, PM, QA, RM, RM2, TL, World

CALLED = tuple(sorted((IC, OPS, ONCALL, TL, DBA, QA)))
WHO = tuple(sorted((IC, RM, RM2, TL, OPS)))


@pytest.fixture
def shipped(story: Story) -> Story:
    """v1.6.0 is in production; before it v1.5.0 was."""
    before = release(
        "1.5.0", stage=Stage.CLOSED, deploy_started_at=START - 9 * DAY, deployed_at=START - 9 * DAY
    )
    story.given(before, release(), tags=("v1.4.0", "v1.5.0", "v1.6.0", "v1.6.0-rc.1"))
    return story


def test_declare_opens_a_room_that_leads(shipped: Story, shop: World) -> None:
    room = shipped.declare(OPS)

    steps = steps_of(RolloutStrategy.BLUE_GREEN, shop.policy.rollback, migration=False)
    assert room == Room(
        id=room.id,
        project="shop",
        state=RoomState.ROLLING_BACK,
        opened_at=START,
        opened_by=OPS,
        name="rollback-v1-6-0",
        release="release-1.6.0",
        version="1.6.0",
        revision=1,
        declared_at=START,
        declared_by=OPS,
        target="v1.5.0",
        criteria=(Criterion.ERROR_RATE, Criterion.CORE_FUNCTION),
        evidence=EVIDENCE,
        steps=begun(steps, OPS, START),
        invited=CALLED,
    )


def test_declare_moves_the_release_and_locks_the_project(shipped: Story) -> None:
    room = shipped.declare(OPS)

    after = release(
        stage=Stage.ROLLING_BACK,
        stage_since=START,
        before_rollback=Stage.RELEASED,
        room=room.id,
        revision=1,
    )
    assert shipped.release() == after
    assert shipped.database.read_now(calendar.lock, "shop") == DeployLock(
        reason=EVIDENCE, since=START, release_id="release-1.6.0"
    )
    times = shipped.database.read_now(releases.stage_times, "release-1.6.0")
    assert times == [(Stage.RELEASED, START - DAY, START), (Stage.ROLLING_BACK, START, None)]


def test_declare_writes_the_timeline_and_the_audit(shipped: Story) -> None:
    room = shipped.declare(OPS)

    declared = RollbackDeclared(
        room=room.id,
        release="release-1.6.0",
        version="1.6.0",
        target="v1.5.0",
        criteria=("error_rate", "core_function"),
        evidence=EVIDENCE,
        migration=False,
    )
    opened = RoomOpened(room=room.id, release="release-1.6.0", version="1.6.0", name="rollback-v1-6-0")
    assert shipped.timeline(room) == [
        (START, OPS, opened),
        (START, OPS, declared),
        (START, OPS, LockSet(release="release-1.6.0", version="1.6.0", reason=EVIDENCE)),
        (START, OPS, StepMoved(room=room.id, step="notice", state="started", owner=OPS)),
    ]
    assert shipped.audited() == [
        (OPS, action, "done")
        for action in ("RollbackDeclared", "LockSet", "Advanced", "RoomOpened", "StepMoved")
    ]


def test_declare_tells_thread_and_channel_and_has_the_room_made(shipped: Story) -> None:
    room = shipped.declare(OPS)

    sent = shipped.sent()
    told = [(errand.to, type(errand.said)) for _, errand in sent if isinstance(errand, Tell)]
    assert told == [
        (InThread("release-1.6.0"), RollbackDeclared),
        (InThread("release-1.6.0"), LockSet),
        (InChannel(CHANNEL), RollbackNotice),
    ]
    assert [errand for lane, errand in sent if lane == f"room:{room.id}"] == [MakeRoom(room.id)]
    assert (CHANNEL, Show(Surface(SurfaceKind.CARD, "release-1.6.0"))) in sent


def test_a_commander_who_holds_the_role_has_the_seat_at_once(shipped: Story) -> None:
    room = shipped.declare(OPS, commander=IC)

    assert room.seats == (Seat(user=IC, since=START),)
    assert room.steps[0].owner == IC
    assert [event for *_, event in shipped.timeline(room)][-1] == SeatTakenBy(room=room.id, user=IC)


def test_a_commander_without_the_role_has_to_take_the_seat(shipped: Story) -> None:
    room = shipped.declare(OPS, commander=TL)

    assert (room.seats, room.steps[0].owner) == ((), OPS)
    said = NotCommander(room=room.id, named=TL, commander="", who=(IC,))
    assert (ToPerson(OPS), said) in shipped.told()


def test_who_commands_a_room_already_goes_on_commanding(shipped: Story) -> None:
    room = shipped.made(shipped.open(release="release-1.6.0"))
    shipped.done(take_seat, TakeSeat(room=room.id), IC)
    shipped.sent()

    room = shipped.declare(OPS, commander=TL)

    assert room.commander == IC
    said = NotCommander(room=room.id, named=TL, commander=IC, who=(IC,))
    assert (ToPerson(OPS), said) in shipped.told()
    assert [said for _, said in shipped.told() if isinstance(said, NotCommander)] == []


def test_with_a_migration_the_database_is_a_step(story: Story) -> None:
    story.given(migrating())

    room = story.declare(TL, migration=True, target="1.5.0")

    assert [step.key.value for step in room.steps][2:5] == ["traffic", "database", "caches"]
    assert room.invited == CALLED
    assert room.target == "v1.5.0"


def test_where_the_old_version_cannot_run_the_database_goes_back_first(story: Story) -> None:
    story.given(migrating())

    room = story.declare(OPS, migration=True, database_first=True)

    assert room.database_first
    assert [step.key.value for step in room.steps[2:4]] == ["database", "traffic"]


def test_without_a_migration_the_database_is_not_first(shipped: Story) -> None:
    room = shipped.declare(OPS, database_first=True)

    assert not room.database_first


def test_an_outage_is_told_of_at_once(shipped: Story, clock: HandClock) -> None:
    room = shipped.declare(OPS, outage=True)

    notice = room.steps[1]
    assert (notice.state, notice.owner, notice.started_at) == (StepState.RUNNING, PM, START)
    assert PM in room.invited
    given = StepGiven(
        room=room.id, release=room.release, version="1.6.0", target=room.target, step="outage_notice"
    )
    assert (ToPerson(PM), given) in shipped.told()
    made = shipped.made(room)
    shipped.sent()
    clock.move(minutes=5)
    with shipped.database.transaction() as tx:
        fire_due(tx)
    over = OverBudget(room=room.id, step="outage_notice", minutes=0, owner=PM)
    assert (InRoom(made.id), over) in shipped.told()


def test_who_tells_of_the_outage_and_declares_it_reads_it_in_the_answer(shipped: Story) -> None:
    shipped.declare(IC, outage=True)

    assert [place for place, said in shipped.told() if isinstance(said, StepGiven)] == [ToPerson(PM)]


def test_without_an_outage_its_notice_is_left_out(shipped: Story) -> None:
    room = shipped.declare(OPS, outage=False)

    moved = StepMoved(room=room.id, step="outage_notice", state="skipped", no_outage=True)
    assert room.steps[1].state is StepState.SKIPPED
    assert moved in [event for _, _, event in shipped.timeline(room)]
    assert [place for place, said in shipped.told() if isinstance(said, StepGiven | StepMoved)] == []


def test_without_an_earlier_version_there_is_no_target(story: Story) -> None:
    story.given(release("1.0.0", previous_version=""), tags=("v1.0.0",))

    assert story.declare(version="1.0.0").target == ""


def test_a_release_without_a_rollout_goes_back_as_its_type_goes_out(story: Story) -> None:
    story.given(release(rollout=None))

    assert [step.key.value for step in story.declare().steps][2] == "traffic"


# --- where it goes to ---------------------------------------------------------------------------------------


def ago(version: str, days: int) -> Release:
    """In production from then on, until something else was."""
    at = START - days * DAY
    return release(version, stage=Stage.CLOSED, deploy_started_at=at, deployed_at=at, stage_since=at + DAY)


def plan_of(room: Room) -> list[str]:
    return [step.key.value for step in room.steps if step.key in RESTORING]


def test_users_go_back_to_what_still_stands_and_to_nothing_else(story: Story) -> None:
    story.given(ago("1.4.0", 20), ago("1.5.0", 10), release(), tags=("v1.4.0", "v1.5.0", "v1.6.0"))
    form = story.database.read_now(rollback_form, "release-1.6.0")

    room = story.declare(target="v1.4.0")

    assert (form.targets, form.standing, form.by_deployer) == (("v1.5.0", "v1.4.0"), "v1.5.0", False)
    assert plan_of(room) == ["application", "traffic", "caches"]


def test_what_was_closed_has_no_other_side_any_more(story: Story) -> None:
    story.given(ago("1.5.0", 10), ago("1.6.0", 3), tags=("v1.5.0", "v1.6.0"))
    form = story.database.read_now(rollback_form, "release-1.6.0")

    assert (form.targets, form.standing) == (("v1.5.0",), "")
    assert plan_of(story.declare()) == ["application", "traffic", "caches"]


def test_a_rolling_release_has_no_sides(story: Story) -> None:
    rolled = Rollout(strategy=RolloutStrategy.ROLLING, steps=("batch_1",), done=1)
    story.given(release(rollout=rolled))

    assert story.database.read_now(rollback_form, "release-1.6.0").standing is None


def test_what_a_rollback_went_to_is_in_production_from_then_on(story: Story, clock: HandClock) -> None:
    """It is what the next one goes back to, and what stands beside it: not what came in between."""
    story.given(ago("1.4.0", 20), ago("1.5.0", 10), release(), tags=("v1.4.0", "v1.5.0", "v1.6.0"))
    room = story.led(target="v1.4.0")
    assert story.database.read_now(production.running, "shop") == Version(1, 5, 0)  # nothing of it ended yet
    story.restored(room, "application", *RESTORE, *VERIFY)
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)
    at = clock.move(minutes=90)

    assert story.database.read_now(production.running, "shop") == Version(1, 4, 0)
    recorded = story.database.read_now(production.recorded, "shop")
    assert recorded is not None
    assert recorded.version == Version(1, 4, 0)
    story.given(
        release("1.6.1", previous_version="1.4.0", deploy_started_at=at, deployed_at=at, stage_since=at)
    )
    assert story.database.read_now(production.running, "shop") == Version(1, 6, 1)
    form = story.database.read_now(rollback_form, "release-1.6.1")
    assert (form.targets, form.standing) == (("v1.4.0", "v1.5.0"), "v1.4.0")
    assert plan_of(story.declare(version="1.6.1")) == ["traffic", "caches"]


def test_a_version_from_before_naru_runs_after_a_rollback_to_it(story: Story) -> None:
    story.given(ago("1.5.0", 10), release(), tags=("v1.3.0", "v1.5.0", "v1.6.0"))
    room = story.led(target="v1.3.0")
    story.restored(room, "application", *RESTORE, *VERIFY)
    story.done(resolve, Resolve(room=room.id, summary="back"), IC)

    assert story.database.read_now(production.running, "shop") == Version(1, 3, 0)
    assert story.database.read_now(production.recorded, "shop") is None


def test_the_bot_declares_what_criteria_call_for(shipped: Story) -> None:
    room = shipped.declare("")

    assert (room.declared_by, room.steps[0].owner, room.invited) == ("", "", CALLED)


# --- into a room that is there ------------------------------------------------------------------------------


def test_the_releases_open_room_is_kept(shipped: Story) -> None:
    opened = shipped.made(shipped.open(release="release-1.6.0"))
    shipped.sent()

    room = shipped.declare(RM)

    assert (room.id, room.name, room.state) == (opened.id, "incident-v1-6-0", RoomState.ROLLING_BACK)
    assert room.invited == (*CALLED, RM)
    lane = shipped.lane(f"room:{room.id}")
    assert [errand.to for errand in lane if isinstance(errand, Tell)] == [InRoom(room.id)] * 3
    assert [errand for errand in lane if not isinstance(errand, Tell)] == [
        Show(Surface(SurfaceKind.ROOM_SUMMARY, room.id)),
        Show(Surface(SurfaceKind.ROOM_STATE, room.id)),
        Show(Surface(SurfaceKind.SEAT, room.id)),
        InviteToRoom(room.id, (RM,)),
        SetRoomTopic(room.id),
        *(PostSnapshot(room.id, kept.id) for kept in shipped.kept(room)[1:]),
    ]


def test_the_room_of_an_incident_takes_on_the_release(shipped: Story) -> None:
    opened = shipped.made(shipped.open())
    shipped.done(take_seat, TakeSeat(room=opened.id), IC)

    room = shipped.declare(OPS, room=opened.id)

    assert (room.id, room.release, room.commander) == (opened.id, "release-1.6.0", IC)
    assert room.steps[0].owner == IC
    assert shipped.release().room == opened.id


def test_a_room_that_leads_another_rollback_is_refused(shipped: Story) -> None:
    shipped.given(release("1.5.1", stage=Stage.VERIFYING))
    room = shipped.declare(OPS)

    answer = shipped.no(declare_rollback, declaration("1.5.1", room=room.id), TL)

    assert answer == AlreadySo("rollback", OPS)
    assert shipped.release("1.5.1").stage is Stage.VERIFYING


def test_a_room_that_is_not_there_is_gone(shipped: Story) -> None:
    assert shipped.no(declare_rollback, declaration(room="nowhere"), OPS) == Gone("room")


# --- no -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [PM, QA, ONCALL, DBA])
def test_other_roles_may_not_declare(shipped: Story, by: str) -> None:
    answer = shipped.no(declare_rollback, declaration(), by)

    assert answer == NotAllowed(
        "declare_rollback", ("incident_commander", "release_manager", "tech_lead", "devops"), WHO
    )
    assert shipped.audited() == [(by, "Denied", "denied")]
    assert shipped.release() == release()


def test_the_slower_of_two_people_learns_who_declared(shipped: Story) -> None:
    shipped.declare(OPS)

    assert shipped.no(declare_rollback, declaration(), TL) == AlreadySo("rollback", OPS)


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"criteria": ()}, TextMissing("criteria")),
        ({"evidence": "  "}, TextMissing("evidence")),
        ({"evidence": "x" * 2001}, TooLong("evidence", 2000)),
        ({"target": "v1.6.0"}, Unreadable("version", "v1.6.0", "v1.5.0")),
        ({"target": "v9.9.9"}, Unreadable("version", "v9.9.9", "v1.5.0")),
    ],
)
def test_what_is_missing_or_wrong_changes_nothing(
    shipped: Story, facts: dict[str, object], answer: object
) -> None:
    assert shipped.no(declare_rollback, declaration(**facts), OPS) == answer
    assert shipped.release() == release()
    assert shipped.sent() == []


def test_what_never_reached_production_is_not_rolled_back(story: Story) -> None:
    story.given(release(stage=Stage.APPROVED))

    answer = story.no(declare_rollback, declaration(), OPS)

    assert isinstance(answer, WrongStage)
    assert (answer.action, answer.stage) == (Action.DECLARE_ROLLBACK, Stage.APPROVED)


def test_a_closed_release_that_is_no_longer_in_production_is_not_rolled_back(shipped: Story) -> None:
    answer = shipped.no(declare_rollback, declaration("1.5.0"), OPS)

    assert answer == NotReady(
        Action.DECLARE_ROLLBACK,
        "1.5.0",
        Stage.CLOSED,
        (Missing(NotInProduction("1.6.0")),),
        "release-1.5.0",
    )


def test_a_repeated_request_finds_its_first_answer(shipped: Story) -> None:
    first = shipped.ask(declare_rollback, declaration(), OPS, key="T0NARU:1")
    again = shipped.ask(declare_rollback, declaration(), OPS, key="T0NARU:1")

    assert first == again
    assert len(shipped.audited()) == 5


def test_declared_again_after_standing_down(shipped: Story, clock: HandClock) -> None:
    room = shipped.led()
    shipped.done(stand_down, StandDown(room=room.id, reason="a false alarm"), IC)
    clock.move(minutes=30)

    again = shipped.declare(TL)

    assert (again.id, again.declared_at, again.commander) == (room.id, START + timedelta(minutes=30), IC)
    assert replace(again.steps[0], started_at=None) == replace(room.steps[0], owner=IC, started_at=None)


def test_stakeholders_are_told_at_the_beginning_and_at_the_end(story: Story) -> None:
    story.given(release(stakeholders=(PM, QA)))

    room = story.made(story.declare(OPS))

    notice = RollbackNotice(
        room=room.id, release="release-1.6.0", version="1.6.0", target="v1.5.0", done=False
    )
    told = [place for place, said in story.told() if said == notice]
    assert told == [InChannel(CHANNEL), ToPerson(PM), ToPerson(QA)]
    story.restored(room)
    story.sent()
    story.done(resolve, Resolve(room=room.id, summary="an index"), IC)
    ends = [(place, said.done) for place, said in story.told() if isinstance(said, RollbackNotice)]
    assert ends == [(InChannel(CHANNEL), True), (ToPerson(PM), True), (ToPerson(QA), True)]


def test_stakeholders_are_told_of_a_false_alarm(story: Story) -> None:
    story.given(release(stakeholders=(PM,)))
    room = story.declare(OPS)
    story.sent()

    event = story.done(stand_down, StandDown(room=room.id, reason="a false alarm"), IC)

    assert (ToPerson(PM), event) in story.told()
