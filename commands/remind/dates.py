"""What is said of a release's planned dates, checked against the dates as they are now."""

from __future__ import annotations

from commands import context
from commands.start import free_slots
from domain.errands import InChannel, InThread, MissedWindow, Place, QaDue, Said, ToPerson, UrgentAhead
from domain.people import Role
from domain.project import Project
from domain.reminders import Reminder, of_urgent, qa_due
from domain.types import BEFORE_QA_ENDS, PLANNED, Stage
from storage import people, releases
from storage.db import Tx


def qa_is_due(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """At the end of the planned QA, while its result is ahead: the thread, the captain and the QA leads."""
    release = releases.get(tx, reminder.subject)
    if release is None or release.deploy_at is None or release.stage not in BEFORE_QA_ENDS:
        return []
    slot = context.slot_of(project, release, context.calendar_of(tx, project, tx.now()))
    if slot is None or qa_due(project.policy, slot) != reminder.due:
        return []
    said = QaDue(
        release=release.id,
        version=str(release.version),
        stage=release.stage,
        due=reminder.due,
        deploy_at=release.deploy_at,
    )
    leads = sorted(people.roster(tx, project.key).holders(Role.QA_LEAD))
    told = dict.fromkeys(user for user in (release.captain, *leads) if user)
    return [(InThread(release.id), said), *((ToPerson(user), said) for user in told)]


def urgent_ahead(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """The project's channel, and those that the policy names."""
    release = releases.get(tx, reminder.subject)
    if release is None or release.deploy_at is None:
        return []
    if reminder.key not in {one.key for one in of_urgent(release, tx.now())}:
        return []
    said = UrgentAhead(
        release=release.id,
        version=str(release.version),
        type=release.type,
        stage=release.stage,
        deploy_at=release.deploy_at,
        captain=release.captain,
    )
    channels = dict.fromkeys((project.channel, *project.policy.announcements.urgent_ahead))
    return [(InChannel(channel), said) for channel in channels]


def missed_window(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
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
