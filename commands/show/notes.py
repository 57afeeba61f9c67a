"""The notes of a release as they stand: drafted from its scope, with what people wrote in its place."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from commands.context import Case
from commands.show.look import look, project_view
from domain.notes import Audience, Gap, Head, Notes, draft, gaps
from domain.notes.edits import Newest, came_after, only_in, with_edits
from domain.project import Project
from domain.release import Release
from domain.scope import Line, Scope
from domain.types import Stage
from domain.views.notes import NotesView
from storage import note_edits, scope_pages, scopes
from storage.db import Tx


def notes(
    tx: Tx,
    release: str,
    language: str,
    audience: Audience = Audience.TEAM,
    *,
    candidate: int | None = None,
    upto: int | None = None,
) -> NotesView:
    """As they are, or as they were with an earlier candidate and the texts up to an id. Raises Refused."""
    found = look(tx, release)
    number = candidate if candidate is not None else at_work(found)
    edits = note_edits.newest(tx, release, upto)
    drafted = drafted_of(tx, found, number, audience, language)
    shown = with_edits(drafted, edits, language)
    published = found.release.notes_published
    last = max((edit.id for edit in edits.values()), default=0)
    return NotesView(
        project=project_view(found.project),
        release=found.release,
        notes=shown,
        drafted=drafted,
        language=language,
        audience=audience,
        edits=edits,
        gaps=gaps(shown),
        required=found.project.policy.notes.required,
        after=came_after(drafted, edits, language),
        elsewhere=only_in(edits, language),
        unpublished=published is not None and (last > published or bool(found.release.notes_refused)),
        outdated=published is not None and last > published,
        links=found.project.policy.links,
        candidate=number,
        edit=last,
    )


def at_work(found: Case) -> int:
    """The candidate that is being written for: the one to come while it is built."""
    release = found.release
    return release.rc + 1 if release.stage in {Stage.BUILDING, Stage.CANDIDATE} else release.rc


def drafted_of(tx: Tx, found: Case, candidate: int, audience: Audience, language: str) -> Notes:
    """What git says of a candidate, in the form that the policy gives its audience."""
    scope = scopes.of(tx, found.release.id, candidate)
    head = head_in(found.project, found.release)
    made = Notes(head=head)
    if scope is not None:
        made = draft(
            head,
            _all_of(tx, found, scope, candidate),
            variables=scope.variables,
            migrations=scope.migrations,
            left_out={one.sha for one in found.release.left_out},
        )
    template = found.project.policy.notes.templates.of(audience)
    return replace(
        made,
        order=template.sections,
        intro=template.intro[language],
        outro=template.outro[language],
    )


def _all_of(tx: Tx, found: Case, scope: Scope, candidate: int) -> tuple[Line, ...]:
    """Every change: lists hold the newest ones alone, notes leave out nothing."""
    if scope.counts.total <= len(scope.lines):
        return scope.lines
    further = scope_pages.beyond(tx, found.project.key, scope.lines, found.release.id, candidate)
    return (*scope.lines, *further)


def head_in(project: Project, release: Release) -> Head:
    """The day is that of the deploy, in the project's zone."""
    at = release.deployed_at or release.deploy_at
    zone = ZoneInfo(project.policy.zone)
    return Head(
        version=release.tag,
        previous=f"v{release.previous_version}" if release.previous_version else "",
        type=release.type,
        day=at.astimezone(zone).date() if at else None,
    )


def required_gaps(tx: Tx, found: Case) -> tuple[Gap, ...]:
    """What the policy wants in the notes and nobody has written."""
    wanted = found.project.policy.notes.required
    if not wanted:
        return ()
    language = found.project.policy.language
    edits: Newest = note_edits.newest(tx, found.release.id)
    drafted = drafted_of(tx, found, at_work(found), Audience.TEAM, language)
    return tuple(gap for gap in gaps(with_edits(drafted, edits, language)) if gap.kind in wanted)
