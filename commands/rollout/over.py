"""The watch of a rollout step is over: it goes on by itself where it may, else its people are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from commands import advance, context
from commands.rollout import begin, fine
from commands.rollout.live import deployers
from domain.criteria.model import Why
from domain.deploys.model import Purpose
from domain.errands import InThread, Place, RolloutUndecided, Said, StepOver, ToPerson
from domain.lifecycle import possible, row_for, who_may
from domain.people import BOT, Origin, Role, Via
from domain.release import Release
from domain.reminders import ESCALATE_FROM, Reminder, readings_missed, step_over, steps_over
from domain.rollout.fine import Breached, NoReading, NotFine
from domain.rollout.model import StepIs
from domain.types import Action
from storage import deploys, people, releases, reminders
from storage.db import Tx

_DECIDES = frozenset(
    {
        Action.STEP_LIVE,
        Action.STEP_DONE,
        Action.PAUSE,
        Action.CONTINUE,
        Action.ROLLOUT_COMPLETE,
        Action.DECLARE_ROLLBACK,
    }
)
_TO_COME = frozenset({Why.NO_READINGS, Why.TOO_FEW, Why.SHORT})
"""Why a criterion cannot be judged that readings yet to come can be judged by."""
TIMER = Origin(BOT, Via.TIMER)


def goes_on(tx: Tx, release: str) -> bool:
    """Whether the next step has begun, because the policy lets it and nothing speaks against it.

    Asked when the watch ends, and with every reading after it: what was missing then may come later.
    """
    before = releases.get(tx, release)
    if before is None or before.rollout is None or not before.rollout.by_itself:
        return False
    found = context.case(tx, release)
    if not begin.automatic(found):  # the policy has changed: people would not know that it is theirs
        return False
    over = step_over(found.release)  # as it is behind the lock
    if over is None or over > found.at or fine.not_fine(tx, found):
        return False
    gate = context.gate_in_flight(tx, found.project, found.release, found.at)
    advance.take(tx, found, Action.STEP_DONE, TIMER, gate=gate)
    return True


def asked(tx: Tx, reminder: Reminder) -> list[tuple[Place, Said]]:
    """The thread, the captain and who runs deploys, while that step is still under way."""
    release = releases.get(tx, reminder.subject)
    if release is None or release.rollout is None or release.rollout.since is None:
        return []
    rollout, since = release.rollout, release.rollout.since
    project = context.project_of(tx, release.project)
    found = context.Case(project, release, people.roster(tx, project.key), tx.now())
    not_fine = fine.not_fine(tx, found) if rollout.by_itself else ()
    if (
        not _is_over(found, reminder)
        or _may_still_come(found, not_fine)
        or _asked_before(tx, found, reminder)
    ):
        return []
    said = StepOver(
        release=release.id,
        version=str(release.version),
        candidate=release.rc,
        step=rollout.step_under_way,
        lasts=reminder.due - since,
        next=rollout.next_step,
        held=rollout.ending,
        not_fine=not_fine,
    )
    return [(InThread(release.id), said), *each(found, deployers(found), said)]


def each(
    found: context.Case, users: Iterable[str], said: StepOver | RolloutUndecided
) -> Iterator[tuple[Place, Said]]:
    """Everybody is asked the same, and shown only what they may do."""
    for user in users:
        roles = context.roles_in(found.release, found.roster, user)
        may = tuple(one for one in said.offered if roles & set(_who(found.release, one)))
        yield ToPerson(user), replace(said, offered=may)


def _who(release: Release, action: Action) -> tuple[Role, ...]:
    return who_may(release, row_for(release, action))


def undecided(tx: Tx, found: context.Case, reminder: Reminder) -> list[tuple[Place, Said]]:
    """Asked again, and from the second time on of the release managers and commanders as well."""
    release, rollout = found.release, found.release.rollout
    if rollout is None or rollout.since is None:
        return []
    asked_from = rollout.waits_since or rollout.late_from
    if asked_from is None or asked_from.isoformat() != reminder.occasion:
        return []
    late = rollout.waits_since is None
    said = RolloutUndecided(
        release=release.id,
        version=found.version,
        candidate=release.rc,
        step=rollout.step_under_way,
        state=StepIs.DONE if rollout.complete else rollout.state(rollout.done),
        since=rollout.since if late else asked_from,
        paused=rollout.paused,
        unheard=rollout.unheard,
        reason=rollout.pause_reason,
        next=rollout.next_step,
        offered=tuple(action for action in possible(release) if action in _DECIDES),
        late=late,
        url=_watched_at(tx, release, rollout.step_under_way) if late else "",
    )
    first = deployers(found)
    told = [(InThread(release.id), said), *each(found, first, said)]
    if reminder.count >= ESCALATE_FROM:
        more = found.roster.anyone((Role.RELEASE_MANAGER, Role.INCIDENT_COMMANDER)) - set(first)
        told += each(found, sorted(more), replace(said, escalated=True))
    return told


def _watched_at(tx: Tx, release: Release, step: str) -> str:
    deployment = deploys.newest(tx, release.id, release.rc, Purpose.STEP, step)
    return deployment.url if deployment else ""


def _is_over(found: context.Case, reminder: Reminder) -> bool:
    return reminder.key in {one.key for one in _moments(found)}


def _moments(found: context.Case) -> tuple[Reminder, ...]:
    return steps_over(found.release, found.project.policy.health.too_old)


def _may_still_come(found: context.Case, not_fine: tuple[NotFine, ...]) -> bool:
    """Whether nothing speaks against it but readings that have had no time to come."""
    rollout = found.release.rollout
    missed = readings_missed(rollout, found.project.policy.health.too_old) if rollout else None
    return bool(not_fine) and missed is not None and found.at < missed and all(map(_only_missing, not_fine))


def _only_missing(one: NotFine) -> bool:
    return isinstance(one, NoReading) or (isinstance(one, Breached) and one.breach.why in _TO_COME)


def _asked_before(tx: Tx, found: context.Case, reminder: Reminder) -> bool:
    """At the earlier one of its moments: the same is not asked twice."""
    earlier = (one.key for one in _moments(found) if one.due < reminder.due)
    return any(reminders.was_said(tx, found.project.key, key) for key in earlier)
