"""Whose turn it is among the steps of a way back: one restoring step at a time, then what verifies (6.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from domain.rollback.model import ENDED, RESTORING, VERIFYING, Room, Step, StepKey, StepState

BY_MACHINE = frozenset({StepKey.APPLICATION, StepKey.TRAFFIC})
"""A database step always needs a press of a person (spec 6.1), and caches are none of a deployer's."""

_BRINGS_BACK = RESTORING - {StepKey.CACHES}
"""Caches are emptied for what came back; emptied alone they bring nothing back."""


def turn(steps: Iterable[Step]) -> Step | None:
    """The restoring step that is to begin now; None while one runs, and once all have ended."""
    left = [step for step in steps if step.key in RESTORING and step.state not in ENDED]
    if not left or any(step.state is StepState.RUNNING for step in left):
        return None
    return left[0]


def with_turn(steps: tuple[Step, ...], at: datetime) -> tuple[Step, ...]:
    """The same steps, the one whose turn it is knowing since when."""
    now = turn(steps)
    return tuple(
        replace(step, turn_at=step.turn_at or at) if step is now else replace(step, turn_at=None)
        for step in steps
    )


def came(before: Room, after: Room) -> Step | None:
    """The step whose turn came by the change from one to the other."""
    step = next((step for step in after.steps if step.turn_at), None)
    if step is None:
        return None
    known = before.step(step.key)
    return None if known is not None and known.turn_at == step.turn_at else step


def waits_for(room: Room, step: Step) -> tuple[StepKey, ...]:
    """What has to end before this step may begin, or count: the plan's order is no mere picture."""
    if step.key in RESTORING:
        return tuple(_before(room, step))
    if step.key in VERIFYING:
        return tuple(each.key for each in room.steps if each.key in RESTORING and each.state not in ENDED)
    return unfinished(room) if step.key is StepKey.COMPLETION_NOTICE else ()


def _before(room: Room, step: Step) -> Iterable[StepKey]:
    earlier = True
    for each in room.steps:
        if each.key is step.key:
            earlier = False
        elif each.key in RESTORING and (
            each.state is StepState.RUNNING or (earlier and each.state not in ENDED)
        ):
            yield each.key


def unfinished(room: Room) -> tuple[StepKey, ...]:
    """What still stands between the rollback and its end."""
    return tuple(step.key for step in room.steps if step.key in RESTORING | VERIFYING and not _settled(step))


def _settled(step: Step) -> bool:
    return step.state is StepState.DONE or (step.state is StepState.SKIPPED and may_skip(step))


def may_skip(step: Step) -> bool:
    """The health check is never left out: a rollback does not end without it (spec 2.2)."""
    return step.key is not StepKey.HEALTH_CHECK


def all_left_out(room: Room) -> tuple[StepKey, ...]:
    """The steps that bring a version back, where every one of them was skipped: nothing was restored."""
    steps = [step for step in room.steps if step.key in _BRINGS_BACK]
    if any(step.state is not StepState.SKIPPED for step in steps):
        return ()
    return tuple(step.key for step in steps)
