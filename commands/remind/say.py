"""What is due is said where it belongs, with its record."""

from __future__ import annotations

from commands.record import send
from domain.errands import (
    Place,
    Said,
)
from domain.events import Announced
from domain.people import BOT, Origin, Via
from domain.project import Project
from domain.reminders import Reminder
from storage import audit
from storage.db import Tx

TIMER = Origin(BOT, Via.TIMER)


def say(tx: Tx, project: Project, reminder: Reminder, said: list[tuple[Place, Said]], *, late: bool) -> None:
    kind = reminder.announcement.kind if reminder.announcement else reminder.kind
    audit.append(tx, TIMER, project.key, [Announced(announcement=reminder.key, kind=kind, late=late)])
    if kind not in project.policy.mute:
        send(tx, project, TIMER, said, late=late)
