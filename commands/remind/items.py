"""What is said of an item of a checklist at the time that it is due, if it is still open then."""

from __future__ import annotations

from commands.show.owned import lists_of
from domain.errands import ItemDue, Place, Said, ToPerson
from domain.project import Project
from domain.reminders import Reminder, item_of, owner_of
from domain.views import ChecklistsView, ItemView
from storage.db import Tx


def item_due(tx: Tx, _project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """To its owner; nothing once it is settled, or is another's, or is due at another time."""
    view, phase = lists_of(tx, owner_of(reminder)), item_of(reminder)[0]
    one = _item(view, reminder) if view else None
    if view is None or one is None or one.judged.settled:
        return []
    state = one.judged.state
    if (state.owner, state.due) != (reminder.about, reminder.due):
        return []
    said = ItemDue(
        phase=phase,
        item=one.judged.item.named,
        due=reminder.due,
        release=view.release.id if view.release else "",
        version=str(view.release.version) if view.release else "",
        room=view.room.id if view.room else "",
    )
    return [(ToPerson(state.owner), said)]


def _item(view: ChecklistsView, reminder: Reminder) -> ItemView | None:
    phase, key = item_of(reminder)
    items = (item for of in view.lists if of.phase is phase for item in of.items)
    return next((item for item in items if item.key == key), None)
