"""People whose step of the way back it is are told so: when its turn comes, while nobody starts it, and when
somebody gives it to them (spec 6.2).
"""

from __future__ import annotations

from commands.record import send
from commands.rollback.case import RoomCase
from domain.errands import StepGiven, StepWaits, ToPerson
from domain.events import StepMoved
from domain.people import Origin, Roster
from domain.rollback import Room, Step
from domain.rollback.moves import who_moves
from storage.db import Tx


def owners(roster: Roster, step: Step) -> tuple[str, ...]:
    """Its owner, else the first of those who may move it that there are any of."""
    if step.owner:
        return (step.owner,)
    held = (roster.holders(role) for role in who_moves(step))
    return next((tuple(sorted(users)) for users in held if users), ())


def waiting(found: RoomCase, room: Room, step: Step, *, minutes: int = 0) -> StepWaits:
    """`minutes` for which nobody has started it."""
    qa = found.release.qa if found.release else None
    return StepWaits(
        room=room.id,
        version=room.version,
        target=room.target,
        step=step.key,
        minutes=minutes,
        who=owners(found.roster, step),
        stated=qa.way_back if qa and not room.target else "",
    )


def tell(tx: Tx, found: RoomCase, room: Room, step: Step, origin: Origin) -> None:
    """Whoever did what it waited for sees it there."""
    said = waiting(found, room, step)
    users = [user for user in said.who if user != origin.actor.user]
    send(tx, found.project, origin, [(ToPerson(user), said) for user in users])


def tell_given(tx: Tx, found: RoomCase, room: Room, moved: StepMoved, origin: Origin) -> None:
    """Whoever took it upon themselves sees it there."""
    if moved.owner == origin.actor.user:
        return
    said = StepGiven(
        room=room.id,
        release=room.release,
        version=room.version,
        target=room.target,
        step=moved.step,
        note=moved.note,
    )
    send(tx, found.project, origin, [(ToPerson(moved.owner), said)])
