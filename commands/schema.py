"""Track a change of the schema over several releases: begun, linked to them, ended (spec 8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from commands import context
from commands.context import Case
from commands.record import record, refresh
from commands.requests import BeginSchemaChange, EndSchemaChange, LinkSchemaChange
from domain import schema_changes as domain
from domain.events import Event, SchemaChangeBegun, SchemaChangeEnded, SchemaChangeLinked
from domain.people import Origin
from domain.project import Project
from domain.readiness import may_prepare
from domain.refusals import AlreadySo, Gone, Refused, TextMissing, TooLate, TooLong
from domain.schema_changes import WHO_TRACKS, PhaseLink, SchemaChange
from domain.schema_phases import Phase
from domain.types import Stage
from domain.views import Happened
from storage import outbox, people, releases, rooms, schema_changes
from storage.db import Tx
from storage.ids import new_id

LONGEST = 200
_OVER = frozenset({Stage.CANCELLED, Stage.ROLLED_BACK})


def begin(tx: Tx, request: BeginSchemaChange, origin: Origin) -> Happened:
    """A change of the schema whose first phase this release takes. Raises Refused."""
    found = context.case(tx, request.release)
    may_track(tx, found.project, origin)
    subject, title = request.subject.strip(), request.title.strip()
    if not subject:
        raise Refused(TextMissing("schema_subject"))
    for text, field in ((subject, "schema_subject"), (title, "schema_title")):
        if len(text) > LONGEST:
            raise Refused(TooLong(field, LONGEST))
    if any(one.subject == subject for one in schema_changes.opened(tx, found.project.key)):
        raise Refused(AlreadySo("schema_change"))
    change = SchemaChange(
        id=new_id(),
        project=found.project.key,
        subject=subject,
        title=title,
        started_by=origin.actor.user,
        started_at=found.at,
    )
    with_release = _link(tx, found, change, Phase.EXPAND, origin)
    schema_changes.put(tx, with_release)
    event = SchemaChangeBegun(
        release=found.release.id, version=found.version, change=change.id, subject=subject, title=title
    )
    _told(tx, found, with_release, origin, [event])
    return Happened(event)


def link(tx: Tx, request: LinkSchemaChange, origin: Origin) -> Happened:
    """A release takes a phase of the change, or takes it no longer. Raises Refused."""
    found = context.case(tx, request.release)
    may_track(tx, found.project, origin)
    change = _change(tx, found.project, request.change)
    if request.phase is None:
        phase = change.carried_by(found.release.id)
        after = domain.unlinked(change, found.release.id)
    else:
        phase, after = request.phase, _link(tx, found, change, request.phase, origin)
    schema_changes.put(tx, after)
    event = SchemaChangeLinked(
        release=found.release.id,
        version=found.version,
        change=change.id,
        subject=change.subject,
        phase=phase or Phase.EXPAND,
        undone=request.phase is None,
    )
    _told(tx, found, after, origin, [event])
    return Happened(event)


def end(tx: Tx, request: EndSchemaChange, origin: Origin) -> Happened:
    """The change is finished, or given up with a reason. Raises Refused."""
    known = schema_changes.get(tx, request.change, lock=True)
    if known is None:
        raise Refused(Gone("schema_change"))
    project = context.project_of(tx, known.project)
    may_track(tx, project, origin)
    reason = request.reason.strip()
    if not request.finished and not reason:
        raise Refused(TextMissing("reason"))
    after = domain.ended(
        known,
        rooms.stages(tx, project.key),
        finished=request.finished,
        by=origin.actor.user,
        at=tx.now(),
    )
    schema_changes.put(tx, replace(after, reason=reason))
    event = SchemaChangeEnded(
        change=known.id, subject=known.subject, finished=request.finished, reason=reason
    )
    record(tx, origin, project, [event])
    _refresh(tx, project, [one.release for one in known.links])
    return Happened(event)


def may_track(tx: Tx, project: Project, origin: Origin) -> None:
    """Raises Refused."""
    context.require(people.roster(tx, project.key), origin, "schema_change", *WHO_TRACKS)


def _change(tx: Tx, project: Project, id_: str) -> SchemaChange:
    change = schema_changes.get(tx, id_, lock=True)
    if change is None or change.project != project.key:
        raise Refused(Gone("schema_change"))
    return change


def _link(tx: Tx, found: Case, change: SchemaChange, phase: Phase, origin: Origin) -> SchemaChange:
    """What is out already can be named as the release that expanded or migrated; contracting lies ahead."""
    release = found.release
    if release.stage in _OVER or (phase is Phase.CONTRACT and not may_prepare(release)):
        raise Refused(TooLate(found.version, release.stage))
    new = PhaseLink(
        phase=phase, release=release.id, version=release.version, by=origin.actor.user, at=found.at
    )
    return domain.linked(change, new, rooms.stages(tx, release.project))


def _told(tx: Tx, found: Case, change: SchemaChange, origin: Origin, events: Sequence[Event]) -> None:
    record(tx, origin, found.project, events, release=found.release)
    _refresh(tx, found.project, [one.release for one in change.links if one.release != found.release.id])


def _refresh(tx: Tx, project: Project, of: Iterable[str]) -> None:
    """The cards and requests of the linked releases follow."""
    for id_ in dict.fromkeys(of):
        if release := releases.get(tx, id_):
            outbox.add(tx, refresh(project, release, new_id()))


def refresh_waiting(tx: Tx, project: Project, moved: str) -> None:
    """A release went on or back: whoever takes a later phase of the same change may go now, or no more."""
    linked = (one for one in schema_changes.opened(tx, project.key) if one.carried_by(moved))
    _refresh(tx, project, [link.release for one in linked for link in one.links if link.release != moved])
