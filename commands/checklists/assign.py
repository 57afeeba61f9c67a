"""Whose an item is, until when, and what is to be known of it."""

from __future__ import annotations

from dataclasses import replace

from commands.checklists.case import ListCase, check_words, item_of, list_case, say, told
from commands.record import send
from commands.requests import AssignItem, NoteItem
from domain.checklists.model import Phase
from domain.checklists.standing import Judged
from domain.errands import ToPerson
from domain.events import ItemAssigned, ItemNoted
from domain.people import Origin
from domain.refusals import InThePast, NotYourItem, Refused, Unreadable
from domain.reminders import of_items, subject_of
from domain.views import Happened
from storage import checklists, people, reminders
from storage.db import Tx


def assign(tx: Tx, request: AssignItem, origin: Origin) -> Happened:
    """Give an item to somebody, with a time; or to nobody. Who is given it is told, and reminded then: who
    gives it a time alone.

    Raises Refused.
    """
    found = list_case(tx, request, origin)
    one = item_of(found, request.key)
    _check_part(found, one, origin)
    if request.user:
        person = people.get(tx, request.user)
        if person is None or not person.counts:
            raise Refused(Unreadable("person", request.user))
    if request.due is not None and request.due != one.state.due and request.due <= found.at:
        raise Refused(InThePast(request.due))
    owner = request.user or (origin.actor.user if request.due else "")
    say(tx, found, {one.item.key: replace(one.state, owner=owner, due=request.due)})
    event = ItemAssigned(phase=found.phase, item=one.item.named, user=owner, due=request.due, **found.whose)
    told(tx, found, origin, [event])
    said = checklists.states(tx, found.owner, tuple(Phase))
    due = of_items(found.owner, said)
    reminders.plan(tx, found.project.key, subject_of(found.owner), due, after=found.at)
    if request.user not in {"", origin.actor.user}:
        send(tx, found.project, origin, [(ToPerson(request.user), event)])
    return Happened(event)


def note(tx: Tx, request: NoteItem, origin: Origin) -> Happened:
    """Keep a note and a link with an item, whether it is done or not. Raises Refused."""
    found = list_case(tx, request, origin)
    one = item_of(found, request.key)
    _check_part(found, one, origin)
    text, link = request.note.strip(), request.link.strip()
    check_words(text, link)
    say(tx, found, {one.item.key: replace(one.state, note=text, link=link)})
    event = ItemNoted(phase=found.phase, item=one.item.named, note=text, link=link, **found.whose)
    told(tx, found, origin, [event])
    return Happened(event)


def _check_part(found: ListCase, one: Judged, origin: Origin) -> None:
    """Whoever holds any role of the project may see to its lists. Raises Refused(NotYourItem)."""
    if found.roles(origin.actor.user) or origin.actor.user == one.state.owner:
        return
    roles = found.may(found.checklist.who_ticks(one.item))
    raise Refused(NotYourItem((one.item.named,), roles, tuple(sorted(found.roster.anyone(roles)))))
