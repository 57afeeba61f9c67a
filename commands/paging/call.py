"""Call people about a breach: at once, then every few minutes, one role of the ladder after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from commands.context import Case
from commands.record import record, send
from domain import reminders
from domain.criteria.model import Breach
from domain.errands import InRoom, Place, ToPerson
from domain.events import Paged
from domain.paging import Page, PageEnd, called
from domain.people import BOT, Origin, Role, Via
from storage import pages, people, releases, rooms
from storage import reminders as stored
from storage.db import Tx
from storage.ids import new_id

NARU = Origin(BOT, Via.TIMER)


def call(tx: Tx, found: Case, breach: Breach) -> None:
    """One page about one breach."""
    if pages.about(tx, breach.id) is None:
        page = _page(found, breach)
        pages.add(tx, page)
        tell(tx, found, page, breach)


def ask(tx: Tx, found: Case, breach: Breach) -> None:
    """Who is to confirm it was told; they, and one role of the ladder after the other, are asked again."""
    if pages.about(tx, breach.id) is None:
        page = replace(_page(found, breach), asks=True)
        pages.add(tx, page)
        _plan(tx, found, page)


def _page(found: Case, breach: Breach) -> Page:
    return Page(
        id=new_id(),
        project=found.project.key,
        release=found.release.id,
        version=found.version,
        breach=breach.id,
        rule=breach.rule,
        opened_at=found.at,
    )


def _plan(tx: Tx, found: Case, page: Page) -> None:
    wanted = reminders.of_page(page, found.project.policy.criteria.paging, found.at)
    stored.plan(tx, found.project.key, page.id, wanted, after=found.at)


def tell(tx: Tx, found: Case, page: Page, breach: Breach) -> None:
    """Everybody who is called now, by DM and by mention; and when the next call is due."""
    room = rooms.active_of(tx, found.release.id)
    roles = reached(found, page)
    users = whom(tx, found, page)
    event = Paged(
        release=found.release.id,
        version=found.version,
        page=page.id,
        breach=breach,
        roles=roles,
        users=users,
        calls=page.calls,
        asks=page.asks,
    )
    record(tx, NARU, found.project, [event], release=releases.get(tx, found.release.id))
    places: list[Place] = [ToPerson(user) for user in users]
    if room is not None and _escalates(found, page):
        rooms.add_entries(tx, room.id, found.at, "", [event])
    if room is not None and room.channel:
        places.append(InRoom(room.id))
    send(tx, found.project, NARU, [(place, event) for place in places])
    _plan(tx, found, page)


def _escalates(found: Case, page: Page) -> bool:
    """Whether somebody is called who was not called before."""
    return page.calls == 1 or reached(found, page) != reached(found, replace(page, calls=page.calls - 1))


def reached(found: Case, page: Page) -> tuple[Role, ...]:
    """The roles that were called so far."""
    roles = called(found.roster, found.project.policy.criteria.paging, page.calls)
    first = (Role.INCIDENT_COMMANDER,) if page.asks and found.roster.holders(Role.INCIDENT_COMMANDER) else ()
    return tuple(dict.fromkeys((*first, *roles)))


def whom(tx: Tx, found: Case, page: Page) -> tuple[str, ...]:
    """Who is called: those roles, and who commands in the war room; without anybody, the captain."""
    room = rooms.active_of(tx, found.release.id)
    users = found.roster.anyone(reached(found, page)) | ({room.commander} - {""} if room else set())
    if users:
        return tuple(sorted(users))
    captain = people.get(tx, found.release.captain)
    return (captain.user,) if captain is not None and captain.counts else ()


def end(tx: Tx, breach: str, why: PageEnd, at: datetime, by: str = "") -> Page | None:
    """Nobody is called any more; the page that has ended, if there was one."""
    page = pages.about(tx, breach)
    if page is None:
        return None
    ended = replace(page, ended_at=at, why=why, by=by)
    pages.save(tx, ended)
    stored.plan(tx, page.project, page.id, (), after=at)
    return ended
