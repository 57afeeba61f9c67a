"""Lines of post-mortems: what was written, and what becomes of action items."""

from __future__ import annotations

from typing import assert_never

from domain import errands as e
from domain import events as v
from domain.postmortem import ItemState
from messages.blocks import user
from messages.dates import day
from messages.lines.lifecycle import head, noted
from messages.modals.postmortem import QUESTIONS
from messages.parts import quote, when
from messages.texts import Reader
from messages.versions import tag

PostmortemSaid = (
    v.PostmortemWritten
    | v.ActionItemAdded
    | v.ActionItemEnded
    | v.ActionItemHandedOn
    | v.ActionItemReopened
    | v.RedeployLinked
    | e.ActionItemDue
)


def postmortem_line(reader: Reader, said: PostmortemSaid) -> str:
    t = reader.t
    match said:
        case v.PostmortemWritten():
            names = ", ".join(t(QUESTIONS[one][0]) for one in said.sections)
            return t("*Post-mortem written*: {sections}", sections=names)
        case v.RedeployLinked():
            return _redeploy(reader, said)
        case v.ActionItemAdded():
            text = t("*Action item*: {text}", text=quote(said.text, 300))
            due = t("due {at}", at=when(reader, said.due))
            return f"{text}{_of(said.owner)} · {due}"
        case v.ActionItemEnded():
            return _ended(reader, said)
        case v.ActionItemReopened():
            text = t("*Action item open again*: {text}", text=quote(said.text, 300))
            return f"{text}{_of(said.owner)}"
        case v.ActionItemHandedOn():
            return _handed_on(reader, said)
        case e.ActionItemDue():
            return _due(reader, said)
        case _:
            assert_never(said)


def _redeploy(reader: Reader, said: v.RedeployLinked) -> str:
    t, on = reader.t, day(reader, said.on) if said.on else ""
    if not said.by_version:
        return t("*Re-deploy* of {version} planned: {day}", version=tag(said.version), day=on)
    text = t(
        "*Re-deploy*: {new} brings out again what was rolled back with {version}.",
        new=tag(said.by_version),
        version=tag(said.version),
    )
    return f"{text} · {t('New date: {day}', day=on)}" if on else text


def _of(owner: str) -> str:
    return f" — {user(owner)}" if owner else ""


def _ended(reader: Reader, said: v.ActionItemEnded) -> str:
    t, text = reader.t, quote(said.text, 300)
    done = said.state is ItemState.DONE
    line = (
        t("*Action item done*: {text}", text=text) if done else t("*Action item dropped*: {text}", text=text)
    )
    return f"{line}{_of(said.owner)}" + noted(said.note)


def _handed_on(reader: Reader, said: v.ActionItemHandedOn) -> str:
    t = reader.t
    text = t("*Action item goes on*: {text}", text=quote(said.text, 300))
    who = " → ".join(user(one) for one in dict.fromkeys((said.former, said.owner)) if one)
    due = t("due {at}", at=when(reader, said.due))
    return f"{text} — {who} · {due}" if who else f"{text} · {due}"


def _due(reader: Reader, said: e.ActionItemDue) -> str:
    t, about = reader.t, head(said.version) if said.version else ""
    texts = {"text": quote(said.text, 300), "at": when(reader, said.due), "version": about}
    if said.overdue:
        line = t("{version} *Action item overdue*: {text}; it was due {at}.", **texts)
    else:
        line = t("{version} *Action item due*: {text}; {at}.", **texts)
    return f"{line}{_of(said.owner)}"
