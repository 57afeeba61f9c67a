"""The steps of the way back that a deployer does: the application and the traffic, never the database.

What restores goes on without further commands (spec 6.2): where production has a deployer, its step begins by
itself when its turn comes; of every other step those who usually do it are told.
"""

from __future__ import annotations

from dataclasses import replace

from commands.context import Case
from commands.deploys.ask import ask, cancel, moved
from commands.record import send
from commands.rollback import turns
from commands.rollback.case import RoomCase, locked
from commands.rollback.keep import keep
from domain.deploys.model import Deployment, DeployState, Purpose
from domain.errands import ToPerson
from domain.events import StepMoved
from domain.people import BOT, Origin, Role, Via
from domain.rollback import Room, RoomState, Step, StepKey, StepState
from domain.rollback.moves import Move, handed_back, move
from domain.rollback.turns import BY_MACHINE, came, waits_for
from domain.types import Environment
from storage.db import Tx

_NARU = Origin(BOT, Via.TIMER)


def does(found: RoomCase, room: Room, key: StepKey) -> bool:
    """Whether production has a deployer for this step; without a version to go to it is people's work."""
    release = found.release
    if release is None or release.candidate is None or not room.target or key not in BY_MACHINE:
        return False
    return found.project.policy.deploy.of(Environment.PRODUCTION).automatic


def begin(tx: Tx, found: RoomCase, room: Room, key: StepKey, origin: Origin) -> None:
    """A step has been started: where production has a deployer, it does it."""
    step = room.step(key)
    running = step is not None and step.state is StepState.RUNNING
    if running and found.case is not None and does(found, room, key):
        ask(tx, found.case, Purpose.ROLLBACK, step=key.value, target=room.target, origin=origin)


def go_on(tx: Tx, found: RoomCase, before: Room, origin: Origin, *, by_itself: bool = True) -> None:
    """The turn of a step has come since `before`: it begins, or whose it is are told, but who did that."""
    room = locked(tx, before.id)
    step = came(before, room)
    if step is None:
        return
    if by_itself and does(found, room, step.key):
        _start(tx, found, room, step)
    else:
        turns.tell(tx, found, room, step, origin)


def _start(tx: Tx, found: RoomCase, room: Room, step: Step) -> None:
    after = move(room, step.key, Move.STARTED, by="", at=found.at)
    event = StepMoved(room=room.id, step=step.key, state=Move.STARTED)
    saved = keep(tx, replace(found, room=room), after, _NARU, [event])
    begin(tx, found, saved, step.key, _NARU)


def left_out(tx: Tx, found: Case, key: StepKey, origin: Origin) -> None:
    """A step has been skipped: its deployer is told that nobody waits for it."""
    cancel(tx, found, origin, Purpose.ROLLBACK, step=key.value)


def ended(tx: Tx, found: Case, deployment: Deployment, origin: Origin) -> None:
    """The step is done, or free to be started once more; people may have ended it themselves meanwhile."""
    if not found.release.room:
        return
    room = locked(tx, found.release.room)
    step = room.step(StepKey(deployment.step))
    if room.state is not RoomState.ROLLING_BACK or step is None or not _hears(room, step, deployment):
        return
    about = RoomCase(found.project, room, found.roster, found.at, found)
    if deployment.state is DeployState.SUCCEEDED:
        _done(tx, about, step, deployment, origin)
    else:
        _failed(tx, about, step, deployment, origin)
        event = moved(found, deployment)
        send(tx, found.project, origin, [(ToPerson(user), event) for user in _answerable(about)])


def _hears(room: Room, step: Step, deployment: Deployment) -> bool:
    """What had counted as lost may have worked after all, before anybody tried again."""
    if step.state is StepState.RUNNING:
        return True
    back = bool(step.failed) and deployment.state is DeployState.SUCCEEDED
    return back and step.state is StepState.WAITING and not waits_for(room, step)


def _done(tx: Tx, found: RoomCase, step: Step, deployment: Deployment, origin: Origin) -> None:
    note = deployment.evidence or deployment.url
    after = move(found.room, step.key, Move.DONE, by=step.owner, at=found.at, note=note)
    event = StepMoved(room=after.id, step=step.key, state=Move.DONE, owner=step.owner, note=note)
    keep(tx, found, after, origin, [event])
    go_on(tx, found, found.room, origin)


def _failed(tx: Tx, found: RoomCase, step: Step, deployment: Deployment, origin: Origin) -> None:
    """It waits again, and says why; nothing is tried again by itself."""
    why = deployment.detail or (deployment.why or deployment.state).value
    after = handed_back(found.room, step.key, why=why, at=found.at, untouched=deployment.never_asked)
    keep(tx, found, after, origin, [])


def _answerable(found: RoomCase) -> list[str]:
    """Who runs deploys and who commands, or could: they learn at once what failed."""
    commander = {found.room.commander} - {""} or found.roster.holders(Role.INCIDENT_COMMANDER)
    return sorted(found.roster.holders(Role.DEVOPS) | commander)
