"""What a person must say before a step can be asked at all: a modal instead of the step."""

from __future__ import annotations

from bot import asking, modals
from bot.desk import Call, Desk
from bot.modals import View
from commands import start
from commands.requests import Advance, MoveStep, Request, StartRelease
from commands.rollback.healthy import against
from commands.rollback.look import room_look
from commands.rollback.steps import may_move
from domain.refusals import ProductionUnconfirmed, Refused
from domain.types import Action
from messages.ids import Target
from storage.db import Tx


async def before(desk: Desk, call: Call, request: Request) -> bool:
    """Whether a modal was opened instead, because a person must say more before the step is asked."""
    view: View | None = None
    if isinstance(request, StartRelease):
        view = await desk.look(_before_start, call, request)
    elif isinstance(request, Advance) and request.action is Action.CUT_BRANCH and not request.note:
        view = await desk.look(before_cut, call, request.release)
    elif isinstance(request, Advance) and request.action is Action.BUILD_PASSED:
        view = await desk.look(_before_build, call, request.release)
    elif isinstance(request, MoveStep) and not request.note.strip():
        view = await desk.look(_before_step, call, request)
    if view is None:
        return False
    await desk.open(call, view)
    return True


def _before_start(tx: Tx, call: Call, request: StartRelease) -> View | None:
    """What is not confirmed yet is asked; any other no is left to the command, which records it."""
    try:
        start.check(tx, request, call.origin)
    except Refused as refused:
        if not isinstance(refused.refusal, ProductionUnconfirmed):
            return None
        target = Target(project=request.project)
        return modals.start_release(tx, call.reader, target, request.type, request.version)
    return None


def before_cut(tx: Tx, call: Call, release: str) -> View | None:
    """Only who may cut is asked what the cut still needs. Raises Refused."""
    asking.may_take(tx, call.origin, release, Action.CUT_BRANCH)
    return modals.before_cut(tx, call.reader, release)


def _before_build(tx: Tx, call: Call, release: str) -> View | None:
    """Only who may say that it passed is asked. Raises Refused."""
    view = modals.before_build(tx, call.reader, release)
    if view is not None:
        asking.may_take(tx, call.origin, release, Action.BUILD_PASSED)
    return view


def _before_step(tx: Tx, call: Call, request: MoveStep) -> View | None:
    """Only who may move it is asked why it is done against what is measured. Raises Refused."""
    found = room_look(tx, request.room)
    if not against(tx, found, request.step, request.state):
        return None
    may_move(found, request.step, call.origin)
    target = Target(room=request.room, step=request.step, state=request.state)
    return modals.room_step(tx, call.reader, target)
