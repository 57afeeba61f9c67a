"""Write sections of the notes, or take their drafts again."""

from __future__ import annotations

from commands import context
from commands.change import save
from commands.context import Case
from commands.requests import EditNotes, NewText
from commands.show.notes import at_work, drafted_of
from domain.events import Event, NotesEdited
from domain.lifecycle import with_commander
from domain.notes import Audience
from domain.notes.edits import CLOSED, EDITORS, SECTION, NoteEdit, keys
from domain.people import Origin
from domain.refusals import AlreadySo, NotAllowed, NotesChanged, Refused, TooLate, TooLong
from domain.views import Happened
from storage import note_edits
from storage.db import Tx


def edit(tx: Tx, request: EditNotes, origin: Origin) -> Happened:
    """All of the texts or none. Raises Refused; NotesChanged when somebody else was faster."""
    found = context.case(tx, request.release)
    may_edit(found, origin)
    before = note_edits.newest(tx, found.release.id)
    events: list[Event] = []
    for text in request.texts:
        standing = before.get((text.section, text.language))
        if (standing.id if standing else 0) != text.base:
            raise Refused(_overtaken(text, standing))
        if (standing.text if standing else None) != text.text:
            events.append(_write(tx, found, text, origin))
    if not events:
        raise Refused(AlreadySo("notes"))
    save(tx, found, found.release, origin, events)
    return Happened(events[0])


def may_edit(found: Case, origin: Origin) -> None:
    """The roles, the captain, and who started the release. Raises Refused."""
    release, user = found.release, origin.actor.user
    roles = with_commander(release, EDITORS)
    if not (found.roster.roles_of(user) & set(roles) or user in {release.captain, release.started_by}):
        who = {*found.roster.anyone(roles), release.captain, release.started_by} - {""}
        raise Refused(NotAllowed("notes", roles, tuple(sorted(who))))
    if release.stage in CLOSED:
        raise Refused(TooLate(found.version, release.stage))


def _overtaken(text: NewText, standing: NoteEdit | None) -> NotesChanged:
    return NotesChanged(
        section=text.section,
        language=text.language,
        by=standing.by if standing else "",
        at=standing.at if standing else None,
    )


def _write(tx: Tx, found: Case, text: NewText, origin: Origin) -> NotesEdited:
    if len(text.text or "") > SECTION:
        raise Refused(TooLong("notes_text", SECTION))
    candidate = at_work(found)
    drafted = drafted_of(tx, found, candidate, Audience.TEAM, text.language)
    written = NoteEdit(
        id=0,
        section=text.section,
        language=text.language,
        text=text.text,
        by=origin.actor.user,
        at=found.at,
        candidate=candidate,
        seen=keys(drafted, text.section),
    )
    note_edits.add(tx, found.release.id, written)
    return NotesEdited(
        release=found.release.id,
        version=found.version,
        section=text.section,
        language=text.language,
        candidate=candidate,
        drafted=text.text is None,
    )
