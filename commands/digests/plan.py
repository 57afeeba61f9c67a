"""When the next digests of people are due: a few days ahead, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from domain import digest
from domain.digest import DigestSetting
from domain.people import Person
from domain.reminders import PERSONAL, Reminder
from storage import digests, people, projects, reminders
from storage.db import Tx

# Whatever time somebody chooses and wherever they travel, the next one lies within it.
_AHEAD = timedelta(days=3)


def setting_of(tx: Tx, user: str) -> DigestSetting:
    """The person's own choice, else what their projects have by default."""
    if mine := digests.chosen(tx, user):
        return mine
    held = people.projects_of(tx, user)
    return digest.by_default(project.policy for project in projects.every(tx) if project.key in held)


def unplanned(tx: Tx) -> list[str]:
    """Who holds a role and has no digest coming: new people, and all after a long pause."""
    at = tx.now()
    return digests.unplanned(tx, at, at + _AHEAD)


def plan(tx: Tx, users: Iterable[str]) -> None:
    """Plan the next digests; those that are planned stay. Who is new begins with the next, never late."""
    found = people.many(tx, users)
    begun = digests.begun(tx, found)
    for person in found.values():
        if person.counts:
            coming = _coming(tx, person)
            wanted = (one for one in coming if person.user in begun or one.due > tx.now())
            reminders.add(tx, PERSONAL, wanted)


def plan_again(tx: Tx, person: Person) -> None:
    """Another time or another zone: what is not due yet follows; a day that has had its digest has had it."""
    reminders.plan(tx, PERSONAL, person.user, _coming(tx, person), after=tx.now())


def _coming(tx: Tx, person: Person) -> tuple[Reminder, ...]:
    setting = digests.chosen(tx, person.user) or DigestSetting()
    return digest.coming(person.user, setting.at, ZoneInfo(person.zone), tx.now())
