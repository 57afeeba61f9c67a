"""Monitoring is over: asks the release manager whether the release can be closed."""

from __future__ import annotations

from collections.abc import Iterator

from domain.lifecycle import TRANSITIONS, who_may
from domain.needs import ItemsOpen
from domain.reminders import monitoring_over
from domain.types import Action, Stage
from domain.views import CardView
from messages import blocks, names
from messages.blocks import Block, Element
from messages.buttons import action_button
from messages.card import title
from messages.checklists.needs import together
from messages.checklists.progress import lists_button
from messages.criteria.words import breach
from messages.lines.answers import answerable
from messages.message import Message
from messages.needs import missing_line
from messages.parts import fitting, labelled, quote
from messages.texts import Reader

_LONGEST = 2500


def close_question(reader: Reader, view: CardView) -> Message:
    """Answered once the release is no longer released: then without buttons."""
    t, release = reader.t, view.release
    head = t("Close {title}?", title=title(reader, release))
    if release.stage is not Stage.RELEASED:
        stage = names.stage(reader, release.stage)
        text = t("{version} is now: {stage}", version=f"*{quote(release.tag)}*", stage=stage)
        return Message(blocks.esc(head), [blocks.section(f"✓ {text}")])
    row = next(r for r in TRANSITIONS if r.action is Action.CLOSE)
    asked = t(
        "Was everything in range, and is the branch merged back? For: {who}",
        who=names.roles(reader, who_may(release, row)),
    )
    over = t("The monitoring of {version} is over.", version=f"*{quote(release.tag)}*")
    content: list[Block] = [blocks.section(f"{over}\n{asked}"), *_against(reader, view)]
    styles = {Action.CLOSE: "primary", Action.DECLARE_ROLLBACK: "danger"}
    buttons = [
        action_button(reader, release, action, style=styles[action])
        for action in styles
        if action in view.actions
    ]
    buttons += _lists(reader, view)
    if buttons:
        content.append(blocks.actions(buttons))
    for reminder in monitoring_over(release):
        content = answerable(reader, content, release.project, reminder.key)
    return Message(blocks.esc(head), content)


def _lists(reader: Reader, view: CardView) -> Iterator[Element]:
    """Where lists are still open: the first of them, which leads to the others."""
    phase = next((one.need.phase for one in view.to_close if isinstance(one.need, ItemsOpen)), None)
    if phase is not None:
        yield lists_button(reader, release=view.release.id, candidate=view.release.rc, phase=phase)


def _against(reader: Reader, view: CardView) -> Iterator[Block]:
    """What speaks against it: criteria that are breached or cannot be judged, and what is not done yet."""
    t = reader.t
    parts = (
        (t("Not all is well"), [breach(reader, one) for one in view.breaches if one.counts]),
        (t("Closing still needs"), [missing_line(reader, one) for one in together(view.to_close)]),
    )
    for label, lines in parts:
        if lines:
            told = fitting(reader, [f"• {line}" for line in lines], _LONGEST)
            yield blocks.section(labelled(label, told))
