"""Answers to reminders: the buttons under a reminder, and the lines of what somebody answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from domain import events as v
from domain.errands import MonitoringOver, Said
from domain.types import Action, ReminderKind
from messages import names
from messages.blocks import Block, actions
from messages.buttons import press_button, press_for
from messages.ids import Press, Target
from messages.lines.lifecycle import head
from messages.names import word
from messages.parts import when
from messages.texts import Reader

AnswerSaid = v.ReminderSeen | v.ReminderSnoozed | v.ReminderResumed

ABOUT: Mapping[ReminderKind, str] = {
    ReminderKind.APPROVAL_WAITING: word("the approval that is waited for"),
    ReminderKind.SOAK_OVER: word("the end of the staging soak"),
    ReminderKind.QA_DUE: word("QA that is due"),
    ReminderKind.MONITORING_OVER: word("the release to close"),
    ReminderKind.STILL_VERIFYING: word("the release to verify"),
    ReminderKind.MISSED_WINDOW: word("the missed release window"),
    ReminderKind.ROLLOUT_UNDECIDED: word("the rollout to decide on"),
    ReminderKind.STEP_OVER: word("the rollout step that is over"),
    ReminderKind.LIST_OPENS: word("the checklist to work through"),
    ReminderKind.ITEM_DUE: word("the checklist item that is due"),
    ReminderKind.SEAT_EMPTY: word("the empty commander's seat"),
    ReminderKind.OVER_BUDGET: word("the step over its time"),
    ReminderKind.STEP_WAITS: word("the step that nobody has started"),
    ReminderKind.POSTMORTEM_SOON: word("the post-mortem"),
    ReminderKind.ROOM_TO_CLOSE: word("the war room to close"),
    ReminderKind.POSTMORTEM_OVERDUE: word("the post-mortem"),
    ReminderKind.ACTION_ITEM: word("the action item"),
}


def answer_line(reader: Reader, said: AnswerSaid) -> str:
    t = reader.t
    subject = head(said.version) if said.version else f"*{t('War room')}*"
    about = t(ABOUT[said.kind]) if said.kind in ABOUT else said.kind
    match said:
        case v.ReminderSeen():
            return t("{subject} Reminder seen: {about}", subject=subject, about=about)
        case v.ReminderSnoozed():
            at = when(reader, said.until)
            return t("{subject} Reminder put off: {about}, until {at}", subject=subject, about=about, at=at)
        case v.ReminderResumed():
            return t("{subject} Reminded again: {about}", subject=subject, about=about)
        case _:
            assert_never(said)


def answerable(reader: Reader, content: list[Block], project: str, reminder: str) -> list[Block]:
    """What reminds somebody, with the buttons to answer it beside those that settle it."""
    t, target = reader.t, Target(project=project, reminder=reminder)
    buttons = [
        press_button(t("Got it"), Press.REMINDER_SEEN, target),
        press_button(t("Later…"), Press.REMINDER_LATER, target),
    ]
    *before, last = content
    if last["type"] != "actions":
        return [*content, actions(buttons)]
    return [*before, actions([*last["elements"], *buttons])]


def settling(reader: Reader, said: Said) -> list[Block]:
    """What only a person is asked to do at once, where the thread's line has no button."""
    if not isinstance(said, MonitoringOver):
        return []
    target = Target(release=said.release, action=Action.CLOSE, candidate=said.candidate)
    label = names.action(reader, Action.CLOSE)
    return [actions([press_button(label, press_for(Action.CLOSE), target, style="primary")])]
