"""Read the remote: what is there, what would be released now, where a branch stands."""

from __future__ import annotations

from collections.abc import Sequence

from bot.gitwork.job import Job, detail_of
from bot.gitwork.watching import looks
from commands.requests import HeadWasRead, RepositoryWasRead
from domain.commits import Change, Commit, all_authors, changes, count, largest_authors
from domain.detection import detected
from domain.errands import ReadHead
from domain.release import Release
from domain.repository import Facts, GitProblem, ProblemKind
from domain.scope import Line, RepositoryFacts, Scope
from domain.types import ReleaseType
from domain.versions import Version, highest, next_version, tag_name, versions_of
from storage import git

LINES = 2000


def read(job: Job) -> RepositoryWasRead:
    found = git.fetch(job.mirror, job.at)
    if isinstance(found, GitProblem):
        unread = RepositoryFacts(read_at=job.at, problem=found.kind, detail=found.detail)
        return RepositoryWasRead(project=job.project.key, facts=unread)
    return RepositoryWasRead(project=job.project.key, facts=_facts(job, found), looks=looks(job, found))


def _facts(job: Job, found: Facts) -> RepositoryFacts:
    on_main = git.tags_on(job.mirror, job.repository.main)
    tags = on_main if not isinstance(on_main, GitProblem) else frozenset(found.tags)
    production = highest(tags)
    known = job.production if job.production in versions_of(found.tags) else None
    scope, proposed = _proposal(job, found, known or production)
    return RepositoryFacts(
        read_at=job.at,
        tags=tuple(sorted(found.tags)),
        branches=tuple(sorted(found.heads.items())),
        production=tag_name(production) if production else "",
        next_version=proposed,
        scope=scope,
    )


def _proposal(job: Job, found: Facts, production: Version | None) -> tuple[Scope | None, str]:
    """What a regular release would carry now, and the version that it calls for."""
    source = job.repository.source
    if source not in found.heads:
        return None, ""
    since = tag_name(production) if production else ""
    listed = git.read_commits(job.mirror, since or None, found.heads[source])
    if isinstance(listed, GitProblem):
        return None, ""
    called_for = next_version(production, changes(listed), ReleaseType.REGULAR, used=versions_of(found.tags))
    return _with_files(job, scope_of(listed, since, found.heads[source])), str(called_for)


def head_of(job: Job, errand: ReadHead) -> HeadWasRead:
    release = job.subject
    fetched = git.fetch(job.mirror, job.at)
    if isinstance(fetched, GitProblem):
        return no_head(errand, fetched)
    head = fetched.heads.get(release.branch, "")
    if not head:
        return no_head(errand, GitProblem(kind=ProblemKind.MISSING_REF, ref=release.branch))
    return HeadWasRead(
        release=release.id,
        action=errand.action,
        head=head,
        scope=scope_at(job, release, head),
        looks=looks(job, fetched),
    )


def no_head(errand: ReadHead, problem: GitProblem) -> HeadWasRead:
    return HeadWasRead(
        release=errand.release, action=errand.action, problem=problem.kind, detail=detail_of(problem)
    )


def scope_of(commits: Sequence[Commit], since: str, sha: str) -> Scope:
    """The changes of these commits, counted and listed."""
    found = changes(commits)
    return Scope(
        since=since,
        sha=sha,
        counts=count(found),
        lines=tuple(_line(change) for change in found[:LINES]),
        top_authors=tuple(sorted(largest_authors(commits))),
        all_authors=tuple(sorted(all_authors(commits))),
    )


def scope_at(job: Job, release: Release, sha: str) -> Scope | None:
    since = f"v{release.previous_version}" if release.previous_version else ""
    listed = git.read_commits(job.mirror, since or None, sha)
    return None if isinstance(listed, GitProblem) else _with_files(job, scope_of(listed, since, sha))


def _with_files(job: Job, scope: Scope) -> Scope:
    """With what the files say: how much differs, migrations, environment variables."""
    rules = job.project.policy.scope
    found = git.read_difference(job.mirror, scope.since or None, scope.sha, wanted=rules.of_environment)
    return scope if isinstance(found, GitProblem) else detected(scope, found, rules)


def _line(change: Change) -> Line:
    return Line(
        sha=change.sha,
        kind=change.kind,
        text=change.description,
        author=change.author_name,
        breaking=change.breaking,
        scope=change.scope or "",
        pull_request=change.pull_request or 0,
        issues=change.issues,
        note=change.breaking_note or "",
    )
