"""The changes of a release, one of them, and two candidates compared."""

from __future__ import annotations

from commands.correct import commit_of, present
from commands.leave_out import CHANGEABLE
from commands.on_the_way import meant
from commands.scopes import large
from commands.show.release import look, project_view
from domain.corrections import told
from domain.difference import difference
from domain.project import Project
from domain.refusals import Gone, Refused
from domain.release import Release
from domain.scope import Line
from domain.types import ENDED
from domain.views import CompareView, CorrectForm, ScopeView
from storage import corrections, scopes
from storage.db import Tx


def scope(tx: Tx, release: str) -> ScopeView:
    """The changes of the current candidate, or what was proposed at the start. Raises Refused(Gone)."""
    found = look(tx, release)
    shown = scopes.now(tx, found.release)
    if shown is None:
        raise Refused(Gone("scope"))
    policy = found.project.policy
    return ScopeView(
        project=project_view(found.project),
        release=found.release,
        scope=shown,
        compare_url=policy.repository.compare_scope(shown),
        links=policy.links,
        candidates=_built(tx, release, found.release.rc),
        large=large(policy, shown),
        changeable=found.release.stage in CHANGEABLE,
        correctable=found.release.stage not in ENDED,
        corrected=frozenset(one.sha for one in corrections.every(tx, found.project.key)),
    )


def change(tx: Tx, release: str, sha: str) -> Line:
    """The one change that begins so. Raises Refused(Gone)."""
    of = look(tx, release)
    found = meant(tx, of.project, of.release, sha)
    if len(found) != 1:
        raise Refused(Gone("change"))
    return found[0]


def correct_form(tx: Tx, project: Project, text: str, release: Release | None = None) -> CorrectForm:
    """Of the one commit that is meant, on its way in any release of the project. Raises Refused."""
    commit = commit_of(tx, project, text)
    standing = commit.standing
    return CorrectForm(
        project=project.key,
        sha=commit.sha,
        message=present(commit),
        told=told(commit.line) if commit.line else None,
        original=standing.original if standing else None,
        by=standing.by if standing else "",
        tag=release.tag if release else "",
    )


def compare(tx: Tx, release: str, newer: int, older: int) -> CompareView:
    """Raises Refused(Gone) where one of the two was never built."""
    found = look(tx, release)
    built = _built(tx, release, found.release.rc)
    after, before = scopes.of(tx, release, newer), scopes.of(tx, release, older)
    if not {newer, older} <= set(built) or after is None or before is None:
        raise Refused(Gone("candidate"))
    return CompareView(
        release=found.release,
        candidates=built,
        newer=newer,
        older=older,
        difference=difference(before, after),
        links=found.project.policy.links,
    )


def _built(tx: Tx, release: str, rc: int) -> tuple[int, ...]:
    """A branch that was cut has a scope before its first candidate."""
    return tuple(number for number in scopes.candidates(tx, release) if number <= rc)
