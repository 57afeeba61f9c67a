"""Tag, merge back, delete the branch: the end of a release on the remote."""

from __future__ import annotations

from bot.gitwork.job import Job, detail_of, naru
from commands.requests import RefsWereMade
from domain.errands import FinishRelease, TagCandidate
from domain.repository import GitProblem, Made, ProblemKind
from domain.types import URGENT, Flow
from domain.versions import candidate_tag
from storage import git
from storage.git import Finish, NewTag

TAGS = "refs/tags/"


def finish(job: Job, errand: FinishRelease) -> RefsWereMade:
    release, repository = job.subject, job.repository
    if release.candidate is None:
        raise ValueError("a release without a candidate is never finished")
    name = job.tag(release.version)
    tag = NewTag(name=name, message=f"{name}\n")
    sha = release.candidate.sha
    if errand.only_tag:
        return made_of(job, "tag", git.create_tag(job.mirror, tag, sha, naru(job)), tagged=sha)
    trunk = release.branch == repository.main
    if trunk:
        return made_of(job, "finish", git.create_tag(job.mirror, tag, sha, naru(job)), tagged=sha)
    notes = job.project.policy.notes
    end = Finish(
        branch=release.branch,
        sha=sha,
        into=_targets(job),
        tag=tag,
        keeping=frozenset(job.open_branches),
        changelog=notes.changelog or "",
        version_file=notes.version_file or "",
    )
    return made_of(job, "finish", git.finish(job.mirror, end, naru(job)), tagged=sha)


def _targets(job: Job) -> tuple[str, ...]:
    """Main, develop and, for urgent fixes, the open release branches as well (spec 2.4)."""
    repository = job.repository
    into = [repository.main]
    if repository.flow is Flow.GIT_FLOW:
        into.append(repository.develop)
    if job.subject.type in URGENT:
        into += [name for name in job.open_branches if name not in {job.subject.branch, repository.main}]
    return tuple(dict.fromkeys(into))


def drop(job: Job) -> RefsWereMade:
    release = job.subject
    head = git.remote_head(job.mirror, release.branch)
    if isinstance(head, GitProblem):
        gone = head.kind is ProblemKind.MISSING_REF
        return made_of(job, "drop_branch", Made(()) if gone else head)
    return made_of(job, "drop_branch", git.delete_branch(job.mirror, release.branch, head))


def made_of(job: Job, work: str, made: Made | GitProblem, *, tagged: str = "") -> RefsWereMade:
    """`tagged` is the commit that tags mean: what a person asks for is not the object of the tag itself."""
    if isinstance(made, GitProblem):
        return RefsWereMade(
            release=job.subject.id,
            work=work,
            problem=made.kind,
            detail=detail_of(made),
            files=made.files,
            conflicts=made.conflicts,
        )
    refs = tuple((name, tagged if name.startswith(TAGS) else sha) for name, sha in made.refs)
    return RefsWereMade(
        release=job.subject.id, work=work, refs=refs, before=made.before, already=made.already
    )


def tag_candidate(job: Job, errand: TagCandidate) -> RefsWereMade:
    name = candidate_tag(job.subject.version, errand.candidate, job.repository.tag_prefix)
    tag = NewTag(name=name, message=f"{name}\n")
    made = git.create_tag(job.mirror, tag, errand.sha, naru(job))
    return made_of(job, "tag_candidate", made, tagged=errand.sha)
