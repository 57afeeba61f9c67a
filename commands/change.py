"""Save a changed release with all that follows: stage time, audit, messages, reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from commands import context, outlook, schema
from commands.context import Case
from commands.deploys import left
from commands.digests import plan as digests
from commands.exceptions import judging
from commands.record import record, refresh, request, send
from commands.rollout import downtime
from commands.taken import taken_dates
from commands.year import surface
from domain import reminders
from domain.calendar.announcements import announcements
from domain.calendar.entries import Calendar
from domain.calendar.gate import gate
from domain.calendar.quiet import LONGEST
from domain.events import Event
from domain.involvement import named
from domain.people import Origin
from domain.project import Project
from domain.release import Release
from domain.reminders.downtime import of_downtime
from domain.types import Stage
from storage import outbox, people, projects, releases
from storage import reminders as stored
from storage.db import Tx
from storage.ids import new_id

HORIZON = timedelta(days=35)


def save(
    tx: Tx, found: Case, after: Release, origin: Origin, events: Sequence[Event], *, answered: bool = False
) -> Release:
    """Write the release and everything that its change brings along."""
    before = found.release
    saved = releases.save(tx, before, after, origin.actor.user)
    record(tx, origin, found.project, events, release=saved, answered=answered)
    if _request_left(before, saved):
        outbox.add(tx, request(found.project, before, new_id()))
    if before.stage is not saved.stage:
        _refresh_waiting(tx, found.project, saved)
        schema.refresh_waiting(tx, found.project, saved.id)
        judging.ask_due(tx, found.project, found.roster, saved)
    plan_release(tx, Case(found.project, saved, found.roster, found.at))
    now = Case(found.project, saved, found.roster, found.at)
    left.follow(tx, now, before, origin)
    downtime.follow(tx, now, before, origin)
    if new := named(saved) - named(before):
        digests.plan(tx, new)
    if _dates(before) != _dates(saved):
        plan_calendar(tx, found.project)
    return saved


def _request_left(before: Release, saved: Release) -> bool:
    """Whether the approval request lost its meaning: its buttons go."""
    return before.approval_asked_at is not None and saved.approval_asked_at is None


def _refresh_waiting(tx: Tx, project: Project, moved: Release) -> None:
    """The cards of approved releases say which other release they wait for, a mended one's by which."""
    for other in releases.live(tx, project.key):
        if (other.stage is Stage.APPROVED and other.id != moved.id) or other.id == moved.parent:
            outbox.add(tx, refresh(project, other, new_id()))


def _dates(release: Release) -> tuple[object, ...]:
    """What the calendar's announcements depend on."""
    waits = release.stage is Stage.APPROVED
    return release.deploy_at, release.freeze_at, release.freeze_lifted_at, waits, str(release.version)


def plan_release(tx: Tx, found: Case) -> None:
    """Derive the release's reminders again from its state."""
    release = found.release
    tally = context.tally_of(tx, found) if release.stage is Stage.APPROVAL else None
    zones = {}
    if tally:
        zones = {user: person.zone for user, person in people.many(tx, tally.waiting_for).items()}
    calendar = context.calendar_of(tx, found.project, found.at)
    slot = context.slot_of(found.project, release, calendar)
    wanted = reminders.of_release(release, found.project.policy, tally, zones, slot, found.at)
    if release.stage is Stage.DEPLOYING:
        in_flight = context.gate_in_flight(tx, found.project, release, found.at)
        policy = found.project.policy
        every, patience = policy.rollout_of(release.type).ask_every, policy.health.too_old
        turns = reminders.of_rollout(release, in_flight, found.at, every=every, patience=patience)
    else:
        answer = gate(calendar, question=context.question(found.project, release), at=found.at)
        turns = reminders.of_gate(release, answer.next_change, found.at)
    urgent = reminders.of_urgent(release, found.at)
    lists = reminders.of_lists(release, found.at)
    at_once = (*turns, *urgent, *lists, *of_downtime(release, found.project.policy, found.at))
    stored.plan(tx, found.project.key, release.id, (*wanted, *at_once), after=found.at)
    stored.add(tx, found.project.key, (one for one in at_once if one.due <= found.at))


def calendar_changed(tx: Tx, project: Project, before: Calendar, origin: Origin) -> None:
    """What is announced, and what the cards of the releases under way show, follows the calendar.

    Whose planned deploy is closed now and was not `before` is told, with the nearest free times.
    """
    plan_calendar(tx, project)
    roster = people.roster(tx, project.key)
    live = releases.live(tx, project.key)
    send(tx, project, origin, taken_dates(tx, project, live, before))
    for release in live:
        outbox.add(tx, refresh(project, release, new_id()))
        plan_release(tx, Case(project, release, roster, tx.now()))


def plan_calendar(tx: Tx, project: Project) -> None:
    """Derive the announcements to come again from the calendar as it stands now."""
    at = tx.now()
    until = max(at + HORIZON, projects.planned_until(tx, project.key) or at)
    stored.plan(tx, project.key, reminders.CALENDAR, _announcements(tx, project, at, until), after=at)
    projects.set_planned_until(tx, project.key, until)
    outlook.refresh(tx, project)
    surface.refresh(tx, project)


def shortest_plan(at: datetime) -> datetime:
    """Up to here every project must be planned: the horizon, give or take a day."""
    return at + HORIZON - timedelta(days=1)


def extend_plan(tx: Tx, project: Project) -> None:
    """Plan on to the horizon from where the plan ends: after a long pause nothing in between is missing."""
    at = tx.now()
    planned = projects.planned_until(tx, project.key)
    if planned is None:
        plan_calendar(tx, project)
    elif planned < shortest_plan(at):
        until = at + HORIZON
        stored.add(tx, project.key, _announcements(tx, project, planned, until))
        projects.set_planned_until(tx, project.key, until)


def _announcements(tx: Tx, project: Project, since: datetime, until: datetime) -> list[reminders.Reminder]:
    """What becomes due from `since` on; quiet hours may hold back what was due before."""
    calendar = context.calendar_of(tx, project, tx.now())
    live = context.planned(project, releases.live(tx, project.key))
    quiet = project.policy.quiet_hours
    begins = since - LONGEST if quiet else since
    found = announcements(calendar, releases=live, since=begins, until=until)
    wanted = (reminders.of_announcement(item, quiet, calendar.tz) for item in found)
    return [reminder for reminder in wanted if reminder.due >= since]
