"""What the verbs of checklists load before they decide: the list, what was said, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from commands import context
from commands.checklists.facts import facts_of, of_room
from commands.checklists.lists import OF_RELEASE, begin, coverage_of, in_room, keep_missing, of_release
from commands.context import Case
from commands.record import record, refresh
from commands.rollback.case import RoomCase, room_case
from commands.rollback.keep import keep
from domain.checklists.auto import Facts
from domain.checklists.judge import judge, may_work
from domain.checklists.model import IN_ROOM, Checklist, ItemState, Phase
from domain.checklists.standing import Judged, Standing
from domain.events import Event
from domain.lifecycle import with_commander
from domain.people import Origin, Role, Roster, Via
from domain.project import Project
from domain.refusals import Gone, ListNotOpen, Outdated, PeopleOnly, Refused, TooLong, UnknownItem
from domain.release import Release
from storage import checklists, outbox
from storage.db import Tx
from storage.ids import new_id

BY_PEOPLE = frozenset({Via.SLASH, Via.BUTTON, Via.MODAL})
LONGEST = 1000


class Asked(Protocol):
    """What every request about a list says."""

    @property
    def phase(self) -> Phase: ...
    @property
    def release(self) -> str: ...
    @property
    def room(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class ListCase:
    """One list under change, of a release or of a room; the release or the room is locked."""

    checklist: Checklist
    facts: Facts
    items: dict[str, Judged]
    case: Case | None
    room: RoomCase | None

    @property
    def phase(self) -> Phase:
        return self.checklist.phase

    @property
    def project(self) -> Project:
        return self.room.project if self.room else self._case.project

    @property
    def roster(self) -> Roster:
        return self.room.roster if self.room else self._case.roster

    @property
    def at(self) -> datetime:
        return self.facts.at

    @property
    def release(self) -> Release | None:
        return self.facts.release

    @property
    def owner(self) -> str:
        return self.room.room.id if self.room else self._case.release.id

    @property
    def _case(self) -> Case:
        if self.case is None:
            raise ValueError("a list is a release's, or a room's")
        return self.case

    @property
    def whose(self) -> dict[str, str]:
        """How events name the release or the room."""
        release = self.release
        named = {"release": release.id, "version": str(release.version)} if release else {}
        return named | ({"room": self.room.room.id} if self.room else {})

    def roles(self, user: str) -> frozenset[Role]:
        """Of this person here; who has the commander's seat acts as incident commander."""
        release = self.release
        held = context.roles_in(release, self.roster, user) if release else self.roster.roles_of(user)
        seated = self.room is not None and bool(user) and user == self.room.room.commander
        return held | {Role.INCIDENT_COMMANDER} if seated else held

    def may(self, roles: tuple[Role, ...]) -> tuple[Role, ...]:
        return with_commander(self.release, roles) if self.release else roles


def list_case(tx: Tx, request: Asked, origin: Origin, *, from_rc: int | None = None) -> ListCase:
    """Lock and load; from now on the list is as it is. Raises Refused."""
    if origin.actor.is_bot or origin.via not in BY_PEOPLE:
        raise Refused(PeopleOnly())
    found = _in_room(tx, request) if request.room else _of_release(tx, request)
    release = found.release
    if from_rc is not None and release is not None and from_rc != release.rc:
        raise Refused(Outdated(str(release.version), from_rc, release.rc))
    if not may_work(request.phase, found.facts):
        raise Refused(not_open(found))
    return found


def not_open(found: ListCase) -> ListNotOpen:
    release = found.release
    stage = release.stage if release and not found.room else None
    return ListNotOpen(found.phase, str(release.version) if release else "", stage)


def _of_release(tx: Tx, request: Asked) -> ListCase:
    if request.phase in IN_ROOM:
        raise Refused(Gone("room"))
    found = context.case(tx, request.release)
    begin(tx, found.project, found.release)
    lists = of_release(tx, found.project, found.release, [request.phase])
    every = lists if request.phase is Phase.PRE_RELEASE else {}
    facts = facts_of(tx, found, lists, coverage_of(every))
    return _loaded(tx, lists[request.phase], facts, found.release.id, case=found)


def _in_room(tx: Tx, request: Asked) -> ListCase:
    found = room_case(tx, request.room)
    lists = in_room(tx, found.project, found.room, [request.phase])
    if request.phase in OF_RELEASE or request.phase not in lists:
        raise Refused(ListNotOpen(request.phase, found.room.version, None))
    keep_missing(tx, found.room.id, lists.values())
    facts = of_room(tx, found)
    return _loaded(tx, lists[request.phase], facts, found.room.id, room=found)


def _loaded(
    tx: Tx,
    checklist: Checklist,
    facts: Facts,
    owner: str,
    *,
    case: Case | None = None,
    room: RoomCase | None = None,
) -> ListCase:
    said = checklists.states(tx, owner, [checklist.phase]).get(checklist.phase, {})
    items = {one.item.key: one for one in judge(checklist, said, facts)}
    return ListCase(checklist=checklist, facts=facts, items=items, case=case, room=room)


def item_of(found: ListCase, key: str) -> Judged:
    """One that is asked for. Raises Refused(UnknownItem)."""
    asked = {one.item.key: one for one in found.items.values() if one.standing is not Standing.NOT_ASKED}
    if key not in asked:
        raise Refused(UnknownItem(found.phase, key, tuple(asked)))
    return asked[key]


def check_words(*words: str) -> None:
    """Raises Refused(TooLong)."""
    if any(len(text) > LONGEST for text in words):
        raise Refused(TooLong("note", LONGEST))


# --- what it leaves behind ---------------------------------------------------------------------------------


def say(tx: Tx, found: ListCase, said: dict[str, ItemState]) -> None:
    checklists.put(tx, found.owner, found.phase, said)


def told(tx: Tx, found: ListCase, origin: Origin, events: Sequence[Event], *, aloud: bool = False) -> None:
    """Audit, answer, refresh. `aloud` tells the release's thread too; a room hears it in any case."""
    if found.room is not None:
        keep(tx, found.room, replace(found.room.room), origin, events)
    elif aloud:
        record(tx, origin, found.project, events, release=found.release)
    elif found.release is not None:
        record(tx, origin, found.project, events)
        outbox.add(tx, refresh(found.project, found.release, new_id()))
