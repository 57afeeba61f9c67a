"""What waits for one person because a rollback criterion is breached: confirm it, answer a call, decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from commands import context
from commands.context import Case
from commands.criteria.acting import confirmers, lookers
from commands.criteria.report import may_confirm
from commands.paging.call import whom
from domain.criteria.model import STANDING, WATCHED, Breach, BreachState, Level
from domain.errands import Surface, SurfaceKind
from domain.paging import Page, commanded
from domain.release import Release
from domain.rollback import Room
from domain.types import Stage
from domain.views import Task, ToDo
from storage import breaches, pages, people, surfaces
from storage.db import Tx

_LOOKED_AT = WATCHED | {Stage.ROLLING_BACK}


@dataclass(frozen=True)
class _About:
    """A breach with what is under way about it; `called` are those whom its page calls now."""

    found: Case
    breach: Breach
    room: Room | None
    page: Page | None
    called: frozenset[str]

    @property
    def stands(self) -> bool:
        return self.breach.state in STANDING and self.found.release.stage in WATCHED

    @property
    def needs_answer(self) -> bool:
        """Whether its page is more than a question: that one is settled once a rollback is declared."""
        return self.page is not None and not self.page.asks

    @property
    def is_open(self) -> bool:
        return self.breach.state is BreachState.OPEN


def of_breaches(
    tx: Tx, live: Iterable[Release], under_way: Iterable[Room], user: str, *, asked: frozenset[str]
) -> list[Task]:
    """`live` are the releases that have not ended, `under_way` the rooms that are not closed. Who is `asked`
    to take the seat for a release is not called for it besides.
    """
    watched = {release.id: release for release in live if release.stage in _LOOKED_AT}
    told = [one for one in breaches.live_of(tx, watched) if not one.dry_run and not one.unclear]
    calls = pages.open_about(tx, [one.id for one in told])
    room_of = {room.release: room for room in under_way if room.active}
    cases = _cases(tx, [watched[one.release] for one in told])
    found: list[Task] = []
    for one in told:
        about = _about(tx, cases[one.release], one, room_of.get(one.release), calls.get(one.id))
        to_do = _to_do(about, user)
        if to_do is not None and not (to_do is ToDo.ANSWER and one.release in asked):
            found.append(_task(tx, about, to_do))
    return found


def _cases(tx: Tx, of: Iterable[Release]) -> dict[str, Case]:
    """By release; what belongs to a project is read once."""
    read = cache(lambda key: (context.project_of(tx, key), people.roster(tx, key)))
    at, found = tx.now(), {}
    for release in of:
        project, roster = read(release.project)
        found[release.id] = Case(project, release, roster, at)
    return found


def _about(tx: Tx, found: Case, breach: Breach, room: Room | None, page: Page | None) -> _About:
    """Who commands knows already: nobody is called any more."""
    if page is None or commanded(page, room, breach):
        return _About(found, breach, room, None, frozenset())
    return _About(found, breach, room, page, frozenset(whom(tx, found, page)))


def _to_do(about: _About, user: str) -> ToDo | None:
    """One thing of each breach, the most urgent one. What somebody said to be on is theirs alone."""
    breach = about.breach
    if about.stands and breach.waits:
        return _to_confirm(about, user)
    called = about.needs_answer and user in about.called
    if called and (about.stands or breach.state is BreachState.DECLARED):
        return ToDo.ANSWER
    if not about.stands:
        return None
    if not about.is_open:
        return ToDo.SETTLE if breach.by == user else None
    if user not in lookers(about.found):
        return None
    return ToDo.LOOK if breach.level is Level.REVIEW else ToDo.DECIDE


def _to_confirm(about: _About, user: str) -> ToDo | None:
    """Who said to be on it still has to say whether it is so, unless it was them who reported it."""
    breach = about.breach
    asked = {*confirmers(about.found), *about.called} if about.is_open else {breach.by}
    if user not in asked:
        return None
    if may_confirm(about.found, breach, user):
        return ToDo.CONFIRM
    return None if about.is_open else ToDo.SETTLE


def _task(tx: Tx, about: _About, to_do: ToDo) -> Task:
    breach, called = about.breach, about.page if to_do is ToDo.ANSWER else None
    return Task(
        kind="breach",
        project=breach.project,
        release=breach.release,
        version=about.found.version,
        zone=about.found.project.policy.zone,
        since=called.opened_at if called else breach.changed_at or breach.opened_at,
        breach=breach,
        to_do=to_do,
        **_place(tx, about),
    )


def _place(tx: Tx, about: _About) -> dict[str, Any]:
    """The war room, else the release's thread."""
    if about.room is not None and about.room.channel:
        return {"channel": about.room.channel, "in_room": True}
    card = surfaces.get(tx, Surface(SurfaceKind.CARD, about.breach.release))
    return {"channel": card.channel, "ts": card.ts} if card else {}
