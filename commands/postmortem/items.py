"""Action items: each with an owner and a day, followed until it is done or dropped."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commands.postmortem.case import kept, of_room, tell_people
from commands.requests import AddActionItem, EndActionItem, ReopenActionItem
from commands.rollback.case import RoomCase, require_role
from commands.rollback.postmortem import WHO
from domain.calendar.zones import instant, local_day
from domain.events import ActionItemAdded, ActionItemEnded, ActionItemReopened
from domain.people import Origin
from domain.postmortem import ActionItem
from domain.postmortem.moves import added, ended, item_of, reopened
from domain.refusals import InThePast, Refused, Unreadable
from domain.views import Happened
from storage import people
from storage.db import Tx
from storage.ids import new_id

A_WEEK = timedelta(days=7)
DAY_ENDS = time(18)
"""When the working day of a due date is over, by the project's clock."""


def add(tx: Tx, request: AddActionItem, origin: Origin) -> Happened:
    """The owner is told at once, and again on its day. Raises Refused."""
    found = of_room(tx, request.room, origin)
    owner = request.owner or origin.actor.user
    known = people.get(tx, owner)
    if known is None or not known.counts:
        raise Refused(Unreadable("person", owner))
    item = ActionItem(
        id=new_id(),
        text=request.text.strip(),
        owner=owner,
        due=_due(found, request.due),
        added_by=origin.actor.user,
        added_at=found.at,
    )
    event = ActionItemAdded(
        room=found.room.id,
        version=found.room.version,
        item=item.id,
        text=item.text,
        owner=item.owner,
        due=item.due,
    )
    kept(tx, found, added(found.room, item), origin, event)
    tell_people(tx, found, origin, event, [owner])
    return Happened(event)


def _due(found: RoomCase, day: date | None) -> datetime:
    """The end of that day. Raises Refused for one that is over."""
    zone = ZoneInfo(found.project.policy.zone)
    today = local_day(found.at, zone)
    chosen = day or today + A_WEEK
    if chosen < today:
        raise Refused(InThePast(chosen))
    return instant(chosen, DAY_ENDS, zone=zone)


def end(tx: Tx, request: EndActionItem, origin: Origin) -> Happened:
    """By its owner, or who may close the post-mortem. Raises Refused."""
    found = of_room(tx, request.room, origin)
    may_end(found, request.item, origin)
    note = request.note.strip()
    after = ended(found.room, request.item, request.state, by=origin.actor.user, at=found.at, note=note)
    item = item_of(after, request.item)
    event = ActionItemEnded(
        room=after.id,
        version=after.version,
        item=item.id,
        text=item.text,
        owner=item.owner,
        state=item.state,
        note=note,
    )
    kept(tx, found, after, origin, event)
    tell_people(tx, found, origin, event, [item.owner, item.added_by])
    return Happened(event)


def may_end(found: RoomCase, item: str, origin: Origin) -> None:
    """Raises Refused."""
    one = item_of(found.room, item)
    also = (one.owner, one.added_by, found.room.declared_by)
    require_role(found, origin, "action_item", *WHO, also=also)


def reopen(tx: Tx, request: ReopenActionItem, origin: Origin) -> Happened:
    """Raises Refused."""
    found = of_room(tx, request.room, origin)
    may_end(found, request.item, origin)
    after = reopened(found.room, request.item)
    item = item_of(after, request.item)
    event = ActionItemReopened(
        room=after.id, version=after.version, item=item.id, text=item.text, owner=item.owner
    )
    kept(tx, found, after, origin, event)
    tell_people(tx, found, origin, event, [item.owner])
    return Happened(event)
