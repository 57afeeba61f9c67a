"""What pull requests say of changes whose commits do not say their kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.commits import STANDARD, Commit, Grammar, parse
from domain.forges.model import Title
from domain.forges.rules import ForgeRules
from domain.listing import recounted
from domain.scope import Line, RepositoryFacts, Scope
from domain.types import ReleaseType
from domain.versions import Version, VersionError, next_version, versions_of


def unsaid(scope: Scope) -> tuple[int, ...]:
    """The pull requests whose titles say more than the commits that they became."""
    numbers = (line.pull_request for line in scope.lines if line.unlabelled and line.pull_request)
    return tuple(dict.fromkeys(numbers))


def titled(
    scope: Scope, titles: Mapping[int, Title], rules: ForgeRules, grammar: Grammar = STANDARD
) -> Scope:
    """With the titles in the place of what the commits said, and the kinds of titles, else of labels."""
    lines = tuple(
        _titled(line, titles[line.pull_request], rules, grammar)
        if line.unlabelled and line.pull_request in titles
        else line
        for line in scope.lines
    )
    return replace(scope, lines=lines, counts=recounted(scope.counts, scope.lines, lines))


def _titled(line: Line, title: Title, rules: ForgeRules, grammar: Grammar) -> Line:
    if not title.text.strip():
        return line
    said = parse(_as_commit(line, title), grammar)
    if said.type is None:
        return replace(line, text=said.description, kind=rules.kind_by(title.labels) or line.kind)
    return replace(
        line,
        text=said.description,
        kind=said.kind,
        scope=said.scope or line.scope,
        breaking=line.breaking or said.breaking,
        note=line.note or said.breaking_note or "",
        issues=tuple(dict.fromkeys((*line.issues, *said.issues))),
    )


def _as_commit(line: Line, title: Title) -> Commit:
    """A title is read like the first line that merging makes of it."""
    return Commit(
        sha=line.sha,
        author_name=line.author,
        author_email="",
        committed_at=datetime.min,  # noqa: DTZ901 - nothing looks at it
        subject=" ".join(title.text.split()),
    )


def facts_titled(facts: RepositoryFacts, scope: Scope) -> RepositoryFacts:
    """The facts with a scope that titles were added to: more may be called for than commits alone did."""
    before = facts.scope
    if before is None or not before.since or _weight(before) == _weight(scope):
        return replace(facts, scope=scope)
    try:
        production = Version.parse(before.since)
    except VersionError:
        return replace(facts, scope=scope)
    called_for = next_version(production, scope.lines, ReleaseType.REGULAR, used=versions_of(facts.tags))
    return replace(facts, scope=scope, next_version=str(called_for))


def _weight(scope: Scope) -> tuple[bool, bool]:
    return scope.counts.breaking > 0, scope.counts.features > 0
