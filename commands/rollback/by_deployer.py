"""The steps of the way back that a deployer does: the application and the traffic, never the database."""

from __future__ import annotations

from commands.context import Case
from commands.deploys.ask import ask
from commands.rollback.case import RoomCase, locked
from commands.rollback.keep import keep
from domain.deploys.model import Deployment, DeployState, Purpose
from domain.events import StepMoved
from domain.people import Origin
from domain.rollback import Room, RoomState, StepKey, StepState
from domain.rollback.moves import Move, handed_back, move
from storage.db import Tx

BY_MACHINE = frozenset({StepKey.APPLICATION, StepKey.TRAFFIC})
"""A database step always needs a press of a person (spec 6.1), and caches are none of a deployer's."""


def begin(tx: Tx, found: RoomCase, room: Room, key: StepKey, origin: Origin) -> None:
    """A step has been started: where production has a deployer, it does it."""
    step = room.step(key)
    if found.case is None or key not in BY_MACHINE or step is None or step.state is not StepState.RUNNING:
        return
    ask(tx, found.case, Purpose.ROLLBACK, step=key.value, target=room.target, origin=origin)


def ended(tx: Tx, found: Case, deployment: Deployment, origin: Origin) -> None:
    """The step is done, or free to be started once more; people may have ended it themselves meanwhile."""
    if not found.release.room:
        return
    room = locked(tx, found.release.room)
    key = StepKey(deployment.step)
    step = room.step(key)
    if room.state is not RoomState.ROLLING_BACK or step is None or step.state is not StepState.RUNNING:
        return
    about = RoomCase(found.project, room, found.roster, found.at, found)
    if deployment.state is not DeployState.SUCCEEDED:
        why = _why(deployment)
        back = handed_back(room, key, why=why, at=found.at, untouched=deployment.never_asked)
        keep(tx, about, back, origin, [])
        return
    note = deployment.evidence or deployment.url
    after = move(room, key, Move.DONE, by=step.owner, at=found.at, note=note)
    event = StepMoved(room=room.id, step=key, state=Move.DONE, owner=step.owner, note=note)
    keep(tx, about, after, origin, [event])


def _why(deployment: Deployment) -> str:
    """The deployer's own words, else the code of what went wrong, worded by messages."""
    return deployment.detail or (deployment.why or deployment.state).value
