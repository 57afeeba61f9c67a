"""An exception under change with its surroundings, and what every change of it leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from commands import context
from commands.change import plan_release
from commands.context import Case
from commands.exceptions import judging, people
from commands.record import lane, record, send
from domain.calendar.exceptions import FreezeException, standing
from domain.errands import InChannel, Place, ShowCopies, ToPerson
from domain.events import Event
from domain.people import Origin, Role, Roster
from domain.project import Project
from domain.refusals import Gone, Refused
from domain.release import Release
from domain.reminders import of_exception
from storage import exceptions, outbox, releases, reminders
from storage import people as known
from storage.db import Tx
from storage.ids import new_id


@dataclass(frozen=True)
class ExceptionCase:
    """Read inside the deciding transaction. `release` is None where no release is concerned."""

    project: Project
    release: Release | None
    roster: Roster
    exception: FreezeException
    at: datetime

    @property
    def version(self) -> str:
        return str(self.release.version) if self.release else ""

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who decides on it."""
        return people.roles_for(self.project, self.exception.restriction.rule)

    @property
    def deciders(self) -> tuple[str, ...]:
        return people.deciders(self.roster, self.roles, self.exception.asked_by)


def look(tx: Tx, id_: str) -> ExceptionCase:
    """As it stands now, its time heeded. Raises Refused(Gone)."""
    found = exceptions.get(tx, id_)
    if found is None:
        raise Refused(Gone("exception"))
    return around(tx, found, releases.get(tx, found.release) if found.release else None)


def load(tx: Tx, id_: str) -> ExceptionCase:
    """Lock and load. The release first, as a deploy does that uses it. Raises Refused(Gone)."""
    found = exceptions.get(tx, id_)
    if found is None:
        raise Refused(Gone("exception"))
    release = releases.lock(tx, found.release) if found.release else None
    locked = exceptions.get(tx, id_, lock=True)
    return around(tx, locked or found, release)


def around(tx: Tx, found: FreezeException, release: Release | None) -> ExceptionCase:
    project = context.project_of(tx, found.project)
    now = replace(found, state=standing(found, tx.now()))
    return ExceptionCase(project, release, known.roster(tx, project.key), now, tx.now())


def keep(
    tx: Tx,
    found: ExceptionCase,
    after: FreezeException,
    origin: Origin,
    event: Event,
    *,
    answered: bool = False,
) -> None:
    """Write a changed exception with all that follows: audit, thread, copies, its end, the gate's turns."""
    exceptions.put(tx, after)
    record(tx, origin, found.project, [event], release=found.release, answered=answered)
    settle(tx, found, after)


def settle(tx: Tx, found: ExceptionCase, after: FreezeException) -> None:
    """What depends on an exception follows it."""
    reminders.plan(tx, found.project.key, after.id, of_exception(after), after=found.at)
    outbox.add(tx, [lane(f"dm:exception:{after.id}", new_id(), ShowCopies(after.id))])
    if found.release is not None:
        plan_release(tx, Case(found.project, found.release, found.roster, found.at))
    judging.ask(tx, found.project, found.roster, [after], found.release)


def tell(
    tx: Tx,
    found: ExceptionCase,
    origin: Origin,
    event: Event,
    *,
    channel: bool,
    users: Iterable[str],
    late: bool = False,
) -> None:
    """Beyond the release's thread: the channel, and the people whom it concerns but who did it."""
    places: list[Place] = [InChannel(found.project.channel)] if channel else []
    places += [ToPerson(user) for user in _once(users) if user != origin.actor.user]
    send(tx, found.project, origin, [(place, event) for place in places], late=late)


def _once(users: Iterable[str]) -> Sequence[str]:
    return [user for user in dict.fromkeys(users) if user]
