"""One git errand: read the remote, act, and say what came of it as a report. Blocks; runs in a thread."""

from __future__ import annotations

from typing import assert_never

from bot.gitwork.cutting import cut, not_cut
from bot.gitwork.finishing import drop, finish, made_of, tag_candidate
from bot.gitwork.job import Job, Report
from bot.gitwork.reading import head_of, no_head, read, scope_again
from commands.requests import RepositoryWasRead, ScopeWasRead
from domain.errands import (
    CutBranch,
    DropBranch,
    FinishRelease,
    ReadHead,
    ReadRepository,
    ReadScope,
    TagCandidate,
)
from domain.repository import GitProblem, ProblemKind
from domain.scope import RepositoryFacts


def do(job: Job) -> Report:
    """Do one errand. Every problem is part of the report; nothing is half-done."""
    if not job.repository.url:
        return _nowhere(job)
    match job.errand:
        case ReadRepository():
            return read(job)
        case CutBranch():
            return cut(job)
        case ReadHead():
            return head_of(job, job.errand)
        case ReadScope():
            return scope_again(job, job.errand)
        case TagCandidate():
            return tag_candidate(job, job.errand)
        case FinishRelease():
            return finish(job, job.errand)
        case DropBranch():
            return drop(job)
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
            return not_cut(job, problem)
        case ReadHead():
            return no_head(job.errand, problem)
        case ReadScope():
            return ScopeWasRead(release=job.errand.release, candidate=job.errand.candidate)
        case TagCandidate():
            return made_of(job, "tag_candidate", problem)
        case FinishRelease():
            return made_of(job, "tag" if job.errand.only_tag else "finish", problem)
        case DropBranch():
            return made_of(job, "drop_branch", problem)
        case _:
            assert_never(job.errand)
