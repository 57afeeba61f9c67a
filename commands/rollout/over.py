"""The watch of a rollout step is over: it goes on by itself where it may, else its people are asked."""

from __future__ import annotations

from commands import advance, context
from commands.rollout import fine
from commands.rollout.live import deployers
from domain.errands import InThread, Place, Said, StepOver, ToPerson
from domain.people import BOT, Origin, Via
from domain.release import Release
from domain.reminders import Reminder, step_over
from domain.types import Action
from storage import people, releases
from storage.db import Tx

TIMER = Origin(BOT, Via.TIMER)


def goes_on(tx: Tx, release: str) -> bool:
    """Whether the next step has begun, because the policy lets it and nothing speaks against it.

    Asked when the watch ends, and with every reading after it: what was missing then may come later.
    """
    before = releases.get(tx, release)
    if before is None or before.rollout is None or not before.rollout.by_itself:
        return False
    found = context.case(tx, release)
    over = step_over(found.release)  # as it is behind the lock
    if over is None or over > found.at or fine.not_fine(tx, found):
        return False
    gate = context.gate_in_flight(tx, found.project, found.release, found.at)
    advance.take(tx, found, Action.STEP_DONE, TIMER, gate=gate)
    return True


def asked(tx: Tx, reminder: Reminder) -> list[tuple[Place, Said]]:
    """The thread, the captain and who runs deploys, while that step is still under way."""
    release = releases.get(tx, reminder.subject)
    if release is None or release.rollout is None or not _is_over(release, reminder):
        return []
    rollout = release.rollout
    project = context.project_of(tx, release.project)
    found = context.Case(project, release, people.roster(tx, project.key), tx.now())
    said = StepOver(
        release=release.id,
        version=str(release.version),
        candidate=release.rc,
        step=rollout.step_under_way,
        lasts=rollout.planned(rollout.done).watch,
        next=rollout.next_step,
        held=rollout.ending,
        not_fine=fine.not_fine(tx, found) if rollout.by_itself else (),
    )
    return [(InThread(release.id), said), *((ToPerson(user), said) for user in deployers(found))]


def _is_over(release: Release, reminder: Reminder) -> bool:
    return step_over(release) == reminder.due
