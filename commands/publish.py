"""Publish a project's calendar: every item of a range with its edition, for everybody or for one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from commands import context
from commands.show.release import project_view
from domain.calendar.agenda import Item, ItemKind, agenda
from domain.calendar.published import Published, edition
from domain.involvement import takes_part
from domain.people import Person
from domain.project import Project
from domain.release import Release
from domain.views import FeedView
from storage import people, published, releases
from storage.db import Tx

# A freeze begins at most 28 days before its deploy, and one that was moved may lie further off.
_AROUND = timedelta(days=62)
_EVERYBODYS = frozenset({ItemKind.FREEZE, ItemKind.BLACKOUT, ItemKind.MAINTENANCE})


def publish(
    tx: Tx, project_key: str, *, since: datetime, until: datetime, person: Person | None = None
) -> FeedView:
    """All that touches `since` to `until`; what differs from the last edition of it is a new one.

    With a person, only the releases that they take part in, and the freezes, blackouts and maintenance of
    the project. Raises Refused.
    """
    project = context.project_of(tx, project_key)
    dated = releases.dated(tx, project.key, since - _AROUND, until + _AROUND)
    found = agenda(
        context.calendar_of(tx, project, min(since, tx.now())),
        releases=[context.dated_release(project, release) for release in dated],
        since=since,
        until=until,
    )
    known = published.editions(tx, project.key)
    now = {item.key: edition(item, known.get(item.key), tx.now().replace(microsecond=0)) for item in found}
    published.put(tx, project.key, {key: one for key, one in now.items() if known.get(key) != one})
    concerns = _concerns(tx, project, dated, person)
    return FeedView(
        project=project_view(project),
        published=tuple(Published(item, now[item.key]) for item in found if concerns(item)),
        since=since,
        until=until,
        person=person.name if person else "",
    )


def _concerns(
    tx: Tx, project: Project, dated: list[Release], person: Person | None
) -> Callable[[Item], bool]:
    if person is None:
        return lambda _: True
    roles = people.roster(tx, project.key).roles_of(person.user)
    mine = {r.id for r in dated if takes_part(r, person.user, roles, project.policy)}
    return lambda item: item.kind in _EVERYBODYS or item.release in mine
