"""Cut a release's branch, or say why not."""

from __future__ import annotations

from bot.gitwork.job import Job, detail_of
from bot.gitwork.reading import scope_at
from bot.gitwork.watching import looks
from bot.gitwork.writing import written
from commands.requests import BranchWasCut
from domain.frozen import feature_branch
from domain.policy import Repository
from domain.release import Release
from domain.repository import NARU_EMAIL, NARU_NAME, Facts, GitProblem, Made, ProblemKind, Signature
from domain.types import PLANNED, URGENT, Flow, ReleaseType
from storage import git


def cut(job: Job) -> BranchWasCut:
    release, repository = job.subject, job.repository
    fetched = git.fetch(job.mirror, job.at)
    if isinstance(fetched, GitProblem):
        return not_cut(job, fetched)
    taken = tuple(name for name in (job.tag(release.version),) if name in fetched.tags)
    if taken:
        return BranchWasCut(release=release.id, branch=release.branch, taken=taken)
    made = _make_branch(job, fetched)
    if isinstance(made, GitProblem):
        return not_cut(job, made)
    trunk = release.branch == repository.main
    files = written(job, fetched.heads[repository.main] if trunk else made.refs[0][1], fetched.tags)
    if isinstance(files, GitProblem):
        return not_cut(job, files)
    sha = files.refs[0][1]
    return BranchWasCut(
        release=release.id,
        branch=release.branch,
        sha=sha,
        refs=() if trunk and files.already else files.refs,
        already=made.already and files.already,
        scope=scope_at(job, release, sha, fetched.tags),
        looks=looks(job, fetched),
    )


def _make_branch(job: Job, fetched: Facts) -> Made | GitProblem:
    release, repository = job.subject, job.repository
    since = job.since(release, fetched.tags)
    if release.type in URGENT:
        onto = since or repository.main
        by = Signature(NARU_NAME, NARU_EMAIL, release.created_at)
        return git.pick_branch(job.mirror, release.branch, onto=onto, commits=release.commits, by=by)
    source = _source(release, repository, fetched)
    if repository.flow is Flow.TRUNK and release.type in PLANNED:
        head = fetched.heads.get(repository.main)
        missing = GitProblem(kind=ProblemKind.MISSING_REF, ref=repository.main)
        return Made(((repository.main, head),)) if head else missing
    return git.cut_branch(job.mirror, release.branch, source, since=since or None)


def _source(release: Release, repository: Repository, fetched: Facts) -> str:
    """The feature's own branch when it has one, else where planned candidates come from."""
    own = feature_branch(release, fetched.heads) if release.type is ReleaseType.FEATURE else ""
    return own or repository.source


def not_cut(job: Job, problem: GitProblem) -> BranchWasCut:
    return BranchWasCut(
        release=job.subject.id,
        branch=job.subject.branch,
        problem=problem.kind,
        detail=detail_of(problem),
        files=problem.files,
    )
