"""Reminders of what one person is to see to: an item of a checklist at the time that it is due."""

from __future__ import annotations

from collections.abc import Mapping

from domain.checklists.model import ItemState, Phase
from domain.reminders.model import DAY, Reminder
from domain.types import ReminderKind

_OF = "items:"
_APART = "/"


def subject_of(owner: str) -> str:
    """Of the items of a release, or of a war room: theirs are planned by themselves."""
    return f"{_OF}{owner}"


def owner_of(reminder: Reminder) -> str:
    return reminder.subject.removeprefix(_OF)


def item_of(reminder: Reminder) -> tuple[Phase, str]:
    """Its list and its key."""
    phase, _, key = reminder.occasion.partition(_APART)
    return Phase(phase), key


def of_items(owner: str, said: Mapping[Phase, Mapping[str, ItemState]]) -> tuple[Reminder, ...]:
    """Whatever became of an item since: whoever reminds looks, and a new candidate may open it again."""
    return tuple(
        Reminder(
            key=f"{ReminderKind.ITEM_DUE}:{owner}:{phase}:{key}:{state.owner}:{state.due.isoformat()}",
            kind=ReminderKind.ITEM_DUE,
            subject=subject_of(owner),
            due=state.due,
            expires=state.due + DAY,
            about=state.owner,
            occasion=f"{phase}{_APART}{key}",
        )
        for phase, items in said.items()
        for key, state in items.items()
        if state.owner and state.due
    )
