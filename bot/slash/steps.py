"""Commands that take a release further, or change its dates."""

from __future__ import annotations

from datetime import time

from bot import answers, asking, modals, opening
from bot.desk import Call
from bot.modals import View
from bot.slash.answer import Answer
from bot.slash.where import moment, project
from commands import captain, find, freeze, slash
from commands.requests import (
    Advance,
    AskDryRun,
    BeginFreeze,
    Cancel,
    HandOver,
    LiftFreeze,
    PassQa,
    Retarget,
    StartRelease,
)
from commands.show import release as shows
from commands.slash import LocalWhen, SlashCommand
from domain.lifecycle import TRANSITIONS, row_for
from domain.release import Release
from domain.types import Action, ReleaseType
from messages.buttons import NEED_WORDS
from messages.ids import Press, Target
from storage.db import Tx

# These steps end in the war room, with its own forms.
_IN_ROOM = {Action.ROLLED_BACK: Press.ROOM_RESOLVE, Action.STAND_DOWN: Press.ROOM_STAND_DOWN}


def start(tx: Tx, call: Call, command: slash.StartText) -> Answer:
    """Straight when all is there, a modal when something is missing."""
    found = project(tx, call, command.project)
    kind = command.type or ReleaseType.REGULAR
    if command.type is ReleaseType.REGULAR and command.version:
        return StartRelease(project=found.key, type=kind, version=command.version or "")
    target = Target(project=found.key)
    asking.may(tx, call.origin, Press.START, target)
    return modals.start_release(tx, call.reader, target, kind, command.version or "")


def take(tx: Tx, call: Call, command: SlashCommand) -> Answer:
    """A step, its modal, or the card when no step was named. Raises Refused."""
    named, key = getattr(command, "release", None), getattr(command, "project", None)
    release = find.release(tx, named, call.origin.channel, key)
    note = getattr(command, "note", "") or getattr(command, "reason", "")
    match command:
        case slash.AdvanceText(action=action):
            return _advance(tx, call, release, action, note)
        case slash.DryRunText(step=step, commits=commits):
            return AskDryRun(release=release.id, step=step, commits=commits)
        case slash.DeployText():
            return Advance(release=release.id, action=Action.DEPLOY)
        case slash.HoldText():
            return _advance(tx, call, release, Action.HOLD, note)
        case slash.ResumeText():
            return Advance(release=release.id, action=Action.RESUME)
        case slash.CancelText():
            cancel = Cancel(release=release.id, reason=note)
            return cancel if note else _ask(tx, call, release, Action.CANCEL)
        case slash.CaptainText(user=user, me=me):
            to = call.origin.actor.user if me else user
            hand = to and HandOver(release=release.id, to=to)
            return hand or _hand_over(tx, call, release.id)
        case slash.RetargetText(when=when):
            return _retarget(tx, call, release, when)
        case slash.BeginFreezeText() | slash.LiftFreezeText():
            return _freeze(tx, call, command, release, note)
        case _:
            raise TypeError(type(command).__name__)


def _freeze(
    tx: Tx, call: Call, command: slash.BeginFreezeText | slash.LiftFreezeText, release: Release, note: str
) -> Answer:
    """Without a reason its modal asks for one."""
    if isinstance(command, slash.BeginFreezeText):
        return BeginFreeze(release=release.id, reason=note) if note else _begin_freeze(tx, call, release.id)
    return LiftFreeze(release=release.id, reason=note) if note else _lift_freeze(tx, call, release.id)


def _advance(tx: Tx, call: Call, release: Release, action: Action | None, note: str) -> Answer:
    """What needs words opens its modal, once it is clear that the step exists from here."""
    if action is None:
        return answers.shown(call.reader, shows.card(tx, release.id))
    if action is Action.QA_PASSED:
        here = any(row.action is action and release.stage in row.sources for row in TRANSITIONS)
        blank = PassQa(release=release.id, migration=None, breaking=None)
        return _ask(tx, call, release, action) if here else blank
    if action is Action.DECLARE_ROLLBACK:
        return declare(tx, call, release.id, release.room)
    if action in _IN_ROOM:
        row_for(release, action)
        return opening.asked(tx, call, _IN_ROOM[action], Target(room=release.room))
    if action is Action.CANCEL or (action in NEED_WORDS and not note):
        return _ask(tx, call, release, action)
    return Advance(release=release.id, action=action, note=note)


def _ask(tx: Tx, call: Call, release: Release, action: Action) -> View:
    asking.may_take(tx, call.origin, release.id, action)
    target = Target(release=release.id, action=action, candidate=release.rc)
    return modals.for_action(tx, call.reader, target)


def _retarget(tx: Tx, call: Call, release: Release, when: LocalWhen | None) -> Answer:
    if when is None:
        return opening.asked(tx, call, Press.RETARGET, Target(release=release.id))
    of = find.project(tx, release.project, "")
    cadence = of.policy.calendar.cadence
    usual = cadence.deploy_time if cadence else time(14)
    return Retarget(release=release.id, deploy_at=moment(of, when, usual))


def _begin_freeze(tx: Tx, call: Call, release: str) -> View:
    freeze.may_begin(shows.look(tx, release), call.origin)
    return modals.freeze(tx, call.reader, release, begin=True)


def _lift_freeze(tx: Tx, call: Call, release: str) -> View:
    freeze.may_lift(shows.look(tx, release), call.origin)
    return modals.freeze(tx, call.reader, release, begin=False)


def _hand_over(tx: Tx, call: Call, release: str) -> View:
    captain.may_hand_over(shows.look(tx, release), call.origin)
    return modals.captain(tx, call.reader, Target(release=release))


def declare(tx: Tx, call: Call, release: str, room: str) -> View:
    """The form of a rollback, for who may declare one. Raises Refused."""
    asking.may_take(tx, call.origin, release, Action.DECLARE_ROLLBACK)
    return modals.declare(tx, call.reader, Target(release=release, room=room), by=call.origin.actor.user)
