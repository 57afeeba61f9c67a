"""Many people press at once: one of them wins, the others are told what happened."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from commands.frame import Verb, perform
from commands.requests import MoveStep, OpenRoom, TakeSeat
from commands.rollback.declare import declare_rollback
from commands.rollback.open import open_room
from commands.rollback.seat import take_seat
from commands.rollback.steps import move_step
from domain.people import Actor, Origin, Via
from domain.refusals import AlreadySo, SeatTaken
from domain.types import Stage
from domain.views import Outcome, SaidNo
from storage import audit, rooms
from tests.commands.rollback.stories import RESTORE, VERIFY, Story, declaration, release
from tests.support.clock import HandClock
from tests.support.world import IC, OPS, RM, RM2, TEAM, TL

ROUNDS = 5
SEATED = (IC, OPS, RM, RM2, TL)


async def at_once(story: Story, asked: Sequence[tuple[Verb[Any], Any, str]]) -> list[Outcome]:
    def one(verb: Verb[Any], request: Any, by: str) -> Any:
        return story.database.run(perform, verb, request, Origin(Actor(TEAM, by), Via.BUTTON))

    return list(await asyncio.gather(*(one(*each) for each in asked)))


def refusals(outcomes: Sequence[Outcome]) -> list[object]:
    return [outcome.refusal for outcome in outcomes if isinstance(outcome, SaidNo)]


@pytest.mark.parametrize("_round", range(ROUNDS))
async def test_one_rollback_is_declared(story: Story, _round: int) -> None:
    story.given(release())

    outcomes = await at_once(story, [(declare_rollback, declaration(), user) for user in SEATED])

    [room] = story.database.read_now(rooms.live)
    assert refusals(outcomes) == [AlreadySo("rollback", room.declared_by)] * 4
    assert (story.release().stage, story.release().room) == (Stage.ROLLING_BACK, room.id)


@pytest.mark.parametrize("_round", range(ROUNDS))
async def test_one_room_is_opened_for_an_incident(story: Story, _round: int) -> None:
    outcomes = await at_once(story, [(open_room, OpenRoom(project="shop"), user) for user in SEATED])

    [room] = story.database.read_now(rooms.live)
    assert refusals(outcomes) == [AlreadySo("room", room.opened_by)] * 4


@pytest.mark.parametrize("_round", range(ROUNDS))
async def test_one_person_has_the_seat(story: Story, clock: HandClock, _round: int) -> None:
    story.given(release())
    room = story.made(story.declare(OPS))
    clock.move(minutes=10)

    outcomes = await at_once(story, [(take_seat, TakeSeat(room=room.id), user) for user in SEATED])

    seated = story.room(room.id)
    assert refusals(outcomes) == [SeatTaken(seated.commander)] * 4
    assert len(seated.seats) == 1


async def test_steps_pressed_twice_by_everybody_are_done_once(story: Story) -> None:
    story.given(release())
    room = story.led(OPS)
    steps = (*RESTORE, *VERIFY)

    outcomes = await at_once(
        story,
        [
            (move_step, MoveStep(room=room.id, step=step, state="done"), user)
            for step in steps
            for user in (IC, OPS, IC, OPS)
        ],
    )

    after = story.room(room.id)
    assert len(refusals(outcomes)) == len(steps) * 3
    assert after.revision == room.revision + len(steps)
    done = Counter(entry[2].step for entry in story.timeline(room) if type(entry[2]).__name__ == "StepMoved")  # type: ignore[attr-defined]  # of StepMoved
    assert done == Counter({"notice": 1} | dict.fromkeys(steps, 1))
    with story.database.transaction() as tx:
        assert audit.verify(tx) is None
