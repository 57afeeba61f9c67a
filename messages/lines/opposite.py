"""Lines of two opposite presses on a rollout: what each is told of the other (ADR 0018)."""

from __future__ import annotations

from domain import errands as e
from domain.rollout.model import WentOn
from domain.types import Action
from messages import names
from messages.blocks import user
from messages.lines.lifecycle import head, noted
from messages.parts import quote
from messages.texts import Reader

OppositeSaid = e.GoOvertaken


def opposite_line(reader: Reader, said: OppositeSaid) -> str:
    """To whoever went on. Who did the opposite stands at the end of the first line."""
    return f"{head(said.version)} {_counted(reader, said)} {_since(reader, said.action)}{noted(said.reason)}"


def _since(reader: Reader, action: Action) -> str:
    t = reader.t
    match action:
        case Action.PAUSE:
            return t("The rollout was paused right after it.")
        case Action.STOP:
            return t("The rollout was stopped right after it; nothing has reached production.")
        case _:
            return t("A rollback was declared right after it.")


def _counted(reader: Reader, said: OppositeSaid) -> str:
    t = reader.t
    if said.began:
        return t("*Your go counted*, and this has begun: {step}.", step=_step(reader, said.began))
    return t("*Your go counted*, and this is done: {step}.", step=_step(reader, said.left))


def not_seen(reader: Reader, action: Action, went: WentOn) -> str:
    """To whoever held it up by a button from before somebody's go: what they have held up."""
    t = reader.t
    step = _step(reader, went.began) if went.began else t("all steps are done")
    return f"{_gone_on(reader, went)} {_held(reader, action, step)}"


def _held(reader: Reader, action: Action, step: str) -> str:
    t = reader.t
    match action:
        case Action.PAUSE:
            return t("Paused now: {step}", step=step)
        case Action.STOP:
            return t("Stopped now: {step}", step=step)
        case _:
            return t("Rolled back now, from here: {step}", step=step)


def _gone_on(reader: Reader, went: WentOn) -> str:
    t = reader.t
    who = user(went.by) if went.by else "Naru"
    left = _step(reader, went.left)
    if went.left == went.began:
        return t("Before you pressed, {who} had continued it: {step}.", who=who, step=left)
    if not went.began:
        return t("Before you pressed, {who} had reported the last step done: {step}.", who=who, step=left)
    began = _step(reader, went.began)
    return t("Before you pressed, {who} had gone on: {left} → {began}.", who=who, left=left, began=began)


def _step(reader: Reader, key: str) -> str:
    return quote(names.rollout_step(reader, key), 80)
