"""Read the remote: what is there, what would be released now, where a branch stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.gitwork.carrying import carried, scope_of
from bot.gitwork.job import Job, detail_of
from bot.gitwork.watching import looks
from commands.requests import HeadWasRead, RepositoryWasRead, ScopeWasRead
from domain.commits import Commit
from domain.detection import detected
from domain.errands import ReadHead, ReadScope
from domain.release import Release
from domain.repository import NARU_EMAIL, Facts, GitProblem, ProblemKind
from domain.scope import RepositoryFacts, Scope
from domain.types import ReleaseType
from domain.versions import Version, highest, next_version, own_tags, tag_name, versions_of
from storage import git

_FROM_MAIN = ("release/", "hotfix/")


def read(job: Job) -> RepositoryWasRead:
    found = git.fetch(job.mirror, job.at)
    if isinstance(found, GitProblem):
        unread = RepositoryFacts(read_at=job.at, problem=found.kind, detail=found.detail)
        return RepositoryWasRead(project=job.project.key, facts=unread)
    return RepositoryWasRead(project=job.project.key, facts=_facts(job, found), looks=looks(job, found))


def _facts(job: Job, found: Facts) -> RepositoryFacts:
    aside = _aside(job, found)
    on_main = git.tags_on(job.mirror, job.repository.main)
    tags = on_main if not isinstance(on_main, GitProblem) else frozenset(found.tags)
    own = own_tags(found.tags, job.repository.tag_prefix)
    production = highest(own_tags(tags, job.repository.tag_prefix))
    known = job.production if job.production in versions_of(own) else None
    scope, proposed = _proposal(job, found, known or production)
    return RepositoryFacts(
        read_at=job.at,
        tags=tuple(sorted(own)),
        branches=tuple(sorted(found.heads.items())),
        production=tag_name(production) if production else "",
        next_version=proposed,
        scope=scope,
        aside=aside.branches,
        unread=aside.unread,
    )


def _aside(job: Job, found: Facts) -> git.Aside:
    """Every branch that is no main line, against the one that it goes back to.

    What comes from production goes back to main, everything else to where candidates come from.
    """
    repository = job.repository
    stays = {repository.main, repository.source, found.default_branch}
    names = [name for name in sorted(found.heads) if name not in stays]
    bases = {name: repository.main if name.startswith(_FROM_MAIN) else repository.source for name in names}
    listed = git.read_aside(job.mirror, bases, job.aside)
    return git.Aside(unread=tuple(names)) if isinstance(listed, GitProblem) else listed


def _proposal(job: Job, found: Facts, production: Version | None) -> tuple[Scope | None, str]:
    """What a regular release would carry now, and the version that it calls for."""
    source = job.repository.source
    if source not in found.heads:
        return None, ""
    head = found.heads[source]
    since = job.tag(production, found.tags) if production else ""
    read = _commits(job, since, head)
    if read is None:
        return None, ""
    commits, touching = read
    changes = carried(job, commits, touching)
    used = versions_of(own_tags(found.tags, job.repository.tag_prefix))
    called_for = next_version(production, changes, ReleaseType.REGULAR, used=used)
    shown = tag_name(production) if production else ""
    scope = scope_of(job, changes, _own(commits, touching), shown, head)
    return _with_files(job, scope, since), str(called_for)


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
        scope=scope_at(job, release, head, fetched.tags),
        looks=looks(job, fetched),
    )


def scope_again(job: Job, errand: ReadScope) -> ScopeWasRead:
    """The same commits, told anew; the mirror has them, whether or not the remote answers now."""
    fetched = git.fetch(job.mirror, job.at)
    tags = () if isinstance(fetched, GitProblem) else fetched.tags
    scope = scope_at(job, job.subject, errand.sha, tags)
    return ScopeWasRead(release=errand.release, candidate=errand.candidate, scope=scope)


def no_head(errand: ReadHead, problem: GitProblem) -> HeadWasRead:
    return HeadWasRead(
        release=errand.release, action=errand.action, problem=problem.kind, detail=detail_of(problem)
    )


def scope_at(job: Job, release: Release, sha: str, tags: Collection[str]) -> Scope | None:
    """What a release carries at a commit; `tags` are those of the remote."""
    since = job.since(release, tags)
    read = _commits(job, since, sha)
    if read is None:
        return None
    commits, touching = read
    shown = tag_name(Version.parse(release.previous_version)) if release.previous_version else ""
    scope = scope_of(job, carried(job, commits, touching), _own(commits, touching), shown, sha)
    return _with_files(job, scope, since)


def _with_files(job: Job, scope: Scope, since: str) -> Scope:
    """With what the files say: how much differs from the tag `since`, migrations, environment variables."""
    rules, paths = job.project.policy.scope, job.repository.paths
    found = git.read_difference(
        job.mirror, since or None, scope.sha, wanted=rules.of_environment, paths=paths
    )
    return scope if isinstance(found, GitProblem) else detected(scope, found, rules)


Touching = frozenset[str] | None
"""The commits that are the project's own, None where all of them are."""


def _commits(job: Job, since: str, until: str) -> tuple[Sequence[Commit], Touching] | None:
    """Without the files that Naru wrote, which are nobody's news."""
    listed = git.read_commits(job.mirror, since or None, until)
    if isinstance(listed, GitProblem):
        return None
    commits = tuple(commit for commit in listed if commit.is_merge or commit.author_email != NARU_EMAIL)
    if not job.repository.paths:
        return commits, None
    touching = git.read_touching(job.mirror, since or None, until, job.repository.paths)
    return None if isinstance(touching, GitProblem) else (commits, touching)


def _own(commits: Sequence[Commit], touching: Touching) -> Sequence[Commit]:
    return commits if touching is None else [commit for commit in commits if commit.sha in touching]
