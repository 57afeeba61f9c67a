"""A digest that is due: written when there is something to say, skipped with a record when it is too late."""

from __future__ import annotations

from datetime import date, timedelta

from commands.digests.plan import plan, setting_of
from commands.record import lane
from commands.remind.say import TIMER
from commands.show.digest import digest
from domain.errands import SendDigest
from domain.events import AnnouncementSkipped
from domain.involvement import named
from domain.reminders import PERSONAL, Reminder
from storage import audit, outbox, releases
from storage.db import Tx


def send_due(tx: Tx, reminder: Reminder, *, late_after: timedelta) -> bool:
    """Whether it goes out. Who is on a release by name alone stays planned as long as it is under way."""
    user, day = reminder.subject, date.fromisoformat(reminder.about)
    if any(user in named(release) for release in releases.live(tx)):
        plan(tx, [user])
    if not setting_of(tx, user).on or not digest(tx, user, day).news:
        return False
    if tx.now() >= reminder.expires:
        skip(tx, reminder, "stale")
        return False
    late = tx.now() - reminder.due > late_after
    errand = SendDigest(user=user, day=day, until=reminder.expires, late=late)
    outbox.add(tx, [lane(f"dm:{user}", reminder.key, errand)])
    return True


def skip(tx: Tx, reminder: Reminder, why: str) -> None:
    event = AnnouncementSkipped(announcement=reminder.key, kind=reminder.kind, why=why)
    audit.append(tx, TIMER, PERSONAL, [event])
