"""What can become of a step, and what follows from it for the room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.policy import RollbackPolicy
from domain.refusals import AlreadySo, Gone, OutOfTurn, Refusal, Refused, TextMissing
from domain.rollback import RESTORING, Room, RoomState, Step, StepKey, StepState
from domain.rollback.moves import (
    Move,
    finished,
    handed_back,
    may_add,
    may_reopen,
    move,
    recovered_at,
    who_moves,
)
from domain.rollback.plan import begun, steps_of
from domain.rollback.turns import all_left_out, came, turn, unfinished
from domain.types import RolloutStrategy

AT = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
K, M, R = StepKey, Move, StepState.RUNNING


def rolling_back(*, migration: bool = False) -> Room:
    steps = steps_of(RolloutStrategy.ROLLING, RollbackPolicy(), migration=migration)
    return Room(
        id="R1",
        project="shop",
        state=RoomState.ROLLING_BACK,
        opened_at=AT,
        opened_by="U1",
        name="rollback-v1-6-0",
        declared_at=AT,
        declared_by="U1",
        steps=begun(steps, "U1", AT),
    )


def moved(room: Room, *moves: tuple[StepKey, Move], by: str = "U2") -> Room:
    """One move a minute."""
    for n, (key, to) in enumerate(moves, 1):
        room = move(room, key, to, by=by, at=AT + n * MINUTE, note="why")
    return room


def step_of(room: Room, key: StepKey) -> Step:
    found = room.step(key)
    assert found is not None
    return found


def refusal(room: Room, key: StepKey, to: Move, **facts: str) -> Refusal:
    with pytest.raises(Refused) as caught:
        move(room, key, to, by="U2", at=AT, **facts)
    return caught.value.refusal


RESTORED = [(K.APPLICATION, M.DONE), (K.TRAFFIC, M.DONE), (K.CACHES, M.SKIPPED)]
VERIFIED = [(K.HEALTH_CHECK, M.DONE), (K.CORE_FUNCTIONS, M.DONE), (K.INTEGRATIONS, M.SKIPPED)]


def test_start_makes_who_asks_the_owner() -> None:
    room = moved(rolling_back(), (K.APPLICATION, M.STARTED))

    assert step_of(room, K.APPLICATION) == replace(
        step_of(rolling_back(), K.APPLICATION),
        turn_at=None,
        state=StepState.RUNNING,
        owner="U2",
        started_at=AT + MINUTE,
        note="why",
    )
    assert (room.restore_began_at, room.mitigated_at) == (AT + MINUTE, None)


@pytest.mark.parametrize("key", StepKey)
@pytest.mark.parametrize("state", StepState)
def test_may_reopen_says_what_reopening_would_say(key: StepKey, state: StepState) -> None:
    room = rolling_back(migration=True)
    room = replace(room, steps=tuple(replace(s, state=state) for s in room.steps if s.key is key))

    for step in room.steps:
        if may_reopen(step):
            assert step_of(move(room, key, M.REOPENED, by="U2", at=AT), key) != step
        else:
            assert refusal(room, key, M.REOPENED) == AlreadySo("step", step.owner)


def test_start_of_a_running_step_changes_its_owner_and_not_its_clock() -> None:
    room = move(rolling_back(), K.NOTICE, M.STARTED, by="U2", at=AT + MINUTE, owner="U3")

    assert (step_of(room, K.NOTICE).owner, step_of(room, K.NOTICE).started_at) == ("U3", AT)


def test_start_by_the_same_owner_is_already_so() -> None:
    assert refusal(rolling_back(), K.NOTICE, M.STARTED, owner="U1") == AlreadySo("step", "U1")


def test_done_without_a_start_took_no_time() -> None:
    step = step_of(moved(rolling_back(), (K.APPLICATION, M.DONE)), K.APPLICATION)

    assert (step.state, step.owner) == (StepState.DONE, "U2")
    assert step.started_at == step.ended_at == AT + MINUTE


@pytest.mark.parametrize("again", [M.STARTED, M.DONE, M.SKIPPED])
@pytest.mark.parametrize("end", [M.DONE, M.SKIPPED])
def test_an_ended_step_stays_ended(end: Move, again: Move) -> None:
    room = moved(rolling_back(), (K.APPLICATION, end))

    assert refusal(room, K.APPLICATION, again, note="why") == AlreadySo("step", "U2")


def test_skipping_needs_a_reason() -> None:
    assert refusal(rolling_back(), K.OUTAGE_NOTICE, M.SKIPPED, note="  ") == TextMissing("reason")


def test_a_step_that_the_plan_does_not_have_is_gone() -> None:
    assert refusal(rolling_back(migration=False), K.DATABASE, M.DONE) == Gone("step")


# --- a migration that is found out only now ---------------------------------------------------------------


def restoring(room: Room) -> list[StepKey]:
    return [step.key for step in room.steps if step.key in RESTORING]


@pytest.mark.parametrize(
    ("strategy", "standing", "first", "order"),
    [
        (RolloutStrategy.ROLLING, False, False, [K.DATABASE, K.APPLICATION, K.TRAFFIC, K.CACHES]),
        (RolloutStrategy.CANARY, True, False, [K.TRAFFIC, K.DATABASE, K.CACHES]),
        (RolloutStrategy.CANARY, True, True, [K.DATABASE, K.TRAFFIC, K.CACHES]),
    ],
)
def test_the_database_comes_in_where_the_plan_would_have_had_it(
    strategy: RolloutStrategy,
    standing: bool,  # noqa: FBT001 - a column of the table
    first: bool,  # noqa: FBT001 - a column of the table
    order: list[StepKey],
) -> None:
    steps = steps_of(strategy, RollbackPolicy(), migration=False, standing=standing)
    room = replace(rolling_back(), steps=begun(steps, "U1", AT), database_first=first)

    room = moved(room, (K.DATABASE, M.ADDED))

    planned = steps_of(strategy, RollbackPolicy(), migration=True, database_first=first, standing=standing)
    assert (restoring(room), room.migration) == (order, True)
    assert replace(step_of(room, K.DATABASE), turn_at=None) == step_of(
        replace(room, steps=planned), K.DATABASE
    )
    assert turn(room.steps) is step_of(room, order[0])


def test_started_it_runs_where_nothing_stands_before_it_and_waits_elsewhere() -> None:
    at_once = moved(rolling_back(), (K.DATABASE, M.STARTED))
    busy = moved(rolling_back(), (K.APPLICATION, M.STARTED), (K.DATABASE, M.STARTED))

    assert (step_of(at_once, K.DATABASE).state, step_of(at_once, K.DATABASE).owner) == (R, "U2")
    assert (step_of(busy, K.DATABASE).state, step_of(busy, K.APPLICATION).state) == (StepState.WAITING, R)


def test_what_was_mitigated_and_verified_without_it_is_so_no_more() -> None:
    room = moved(rolling_back(), *RESTORED, (K.HEALTH_CHECK, M.DONE), (K.DATABASE, M.ADDED))

    assert (room.mitigated_at, step_of(room, K.HEALTH_CHECK).state) == (None, StepState.WAITING)
    assert unfinished(room) == (K.DATABASE, K.HEALTH_CHECK, K.CORE_FUNCTIONS, K.INTEGRATIONS)


@pytest.mark.parametrize("key", [K.DATABASE, K.NOTICE])
def test_what_is_in_the_plan_is_not_added(key: StepKey) -> None:
    room = rolling_back(migration=True)
    assert not may_add(room, key)
    assert refusal(room, key, M.ADDED) == AlreadySo("step", step_of(room, key).owner)


@pytest.mark.parametrize("to", [M.DONE, M.SKIPPED, M.REOPENED])
def test_what_is_not_in_the_plan_is_added_or_started_and_nothing_else(to: Move) -> None:
    assert refusal(rolling_back(), K.DATABASE, to) == Gone("step")


def test_no_step_moves_outside_a_rollback() -> None:
    opened = replace(rolling_back(), state=RoomState.OPEN, declared_at=None)
    resolved = replace(rolling_back(), state=RoomState.RESOLVED, resolved_at=AT)

    assert refusal(opened, K.NOTICE, M.DONE) == Gone("step")
    assert refusal(resolved, K.NOTICE, M.DONE) == AlreadySo("resolved")


def test_mitigated_when_the_last_restoring_step_ended() -> None:
    almost = moved(rolling_back(), *RESTORED[:2])
    room = moved(rolling_back(), *RESTORED)

    assert almost.mitigated_at is None
    assert room.mitigated_at == AT + 3 * MINUTE


def test_restoring_has_not_begun_while_steps_are_only_skipped() -> None:
    room = moved(rolling_back(), *((key, M.SKIPPED) for key in (K.APPLICATION, K.TRAFFIC, K.CACHES)))

    assert (room.restore_begun, room.mitigated_at) == (False, None)


def test_reopening_a_restoring_step_asks_for_the_checks_again() -> None:
    room = moved(rolling_back(), *RESTORED, *VERIFIED, (K.TRAFFIC, M.REOPENED))

    assert {step.key: step.state for step in room.steps if step.key not in {K.NOTICE, K.OUTAGE_NOTICE}} == {
        K.APPLICATION: StepState.DONE,
        K.TRAFFIC: StepState.RUNNING,
        K.CACHES: StepState.SKIPPED,
        K.HEALTH_CHECK: StepState.WAITING,
        K.CORE_FUNCTIONS: StepState.WAITING,
        K.INTEGRATIONS: StepState.SKIPPED,
        K.COMPLETION_NOTICE: StepState.WAITING,
    }
    assert step_of(room, K.TRAFFIC).started_at == AT + 7 * MINUTE
    assert room.mitigated_at is None


@pytest.mark.parametrize("first", [M.STARTED, M.DONE])
def test_not_healthy_means_that_what_was_restored_is_done_again(first: Move) -> None:
    room = moved(rolling_back(), *RESTORED, (K.HEALTH_CHECK, first), (K.HEALTH_CHECK, M.REOPENED))

    assert unfinished(room) == (K.APPLICATION, K.TRAFFIC, K.HEALTH_CHECK, K.CORE_FUNCTIONS, K.INTEGRATIONS)
    assert (room.restore_begun, room.mitigated_at) == (True, None)


def test_what_was_skipped_is_whose_who_reopens_it_and_its_reason_is_gone() -> None:
    room = moved(rolling_back(), (K.APPLICATION, M.SKIPPED))
    assert (step_of(room, K.APPLICATION).owner, step_of(room, K.APPLICATION).note) == ("U2", "why")

    again = move(room, K.APPLICATION, M.REOPENED, by="U3", at=AT + 2 * MINUTE)

    step = step_of(move(again, K.APPLICATION, M.DONE, by="U2", at=AT + 5 * MINUTE), K.APPLICATION)
    assert (step.owner, step.note) == ("U3", "")
    assert (step.started_at, step.ended_at) == (AT + 2 * MINUTE, AT + 5 * MINUTE)
    given = move(room, K.APPLICATION, M.REOPENED, by="U3", at=AT, owner="U4", note="once more")
    assert (step_of(given, K.APPLICATION).owner, step_of(given, K.APPLICATION).note) == ("U4", "once more")


def test_what_was_done_stays_its_owners_when_it_is_reopened() -> None:
    room = moved(rolling_back(), (K.APPLICATION, M.DONE))

    step = step_of(move(room, K.APPLICATION, M.REOPENED, by="U3", at=AT + 2 * MINUTE), K.APPLICATION)

    assert (step.owner, step.note) == ("U2", "why")


def test_a_step_that_never_ended_cannot_be_reopened() -> None:
    assert refusal(rolling_back(), K.NOTICE, M.REOPENED) == AlreadySo("step", "U1")
    assert refusal(rolling_back(), K.HEALTH_CHECK, M.REOPENED) == AlreadySo("step", "")


def test_unfinished_names_what_stands_before_the_end() -> None:
    assert unfinished(rolling_back(migration=True)) == (
        K.DATABASE,
        K.APPLICATION,
        K.TRAFFIC,
        K.CACHES,
        K.HEALTH_CHECK,
        K.CORE_FUNCTIONS,
        K.INTEGRATIONS,
    )
    assert unfinished(moved(rolling_back(), *RESTORED, *VERIFIED)) == ()


def test_the_health_check_cannot_be_skipped_over() -> None:
    room = moved(rolling_back(), *RESTORED, (K.HEALTH_CHECK, M.SKIPPED), *VERIFIED[1:])

    assert unfinished(room) == (K.HEALTH_CHECK,)


# --- the order ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", [M.STARTED, M.DONE])
def test_a_restoring_step_waits_for_those_before_it(to: Move) -> None:
    room = rolling_back(migration=True)

    assert refusal(room, K.APPLICATION, to) == OutOfTurn(K.APPLICATION, (K.DATABASE,))
    assert refusal(room, K.CACHES, to) == OutOfTurn(K.CACHES, (K.DATABASE, K.APPLICATION, K.TRAFFIC))
    assert step_of(moved(room, (K.DATABASE, M.DONE), (K.APPLICATION, to)), K.APPLICATION).owner == "U2"


def test_skipping_what_comes_before_is_the_way_around() -> None:
    room = moved(rolling_back(migration=True), (K.DATABASE, M.SKIPPED), (K.APPLICATION, M.STARTED))

    assert step_of(room, K.APPLICATION).state is StepState.RUNNING


def test_two_restoring_steps_never_run_at_once() -> None:
    room = moved(rolling_back(), (K.APPLICATION, M.DONE), (K.TRAFFIC, M.STARTED))

    assert refusal(room, K.APPLICATION, M.REOPENED) == OutOfTurn(K.APPLICATION, (K.TRAFFIC,))
    again = moved(room, (K.TRAFFIC, M.DONE), (K.APPLICATION, M.REOPENED))
    assert step_of(again, K.APPLICATION).state is StepState.RUNNING


def test_what_runs_out_of_turn_since_before_may_end() -> None:
    room = rolling_back()
    running = {"state": StepState.RUNNING, "owner": "U2", "started_at": AT}
    both = (K.APPLICATION, K.TRAFFIC)
    room = replace(room, steps=tuple(replace(s, **running) if s.key in both else s for s in room.steps))  # type: ignore[arg-type]  # columns

    assert step_of(moved(room, (K.TRAFFIC, M.DONE)), K.TRAFFIC).state is StepState.DONE


@pytest.mark.parametrize("to", [M.STARTED, M.DONE])
@pytest.mark.parametrize("check", [K.HEALTH_CHECK, K.CORE_FUNCTIONS, K.INTEGRATIONS])
def test_nothing_is_verified_before_all_is_restored(check: StepKey, to: Move) -> None:
    room = moved(rolling_back(), RESTORED[0], (K.TRAFFIC, M.STARTED))

    assert refusal(room, check, to) == OutOfTurn(check, (K.TRAFFIC, K.CACHES))
    assert step_of(moved(rolling_back(), *RESTORED, (check, to)), check).owner == "U2"


def test_a_check_that_runs_begins_anew_when_a_step_is_restored_again() -> None:
    room = moved(rolling_back(), *RESTORED, (K.HEALTH_CHECK, M.STARTED), (K.TRAFFIC, M.REOPENED))

    assert step_of(room, K.HEALTH_CHECK).state is StepState.WAITING
    assert refusal(room, K.HEALTH_CHECK, M.DONE) == OutOfTurn(K.HEALTH_CHECK, (K.TRAFFIC,))


@pytest.mark.parametrize("to", [M.STARTED, M.DONE])
def test_completion_is_not_told_before_the_end(to: Move) -> None:
    room = moved(rolling_back(), *RESTORED, VERIFIED[0])

    left = (K.CORE_FUNCTIONS, K.INTEGRATIONS)
    assert refusal(room, K.COMPLETION_NOTICE, to) == OutOfTurn(K.COMPLETION_NOTICE, left)
    done = moved(rolling_back(), *RESTORED, *VERIFIED, (K.COMPLETION_NOTICE, to))
    assert step_of(done, K.COMPLETION_NOTICE).owner == "U2"


def test_a_step_knows_since_when_it_is_its_turn() -> None:
    room = rolling_back()
    began = moved(room, (K.APPLICATION, M.STARTED))
    ended = moved(began, (K.APPLICATION, M.DONE))

    assert turn(room.steps) == step_of(room, K.APPLICATION) == came(replace(room, steps=()), room)
    assert step_of(room, K.APPLICATION).turn_at == AT
    assert (turn(began.steps), came(room, began)) == (None, None)
    assert came(began, ended) == step_of(ended, K.TRAFFIC) == turn(ended.steps)
    assert step_of(ended, K.TRAFFIC).turn_at == AT + MINUTE
    assert came(ended, moved(ended, (K.CACHES, M.SKIPPED))) is None
    assert turn(moved(ended, (K.TRAFFIC, M.DONE), (K.CACHES, M.SKIPPED)).steps) is None


def test_where_all_was_skipped_nothing_was_restored() -> None:
    skipped = [(key, M.SKIPPED) for key in (K.APPLICATION, K.TRAFFIC)]
    room = moved(rolling_back(), *skipped, (K.CACHES, M.DONE))

    assert all_left_out(room) == (K.APPLICATION, K.TRAFFIC)
    assert all_left_out(moved(rolling_back(), *skipped[:1])) == ()
    assert all_left_out(moved(rolling_back(), skipped[0], (K.TRAFFIC, M.DONE))) == ()


# --- what a deployer could not do ---------------------------------------------------------------------------


def test_a_step_that_is_handed_back_says_why_and_has_its_turn_again() -> None:
    began = moved(rolling_back(), (K.APPLICATION, M.STARTED))
    room = handed_back(began, K.APPLICATION, why="pod crash", at=AT + 3 * MINUTE)

    step = step_of(room, K.APPLICATION)
    assert (step.state, step.failed, step.turn_at) == (StepState.WAITING, "pod crash", AT + 3 * MINUTE)
    assert (room.restore_began_at, came(began, room)) == (AT + MINUTE, step)
    assert step_of(moved(room, (K.APPLICATION, M.STARTED)), K.APPLICATION).failed == ""


def test_what_was_never_asked_for_has_not_begun() -> None:
    first = handed_back(moved(rolling_back(), RESTORED[0]), K.TRAFFIC, why="unreachable", at=AT)
    later = moved(rolling_back(), (K.APPLICATION, M.DONE), (K.TRAFFIC, M.STARTED))
    began = moved(rolling_back(), (K.APPLICATION, M.STARTED))

    def untouched(room: Room, key: StepKey) -> datetime | None:
        return handed_back(room, key, why="unreachable", at=AT, untouched=True).restore_began_at

    assert untouched(began, K.APPLICATION) is None
    assert untouched(moved(later, by="U3"), K.TRAFFIC) == first.restore_began_at == AT + MINUTE


def test_the_end_closes_whatever_was_left_open() -> None:
    at = AT + 20 * MINUTE
    room = finished(moved(rolling_back(), *RESTORED, *VERIFIED), "U9", at)

    left = {step.key: (step.state, step.owner, step.ended_at) for step in room.steps}
    assert left[K.NOTICE] == (StepState.DONE, "U1", at)
    assert left[K.OUTAGE_NOTICE] == (StepState.SKIPPED, "", at)
    assert left[K.COMPLETION_NOTICE] == (StepState.DONE, "U9", at)
    assert left[K.TRAFFIC] == (StepState.DONE, "U2", AT + 2 * MINUTE)


def test_a_database_step_is_for_dba_and_commander_only() -> None:
    room = rolling_back(migration=True)

    assert who_moves(step_of(room, K.DATABASE)) == ("dba", "incident_commander")
    assert who_moves(step_of(room, K.CORE_FUNCTIONS)) == (
        "qa_lead",
        "incident_commander",
        "release_manager",
        "tech_lead",
        "devops",
    )


def test_time_to_restore_counts_from_the_declaration() -> None:
    room = rolling_back()

    assert room.seconds_to_restore == 0
    assert replace(room, recovered_at=AT + 41 * MINUTE).seconds_to_restore == 41 * 60


def test_the_service_was_normal_when_its_last_check_had_ended() -> None:
    room = moved(rolling_back(), *RESTORED)
    assert recovered_at(room) is None

    checked = moved(rolling_back(), *RESTORED, *VERIFIED)

    assert step_of(checked, K.INTEGRATIONS).ended_at == AT + 6 * MINUTE
    assert recovered_at(checked) == step_of(checked, K.CORE_FUNCTIONS).ended_at == AT + 5 * MINUTE
    assert recovered_at(finished(checked, "U1", AT + 60 * MINUTE)) == AT + 5 * MINUTE
