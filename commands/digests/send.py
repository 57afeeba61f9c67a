"""A digest that is due is sent; when it is too late it is skipped with a record."""

from __future__ import annotations

from datetime import date, timedelta

from commands.digests.plan import plan, setting_of
from commands.record import lane
from commands.remind.say import TIMER
from domain.digest import is_worked
from domain.errands import SendDigest
from domain.events import AnnouncementSkipped
from domain.involvement import named
from domain.reminders import PERSONAL, Reminder
from storage import audit, outbox, people, projects, releases
from storage.db import Tx


def send_due(tx: Tx, reminder: Reminder, *, late_after: timedelta) -> bool:
    """Whether it is on its way. What it says is read when it is sent: many are due at the same moment, and
    whoever decides something then must not wait for them.

    Who is on a release by name alone stays planned as long as it is under way.
    """
    user, day = reminder.subject, date.fromisoformat(reminder.about)
    if any(user in named(release) for release in releases.live(tx)):
        plan(tx, [user])
    if not setting_of(tx, user).on:
        return False
    if tx.now() >= reminder.expires:
        if _is_worked(tx, user, day):
            skip(tx, reminder, "stale")
        return False
    late = tx.now() - reminder.due > late_after
    errand = SendDigest(user=user, day=day, until=reminder.expires, late=late)
    outbox.add(tx, [lane(f"dm:{user}", reminder.key, errand)])
    return True


def _is_worked(tx: Tx, user: str, day: date) -> bool:
    """In a project in which the person holds a role."""
    held = people.projects_of(tx, user)
    return is_worked(day, (one.policy.calendar for one in projects.every(tx) if one.key in held))


def skip(tx: Tx, reminder: Reminder, why: str) -> None:
    event = AnnouncementSkipped(announcement=reminder.key, kind=reminder.kind, why=why)
    audit.append(tx, TIMER, PERSONAL, [event])
