"""What a person answers to a reminder: that they have seen it, or later; only they are spared it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar.days_off import is_working
from domain.calendar.rules import CalendarRules
from domain.calendar.zones import instant, local_day
from domain.refusals import AlreadySo, Gone, Refused
from domain.reminders.model import DAY, FOR_GOOD, Reminder
from domain.types import ReminderKind

_MORNING = time(9)


class Later(StrEnum):
    """Until when a person puts a reminder off."""

    QUARTER = "15m"
    HOUR = "1h"
    THREE_HOURS = "3h"
    MORNING = "morning"  # 09:00 of the next working day, in the person's zone


_FOR = {
    Later.QUARTER: timedelta(minutes=15),
    Later.HOUR: timedelta(hours=1),
    Later.THREE_HOURS: timedelta(hours=3),
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Given `at`; without `until` it is that they have seen it, and holds until it is taken back."""

    at: datetime
    until: datetime | None = None


def until(later: Later, at: datetime, rules: CalendarRules, zone: ZoneInfo) -> datetime:
    """When a reminder that is put off at `at` comes again; `zone` is the person's."""
    if later is not Later.MORNING:
        return at + _FOR[later]
    day = local_day(at, zone) + DAY
    while not is_working(day, rules.holidays, rules.weekend):
        day += DAY
    return instant(day, _MORNING, zone=zone)


def seen(before: Answer | None, at: datetime) -> Answer:
    """Raises Refused(AlreadySo) for who has said so."""
    if before is not None and before.until is None:
        raise Refused(AlreadySo("reminder_seen"))
    return Answer(at=at)


def taken_back(before: Answer | None, at: datetime) -> None:
    """Raises Refused(Gone) where no answer holds any more."""
    if before is None or not withheld(before, at):
        raise Refused(Gone("reminder_answer"))


def withheld(answer: Answer | None, due: datetime) -> bool:
    """Whether this person is spared a reminder due then: at the moment until which they put it off, the one
    that they asked for comes, and no second one beside it.
    """
    return answer is not None and (answer.until is None or due <= answer.until)


def snoozed(reminder: Reminder, user: str, again_at: datetime) -> Reminder:
    """The moment at which somebody is reminded again, however late; its subject is its own, so that it stays
    when the reminders of the release are derived again.
    """
    return Reminder(
        key=f"{ReminderKind.SNOOZED}:{reminder.matter}:{user}:{again_at.isoformat()}",
        kind=ReminderKind.SNOOZED,
        subject=f"{ReminderKind.SNOOZED}:{reminder.matter}",
        due=again_at,
        expires=again_at + FOR_GOOD,
        about=user,
        occasion=reminder.key,
    )


def comes_again(answer: Answer | None, due: datetime) -> bool:
    """Whether the person still waits for a reminder at `due`: no other answer was given since."""
    return answer is not None and answer.until == due
