"""Record that a rollback was rehearsed on staging; the newest that went well counts for every release."""

from __future__ import annotations

from commands import context
from commands.context import Case
from commands.readiness import refresh_shown
from commands.record import record
from commands.requests import RecordRehearsal
from domain.events import RollbackRehearsed
from domain.lifecycle import with_commander
from domain.people import Origin
from domain.refusals import Refused, TextMissing, TooLong
from domain.rehearsals import WHO_RECORDS, Rehearsal
from domain.views import Happened
from storage import rehearsals
from storage.db import Tx
from storage.ids import new_id

LONGEST = 1000


def rehearse(tx: Tx, request: RecordRehearsal, origin: Origin) -> Happened:
    """Keep who tried what, and how it went. Raises Refused."""
    found = context.case(tx, request.release)
    may_record(found, origin)
    note = request.note.strip()
    if not request.succeeded and not note:
        raise Refused(TextMissing("rehearsal"))
    if len(note) > LONGEST:
        raise Refused(TooLong("rehearsal", LONGEST))
    release = found.release
    made = Rehearsal(
        id=new_id(),
        project=found.project.key,
        release=release.id,
        version=found.version,
        candidate=release.rc,
        by=origin.actor.user,
        at=found.at,
        succeeded=request.succeeded,
        note=note,
    )
    rehearsals.add(tx, made)
    event = RollbackRehearsed(
        release=release.id,
        version=found.version,
        candidate=release.rc,
        succeeded=made.succeeded,
        note=note,
    )
    record(tx, origin, found.project, [event], release=release)
    refresh_shown(tx, found.project, but=release.id)
    return Happened(event)


def may_record(found: Case, origin: Origin) -> None:
    """Raises Refused."""
    context.require(found.roster, origin, "rehearsal", *with_commander(found.release, WHO_RECORDS))
