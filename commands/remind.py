"""What is due is said, asked, or skipped with a record: once, whatever restarts in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from commands import ask_git, context, in_flight, outlook
from commands.approvals import TIME, lapse
from commands.change import extend_plan, plan_release, shortest_plan
from commands.exceptions import ends
from commands.record import copies, record, refresh, send
from commands.rollback import remind as rooms
from commands.start import free_slots
from domain.calendar.announcements import Announcement, AnnouncementKind, announcements
from domain.calendar.blackouts import Blackout, BlackoutKind
from domain.errands import (
    Announce,
    ApprovalWaiting,
    InChannel,
    InThread,
    MissedWindow,
    MonitoringOver,
    Place,
    Said,
    SoakOver,
    SurfaceKind,
    ToPerson,
)
from domain.events import Announced, AnnouncementSkipped
from domain.people import BOT, Origin, Role, Via
from domain.project import Project
from domain.release import Release
from domain.reminders import CALENDAR, ESCALATE_FROM, Reminder
from domain.types import PLANNED, ReminderKind, Stage
from storage import audit, outbox, projects, releases, reminders
from storage.db import Tx
from storage.ids import new_id

BATCH = 50
LATE_AFTER = timedelta(minutes=2)
TIMER = Origin(BOT, Via.TIMER)
_INSTANT = timedelta(microseconds=1)


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
    if (found := projects.get(tx, project)) is not None:
        _skip(tx, found, reminder, "failed")
    reminders.end(tx, project, reminder, "skipped")


def _end(tx: Tx, key: str, reminder: Reminder) -> None:
    project = projects.get(tx, key)
    done = project is not None and _handle(tx, project, reminder)
    reminders.end(tx, key, reminder, "done" if done else "skipped")


def plans_short(tx: Tx) -> bool:
    """Whether some project's plan ends too soon."""
    return projects.any_plan_short(tx, shortest_plan(tx.now()))


def extend_plans(tx: Tx) -> None:
    """Keep the announcements planned to the horizon."""
    for project in projects.every(tx):
        extend_plan(tx, project)


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
    if not stale or not _wanted(tx, project, reminder):
        return "moot"
    return "quiet" if reminder.waited else "stale"


def _wanted(tx: Tx, project: Project, reminder: Reminder) -> bool:
    """Whether it would have been said in its time: what fell due before it may have ended it."""
    found = reminder.announcement
    return found is None or _still_holds(tx, project, found)


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
        case ReminderKind.ANNOUNCEMENT if _is_outlook(reminder):
            return _outlook(tx, project, reminder, late=late)
        case ReminderKind.ANNOUNCEMENT:
            said = _announcement(tx, project, reminder)
        case ReminderKind.APPROVAL_WAITING:
            said = _approval_waiting(tx, reminder)
        case ReminderKind.APPROVAL_LAPSES:
            return _approval_lapses(tx, reminder)
        case ReminderKind.SOAK_OVER | ReminderKind.MISSED_WINDOW | ReminderKind.ROLLOUT_UNDECIDED:
            said = _of_release(tx, project, reminder)
        case ReminderKind.MONITORING_OVER:
            return _monitoring_over(tx, project, reminder)
        case ReminderKind.GATE_TURNS:
            return in_flight.gate_turned(tx, project, reminder)
        case (
            ReminderKind.SEAT_EMPTY
            | ReminderKind.OVER_BUDGET
            | ReminderKind.POSTMORTEM_SOON
            | ReminderKind.POSTMORTEM_OVERDUE
            | ReminderKind.EXCEPTION_ENDS
        ):
            return _of_others(tx, project, reminder, late=late)
        case _:
            assert_never(reminder.kind)
    if not said:
        return False
    _say(tx, project, reminder, said, late=late)
    return True


def _of_others(tx: Tx, project: Project, reminder: Reminder, *, late: bool) -> bool:
    """What is neither the calendar's nor a release's knows itself what to say."""
    if reminder.kind is ReminderKind.EXCEPTION_ENDS:
        return ends.run_out(tx, project, reminder, late=late)
    return rooms.fire(tx, project, reminder, late=late)


def _say(tx: Tx, project: Project, reminder: Reminder, said: list[tuple[Place, Said]], *, late: bool) -> None:
    kind = reminder.announcement.kind if reminder.announcement else reminder.kind
    audit.append(tx, TIMER, project.key, [Announced(announcement=reminder.key, kind=kind, late=late)])
    if kind not in project.policy.mute:
        send(tx, project, TIMER, said, late=late)


# --- the calendar's announcements -------------------------------------------------------------------------


def _announcement(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """Checked against the calendar as it is now: what was moved or removed meanwhile is not said."""
    found = reminder.announcement
    if found is None or not _still_holds(tx, project, found):
        return []
    if found.kind is AnnouncementKind.FREEZE_STARTED:
        ask_git.read(tx, project)  # what is on its branches by now came before it
    live = releases.live(tx, project.key)
    release = next((r for r in live if r.id == found.subject), None)
    ready = tuple(str(r.version) for r in live if r.stage is Stage.APPROVED and r.type in PLANNED)
    blackout = _blackout(tx, project, found)
    said = Announce(
        announcement=found,
        version=str(release.version) if release else "",
        ready=ready,
        name=blackout.name if blackout else "",
        maintenance=blackout is not None and blackout.kind is BlackoutKind.MAINTENANCE,
    )
    places: list[Place] = [InChannel(project.channel)]
    if found.kind is AnnouncementKind.NO_DEPLOY_IN_AN_HOUR:
        owners = dict.fromkeys(r.captain for r in live if r.stage is Stage.APPROVED and r.captain)
        places += [ToPerson(user) for user in owners]
    return [(place, said) for place in places]


def _is_outlook(reminder: Reminder) -> bool:
    found = reminder.announcement
    return found is not None and found.kind is AnnouncementKind.OUTLOOK


def _outlook(tx: Tx, project: Project, reminder: Reminder, *, late: bool) -> bool:
    found = reminder.announcement
    if found is None or not _still_holds(tx, project, found):
        return False
    event = Announced(announcement=reminder.key, kind=found.kind, late=late)
    audit.append(tx, TIMER, project.key, [event])
    if found.kind not in project.policy.mute:
        outlook.post(tx, project, found.subject)
    return True


def _still_holds(tx: Tx, project: Project, found: Announcement) -> bool:
    calendar = context.calendar_of(tx, project, tx.now())
    planned = context.planned(project, releases.live(tx, project.key))
    now = announcements(calendar, releases=planned, since=found.due, until=found.due + _INSTANT)
    return found.key in {item.key for item in now}


def _blackout(tx: Tx, project: Project, found: Announcement) -> Blackout | None:
    return context.calendar_of(tx, project, tx.now()).blackout(found.subject)


# --- releases ---------------------------------------------------------------------------------------------


def _of_release(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    if reminder.kind is ReminderKind.SOAK_OVER:
        return _soak_over(tx, project, reminder)
    if reminder.kind is ReminderKind.MISSED_WINDOW:
        return _missed_window(tx, project, reminder)
    return in_flight.undecided(tx, reminder)


def _approval_waiting(tx: Tx, reminder: Reminder) -> list[tuple[Place, Said]]:
    release = releases.get(tx, reminder.subject)
    if release is None or release.stage is not Stage.APPROVAL or release.approval_asked_at is None:
        return []
    found = context.case(tx, release.id)
    tally = context.tally_of(tx, found)
    if reminder.about not in tally.waiting_for:
        return []
    said = ApprovalWaiting(
        release=release.id,
        version=str(release.version),
        asked_at=release.approval_asked_at,
        waiting_for=tally.waiting_for,
    )
    told: list[tuple[Place, Said]] = [(ToPerson(reminder.about), said)]
    if reminder.about == tally.waiting_for[0]:
        told.append((InThread(release.id), said))
    if reminder.count >= ESCALATE_FROM:
        told += _escalated(found, said, reminder.count)
    return told


def _escalated(found: context.Case, said: ApprovalWaiting, count: int) -> list[tuple[Place, Said]]:
    """From the second reminder on, one more role of the policy's ladder is told each time."""
    ladder = found.project.policy.of(found.release.type).escalate_to
    if not ladder:
        return []
    role = ladder[min(count - ESCALATE_FROM, len(ladder) - 1)]
    people = sorted(found.roster.holders(role) - set(said.waiting_for))
    return [(ToPerson(user), replace(said, escalated=role)) for user in people]


def _approval_lapses(tx: Tx, reminder: Reminder) -> bool:
    release = releases.get(tx, reminder.subject)
    waits = release is not None and release.stage in {Stage.APPROVAL, Stage.APPROVED}
    if release is None or not waits or release.rc != reminder.count:
        return False
    if reminder.due not in {release.approval_until, _pending_until(tx, release)}:
        return False
    lapse(tx, context.case(tx, release.id), TIMER, TIME)
    return True


def _pending_until(tx: Tx, release: Release) -> datetime | None:
    """When a request lapses that is not granted by then."""
    if release.stage is not Stage.APPROVAL or release.approval_asked_at is None:
        return None
    rules = context.project_of(tx, release.project).policy.of(release.type)
    return release.approval_asked_at + rules.pending_lapses_after


def _soak_over(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    release = releases.get(tx, reminder.subject)
    if release is None or release.soak_until != reminder.due or release.rc != reminder.count:
        return []
    _show_again(tx, project, reminder)
    said = SoakOver(release=release.id, version=str(release.version))
    return [(InThread(release.id), said), (ToPerson(release.captain), said)]


def _show_again(tx: Tx, project: Project, reminder: Reminder) -> bool:
    """Time alone has changed what the card shows: nobody is told, whoever looks sees it."""
    release = releases.get(tx, reminder.subject)
    if release is not None:
        outbox.add(tx, refresh(project, release, new_id()))
    return release is not None


def _monitoring_over(tx: Tx, project: Project, reminder: Reminder) -> bool:
    """The release manager is asked whether to close: readings decide by themselves later."""
    release = releases.lock(tx, reminder.subject)
    if release is None or release.stage is not Stage.RELEASED or release.close_asked_at is not None:
        return False
    found = context.case(tx, release.id)
    saved = releases.save(tx, release, replace(release, close_asked_at=tx.now()), "")
    audit.append(tx, TIMER, project.key, [Announced(announcement=reminder.key, kind=reminder.kind)])
    outbox.add(tx, refresh(project, saved, new_id()))
    managers = found.roster.holders(Role.RELEASE_MANAGER)
    asked = [release.captain] if release.captain in managers else sorted(managers)
    copies(tx, SurfaceKind.CLOSE_QUESTION, release.id, asked)
    said = MonitoringOver(release=release.id, version=str(release.version))
    send(tx, project, TIMER, [(InThread(release.id), said)])
    return True


def _missed_window(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """At closing: what it still waited for, and the next slots; the freeze stays (spec 3.3)."""
    release = releases.get(tx, reminder.subject)
    if release is None or release.deploy_at is None:
        return []
    slot = context.slot_of(project, release, context.calendar_of(tx, project, tx.now()))
    missed = slot is not None and slot.window_close_at == reminder.due
    if not missed or release.stage in {Stage.DEPLOYING, Stage.VERIFYING} or release.type not in PLANNED:
        return []
    said = MissedWindow(
        release=release.id,
        version=str(release.version),
        waiting_on=release.stage,
        next_slots=tuple(s.deploy_at for s in free_slots(tx, project, release.type, tx.now(), limit=3)),
    )
    return [(InThread(release.id), said), (ToPerson(release.captain), said)]
