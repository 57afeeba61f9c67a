"""What is due is said where it belongs, with its record; who has answered is spared."""

from __future__ import annotations

from collections.abc import Iterable

from commands.record import send
from domain.errands import Place, Said, ToPerson
from domain.events import Announced
from domain.people import BOT, Origin, Via
from domain.project import Project
from domain.reminders import Reminder
from domain.reminders.answers import withheld
from domain.types import ReminderKind
from storage import answers, audit
from storage.db import Tx

TIMER = Origin(BOT, Via.TIMER)


def say(
    tx: Tx, project: Project, reminder: Reminder, said: Iterable[tuple[Place, Said]], *, late: bool
) -> None:
    """To everybody whom it concerns, unless it is muted."""
    kind = reminder.announcement.kind if reminder.announcement else reminder.kind
    audit.append(tx, TIMER, project.key, [Announced(announcement=reminder.key, kind=kind, late=late)])
    if kind not in project.policy.mute:
        tell(tx, project, reminder, said, late=late)


def tell(
    tx: Tx, project: Project, reminder: Reminder, said: Iterable[tuple[Place, Said]], *, late: bool
) -> None:
    """People can answer what reminds them of something; what only announces something is no question."""
    given = answers.of_matter(tx, project.key, reminder)
    spared = {user for user, answer in given.items() if withheld(answer, reminder.due)}
    kept = [(place, one) for place, one in said if not (isinstance(place, ToPerson) and place.user in spared)]
    asks = reminder.kind is not ReminderKind.ANNOUNCEMENT
    send(tx, project, TIMER, kept, late=late, reminder=reminder.key if asks else "")
