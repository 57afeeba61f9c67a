"""Buttons that speak of a target, and which way an action is pressed: at once, or with words first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain import guards
from domain.lifecycle import TRANSITIONS
from domain.release import Release
from domain.rollout.opposite import CAREFUL
from domain.rollout.rollout import Rollout
from domain.types import Action, GitStep
from messages import blocks, names
from messages.blocks import Element
from messages.ids import Press, Target, encode
from messages.texts import Reader

_WORDS = (guards.reason, guards.bug, guards.qa_answers)
NEED_WORDS = frozenset(row.action for row in TRANSITIONS if any(guard in row.needs for guard in _WORDS))
_OF_ROOM = {Action.ROLLED_BACK: Press.ROOM_RESOLVE, Action.STAND_DOWN: Press.ROOM_STAND_DOWN}
_LABEL = 75  # characters of a button
# What is pressed on a step: two who report it report one, and who holds it up learns if it had gone on.
OF_STEP = CAREFUL | {Action.STEP_LIVE, Action.STEP_DONE}
PAUSED = "paused"
_OWN_PRESS = {Action.DEPLOY: Press.DEPLOY, Action.DECLARE_ROLLBACK: Press.ROLLBACK}


def press_id(press: Press, key: str = "") -> str:
    """Slack wants action ids unique within a block: `release.ask`, or `release.ask:hold` beside others."""
    return f"{press}:{key}" if key else str(press)


def press_of(action_id: str) -> Press:
    """What `press_id` was given. Raises ValueError for any other id."""
    return Press(action_id.partition(":")[0])


def press_for(action: Action) -> Press:
    """How an action is pressed: by a press of its own, after a form when it needs words, else at once."""
    own = _OWN_PRESS.get(action) or _OF_ROOM.get(action)
    return own or (Press.ASK if action in NEED_WORDS else Press.ADVANCE)


def press_button(
    label: str,
    press: Press,
    target: Target,
    *,
    key: str = "",
    style: str = "",
    confirm: dict[str, Any] | None = None,
) -> Element:
    return blocks.button(label, press_id(press, key), encode(target), style=style, confirm=confirm)


def dry_run_button(reader: Reader, release: Release, step: GitStep) -> Element:
    """Beside a step that changes the remote: the same report as `/release dry-run` gives."""
    target = Target(project=release.project, release=release.id, state=step)
    return press_button(reader.t("What would happen?"), Press.DRY_RUN, target)


def is_out(reader: Reader, step: str) -> str:
    """What people say of the step that they carry out."""
    return blocks.cut(reader.t("{step} is out", step=names.rollout_step(reader, step)), _LABEL)


def go_on(reader: Reader, step: str) -> str:
    """The go of a step that is live; `step` is the one that begins by it, empty for none."""
    t = reader.t
    return (
        blocks.cut(t("Go on: {step}", step=names.rollout_step(reader, step)), _LABEL) if step else t("Go on")
    )


def step_label(reader: Reader, action: Action, rollout: Rollout) -> str:
    """What the button of `action` says of the step under way; empty where it is the action's own word."""
    if action is Action.STEP_LIVE:
        return is_out(reader, rollout.step_under_way)
    going_on = action is Action.STEP_DONE and rollout.live and not rollout.ending
    return go_on(reader, rollout.next_step) if going_on else ""


def target_of(release: Release, action: Action) -> Target:
    """What the button of an action speaks of: the release, or its war room for what is done there."""
    if action in _OF_ROOM and release.room:
        return Target(room=release.room, action=action)
    target = Target(release=release.id, action=action, candidate=release.rc)
    rollout = release.rollout
    if rollout is None or action not in OF_STEP:
        return target
    return replace(target, step=rollout.step_under_way, state=PAUSED if rollout.paused else "")


def seen(release: Release, action: Action, pressed: Target | None) -> Target:
    """What a form speaks of: where the rollout stood when the button that opened it was shown, or stands now
    where it was opened by none, or by one of no step.
    """
    now = target_of(release, action)
    shown = pressed and pressed.step and action in OF_STEP
    return replace(now, step=pressed.step, state=pressed.state) if pressed and shown else now


def action_button(
    reader: Reader, release: Release, action: Action, *, style: str = "", label: str = ""
) -> Element:
    """The button of one action; deploying asks once more."""
    sure = _sure(reader, release) if action is Action.DEPLOY else None
    text = label or names.action(reader, action)
    target = target_of(release, action)
    return press_button(text, press_for(action), target, key=action, style=style, confirm=sure)


def _sure(reader: Reader, release: Release) -> dict[str, Any]:
    t = reader.t
    return blocks.confirm(
        t("Deploy to production?"),
        t(
            "{version} goes to production, if its branch is still at the approved commit.",
            version=blocks.cut(release.tag, 60),
        ),
        t("Deploy"),
        t("Not yet"),
    )
