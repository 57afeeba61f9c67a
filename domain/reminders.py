"""Everything that is said at a moment of its own, derived from state and never stored twice (spec 3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.approvals import Tally
from domain.calendar.announcements import Announcement
from domain.calendar.exceptions import FreezeException
from domain.calendar.gate import GateAnswer
from domain.calendar.hours import timetable
from domain.calendar.quiet import CAN_WAIT, QuietHours
from domain.calendar.rules import WeeklyWindow
from domain.calendar.slots import Slot
from domain.in_flight import interrupts
from domain.policy import Policy, RollbackPolicy, TypePolicy
from domain.release import Release
from domain.rollback import Room, RoomState, StepState
from domain.types import BEFORE_DEPLOY, URGENT, ReminderKind, Stage

DAY = timedelta(days=1)
CALENDAR = "calendar"
PERSONAL = ""
"""Stands for the project of what is a person's own and no project's: no project has an empty key."""
ASK_ROLLOUT_EVERY = timedelta(minutes=15)
"""A canary is never left undecided (spec 3.2)."""
ESCALATE_FROM = 2  # the second reminder that nobody answered also goes to the next role


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """Something to say at `due`; from `expires` on it is stale and only recorded.

    `key` is unique within a project and the same whenever the same thing is derived again. `subject` is
    `calendar`, a release, a room, an exception or a person; `about` a user id, a step or a day, as the kind
    needs it.
    """

    key: str
    kind: ReminderKind
    subject: str
    due: datetime
    expires: datetime
    about: str = ""
    count: int = 0
    announcement: Announcement | None = None

    @property
    def waited(self) -> bool:
        """Whether quiet hours held it back."""
        return self.announcement is not None and self.due > self.announcement.due


def of_announcement(
    announcement: Announcement, quiet: QuietHours | None = None, zone: ZoneInfo | None = None
) -> Reminder:
    """What can wait is due when the channel's `quiet` hours, in `zone`, are over."""
    over = None
    if quiet and zone and announcement.kind in CAN_WAIT:
        over = quiet.over_at(announcement.due, zone)
    return Reminder(
        key=announcement.key,
        kind=ReminderKind.ANNOUNCEMENT,
        subject=CALENDAR,
        due=over or announcement.due,
        expires=announcement.expires,
        announcement=announcement,
    )


# --- releases ---------------------------------------------------------------------------------------------


def of_release(
    release: Release,
    policy: Policy,
    tally: Tally | None,
    zones: Mapping[str, str],
    slot: Slot | None,
    at: datetime,
) -> tuple[Reminder, ...]:
    """What a release will have to be reminded of, from its state at `at`. `zones` are approvers' zones."""
    rules = policy.of(release.type)
    found: list[Reminder] = []
    if release.stage is Stage.APPROVAL and release.approval_asked_at and tally:
        found += _approvals(release, policy, tally, zones, at)
        found.append(
            _once(
                ReminderKind.APPROVAL_LAPSES, release, release.approval_asked_at + rules.pending_lapses_after
            )
        )
    if release.stage is Stage.APPROVED and release.approval_until:
        found.append(_once(ReminderKind.APPROVAL_LAPSES, release, release.approval_until))
    if release.soak_until and release.stage in {Stage.QA, Stage.APPROVAL, Stage.APPROVED}:
        found.append(_once(ReminderKind.SOAK_OVER, release, release.soak_until, grace=DAY))
    if release.stage is Stage.RELEASED and release.monitoring_until:
        found.append(_once(ReminderKind.MONITORING_OVER, release, release.monitoring_until))
    if slot and slot.window_close_at and release.stage in BEFORE_DEPLOY:
        found.append(_once(ReminderKind.MISSED_WINDOW, release, slot.window_close_at, grace=7 * DAY))
    return tuple(found)


def of_gate(release: Release, next_change: datetime | None, at: datetime) -> tuple[Reminder, ...]:
    """When time alone changes what the card says: the gate opens or closes, or the code freeze begins."""
    if release.stage not in BEFORE_DEPLOY | {Stage.ON_HOLD, Stage.DEPLOYING}:
        return ()
    moments = [moment for moment in (next_change, release.freeze_at) if moment is not None and moment > at]
    return (_once(ReminderKind.GATE_TURNS, release, min(moments)),) if moments else ()


def of_rollout(release: Release, answer: GateAnswer | None, at: datetime) -> tuple[Reminder, ...]:
    """When the gate closes or opens on a rollout, at once where it has; and when whoever decides is asked
    again because users are left on two versions.
    """
    found = list(of_gate(release, answer.next_change if answer else None, at))
    if interrupts(release, answer):
        found = [_once(ReminderKind.GATE_TURNS, release, at)]
    rollout = release.rollout
    if release.stage is Stage.DEPLOYING and rollout and rollout.interruption and rollout.undecided:
        since = rollout.interruption.since
        count = (at - since) // ASK_ROLLOUT_EVERY + 1
        due = since + count * ASK_ROLLOUT_EVERY
        again = _once(ReminderKind.ROLLOUT_UNDECIDED, release, due, grace=ASK_ROLLOUT_EVERY)
        found.append(replace(again, count=count))
    return tuple(found)


def _once(kind: ReminderKind, release: Release, due: datetime, grace: timedelta = 3650 * DAY) -> Reminder:
    """A state's end: however late it is noticed within `grace`, it still matters."""
    return Reminder(
        key=f"{kind}:{release.id}:{release.rc}:{due.isoformat()}",
        kind=kind,
        subject=release.id,
        due=due,
        expires=due + grace,
        count=release.rc,
    )


def _approvals(
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


def working_time(
    start: datetime, needed: timedelta, hours: tuple[WeeklyWindow, ...], zone: ZoneInfo
) -> datetime:
    """When `needed` of working time has passed since `start`; for none, the next working instant."""
    table = timetable(hours, zone)
    at, left = start, needed
    horizon = start + 28 * DAY + 5 * needed
    while at < horizon:
        now = table.state(at)
        if now.within and (now.until is None or at + left <= now.until):
            return at + left
        if now.until is None:
            break
        left -= now.until - at if now.within else timedelta(0)
        at = now.until
    return horizon


# --- exceptions -------------------------------------------------------------------------------------------


def of_exception(exception: FreezeException) -> tuple[Reminder, ...]:
    """When time alone ends what it is now."""
    due = exception.ends_at
    if due is None:
        return ()
    kind = ReminderKind.EXCEPTION_ENDS
    key = f"{kind}:{exception.id}:{due.isoformat()}"
    return (Reminder(key=key, kind=kind, subject=exception.id, due=due, expires=due + 3650 * DAY),)


# --- rooms --------------------------------------------------------------------------------------------------


def of_room(room: Room, policy: RollbackPolicy, at: datetime) -> tuple[Reminder, ...]:
    """What a war room will have to be reminded of, from its state at `at`."""
    return (*_seat(room, policy, at), *_budgets(room), *_postmortem(room, policy, at))


def _seat(room: Room, policy: RollbackPolicy, at: datetime) -> Iterable[Reminder]:
    since = room.declared_at or room.opened_at
    if room.commander or room.state not in {RoomState.OPEN, RoomState.ROLLING_BACK} or not room.declared_at:
        return
    count = max(0, (at - since) // policy.ask_seat_every) + 1
    due = since + count * policy.ask_seat_every
    yield _room(ReminderKind.SEAT_EMPTY, room, due, due + policy.ask_seat_every, about="", count=count)


def _budgets(room: Room) -> Iterable[Reminder]:
    for step in room.steps:
        if step.state is StepState.RUNNING and step.started_at and not step.warned:
            due = step.started_at + step.budget
            yield _room(ReminderKind.OVER_BUDGET, room, due, due + DAY, about=step.key)


def _postmortem(room: Room, policy: RollbackPolicy, at: datetime) -> Iterable[Reminder]:
    if room.postmortem_due is None or room.postmortem_done_at:
        return
    soon = room.postmortem_due - policy.postmortem_reminder
    yield _room(ReminderKind.POSTMORTEM_SOON, room, soon, room.postmortem_due)
    late = (at - room.postmortem_due) // DAY + 1 if at >= room.postmortem_due else 0
    due = room.postmortem_due + late * DAY
    yield _room(ReminderKind.POSTMORTEM_OVERDUE, room, due, due + DAY, count=late)


def _room(
    kind: ReminderKind, room: Room, due: datetime, expires: datetime, about: str = "", count: int = 0
) -> Reminder:
    return Reminder(
        key=f"{kind}:{room.id}:{about}:{due.isoformat()}",
        kind=kind,
        subject=room.id,
        due=due,
        expires=expires,
        about=about,
        count=count,
    )
