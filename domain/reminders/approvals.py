"""Reminders of approvals that are waited for: when, whom, and from when on the next role as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.approvals import Tally
from domain.calendar.rules import WeeklyWindow
from domain.policy import Policy
from domain.release import Release
from domain.reminders.model import Reminder
from domain.reminders.working import working_time
from domain.type_policy import TypePolicy
from domain.types import URGENT, ReminderKind

ESCALATE_FROM = 2  # the second reminder that nobody answered also goes to the next role


def approvals_waiting(
    release: Release, policy: Policy, tally: Tally, zones: Mapping[str, str], at: datetime
) -> Iterator[Reminder]:
    """The next reminder of everybody who can still fill an open place, in their own working time."""
    assert release.approval_asked_at is not None  # noqa: S101 - narrowed by the caller
    for user in tally.waiting_for:
        zone = ZoneInfo(zones.get(user, policy.zone))
        dues = approval_dues(release, policy.of(release.type), policy.calendar.business_hours, zone)
        for count, due in enumerate(dues, start=1):
            if due > at:
                yield Reminder(
                    key=f"{ReminderKind.APPROVAL_WAITING}:{release.id}:{release.rc}:{user}:{due.isoformat()}",
                    kind=ReminderKind.APPROVAL_WAITING,
                    subject=release.id,
                    due=due,
                    expires=due + policy.of(release.type).remind_every,
                    about=user,
                    count=count,
                    occasion=release.approval_asked_at.isoformat(),
                )
                break


def approval_dues(
    release: Release, rules: TypePolicy, hours: tuple[WeeklyWindow, ...], zone: ZoneInfo
) -> Iterator[datetime]:
    """When one approver is reminded, until the request lapses.

    Urgent types count plain time, planned ones working time in the approver's zone, then daily.
    """
    asked = release.approval_asked_at
    if asked is None:
        return
    lapses = asked + rules.pending_lapses_after
    urgent = release.type in URGENT or not hours
    due = asked + rules.remind_after if urgent else working_time(asked, rules.remind_after, hours, zone)
    while due < lapses:
        yield due
        due += rules.remind_every
        if not urgent:
            due = working_time(due, timedelta(0), hours, zone)
