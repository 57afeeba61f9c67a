"""The buttons under those lines that ask somebody to do something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.checklists.model import Phase
from domain.deploys.model import NEVER_ASKED, DeployState, Purpose
from domain.errands import Said
from domain.events import Event
from domain.rollback.parts import Part
from domain.rollout.model import StepIs
from domain.types import Action
from messages import names
from messages.blocks import Block, Element, actions
from messages.buttons import OF_STEP, PAUSED, go_on, press_button, press_for
from messages.checklists.progress import lists_button
from messages.digests.setting import switches
from messages.ids import Press, Target
from messages.lines.rollout import Held, can_be_excepted
from messages.modals.exceptions import MERGE
from messages.modals.room import DONE, STARTED
from messages.notices.opening import OPENS, notice_button
from messages.texts import Reader

# What the release does not wait for: nothing is tried again by a press.
LEFT_AS_IT_IS = frozenset({"tag_candidate", "tag", "drop_branch"})

_InRoom = (
    e.SeatEmpty
    | v.SeatLeft
    | e.StepWaits
    | e.StepGiven
    | e.OverBudget
    | e.PostmortemReminder
    | e.RoomToClose
    | v.ActionItemAdded
    | v.ActionItemHandedOn
)

_CAME_TO_NOTHING = frozenset({DeployState.FAILED, DeployState.LOST})

_AFTER_A_FAILURE = (Action.CONTINUE, Action.DECLARE_ROLLBACK)


def buttons_for(reader: Reader, said: Said) -> Block | None:
    """An actions block, or None where there is nothing to press."""
    if isinstance(said, e.ItemDue | v.ItemAssigned):
        return _lists(reader, said)
    if isinstance(said, v.ListsOpened):
        return actions([lists_button(reader, room=said.room, phase=next(iter(said.phases), None))])
    if isinstance(said, e.ListOpens):
        list_of = lists_button(reader, release=said.release, candidate=said.candidate, phase=said.phase)
        return actions([list_of])
    if isinstance(said, e.StepOver | e.RolloutUndecided):
        offered = [_of_a_step(reader, said, action) for action in said.offered]
        return actions(offered) if offered else None
    return _others(reader, said)


def _lists(reader: Reader, said: e.ItemDue | v.ItemAssigned) -> Block:
    """The list in which the item stands."""
    return actions([lists_button(reader, release=said.release, room=said.room, phase=said.phase)])


def _others(reader: Reader, said: Said) -> Block | None:
    t = reader.t
    match said:
        case v.ScopeDetected() | v.CandidateCompared():
            return actions([_look(reader, said)])
        case e.QaDue() | e.MissedWindow() | e.DateTaken():
            target = Target(release=said.release)
            return actions([press_button(t("Choose another date"), Press.RETARGET, target, style="primary")])
        case v.RolloutInterrupted() | e.RolloutWaits() | v.StepFailed() | v.StepLive() | e.StillVerifying():
            offered = list(_decided(reader, said))
            return actions(offered) if offered else None
        case v.FreezeViolated() if said.grantors:
            return actions(
                [press_button(t("Ask to merge in the freeze…"), Press.EXCEPTION_ASK, _merge(said))]
            )
        case (
            e.SeatEmpty()
            | v.SeatLeft()
            | e.StepWaits()
            | e.StepGiven()
            | e.OverBudget()
            | e.PostmortemReminder()
            | e.RoomToClose()
            | v.ActionItemAdded()
            | v.ActionItemHandedOn()
        ):
            return actions(list(_in_room(reader, said)))
        case e.ActionItemDue():
            target = Target(room=said.room, key=said.item)
            done = press_button(t("Done"), Press.ITEM_DONE, target)
            return actions([done, press_button(t("Hand on…"), Press.ITEM_END, target)])
        case v.DeploymentMoved() if _may_be_asked_again(said):
            target = Target(release=said.release, candidate=said.candidate)
            label = t("Ask the deployer again")
            return actions([press_button(label, Press.DEPLOY_AGAIN, target, key=said.deployment)])
        case v.DeploymentMoved() if said.room and said.state in _CAME_TO_NOTHING:
            return actions(list(_by_hand(reader, said)))
        case e.TaskLeft() if said.work not in LEFT_AS_IT_IS:
            target = Target(release=said.release)
            return actions([press_button(t("Try again"), Press.RETRY, target)])
        case _:
            return None


def _decided(
    reader: Reader, said: v.RolloutInterrupted | e.RolloutWaits | v.StepFailed | v.StepLive | e.StillVerifying
) -> Iterator[Element]:
    """How a rollout goes on that was held up, or what becomes of what is out."""
    match said:
        case v.RolloutInterrupted() | e.RolloutWaits():
            yield from _decisions(reader, said)
        case e.StillVerifying():
            yield from _actions(reader, said, (Action.VERIFIED, Action.DECLARE_ROLLBACK))
            yield lists_button(reader, release=said.release, candidate=said.candidate)
        case v.StepLive(paused=""):
            return
        case _:
            yield from _actions(reader, said, _AFTER_A_FAILURE)


def _may_be_asked_again(said: v.DeploymentMoved) -> bool:
    """Of a staging deploy, as long as the deployer has not said how it went; a press that is late says so."""
    if said.purpose is not Purpose.STAGING:
        return False
    by_itself = said.state is DeployState.CANCELLED and said.why is not None and not said.goes_on
    lost = said.state is DeployState.LOST
    return lost or by_itself or (said.state is DeployState.FAILED and said.why in NEVER_ASKED)


def _by_hand(reader: Reader, said: v.DeploymentMoved) -> Iterator[Element]:
    """Under a step of the way back that its deployer could not do; a press that is late says so."""
    t, step = reader.t, Target(room=said.room, step=said.step)
    again, done = replace(step, state=STARTED), replace(step, state=DONE)
    yield press_button(t("Try again"), Press.STEP, again, key=STARTED, style="primary")
    yield press_button(t("Done by hand"), Press.STEP, done, key=DONE)


def undo_for(reader: Reader, event: Event) -> Block | None:
    """Under the private answer to who did it: the way back, where a press is enough."""
    match event:
        case v.DigestChosen():
            return actions(switches(reader, on=event.on))
        case v.ReminderSeen() | v.ReminderSnoozed():
            target = Target(project=event.project, reminder=event.reminder)
            return actions([press_button(reader.t("Remind me after all"), Press.REMINDER_RESUME, target)])
        case _:
            return None


def _done(reader: Reader, room: Target, step: str, *, style: str = "") -> Element:
    """For a step of the way back."""
    return press_button(reader.t("Done"), Press.STEP, replace(room, step=step, state=DONE), style=style)


def _in_room(reader: Reader, said: _InRoom) -> Iterator[Element]:
    t, room = reader.t, Target(room=said.room)
    match said:
        case e.SeatEmpty() | v.SeatLeft():
            yield press_button(t("Take command"), Press.TAKE_SEAT, room, style="primary")
        case e.StepWaits():
            start = replace(room, step=said.step, state=STARTED)
            yield press_button(t("Start the step"), Press.STEP, start, style="primary")
        case e.StepGiven():
            if said.step in OPENS:
                yield notice_button(reader, release=said.release, room=said.room, step=said.step)
            yield _done(reader, room, said.step, style="primary")
        case e.OverBudget() if said.step in set(Part):
            yield press_button(t("Escalate"), Press.ROOM_ESCALATE, room)
        case e.OverBudget():
            yield _done(reader, room, said.step)
        case e.PostmortemReminder():
            yield press_button(t("Close post-mortem"), Press.POSTMORTEM_DONE, room)
            yield lists_button(reader, room=said.room, phase=Phase.ROLLBACK_AFTER)
        case e.RoomToClose():
            yield press_button(t("Close the room"), Press.ROOM_CLOSE, room)
        case v.ActionItemAdded() | v.ActionItemHandedOn():
            yield press_button(t("Done"), Press.ITEM_DONE, replace(room, key=said.item))
        case _:
            assert_never(said)


def _look(reader: Reader, said: v.ScopeDetected | v.CandidateCompared) -> Element:
    """All changes, or what a candidate has that the one before it had not."""
    if isinstance(said, v.ScopeDetected) or not said.since:
        return press_button(reader.t("See the changes"), Press.SCOPE, Target(release=said.release))
    target = Target(release=said.release, candidate=said.candidate, page=said.since)
    return press_button(reader.t("See the difference"), Press.COMPARE, target)


def _merge(said: v.FreezeViolated) -> Target:
    """Into a feature release's own branch, else into the main line."""
    release = said.release if said.own_branch else ""
    return Target(project=said.project, release=release, state=MERGE)


def _decisions(reader: Reader, said: Held) -> Iterator[Element]:
    """As on the card; a press that is refused says what is missing and who can settle it."""
    if can_be_excepted(said):
        target = Target(release=said.release)
        yield press_button(reader.t("Ask for an exception…"), Press.EXCEPTION_ASK, target)
    yield from _actions(reader, said, (Action.CONTINUE, Action.DECLARE_ROLLBACK))


def _of_a_step(reader: Reader, said: e.StepOver | e.RolloutUndecided, action: Action) -> Element:
    """What speaks of the step bears it, and the go names what it begins."""
    label = names.action(reader, action)
    undecided = said if isinstance(said, e.RolloutUndecided) else None
    live = undecided is not None and undecided.state is StepIs.WATCHED
    if action is Action.STEP_DONE and (live or (isinstance(said, e.StepOver) and not said.held)):
        label = go_on(reader, said.next)
    target = Target(release=said.release, action=action, candidate=said.candidate)
    if action in OF_STEP:
        target = replace(target, step=said.step, state=PAUSED if undecided and undecided.paused else "")
    style = "danger" if action is Action.DECLARE_ROLLBACK else ""
    unheard = undecided is not None and undecided.unheard and action is Action.STEP_LIVE
    press = Press.ASK if unheard else press_for(action)
    return press_button(label, press, target, key=action, style=style)


def _actions(
    reader: Reader,
    said: Held | e.StillVerifying | v.StepFailed | v.StepLive,
    offered: tuple[Action, ...],
) -> Iterator[Element]:
    for action in offered:
        target = Target(release=said.release, action=action, candidate=said.candidate)
        if isinstance(said, v.StepFailed | v.StepLive) and action is Action.DECLARE_ROLLBACK:
            target = replace(target, step=said.step, state=PAUSED)
        style = "danger" if action is Action.DECLARE_ROLLBACK else ""
        yield press_button(names.action(reader, action), press_for(action), target, key=action, style=style)
