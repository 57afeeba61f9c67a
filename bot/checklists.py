"""Checklists in modals: the lists of a release or a war room, and one item of them on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.desk import Call, Desk, ModalNotOpened
from bot.forms.checklists import ticked
from bot.modals import View
from bot.payloads import Filled, Pressed, Unreadable, state_of, target_of
from commands.show import checklists as show
from domain.checklists.model import Phase
from domain.refusals import Refused, UnknownItem
from domain.views import ChecklistsView, ChecklistView
from messages.ids import Form, Press, Target
from messages.modals import checklist, checklist_item
from messages.modals.checklist_item import Asked, What
from messages.texts import Reader
from storage.db import Tx

PRESSES = frozenset({Press.CHECKLIST, Press.CHECK_ITEM, Press.CHECK_WHAT})


def lists(tx: Tx, reader: Reader, target: Target) -> View:
    """The list that the target's `state` names, else the one to look at first. Raises Refused."""
    view = _look(tx, target)
    return checklist.checklist(_beside(reader, view), view, _phase(target))


async def serve(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Raises Refused or ModalNotOpened. Nothing that is ticked and not recorded is lost on the way."""
    if pressed.press is Press.CHECK_WHAT:
        await _choose_again(desk, call, pressed)
        return
    beneath = pressed.view if _is_list(pressed.view) else None
    if pressed.press is Press.CHECK_ITEM:
        asked = Asked(clean=beneath is not None and _clean(beneath))
        await desk.push(call, await desk.look(_item, call.reader, pressed.target, asked))
        return
    view = await desk.look(lists, call.reader, pressed.target)
    if beneath is None:
        await desk.open(call, view)
    elif _clean(beneath):
        await desk.update(str(beneath["id"]), desk.here(call, view))
    else:
        await desk.push(call, view)


def following(tx: Tx, reader: Reader, target: Target) -> View | None:
    """What follows a list in which nothing is left to tick: the other that the same step waits for."""
    view, phase = _look(tx, target), _phase(target)
    recorded = checklist.chosen(view, phase)
    if recorded is None or _left(recorded):
        return None
    for of in view.lists:
        if of.phase is not phase and of.phase in view.now and of.guards is recorded.guards and _left(of):
            return checklist.checklist(_beside(reader, view), view, of.phase)
    return None


def _left(of: ChecklistView) -> bool:
    return any(item.tickable and not item.judged.settled for item in of.items)


async def show_beneath(desk: Desk, call: Call, filled: Filled, below: str) -> None:
    """The list from which an item was opened, as it is now: unless something was ticked there and not
    recorded, or it cannot be shown; what was recorded is recorded.
    """
    if not below or filled.target.key != checklist_item.CLEAN:
        return
    view = await desk.look(lists, call.reader, filled.target)
    try:
        await desk.update(below, desk.here(call, view))
    except ModalNotOpened:
        return


async def _choose_again(desk: Desk, call: Call, pressed: Pressed) -> None:
    """Something else is to become of the item: the open form asks for what that needs."""
    if pressed.view is None:
        return
    target, state = target_of(pressed.view), state_of(pressed.view)
    try:
        what = What(state.choice(checklist_item.WHAT))
    except ValueError as error:
        raise Unreadable(Press.CHECK_WHAT) from error
    asked = Asked(what=what, clean=target.key == checklist_item.CLEAN)
    view = await desk.look(_item, call.reader, target, asked)
    await desk.update(str(pressed.view["id"]), desk.here(call, view))


def _item(tx: Tx, reader: Reader, target: Target, asked: Asked) -> View:
    view, phase = _look(tx, target), _phase(target)
    for of in view.lists:
        for one in of.items:
            if of.phase is phase and one.key == target.step:
                return checklist_item.item(_beside(reader, view), view, of, one, asked)
    raise Refused(UnknownItem(phase or Phase.PRE_RELEASE, target.step, ()))


def _beside(reader: Reader, view: ChecklistsView) -> Reader:
    """Its times stand beside the reader's, wherever it was opened."""
    return replace(reader, project_zone=view.project.zone)


def _look(tx: Tx, target: Target) -> ChecklistsView:
    return show.room_checklists(tx, target.room) if target.room else show.checklists(tx, target.release)


def _phase(target: Target) -> Phase | None:
    try:
        return Phase(target.state) if target.state else None
    except ValueError as error:
        raise Unreadable(Press.CHECKLIST) from error


def _is_list(view: Mapping[str, Any] | None) -> bool:
    return view is not None and view.get("callback_id") == Form.CHECKLIST


def _clean(view: Mapping[str, Any]) -> bool:
    return not checklist.changed(target_of(view), ticked(state_of(view)))
