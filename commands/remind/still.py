"""What would be said of a reminder now: for who answers it, and for who has put it off."""

from __future__ import annotations

from commands.record import send
from commands.remind import releases as of_releases
from commands.remind.items import item_due
from commands.remind.say import TIMER
from commands.rollback import remind as rooms
from domain.errands import Place, Said, ToPerson
from domain.events import Announced
from domain.project import Project
from domain.reminders import Reminder
from domain.reminders.answers import comes_again
from domain.types import ReminderKind
from storage import answers, audit
from storage import reminders as stored
from storage.db import Tx


def said_now(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """Without a lock and without saying it; empty once it is settled."""
    if reminder.kind is ReminderKind.APPROVAL_WAITING:
        return of_releases.approval_waiting(tx, reminder)
    if reminder.kind is ReminderKind.ITEM_DUE:
        return item_due(tx, project, reminder)
    if reminder.kind in of_releases.SAYS:
        return of_releases.of_release(tx, project, reminder)
    return rooms.said_now(tx, reminder)


def again(tx: Tx, project: Project, moment: Reminder, *, late: bool) -> bool:
    """Remind a person once more, if that is still awaited and still holds; False where it became moot."""
    reminder = stored.get(tx, project.key, moment.occasion)
    if reminder is None:
        return False
    given = answers.of_matter(tx, project.key, reminder).get(moment.about)
    if not comes_again(given, moment.due):
        return False
    mine = [(to, said) for to, said in said_now(tx, project, reminder) if to == ToPerson(moment.about)]
    if not mine:
        return False
    event = Announced(announcement=moment.key, kind=reminder.kind, late=late)
    audit.append(tx, TIMER, project.key, [event])
    if reminder.kind not in project.policy.mute:
        send(tx, project, TIMER, mine, late=late, reminder=reminder.key)
    return True
