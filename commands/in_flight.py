"""The gate turns while a rollout is under way: it is interrupted, and its people are asked what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from commands import context
from commands.change import save
from commands.context import Case
from commands.record import refresh, send
from commands.rollout import over
from commands.rollout.live import deployers
from domain.calendar.gate import GateAnswer
from domain.errands import InThread, Place, RolloutWaits, Said, ToPerson
from domain.events import RolloutInterrupted
from domain.in_flight import closed, interrupted, interrupts
from domain.people import BOT, Origin, Role, Via
from domain.project import Project
from domain.release import Release
from domain.reminders import ESCALATE_FROM, Reminder
from domain.rollout.rollout import Rollout
from domain.types import Stage
from storage import outbox, people, releases
from storage.db import Tx
from storage.ids import new_id

TIMER = Origin(BOT, Via.TIMER)


def gate_turned(tx: Tx, project: Project, reminder: Reminder) -> bool:
    """Time alone has changed what the card shows; on a rollout it may mean more. False when it is gone."""
    release = releases.lock(tx, reminder.subject)
    if release is None:
        return False
    if release.stage is Stage.DEPLOYING:
        _in_flight(tx, context.case(tx, release.id))
    outbox.add(tx, refresh(project, release, new_id()))
    return True


def _in_flight(tx: Tx, found: Case) -> None:
    release = found.release
    answer = context.gate_in_flight(tx, found.project, release, found.at)
    if answer and release.rollout and interrupts(release, answer):
        rollout = interrupted(release.rollout, found.at)
        event = interruption(release, rollout, answer)
        save(tx, found, replace(release, rollout=rollout), TIMER, [event])
        ask(tx, found, event)
    elif not closed(answer) and (waits := _waits(release, answer)):
        people = deployers(found)
        send(tx, found.project, TIMER, [(InThread(release.id), waits), *_to(people, waits)])


def interruption(release: Release, rollout: Rollout, answer: GateAnswer) -> RolloutInterrupted:
    """The event of a rollout that the gate has just closed on."""
    return RolloutInterrupted(
        release=release.id,
        version=str(release.version),
        candidate=release.rc,
        step=rollout.step_under_way if rollout.ending else "",
        left=_left(rollout),
        reasons=answer.closing,
        next_open=answer.next_open,
    )


def ask(tx: Tx, found: Case, event: RolloutInterrupted) -> None:
    """The captain and who runs deploys decide."""
    send(tx, found.project, TIMER, _to(deployers(found), event))


def undecided(tx: Tx, reminder: Reminder) -> list[tuple[Place, Said]]:
    """Asked again, and from the second time on the release managers as well; empty once it is decided.

    What the gate leaves on two versions asks for more than what only takes its time.
    """
    release = releases.get(tx, reminder.subject)
    if release is None or release.stage is not Stage.DEPLOYING:
        return []
    project = context.project_of(tx, release.project)
    found = Case(project, release, people.roster(tx, project.key), tx.now())
    waits = _waits(release, context.gate_in_flight(tx, found.project, release, found.at))
    if waits is None or not (release.rollout and release.rollout.undecided):
        return over.undecided(tx, found, reminder)
    asked = deployers(found)
    told = [(InThread(release.id), waits), *_to(asked, waits)]
    if reminder.count >= ESCALATE_FROM:
        managers = found.roster.holders(Role.RELEASE_MANAGER) - set(asked)
        told += _to(sorted(managers), replace(waits, escalated=True))
    return told


def _waits(release: Release, answer: GateAnswer | None) -> RolloutWaits | None:
    """None while nothing is interrupted."""
    rollout = release.rollout
    if rollout is None or rollout.interruption is None:
        return None
    return RolloutWaits(
        release=release.id,
        version=str(release.version),
        candidate=release.rc,
        left=_left(rollout),
        since=rollout.interruption.since,
        reasons=answer.closing if answer else (),
        next_open=answer.next_open if answer else None,
    )


def _left(rollout: Rollout) -> tuple[str, ...]:
    """The steps that have to wait."""
    return rollout.steps[rollout.done + 1 if rollout.ending else rollout.done :]


def _to(users: Iterable[str], said: Said) -> list[tuple[Place, Said]]:
    return [(ToPerson(user), said) for user in users]
