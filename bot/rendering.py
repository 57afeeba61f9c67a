"""What an errand says to whom: state read in one transaction, rendered in the reader's language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from commands.context import project_of
from commands.notes.publish import NotesPlace, place_of
from commands.rollback.show import room_view
from commands.show import exceptions as exception_shows
from commands.show import lists as looks
from commands.show import notes
from commands.show import release as show
from commands.show.digest import digest as digest_view
from commands.year.look import year_view
from domain.errands import (
    Brief,
    InChannel,
    InRoom,
    InThread,
    Place,
    Privately,
    SendDigest,
    Surface,
    SurfaceKind,
    Tell,
    ToPerson,
)
from domain.events import Event
from domain.project import Project
from domain.reminders import PERSONAL
from domain.views import ExceptionView
from messages import approval, card, closing, exceptions, lines, lists, warroom
from messages.blocks import cut, section
from messages.digests.day import digest as digest_message
from messages.lists.notes import no_longer
from messages.lists.notes import posted as posted_notes
from messages.message import Message
from messages.postmortem import postmortem
from messages.texts import Reader, language_of
from storage import people, rooms, surfaces
from storage.db import Tx

FALLBACK = 3000


@dataclass(frozen=True)
class Address:
    """Where a message goes. `user` is set for DMs and ephemerals, `ephemeral` for the latter."""

    channel: str = ""
    user: str = ""
    thread_ts: str = ""
    ephemeral: bool = False


@dataclass(frozen=True)
class Ready:
    """A message with its address; `message` None when there is nothing to say any more. `after` is the living
    message that goes on where this one ends.
    """

    address: Address
    message: Message | None
    after: Surface | None = None


class NotYet(Exception):
    """The message that this one belongs under is not posted yet."""


def fingerprint(message: Message) -> str:
    """What a living message shows, as a short hash: an equal one needs no call."""
    shown = json.dumps([message.text, message.blocks], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def channel_reader(project: Project, language: str = "") -> Reader:
    """A channel has many readers: Slack shows each their own time, with the project's beside it."""
    return Reader(language or project.policy.language, project.policy.zone)


def reader_of(tx: Tx, user: str, project_zone: str = "") -> Reader:
    """The person's own language and zone; somebody unknown reads English in the project's zone."""
    person = people.get(tx, user)
    if person is None:
        return Reader("en", project_zone or "UTC", project_zone)
    return Reader(language_of(person.locale), person.zone, project_zone or person.zone)


def tell(tx: Tx, errand: Tell) -> Ready:
    """A one-off message. Raises NotYet when its thread has no parent yet."""
    address = address_in(tx, errand.to)
    project = project_of(tx, errand.project) if errand.project != PERSONAL else None
    if isinstance(errand.to, ToPerson | Privately) or project is None:
        reader = reader_of(tx, address.user, project.policy.zone if project else "")
    else:
        reader = channel_reader(project, errand.to.language if isinstance(errand.to, InChannel) else "")
    message = said(reader, errand)
    room = rooms.get(tx, getattr(errand.said, "room", "")) if isinstance(errand.to, ToPerson) else None
    if room is not None and room.channel:
        message = lines.from_room(reader, message, room.channel)
    return Ready(address, message)


def digest(tx: Tx, errand: SendDigest) -> Ready:
    """As things stand now; nothing when it comes too late to be of use, or nothing is left to say."""
    address = Address(user=errand.user)
    view = digest_view(tx, errand.user, errand.day)
    if tx.now() >= errand.until or not view.news:
        return Ready(address, None)
    return Ready(address, digest_message(reader_of(tx, errand.user), view, late=errand.late))


def briefing(tx: Tx, errand: Brief) -> Ready:
    """As things stand now; nothing for who has given command on before it was sent."""
    address = address_of(errand.to)
    view = room_view(tx, errand.room)
    if errand.handed_by is not None and view.room.commander != address.user:
        return Ready(address, None)
    reader = reader_of(tx, address.user, view.project.zone)
    return Ready(address, warroom.briefing(reader, view, errand.handed_by))


def said(reader: Reader, errand: Tell) -> Message:
    """The words of a one-off message; the private answer to one's own press speaks to `you`."""
    own = isinstance(errand.to, Privately) or (
        isinstance(errand.to, ToPerson) and errand.to.user == errand.by
    )
    if own and isinstance(errand.said, Event):
        return lines.own_answer(reader, errand.said)
    text = lines.line(reader, errand.said, errand.by, late=errand.late)
    blocks = lines.blocks_for(reader, errand.said, errand.by, late=errand.late) or [section(text)]
    if errand.reminder:
        blocks = [*blocks, *lines.settling(reader, errand.said)]
        blocks = lines.answerable(reader, blocks, errand.project, errand.reminder)
    return Message(cut(text, FALLBACK), blocks)


def address_of(place: InChannel | ToPerson | Privately) -> Address:
    """Of the places that are there in any case."""
    if isinstance(place, Privately):
        return Address(channel=place.channel, user=place.user, ephemeral=True)
    return Address(channel=place.channel) if isinstance(place, InChannel) else Address(user=place.user)


def address_in(tx: Tx, place: Place) -> Address:
    match place:
        case InThread(release):
            posted = surfaces.get(tx, Surface(SurfaceKind.CARD, release))
            if posted is None:
                raise NotYet(release)
            return Address(channel=posted.channel, thread_ts=posted.ts)
        case InChannel() | ToPerson() | Privately():
            return address_of(place)
        case InRoom(room):
            found = rooms.get(tx, room)
            if found is None or not found.channel:
                raise NotYet(room)
            return Address(channel=found.channel)
        case _:
            assert_never(place)


def surface(tx: Tx, shown: Surface, workspace: str = "") -> Ready:
    """A living message as it must look now. Raises NotYet when its place is not there yet.

    `workspace` is Slack's address of the workspace, for links to messages.
    """
    match shown.kind:
        case SurfaceKind.CARD:
            view = show.card(tx, shown.subject)
            reader = replace(channel_reader(project_of(tx, view.project.key)), workspace=workspace)
            return Ready(Address(channel=view.project.channel), card.card(reader, view))
        case SurfaceKind.APPROVAL | SurfaceKind.APPROVAL_COPY:
            return _approval(tx, shown)
        case SurfaceKind.EXCEPTION:
            return _exception(tx, shown, exceptions.exception)
        case SurfaceKind.JUDGEMENT:
            return _exception(tx, shown, exceptions.judgement)
        case SurfaceKind.CLOSE_QUESTION:
            view = show.card(tx, shown.subject)
            reader = reader_of(tx, shown.audience, view.project.zone)
            return Ready(Address(user=shown.audience), closing.close_question(reader, view))
        case SurfaceKind.ROOM_SUMMARY | SurfaceKind.ROOM_STATE | SurfaceKind.SEAT | SurfaceKind.POSTMORTEM:
            return _room(tx, shown)
        case SurfaceKind.OUTLOOK:
            ahead = looks.outlook(tx, shown.subject)
            reader = channel_reader(project_of(tx, ahead.project.key))
            return Ready(Address(channel=ahead.project.channel), lists.outlook(reader, ahead))
        case SurfaceKind.YEAR:
            return _year(tx, shown)
        case SurfaceKind.NOTES:
            return _notes(tx, shown)
        case _:
            assert_never(shown.kind)


def _year(tx: Tx, shown: Surface) -> Ready:
    key, _, year = shown.subject.partition("/")
    reader = channel_reader(project := project_of(tx, key))
    return Ready(Address(channel=project.channel), lists.year_message(reader, year_view(tx, key, int(year))))


def _notes(tx: Tx, shown: Surface) -> Ready:
    """One part of published or posted notes, with the texts that were published or posted."""
    place = place_of(shown.subject)
    release = show.look(tx, place.release).release
    candidate, upto = place.posted or (release.rc, release.notes_published or 0)
    view = notes.notes(tx, place.release, place.language, place.audience, candidate=candidate, upto=upto)
    reader = Reader(place.language, view.project.zone)
    parts = posted_notes(view, reader)
    after = replace(place, part=place.part + 1).surface
    there = surfaces.get(tx, shown)
    if place.part >= len(parts):  # shorter than it was
        return Ready(_beneath(tx, place), no_longer(reader) if there else None, after if there else None)
    more = place.part + 1 < len(parts) or surfaces.get(tx, after) is not None
    return Ready(_beneath(tx, place), parts[place.part], after if more else None)


def _beneath(tx: Tx, place: NotesPlace) -> Address:
    """The first part in its channel, or the release's thread; the others in the thread of the first."""
    if not place.channel:
        return address_in(tx, InThread(place.release))
    if not place.part:
        return Address(channel=place.channel)
    first = surfaces.get(tx, replace(place, part=0).surface)
    if first is None:
        raise NotYet(place.release)
    return Address(channel=first.channel, thread_ts=first.ts)


def _exception(tx: Tx, shown: Surface, render: Callable[[Reader, ExceptionView], Message]) -> Ready:
    view = exception_shows.exception(tx, shown.subject)
    reader = reader_of(tx, shown.audience, view.project.zone)
    return Ready(Address(user=shown.audience), render(reader, view))


def _approval(tx: Tx, shown: Surface) -> Ready:
    view = show.approval(tx, shown.subject)
    if shown.kind is SurfaceKind.APPROVAL_COPY:
        reader = reader_of(tx, shown.audience, view.project.zone)
        return Ready(Address(user=shown.audience), approval.approval(reader, view))
    address = address_in(tx, InThread(view.release.id))
    reader = channel_reader(project_of(tx, view.project.key))
    return Ready(address, approval.approval(reader, view))


def _room(tx: Tx, shown: Surface) -> Ready:
    view = room_view(tx, shown.subject)
    if not view.room.channel:
        raise NotYet(shown.subject)
    reader = channel_reader(project_of(tx, view.project.key))
    render = {
        SurfaceKind.ROOM_SUMMARY: warroom.room_summary,
        SurfaceKind.ROOM_STATE: warroom.room_state,
        SurfaceKind.SEAT: warroom.seat_call,
        SurfaceKind.POSTMORTEM: postmortem,
    }[shown.kind]
    return Ready(Address(channel=view.room.channel), render(reader, view))
