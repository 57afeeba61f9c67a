"""A git errand with all that it needs to know, and what its reports have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commands.requests import BranchWasCut, DryRunWasMade, HeadWasRead, RefsWereMade, RepositoryWasRead
from domain.branches import Branch
from domain.errands import GitErrand
from domain.frozen import Watch
from domain.policy import Repository
from domain.project import Project
from domain.release import Release
from domain.repository import NARU_EMAIL, NARU_NAME, GitProblem, Signature
from domain.versions import Version
from storage.git import Mirror

Report = RepositoryWasRead | HeadWasRead | BranchWasCut | RefsWereMade | DryRunWasMade


@dataclass(frozen=True)
class Job:
    """An errand with all that it needs to know. `open_branches` are those that take urgent fixes,
    `production` what is known to run there; `watch` is there when branches are looked at besides,
    `aside` is what was known before of the branches beside the main lines.
    """

    errand: GitErrand
    project: Project
    mirror: Mirror
    at: datetime
    release: Release | None = None
    open_branches: tuple[str, ...] = ()
    production: Version | None = None
    watch: Watch | None = None
    aside: tuple[Branch, ...] = ()

    @property
    def repository(self) -> Repository:
        return self.project.policy.repository

    @property
    def subject(self) -> Release:
        if self.release is None:
            raise ValueError("this errand speaks of a release")
        return self.release


def naru(job: Job) -> Signature:
    """The same signature for the same request, so that asking again makes the same objects."""
    at = job.release.stage_since if job.release else job.at
    return Signature(NARU_NAME, NARU_EMAIL, at)


def detail_of(problem: GitProblem) -> str:
    """The remote's words, else what is spoken of; of a conflict the commit that would not apply."""
    return problem.detail or " ".join(part for part in (problem.ref, problem.actual[:10]) if part)
