"""A room's steps and seat against a small model: whatever people press, in whatever order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.people import Role, Roster
from domain.policy import RollbackPolicy
from domain.refusals import Refused
from domain.rollback import RESTORING, VERIFYING, Room, RoomState, StepKey, StepState
from domain.rollback.moves import Move, finished, move
from domain.rollback.plan import begun, steps_of
from domain.rollback.seat import hand, take
from domain.rollback.turns import unfinished
from domain.types import RolloutStrategy

START = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
POLICY = RollbackPolicy()
PEOPLE = {"UIC": Role.INCIDENT_COMMANDER, "UTL": Role.TECH_LEAD, "UQA": Role.QA_LEAD}
ROSTER = Roster({role: frozenset({user}) for user, role in PEOPLE.items()})
W, R, D, S = StepState.WAITING, StepState.RUNNING, StepState.DONE, StepState.SKIPPED
SIMPLE = {
    Move.STARTED: ({W}, R),
    Move.DONE: ({W, R}, D),
    Move.SKIPPED: ({W, R}, S),
    Move.REOPENED: ({D, S}, R),
}


class RoomMachine(RuleBasedStateMachine):
    """The model keeps a state per step and who commands; it knows nothing of the code's values."""

    @initialize(strategy=st.sampled_from(RolloutStrategy), migration=st.booleans())
    def declared(self, strategy: RolloutStrategy, migration: bool) -> None:  # noqa: FBT001 - drawn
        self.at = START
        steps = begun(steps_of(strategy, POLICY, migration=migration), "U1", START)
        self.room = Room(
            id="R1",
            project="shop",
            state=RoomState.ROLLING_BACK,
            opened_at=START,
            opened_by="U1",
            name="rollback",
            declared_at=START,
            steps=steps,
        )
        self.states = {step.key: W for step in steps} | {StepKey.NOTICE: R}
        self.commander = ""
        self.held: list[str] = []
        self.begun = False

    @rule(minutes=st.integers(0, 12))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule(key=st.sampled_from(StepKey), to=st.sampled_from(Move), note=st.sampled_from(["", "why"]))
    def step_is_moved(self, key: StepKey, to: Move, note: str) -> None:
        allowed = self._allowed(key, to, note)
        try:
            self.room = move(self.room, key, to, by="U1", at=self.at, note=note)
        except Refused:
            assert not allowed
        else:
            assert allowed
            if key in self.states or self._added(key, to):
                self._apply(key, to)

    def _added(self, key: StepKey, to: Move) -> bool:
        """Whether it is begun at once: nothing stands before it."""
        follows = [k for k in self.states if k is StepKey.APPLICATION] or [StepKey.CACHES]
        keys = list(self.states)
        keys.insert(keys.index(follows[0]), key)
        self.states = {k: self.states.get(k, W) for k in keys}
        for other in VERIFYING:
            if self.states[other] in {D, R}:
                self.states[other] = W
        return to is Move.STARTED and not self._early(key, to)

    def _allowed(self, key: StepKey, to: Move, note: str) -> bool:
        state = self.states.get(key)
        if state is None:
            return key is StepKey.DATABASE and to in {Move.ADDED, Move.STARTED}
        if to is Move.ADDED or (to is Move.SKIPPED and not note):
            return False
        if to is Move.REOPENED and key is StepKey.HEALTH_CHECK:
            return state is not W
        return state in SIMPLE[to][0] and not self._early(key, to)

    def _early(self, key: StepKey, to: Move) -> bool:
        """One restoring step at a time, in the plan's order; checks after all of them, the end after these."""
        restoring = [k for k in self.states if k in RESTORING]
        left = {k for k in restoring if self.states[k] in {W, R}}
        if to is Move.SKIPPED:
            return False
        if key in RESTORING:
            before = set(restoring[: restoring.index(key)]) & left
            running = {k for k in left - {key} if self.states[k] is R}
            return self.states[key] is not R and bool(before | running)
        if key in VERIFYING:
            return to is not Move.REOPENED and bool(left)
        checks = {k for k in VERIFYING if self.states[k] in {W, R}}
        checks |= {StepKey.HEALTH_CHECK} if self.states[StepKey.HEALTH_CHECK] is S else set()
        return key is StepKey.COMPLETION_NOTICE and to is not Move.REOPENED and bool(left | checks)

    def _apply(self, key: StepKey, to: Move) -> None:
        self.states[key] = SIMPLE[to][1]
        self.begun |= key in RESTORING and self.states[key] in {R, D} and to is not Move.SKIPPED
        if to is not Move.REOPENED:
            return
        again = set(VERIFYING) if key in RESTORING | {StepKey.HEALTH_CHECK} else set()
        if key is StepKey.HEALTH_CHECK:
            again |= RESTORING
            self.states[key] = W
        for other in again - {key}:
            if self.states.get(other) is D or (other in VERIFYING and self.states[other] is R):
                self.states[other] = W

    @rule(user=st.sampled_from(sorted(PEOPLE)))
    def seat_is_taken(self, user: str) -> None:
        late = self.at >= START + POLICY.open_seat_after
        allowed = not self.commander and (user == "UIC" or (user == "UTL" and late))
        try:
            self.room = take(self.room, user, POLICY, ROSTER, self.at)
        except Refused:
            assert not allowed
        else:
            assert allowed
            self._seats(user)

    @rule(user=st.sampled_from(sorted(PEOPLE)))
    def seat_is_handed_over(self, user: str) -> None:
        if not self.commander:
            return
        allowed = user not in {self.commander, "UQA"}
        try:
            self.room = hand(self.room, user, ROSTER, self.at)
        except Refused:
            assert not allowed
        else:
            assert allowed
            self._seats(user)

    def _seats(self, user: str) -> None:
        self.commander = user
        self.held.append(user)

    @invariant()
    def room_is_as_the_model(self) -> None:
        assert {step.key: step.state for step in self.room.steps} == self.states
        assert self.room.commander == self.commander
        assert [seat.user for seat in self.room.seats] == self.held
        assert self.room.restore_begun == self.begun

    @invariant()
    def one_seat_follows_the_other(self) -> None:
        seats = self.room.seats
        assert [seat.until for seat in seats[:-1]] == [seat.since for seat in seats[1:]]
        assert [seat.until for seat in seats[-1:]] in ([], [None])

    @invariant()
    def one_step_restores_at_a_time(self) -> None:
        restoring = [step for step in self.room.steps if step.key in RESTORING]
        running = [step for step in restoring if step.state is R]
        turns = [step.key for step in self.room.steps if step.turn_at]
        assert len(running) <= 1
        left = [step.key for step in restoring if step.state is W]
        assert turns == (left[:1] if not running else [])

    @invariant()
    def steps_have_the_times_of_their_state(self) -> None:
        for step in self.room.steps:
            times = (step.started_at is not None, step.ended_at is not None)
            assert times in {W: [(False, False)], R: [(True, False)], D: [(True, True)]}.get(
                step.state, [(True, True), (False, True)]
            )
            assert not (step.started_at and step.ended_at) or step.started_at <= step.ended_at

    @invariant()
    def mitigated_means_restored(self) -> None:
        over = all(state in {D, S} for key, state in self.states.items() if key in RESTORING)
        touched = any(step.key in RESTORING and step.started_at for step in self.room.steps)
        assert (self.room.mitigated_at is not None) == (over and touched)

    @invariant()
    def the_end_leaves_nothing_open(self) -> None:
        open_ = {key for key in RESTORING | VERIFYING if self.states.get(key) in {W, R}}
        unchecked = {StepKey.HEALTH_CHECK} if self.states[StepKey.HEALTH_CHECK] is S else set()
        assert set(unfinished(self.room)) == open_ | unchecked
        assert {step.state for step in finished(self.room, "U1", self.at).steps} <= {D, S}


TestRoomMachine = RoomMachine.TestCase
TestRoomMachine.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
