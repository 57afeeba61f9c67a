"""A reminder: one thing to say at a moment of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar.announcements import Announcement
from domain.release import Release
from domain.types import ReminderKind

DAY = timedelta(days=1)
CALENDAR = "calendar"
PERSONAL = ""
"""Stands for the project of what is a person's own and no project's: no project has an empty key."""
FOR_GOOD = 3650 * DAY
"""A state's end matters however late it is noticed."""


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """Something to say at `due`; from `expires` on it is stale and only recorded.

    `key` is unique within a project and the same whenever the same thing is derived again. `subject` is
    `calendar`, a release, a room, an exception or a person; `about` a user id, a step or a day, as the kind
    needs it.
    `occasion` tells what it is about from an earlier one of the same kind and subject.
    """

    key: str
    kind: ReminderKind
    subject: str
    due: datetime
    expires: datetime
    about: str = ""
    count: int = 0
    announcement: Announcement | None = None
    occasion: str = ""

    @property
    def matter(self) -> str:
        """What a person answers to: the same for everybody, and in every reminder of it."""
        kind = ReminderKind.POSTMORTEM_SOON if self.kind is ReminderKind.POSTMORTEM_OVERDUE else self.kind
        return f"{kind}:{self.subject}:{self.occasion}"

    @property
    def waited(self) -> bool:
        """Whether quiet hours held it back."""
        return self.announcement is not None and self.due > self.announcement.due


def once(kind: ReminderKind, release: Release, due: datetime, grace: timedelta = FOR_GOOD) -> Reminder:
    """A state's end: however late it is noticed within `grace`, it still matters."""
    return Reminder(
        key=f"{kind}:{release.id}:{release.rc}:{due.isoformat()}",
        kind=kind,
        subject=release.id,
        due=due,
        expires=due + grace,
        count=release.rc,
        occasion=due.isoformat(),
    )
