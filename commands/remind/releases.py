"""What a release has to be reminded of, if it still has to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from commands import context, in_flight
from commands.advance import take
from commands.approvals import TIME, lapse
from commands.criteria.verdict import verdict
from commands.health.look import replaced
from commands.record import copies, refresh, send
from commands.remind import dates, lists
from commands.remind.say import TIMER
from commands.rollout import downtime, over
from commands.show.release import look, needed_to_close
from domain.errands import (
    ApprovalWaiting,
    InThread,
    MonitoringOver,
    Place,
    Said,
    SoakOver,
    StillVerifying,
    SurfaceKind,
    ToPerson,
)
from domain.events import Announced
from domain.people import Role
from domain.project import Project
from domain.refusals import Refused
from domain.release import Release
from domain.reminders import ESCALATE_FROM, Reminder
from domain.reminders import monitoring_over as questions
from domain.types import Action, ReminderKind, Stage
from storage import audit, outbox, releases
from storage.db import Tx
from storage.ids import new_id


def of_release(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """What is said of a release's state, without a lock and without saying it; empty once it is settled."""
    return SAYS[reminder.kind](tx, project, reminder)


def approval_waiting(tx: Tx, reminder: Reminder) -> list[tuple[Place, Said]]:
    release = releases.get(tx, reminder.subject)
    if release is None or release.stage is not Stage.APPROVAL or release.approval_asked_at is None:
        return []
    found = look(tx, release.id)
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


def approval_lapses(tx: Tx, reminder: Reminder) -> bool:
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


def _soak_over(tx: Tx, _project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    release = releases.get(tx, reminder.subject)
    if release is None or release.soak_until != reminder.due or release.rc != reminder.count:
        return []
    if release.stage not in {Stage.QA, Stage.APPROVAL, Stage.APPROVED}:
        return []
    said = SoakOver(release=release.id, version=str(release.version))
    return [(InThread(release.id), said), (ToPerson(release.captain), said)]


def show_again(tx: Tx, project: Project, reminder: Reminder) -> None:
    """Time alone has changed what the card shows: nobody is told, whoever looks sees it."""
    release = releases.get(tx, reminder.subject)
    if release is not None:
        outbox.add(tx, refresh(project, release, new_id()))


def monitoring_over(tx: Tx, project: Project, reminder: Reminder) -> bool:
    """Closed by itself where it was measured and is fine; else the release manager is asked whether to."""
    release = releases.lock(tx, reminder.subject)
    if release is None or release.stage is not Stage.RELEASED or release.close_asked_at is not None:
        return False
    found = context.case(tx, release.id)
    said = verdict(tx, found)
    if said.good and _closed(tx, found):
        return True
    saved = releases.save(tx, release, replace(release, close_asked_at=tx.now()), "")
    audit.append(tx, TIMER, project.key, [Announced(announcement=reminder.key, kind=reminder.kind)])
    outbox.add(tx, refresh(project, saved, new_id()))
    copies(tx, SurfaceKind.CLOSE_QUESTION, release.id, _closers(found))
    over = MonitoringOver(
        release=release.id,
        version=str(release.version),
        candidate=release.rc,
        against=said.against,
        missing=needed_to_close(tx, found) if said.good else (),
        blue=_keeps_blue(release),
        replaced=_replaced_by(tx, release),
    )
    send(tx, project, TIMER, [(InThread(release.id), over)])
    return True


def _closed(tx: Tx, found: context.Case) -> bool:
    """Whether nothing else is missing, such as the merge: that is for people."""
    try:
        take(tx, found, Action.CLOSE, TIMER)
    except Refused:
        return False
    return True


def _keeps_blue(release: Release) -> bool:
    return release.rollout is not None and release.rollout.keeps_blue


def _replaced_by(tx: Tx, release: Release) -> str:
    newer = replaced(tx, release, surely=True)
    return str(newer.version) if newer else ""


def _closers(found: context.Case) -> list[str]:
    """The captain; where that is no release manager, all of these."""
    captain, managers = found.release.captain, found.roster.holders(Role.RELEASE_MANAGER)
    return [captain] if captain in managers else sorted(managers)


def _not_closed(tx: Tx, _project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """Who was asked whether to close, and has put it off."""
    release = releases.get(tx, reminder.subject)
    if release is None or reminder.key not in {one.key for one in questions(release)}:
        return []
    said = MonitoringOver(
        release=release.id,
        version=str(release.version),
        candidate=release.rc,
        blue=_keeps_blue(release),
        replaced=_replaced_by(tx, release),
    )
    return [(ToPerson(user), said) for user in _closers(look(tx, release.id))]


def _still_verifying(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """The thread and who leads the release: verified, fixed forward, or taken back, but not forgotten."""
    release = releases.get(tx, reminder.subject)
    if release is None or release.deployed_at is None or release.stage is not Stage.VERIFYING:
        return []
    if reminder.occasion != release.deployed_at.isoformat():
        return []
    said = StillVerifying(
        release=release.id,
        version=str(release.version),
        candidate=release.rc,
        deployed_at=release.deployed_at,
        monitoring=project.policy.of(release.type).monitoring,
    )
    found = look(tx, release.id)
    return [(InThread(release.id), said), *((ToPerson(user), said) for user in _closers(found))]


def _undecided(tx: Tx, _project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    return in_flight.undecided(tx, reminder)


def _step_over(tx: Tx, _project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    return over.asked(tx, reminder)


SAYS: Mapping[ReminderKind, Callable[[Tx, Project, Reminder], list[tuple[Place, Said]]]] = {
    ReminderKind.SOAK_OVER: _soak_over,
    ReminderKind.QA_DUE: dates.qa_is_due,
    ReminderKind.URGENT_AHEAD: dates.urgent_ahead,
    ReminderKind.DOWNTIME_AHEAD: downtime.ahead,
    ReminderKind.DOWNTIME_OVERRUN: downtime.overrun,
    ReminderKind.MISSED_WINDOW: dates.missed_window,
    ReminderKind.ROLLOUT_UNDECIDED: _undecided,
    ReminderKind.STEP_OVER: _step_over,
    ReminderKind.MONITORING_OVER: _not_closed,
    ReminderKind.STILL_VERIFYING: _still_verifying,
    ReminderKind.LIST_OPENS: lists.opens,
}
