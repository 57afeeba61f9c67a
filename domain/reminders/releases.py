"""Reminders of releases, from their state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.approvals import Tally
from domain.calendar.gate import GateAnswer
from domain.calendar.slots import Slot
from domain.in_flight import interrupts
from domain.policy import Policy
from domain.release import Release
from domain.reminders.approvals import approvals_waiting
from domain.reminders.dates import of_slot
from domain.reminders.model import DAY, Reminder, once
from domain.rollout.model import NO_TIME
from domain.rollout.rollout import Rollout
from domain.types import BEFORE_DEPLOY, ReminderKind, Stage

ASK_ROLLOUT_EVERY = timedelta(minutes=15)
"""A canary is never left undecided (spec 3.2)."""
HALF_AN_HOUR = timedelta(minutes=30)
MERGING = timedelta(minutes=5)
"""Git has so long to merge what was released before people are asked whether it can be closed."""
SHORTEST_MONITORING = timedelta(hours=1)
"""Nobody is asked why it is not verified before, however short it is watched."""


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
        found += approvals_waiting(release, policy, tally, zones, at)
        found.append(
            once(
                ReminderKind.APPROVAL_LAPSES, release, release.approval_asked_at + rules.pending_lapses_after
            )
        )
    if release.stage is Stage.APPROVED and release.approval_until:
        found.append(once(ReminderKind.APPROVAL_LAPSES, release, release.approval_until))
    if release.soak_until and release.stage in {Stage.QA, Stage.APPROVAL, Stage.APPROVED}:
        found.append(once(ReminderKind.SOAK_OVER, release, release.soak_until, grace=DAY))
    found += monitoring_over(release)
    found += still_verifying(release, rules.monitoring, at)
    if slot:
        found += of_slot(release, policy, slot)
    return tuple(found)


def monitoring_over(release: Release) -> tuple[Reminder, ...]:
    """The question whether a release can be closed; soon where it is released only after its monitoring."""
    until = release.monitoring_until
    if release.stage is not Stage.RELEASED or until is None:
        return ()
    return (once(ReminderKind.MONITORING_OVER, release, max(until, release.stage_since + MERGING)),)


def still_verifying(release: Release, monitoring: timedelta, at: datetime) -> tuple[Reminder, ...]:
    """Nobody has verified it in all the time that it was to be watched: asked again each day after `at`."""
    if release.stage is not Stage.VERIFYING or release.deployed_at is None:
        return ()
    since = release.deployed_at + max(monitoring, SHORTEST_MONITORING)
    count = max((at - since) // DAY + 1, 0)
    again = once(ReminderKind.STILL_VERIFYING, release, since + count * DAY, grace=DAY)
    return (replace(again, count=count + 1, occasion=release.deployed_at.isoformat()),)


def of_gate(release: Release, next_change: datetime | None, at: datetime) -> tuple[Reminder, ...]:
    """When time alone changes what the card says: the gate opens or closes, or the code freeze begins."""
    if release.stage not in BEFORE_DEPLOY | {Stage.ON_HOLD, Stage.DEPLOYING}:
        return ()
    moments = [moment for moment in (next_change, release.freeze_at) if moment is not None and moment > at]
    return (once(ReminderKind.GATE_TURNS, release, min(moments)),) if moments else ()


def of_rollout(
    release: Release,
    answer: GateAnswer | None,
    at: datetime,
    *,
    every: timedelta = HALF_AN_HOUR,
    patience: timedelta = NO_TIME,
) -> tuple[Reminder, ...]:
    """When the gate closes or opens on a rollout, at once where it has; and when whoever decides is asked
    again because users are left on two versions. `patience` is as in `steps_over`.
    """
    found = list(of_gate(release, answer.next_change if answer else None, at))
    if interrupts(release, answer):
        found = [once(ReminderKind.GATE_TURNS, release, at)]
    rollout = release.rollout
    if release.stage is Stage.DEPLOYING and rollout and rollout.interruption and rollout.undecided:
        found.append(_asked_again(release, rollout.interruption.since, at, ASK_ROLLOUT_EVERY))
    elif release.stage is Stage.DEPLOYING and rollout and rollout.waits_since:
        found.append(_asked_again(release, rollout.waits_since, at, every))
    elif release.stage is Stage.DEPLOYING and rollout and rollout.late_from:
        found.append(_asked_again(release, rollout.late_from, at, every, first=0))
    return (*found, *steps_over(release, patience))


def _asked_again(
    release: Release, since: datetime, at: datetime, every: timedelta, *, first: int = 1
) -> Reminder:
    """The next time after `at` that is so many times `every` after `since`: `first` times, or more."""
    times = max((at - since) // every + 1, first)
    again = once(ReminderKind.ROLLOUT_UNDECIDED, release, since + times * every, grace=every)
    return replace(again, count=times - first + 1, occasion=since.isoformat())


def steps_over(release: Release, patience: timedelta) -> tuple[Reminder, ...]:
    """When its watch is over; and once more when its readings have had their time to come, where that is
    later and it goes on by itself.
    """
    rollout, over = release.rollout, step_over(release)
    if rollout is None or over is None:
        return ()
    missed = readings_missed(rollout, patience)
    moments = [over, missed] if missed and missed > over else [over]
    return tuple(_step_over(release, rollout, moment) for moment in moments)


def _step_over(release: Release, rollout: Rollout, over: datetime) -> Reminder:
    """Two steps without a watch may be live at the same moment under a deployer: each is told of."""
    found = once(ReminderKind.STEP_OVER, release, over, grace=DAY)
    return replace(found, key=f"{found.key}:{rollout.step_under_way}")


def readings_missed(rollout: Rollout, patience: timedelta) -> datetime | None:
    """From when on a reading of the live step that has not come is missed; None where nobody waits for it."""
    live = rollout.times_of(rollout.done).live
    return live + patience if live and rollout.by_itself else None


def step_over(release: Release) -> datetime | None:
    """When the rollout step under way has been watched for its time; None while it is paused (spec 3.3)."""
    rollout = release.rollout
    if release.stage is not Stage.DEPLOYING or rollout is None or rollout.since is None:
        return None
    if rollout.complete or (rollout.paused and not rollout.ending):
        return None
    return rollout.watch_until if rollout.by_itself or rollout.planned(rollout.done).watch else None
