"""Action items: each with an owner and a day, followed until it is done or dropped."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commands.postmortem.case import kept, of_room, tell_people
from commands.requests import AddActionItem, EndActionItem, HandOnActionItem, ReopenActionItem
from commands.rollback.case import RoomCase, require_role
from commands.rollback.postmortem import WHO
from domain.calendar.zones import instant, local_day
from domain.events import ActionItemAdded, ActionItemEnded, ActionItemHandedOn, ActionItemReopened
from domain.people import Origin
from domain.postmortem import ActionItem
from domain.postmortem.moves import added, ended, handed_on, item_of, reopened
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
    _check_there(tx, owner)
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


def _check_there(tx: Tx, owner: str) -> None:
    """Raises Refused for somebody who is not in the workspace any more."""
    known = people.get(tx, owner)
    if known is None or not known.counts:
        raise Refused(Unreadable("person", owner))


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


def hand_on(tx: Tx, request: HandOnActionItem, origin: Origin) -> Happened:
    """Its owner is away, or it takes longer: followed on with the new one, who is told. Raises Refused."""
    found = of_room(tx, request.room, origin)
    may_end(found, request.item, origin)
    before = item_of(found.room, request.item)
    owner = request.owner or before.owner
    if owner != before.owner:
        _check_there(tx, owner)
    due = before.due if request.due is None else _due(found, request.due)
    after = handed_on(found.room, request.item, owner=owner, due=due)
    event = ActionItemHandedOn(
        room=after.id,
        version=after.version,
        item=before.id,
        text=before.text,
        owner=owner,
        former=before.owner,
        due=due,
    )
    kept(tx, found, after, origin, event)
    tell_people(tx, found, origin, event, [owner, before.owner])
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
