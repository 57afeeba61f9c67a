"""What is due is said, asked, or skipped with a record: once, whatever restarts in between."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from commands import context, in_flight
from commands.change import extend_plan, plan_release, shortest_plan
from commands.criteria import lasting
from commands.deploys import silent
from commands.digests import send as digests
from commands.digests.plan import plan, unplanned
from commands.exceptions import ends
from commands.paging import remind as pages
from commands.record import record
from commands.remind import calendar, still
from commands.remind import releases as of_releases
from commands.remind.say import TIMER, say
from commands.rollback import remind as rooms
from commands.rollout import over
from domain.events import AnnouncementSkipped
from domain.project import Project
from domain.reminders import CALENDAR, PERSONAL, Reminder
from domain.types import ReminderKind
from storage import projects, releases, reminders
from storage.db import Tx

BATCH = 50
LATE_AFTER = timedelta(minutes=2)


def fire_due(tx: Tx) -> int:
    """Handle what is due now, at most a batch. Returns how many, so that the caller comes again."""
    due = due_now(tx)
    for key, reminder in due:
        _end(tx, key, reminder)
    return len(due)


def due_now(tx: Tx) -> list[tuple[str, Reminder]]:
    """A batch of what is due, as (project, reminder), earliest first."""
    return reminders.due(tx, tx.now(), BATCH)


def fire_one(tx: Tx, project: str, reminder: Reminder) -> None:
    """Handle a single one, unless somebody else has meanwhile."""
    if (project, reminder) in due_now(tx):
        _end(tx, project, reminder)


def give_up(tx: Tx, project: str, reminder: Reminder) -> None:
    """One that fails whatever is tried must not hold up the others: recorded as skipped."""
    if project == PERSONAL:
        digests.skip(tx, reminder, "failed")
    elif (found := projects.get(tx, project)) is not None:
        _skip(tx, found, reminder, "failed")
    reminders.end(tx, project, reminder, "skipped")


def _end(tx: Tx, key: str, reminder: Reminder) -> None:
    if key == PERSONAL:
        done = digests.send_due(tx, reminder, late_after=LATE_AFTER)
    else:
        project = projects.get(tx, key)
        done = project is not None and _handle(tx, project, reminder)
    reminders.end(tx, key, reminder, "done" if done else "skipped")


def plans_short(tx: Tx) -> bool:
    """Whether some project's plan ends too soon, or somebody has no digest coming."""
    return projects.any_plan_short(tx, shortest_plan(tx.now())) or bool(unplanned(tx))


def extend_plans(tx: Tx) -> None:
    """Keep the announcements planned to the horizon, and everybody's next digests."""
    for project in projects.every(tx):
        extend_plan(tx, project)
    plan(tx, unplanned(tx))


def _handle(tx: Tx, project: Project, reminder: Reminder) -> bool:
    """Whether it was done; what was not is recorded with its reason."""
    late = tx.now() - reminder.due > LATE_AFTER
    stale = tx.now() >= reminder.expires
    done = not stale and _fire(tx, project, reminder, late=late)
    if not done:
        _skip(tx, project, reminder, _why(tx, project, reminder, stale=stale))
    if reminder.subject != CALENDAR:
        _plan_again(tx, project, reminder.subject)
    return done


def _why(tx: Tx, project: Project, reminder: Reminder, *, stale: bool) -> str:
    if not stale or not calendar.wanted(tx, project, reminder):
        return "moot"
    return "quiet" if reminder.waited else "stale"


def _plan_again(tx: Tx, project: Project, subject: str) -> None:
    release = releases.lock(tx, subject)
    if release is not None:
        plan_release(tx, context.case(tx, release.id))
    else:
        rooms.plan_again(tx, project, subject)


def _skip(tx: Tx, project: Project, reminder: Reminder, why: str) -> None:
    event = AnnouncementSkipped(announcement=reminder.key, kind=reminder.kind, why=why)
    record(tx, TIMER, project, [event])


def _fire(tx: Tx, project: Project, reminder: Reminder, *, late: bool) -> bool:
    """Say it if it still holds; False when it became moot."""
    match reminder.kind:
        case ReminderKind.ANNOUNCEMENT if calendar.is_living(reminder):
            return calendar.post_living(tx, project, reminder, late=late)
        case ReminderKind.ANNOUNCEMENT:
            said = calendar.announcement(tx, project, reminder)
        case ReminderKind.APPROVAL_WAITING | ReminderKind.ITEM_DUE:
            said = still.said_now(tx, project, reminder)
        case ReminderKind.APPROVAL_LAPSES:
            return of_releases.approval_lapses(tx, reminder)
        case (
            ReminderKind.SOAK_OVER
            | ReminderKind.QA_DUE
            | ReminderKind.URGENT_AHEAD
            | ReminderKind.DOWNTIME_AHEAD
            | ReminderKind.DOWNTIME_OVERRUN
            | ReminderKind.MISSED_WINDOW
            | ReminderKind.ROLLOUT_UNDECIDED
            | ReminderKind.STEP_OVER
            | ReminderKind.STILL_VERIFYING
            | ReminderKind.LIST_OPENS
        ):
            return _of_state(tx, project, reminder, late=late)
        case ReminderKind.MONITORING_OVER:
            return of_releases.monitoring_over(tx, project, reminder)
        case ReminderKind.GATE_TURNS:
            return in_flight.gate_turned(tx, project, reminder)
        case (
            ReminderKind.SEAT_EMPTY
            | ReminderKind.OVER_BUDGET
            | ReminderKind.STEP_WAITS
            | ReminderKind.POSTMORTEM_SOON
            | ReminderKind.POSTMORTEM_OVERDUE
            | ReminderKind.ACTION_ITEM
            | ReminderKind.ROOM_TO_CLOSE
            | ReminderKind.EXCEPTION_ENDS
            | ReminderKind.PAGE
            | ReminderKind.BREACH_LASTS
            | ReminderKind.SNOOZED
            | ReminderKind.DIGEST  # no project has one: see _end
            | ReminderKind.DEPLOY_SILENT
            | ReminderKind.BRANCHES  # told when they are read, never at a moment of their own
        ):
            return _of_others(tx, project, reminder, late=late)
        case _:
            assert_never(reminder.kind)
    if not said:
        return False
    say(tx, project, reminder, said, late=late)
    return True


def _of_state(tx: Tx, project: Project, reminder: Reminder, *, late: bool) -> bool:
    """A state of a release has come; where a rollout then goes on by itself, that is told of already."""
    if reminder.kind is ReminderKind.STEP_OVER and over.goes_on(tx, reminder.subject):
        return True
    said = of_releases.of_release(tx, project, reminder)
    of_releases.show_again(tx, project, reminder)
    if said:
        say(tx, project, reminder, said, late=late)
    return bool(said)


def _of_others(tx: Tx, project: Project, reminder: Reminder, *, late: bool) -> bool:
    """What is neither the calendar's nor a release's knows itself what to say."""
    if reminder.kind is ReminderKind.SNOOZED:
        return still.again(tx, project, reminder, late=late)
    if reminder.kind is ReminderKind.DEPLOY_SILENT:
        return silent.fell_silent(tx, project, reminder)
    if reminder.kind is ReminderKind.EXCEPTION_ENDS:
        return ends.run_out(tx, project, reminder, late=late)
    if reminder.kind is ReminderKind.PAGE:
        return pages.fire(tx, reminder)
    if reminder.kind is ReminderKind.BREACH_LASTS:
        return lasting.fire(tx, reminder)
    return rooms.fire(tx, project, reminder, late=late)
