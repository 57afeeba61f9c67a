"""What became of notes that were to stand in a channel: posted there, or refused by Slack."""

from __future__ import annotations

from dataclasses import replace

from commands import context
from commands.change import save
from commands.context import Case
from commands.notes.publish import NotesPlace, place_of
from commands.record import record, send
from domain.errands import Show, ToPerson
from domain.events import NotesNotPosted, NotesPosted
from domain.people import BOT, Origin, Via
from storage.db import Tx

_BY_SLACK = Origin(BOT, Via.BOT)


def was_posted(tx: Tx, errand: Show) -> None:
    """What somebody asked for is there: recorded, and not said again beside it."""
    place = place_of(errand.surface.subject)
    if place.posted is None or place.part:
        return
    found = context.case(tx, place.release)
    event = NotesPosted(
        release=place.release,
        version=found.version,
        channel=place.channel,
        audience=place.audience,
        language=place.language,
    )
    record(tx, _BY_SLACK, found.project, [event])


def was_refused(tx: Tx, errand: Show, code: str) -> bool:
    """Who had them posted is told in private; what the policy publishes is not called published any more.

    False where nobody is to be told: in the release's own thread nothing is missed that is not missed anyway.
    """
    place = place_of(errand.surface.subject)
    if not place.channel:
        return False
    found = context.case(tx, place.release)
    event = NotesNotPosted(
        release=place.release,
        version=found.version,
        channel=place.channel,
        code=code,
        published=place.posted is None,
    )
    if place.posted is None:
        _not_published(tx, found, place, event)
    else:
        record(tx, _BY_SLACK, found.project, [event])
    told = errand.by or found.release.captain or found.release.started_by
    send(tx, found.project, _BY_SLACK, [(ToPerson(told), event)])
    return True


def _not_published(tx: Tx, found: Case, place: NotesPlace, event: NotesNotPosted) -> None:
    """The thread was told that they are published: it is told otherwise."""
    refused = tuple(dict.fromkeys([*found.release.notes_refused, place.channel]))
    save(tx, found, replace(found.release, notes_refused=refused), _BY_SLACK, [event])
