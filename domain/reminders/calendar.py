"""Reminders of what the calendar announces."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from domain.calendar.announcements import Announcement
from domain.calendar.quiet import CAN_WAIT, QuietHours
from domain.reminders.model import CALENDAR, Reminder
from domain.types import ReminderKind


def of_announcement(
    announcement: Announcement, quiet: QuietHours | None = None, zone: ZoneInfo | None = None
) -> Reminder:
    """What can wait is due when the channel's `quiet` hours, in `zone`, are over."""
    over = None
    if quiet and zone and announcement.kind in CAN_WAIT:
        over = quiet.over_at(announcement.due, zone)
    return Reminder(
        key=announcement.key,
        kind=ReminderKind.ANNOUNCEMENT,
        subject=CALENDAR,
        due=over or announcement.due,
        expires=announcement.expires,
        announcement=announcement,
    )
