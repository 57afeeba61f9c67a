"""The way back of a release, and the open changes of a project's schema."""

from __future__ import annotations

from commands import context
from commands.readiness import readiness_of
from commands.show.release import look, project_view
from domain.project import Project
from domain.refusals import Gone, Refused, UnknownSchemaChange
from domain.schema_changes import MustWait, SchemaChange, live
from domain.types import ENDED, REACHED_PRODUCTION, Stage
from domain.views import ReadinessView, SchemaForm, SchemaRow, SchemaView
from storage import releases, rooms, schema_changes
from storage.db import Tx

_ENDED_OFFERED = 10


def readiness(tx: Tx, release: str) -> ReadinessView:
    """Raises Refused(Gone)."""
    found = look(tx, release)
    of = readiness_of(tx, found.project, found.release, found.at)
    return ReadinessView(project=project_view(found.project), release=found.release, readiness=of)


def schema(tx: Tx, key: str) -> SchemaView:
    project = context.project_of(tx, key)
    found = schema_changes.opened(tx, key)
    rows = tuple(_row(tx, project, change) for change in found)
    return SchemaView(project=project_view(project), rows=rows)


def _row(tx: Tx, project: Project, change: SchemaChange) -> SchemaRow:
    stages = rooms.stages(tx, project.key)
    links = tuple((link, stages.get(link.version, Stage.CANDIDATE)) for link in live(change, stages))
    return SchemaRow(change=change, links=links, must_wait=_must_wait(tx, project, change))


def _must_wait(tx: Tx, project: Project, change: SchemaChange) -> MustWait | None:
    """Of the first of its releases that must, while that is on its way."""
    for link in change.links:
        release = releases.get(tx, link.release)
        if release is None or release.stage in ENDED | REACHED_PRODUCTION:
            continue
        of = readiness_of(tx, project, release, tx.now())
        found = [one.must_wait for one in of.changes if one.change.id == change.id and one.must_wait]
        if found:
            return found[0]
    return None


def begin_form(tx: Tx, release: str) -> SchemaForm:
    """Raises Refused(Gone)."""
    found = look(tx, release)
    mine = (found.release.id, found.release.tag)
    return SchemaForm(project=project_view(found.project), releases=(mine,), chosen=release)


def change_form(tx: Tx, id_: str) -> SchemaForm:
    """Releases under way first, then what is out already. Raises Refused(Gone)."""
    change = schema_changes.get(tx, id_)
    if change is None or not change.open:
        raise Refused(Gone("schema_change"))
    project = context.project_of(tx, change.project)
    under_way = reversed(releases.live(tx, project.key))
    out = [one for one in releases.ended(tx, project.key, _ENDED_OFFERED) if one.stage is Stage.CLOSED]
    offered = tuple((one.id, one.tag) for one in (*under_way, *out))
    return SchemaForm(project=project_view(project), releases=offered, change=change)


def meant(tx: Tx, key: str, subject: str) -> SchemaChange:
    """The open change of a project that somebody names; the only one without a name. Raises Refused."""
    found = schema_changes.opened(tx, key)
    named = [one for one in found if one.subject.casefold() == subject.casefold()] if subject else found
    if len(named) == 1:
        return named[0]
    raise Refused(UnknownSchemaChange(subject, tuple(one.subject for one in found)))
