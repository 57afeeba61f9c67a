"""A list that is about some time after the rollout: its people are told when it can be worked through."""

from __future__ import annotations

from datetime import datetime

from domain.checklists.judge import OPEN_AT, opens_at
from domain.checklists.model import Phase
from domain.release import Release
from domain.reminders.model import DAY, Reminder, once
from domain.types import ReminderKind


def of_lists(release: Release, at: datetime) -> tuple[Reminder, ...]:
    """Due in the past as well, as long as it matters: a rollback that was called off may outlast it."""
    opens = opens_at(Phase.POST_SOON, release)
    if opens is None or release.stage not in OPEN_AT[Phase.POST_SOON] or at >= opens + DAY:
        return ()
    return (once(ReminderKind.LIST_OPENS, release, opens, grace=DAY),)
