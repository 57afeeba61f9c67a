"""Items of checklists that somebody sees to, wherever they are open."""

from __future__ import annotations

from commands.show.checklists import checklists, room_checklists
from domain.errands import Surface, SurfaceKind
from domain.rollback import RoomState
from domain.types import ENDED
from domain.views import ChecklistsView, ItemView, Task
from storage import checklists as stored
from storage import releases, rooms, surfaces
from storage.db import Tx


def lists_of(tx: Tx, owner: str) -> ChecklistsView | None:
    """The lists of a release or of a war room; None for one that is over."""
    release = releases.get(tx, owner)
    if release is not None:
        return None if release.stage in ENDED else checklists(tx, owner)
    room = rooms.get(tx, owner)
    return room_checklists(tx, owner) if room and room.state is not RoomState.CLOSED else None


def owned(tx: Tx, user: str) -> list[Task]:
    """What one person sees to and nobody has settled."""
    return [task for owner in stored.of_owner(tx, user) for task in _of(tx, owner, user)]


def _of(tx: Tx, owner: str, user: str) -> list[Task]:
    view = lists_of(tx, owner)
    if view is None:
        return []
    items = (item for of in view.lists for item in of.items)
    mine = [item for item in items if item.judged.state.owner == user and not item.judged.settled]
    return [_task(tx, view, item) for item in mine]


def _task(tx: Tx, view: ChecklistsView, of: ItemView) -> Task:
    release, room = view.release, view.room
    card = surfaces.get(tx, Surface(SurfaceKind.CARD, release.id)) if release and not room else None
    return Task(
        kind="item",
        project=view.project.key,
        release=release.id if release else "",
        version=str(release.version) if release else "",
        zone=view.project.zone,
        since=room.opened_at if room else release.stage_since if release else view.at,
        due=of.judged.state.due,
        names=of.judged.item.text,
        channel=room.channel if room else card.channel if card else "",
        ts=card.ts if card else "",
    )
