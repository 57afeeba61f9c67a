"""One git errand: read the remote, act, and say what came of it as a report. Blocks; runs in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from commands.requests import BranchWasCut, HeadWasRead, RefsWereMade, RepositoryWasRead
from domain.commits import Change, Commit, all_authors, changes, count, largest_authors
from domain.errands import (
    CutBranch,
    DropBranch,
    FinishRelease,
    GitErrand,
    ReadHead,
    ReadRepository,
    TagCandidate,
)
from domain.policy import Repository
from domain.project import Project
from domain.release import Release
from domain.repository import Facts, GitProblem, Made, ProblemKind, Signature
from domain.scope import Line, RepositoryFacts, Scope
from domain.types import PLANNED, URGENT, Flow, ReleaseType
from domain.versions import Version, candidate_tag, highest, next_version, tag_name, versions_of
from storage import git
from storage.git import Finish, Mirror, NewTag

Report = RepositoryWasRead | HeadWasRead | BranchWasCut | RefsWereMade
LINES = 2000


@dataclass(frozen=True)
class Job:
    """An errand with all that it needs to know. `open_branches` are those of releases under way,
    `production` what is known to run there.
    """

    errand: GitErrand
    project: Project
    mirror: Mirror
    at: datetime
    release: Release | None = None
    open_branches: tuple[str, ...] = ()
    production: Version | None = None

    @property
    def repository(self) -> Repository:
        return self.project.policy.repository

    @property
    def subject(self) -> Release:
        if self.release is None:
            raise ValueError("this errand speaks of a release")
        return self.release


def do(job: Job) -> Report:
    """Do one errand. Every problem is part of the report; nothing is half-done."""
    if not job.repository.url:
        return _nowhere(job)
    match job.errand:
        case ReadRepository():
            return RepositoryWasRead(project=job.project.key, facts=_facts(job))
        case CutBranch():
            return _cut(job)
        case ReadHead():
            return _head(job, job.errand)
        case TagCandidate():
            name = candidate_tag(job.subject.version, job.errand.candidate)
            tag = NewTag(name=name, message=f"{name}\n")
            return _made(job, "tag_candidate", git.create_tag(job.mirror, tag, job.errand.sha, _naru(job)))
        case FinishRelease():
            return _finish(job, job.errand)
        case DropBranch():
            return _drop(job)
        case _:
            assert_never(job.errand)


def _nowhere(job: Job) -> Report:
    """The policy names no repository (any more): whoever waits is told."""
    problem = GitProblem(kind=ProblemKind.NOT_A_REPOSITORY)
    match job.errand:
        case ReadRepository():
            facts = RepositoryFacts(read_at=job.at, problem=problem.kind)
            return RepositoryWasRead(project=job.project.key, facts=facts)
        case CutBranch():
            return _not_cut(job, problem)
        case ReadHead():
            return _no_head(job.errand, problem)
        case TagCandidate():
            return _made(job, "tag_candidate", problem)
        case FinishRelease():
            return _made(job, "tag" if job.errand.only_tag else "finish", problem)
        case DropBranch():
            return _made(job, "drop_branch", problem)
        case _:
            assert_never(job.errand)


def _naru(job: Job) -> Signature:
    """The same signature for the same request, so that asking again makes the same objects."""
    at = job.release.stage_since if job.release else job.at
    return Signature("Naru", "naru@localhost", at)


# --- reading ---


def _facts(job: Job) -> RepositoryFacts:
    found = git.fetch(job.mirror, job.at)
    if isinstance(found, GitProblem):
        return RepositoryFacts(read_at=job.at, problem=found.kind, detail=found.detail)
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
    return scope_of(listed, since, found.heads[source]), str(called_for)


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


def _line(change: Change) -> Line:
    return Line(
        sha=change.sha,
        kind=change.kind,
        text=change.description,
        author=change.author_name,
        breaking=change.breaking,
        scope=change.scope or "",
        pull_request=change.pull_request or 0,
    )


def _head(job: Job, errand: ReadHead) -> HeadWasRead:
    release = job.subject
    fetched = git.fetch(job.mirror, job.at)
    if isinstance(fetched, GitProblem):
        return _no_head(errand, fetched)
    head = fetched.heads.get(release.branch, "")
    if not head:
        return _no_head(errand, GitProblem(kind=ProblemKind.MISSING_REF, ref=release.branch))
    return HeadWasRead(
        release=release.id, action=errand.action, head=head, scope=_scope_at(job, release, head)
    )


def _no_head(errand: ReadHead, problem: GitProblem) -> HeadWasRead:
    return HeadWasRead(
        release=errand.release, action=errand.action, problem=problem.kind, detail=_detail(problem)
    )


def _scope_at(job: Job, release: Release, sha: str) -> Scope | None:
    since = f"v{release.previous_version}" if release.previous_version else ""
    listed = git.read_commits(job.mirror, since or None, sha)
    return None if isinstance(listed, GitProblem) else scope_of(listed, since, sha)


# --- acting ---


def _cut(job: Job) -> BranchWasCut:
    release, repository = job.subject, job.repository
    fetched = git.fetch(job.mirror, job.at)
    if isinstance(fetched, GitProblem):
        return _not_cut(job, fetched)
    taken = tuple(name for name in (tag_name(release.version),) if name in fetched.tags)
    if taken:
        return BranchWasCut(release=release.id, branch=release.branch, taken=taken)
    made = _make_branch(job, fetched)
    if isinstance(made, GitProblem):
        return _not_cut(job, made)
    sha = fetched.heads[repository.main] if release.branch == repository.main else made.refs[0][1]
    return BranchWasCut(
        release=release.id, branch=release.branch, sha=sha, scope=_scope_at(job, release, sha)
    )


def _make_branch(job: Job, fetched: Facts) -> Made | GitProblem:
    release, repository = job.subject, job.repository
    since = f"v{release.previous_version}" if release.previous_version else None
    if release.type in URGENT:
        onto = since or repository.main
        by = Signature("Naru", "naru@localhost", release.created_at)
        return git.pick_branch(job.mirror, release.branch, onto=onto, commits=release.commits, by=by)
    source = _source(release, repository, fetched)
    if repository.flow is Flow.TRUNK and release.type in PLANNED:
        head = fetched.heads.get(repository.main)
        missing = GitProblem(kind=ProblemKind.MISSING_REF, ref=repository.main)
        return Made(((repository.main, head),)) if head else missing
    return git.cut_branch(job.mirror, release.branch, source, since=since)


def _source(release: Release, repository: Repository, fetched: Facts) -> str:
    """The feature's own branch when it has one, else where planned candidates come from."""
    if release.type is ReleaseType.FEATURE and release.feature:
        own = next((b for b in (f"feature/{release.feature}", release.feature) if b in fetched.heads), "")
        if own:
            return own
    return repository.source


def _not_cut(job: Job, problem: GitProblem) -> BranchWasCut:
    return BranchWasCut(
        release=job.subject.id,
        branch=job.subject.branch,
        problem=problem.kind,
        detail=_detail(problem),
        files=problem.files,
    )


def _detail(problem: GitProblem) -> str:
    """The remote's words, else what is spoken of; of a conflict the commit that would not apply."""
    return problem.detail or " ".join(part for part in (problem.ref, problem.actual[:10]) if part)


def _finish(job: Job, errand: FinishRelease) -> RefsWereMade:
    release, repository = job.subject, job.repository
    if release.candidate is None:
        raise ValueError("a release without a candidate is never finished")
    tag = NewTag(name=release.tag, message=f"{release.tag}\n")
    if errand.only_tag:
        return _made(job, "tag", git.create_tag(job.mirror, tag, release.candidate.sha, _naru(job)))
    trunk = release.branch == repository.main
    end = Finish(
        branch=release.branch,
        sha=release.candidate.sha,
        into=() if trunk else _targets(job),
        tag=tag,
        delete_branch=not trunk,
    )
    if trunk:
        return _made(job, "finish", git.create_tag(job.mirror, tag, release.candidate.sha, _naru(job)))
    return _made(job, "finish", git.finish(job.mirror, end, _naru(job)))


def _targets(job: Job) -> tuple[str, ...]:
    """Main, develop and, for urgent fixes, the open release branches as well (spec 2.4)."""
    repository = job.repository
    into = [repository.main]
    if repository.flow is Flow.GIT_FLOW:
        into.append(repository.develop)
    if job.subject.type in URGENT:
        into += [name for name in job.open_branches if name not in {job.subject.branch, repository.main}]
    return tuple(dict.fromkeys(into))


def _drop(job: Job) -> RefsWereMade:
    release = job.subject
    head = git.remote_head(job.mirror, release.branch)
    if isinstance(head, GitProblem):
        gone = head.kind is ProblemKind.MISSING_REF
        return _made(job, "drop_branch", Made(()) if gone else head)
    return _made(job, "drop_branch", git.delete_branch(job.mirror, release.branch, head))


def _made(job: Job, work: str, made: Made | GitProblem) -> RefsWereMade:
    if isinstance(made, GitProblem):
        return RefsWereMade(
            release=job.subject.id,
            work=work,
            problem=made.kind,
            detail=_detail(made),
            files=made.files,
        )
    refs = tuple(
        (name.removeprefix("refs/tags/").removeprefix("refs/heads/"), sha) for name, sha in made.refs
    )
    return RefsWereMade(release=job.subject.id, work=work, refs=refs)
