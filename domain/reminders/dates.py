"""Reminders of a release's planned dates: QA that is due, an urgent deploy ahead, the window that closes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.announcements import START_GRACE
from domain.calendar.slots import Slot, qa_ends
from domain.policy import Policy
from domain.release import Release
from domain.reminders.model import DAY, Reminder, once
from domain.types import BEFORE_DEPLOY, BEFORE_QA_ENDS, URGENT, ReminderKind

URGENT_LEAD = timedelta(minutes=30)
"""How long before its deploy urgent work is announced (spec 3.3)."""


def of_slot(release: Release, policy: Policy, slot: Slot) -> Iterator[Reminder]:
    """When the planned QA, and the release window, of a release before its deploy are over."""
    ends = qa_due(policy, slot)
    if ends and release.stage in BEFORE_QA_ENDS:
        over = max(slot.deploy_at, ends + START_GRACE)
        yield _dated(ReminderKind.QA_DUE, release, ends, due=ends, expires=over)
    closes = slot.window_close_at
    if closes and release.stage in BEFORE_DEPLOY:
        yield once(ReminderKind.MISSED_WINDOW, release, closes, grace=7 * DAY)


def qa_due(policy: Policy, slot: Slot) -> datetime | None:
    """When the slot's QA is due."""
    return qa_ends(slot, rules=policy.calendar, zone=ZoneInfo(policy.zone))


def of_urgent(release: Release, at: datetime) -> tuple[Reminder, ...]:
    """The announcement of an urgent deploy: at once where less than the lead is left, until it is time."""
    deploy_at = release.deploy_at
    waits = release.type in URGENT and release.stage in BEFORE_DEPLOY
    if not waits or deploy_at is None or deploy_at <= at:
        return ()
    due = max(deploy_at - URGENT_LEAD, at)
    return (_dated(ReminderKind.URGENT_AHEAD, release, deploy_at, due=due, expires=deploy_at),)


def _dated(
    kind: ReminderKind, release: Release, moment: datetime, *, due: datetime, expires: datetime
) -> Reminder:
    """Once for each `moment` that the release is planned for, whatever candidate is built meanwhile."""
    return Reminder(
        key=f"{kind}:{release.id}:{moment.isoformat()}",
        kind=kind,
        subject=release.id,
        due=due,
        expires=expires,
        occasion=moment.isoformat(),
    )
