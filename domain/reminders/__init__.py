"""Everything that is said at a moment of its own, derived from state and never stored twice (spec 3.3)."""

from domain.reminders.answers import Answer, Later
from domain.reminders.approvals import ESCALATE_FROM, approval_dues
from domain.reminders.calendar import of_announcement
from domain.reminders.dates import of_urgent, qa_due
from domain.reminders.deploys import of_deployment
from domain.reminders.exceptions import of_exception
from domain.reminders.items import item_of, of_items, owner_of, subject_of
from domain.reminders.lists import of_lists
from domain.reminders.model import CALENDAR, PERSONAL, Reminder
from domain.reminders.pages import of_page
from domain.reminders.releases import (
    monitoring_over,
    of_gate,
    of_release,
    of_rollout,
    readings_missed,
    step_over,
    steps_over,
    still_verifying,
)
from domain.reminders.rooms import of_room
from domain.reminders.working import working_time

__all__ = [
    "CALENDAR",
    "ESCALATE_FROM",
    "PERSONAL",
    "Answer",
    "Later",
    "Reminder",
    "approval_dues",
    "item_of",
    "monitoring_over",
    "of_announcement",
    "of_deployment",
    "of_exception",
    "of_gate",
    "of_items",
    "of_lists",
    "of_page",
    "of_release",
    "of_rollout",
    "of_room",
    "of_urgent",
    "owner_of",
    "qa_due",
    "readings_missed",
    "step_over",
    "steps_over",
    "still_verifying",
    "subject_of",
    "working_time",
]
