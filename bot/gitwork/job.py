"""A git errand with all that it needs to know, and what its reports have in common."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from commands.requests import (
    BranchWasCut,
    DryRunWasMade,
    HeadWasRead,
    RefsWereMade,
    RepositoryWasRead,
    ScopeWasRead,
)
from domain.branches import Branch
from domain.commits import Grammar
from domain.errands import GitErrand
from domain.frozen import Watch
from domain.notes.edits import Newest
from domain.policy import Repository
from domain.project import Project
from domain.release import Release
from domain.repository import NARU_EMAIL, NARU_NAME, GitProblem, Signature
from domain.versions import Version, own_tags, spelled
from storage.git import Mirror

Report = RepositoryWasRead | HeadWasRead | ScopeWasRead | BranchWasCut | RefsWereMade | DryRunWasMade


@dataclass(frozen=True)
class Job:
    """An errand with all that it needs to know. `open_branches` are those that take urgent fixes,
    `production` what is known to run there; `watch` is there when branches are looked at besides,
    `aside` is what was known before of the branches beside the main lines; `corrections` are messages by
    full SHA, `notes` what people wrote for the release's notes.
    """

    errand: GitErrand
    project: Project
    mirror: Mirror
    at: datetime
    release: Release | None = None
    open_branches: tuple[str, ...] = ()
    production: Version | None = None
    watch: Watch | None = None
    corrections: Mapping[str, str] = field(default_factory=dict)
    aside: tuple[Branch, ...] = ()
    notes: Newest = field(default_factory=dict)

    @property
    def repository(self) -> Repository:
        return self.project.policy.repository

    @property
    def grammar(self) -> Grammar:
        """How messages are read, as they were written: no correction says what came onto a branch."""
        return self.project.policy.grammar

    @property
    def told(self) -> Grammar:
        """How changes are told: corrected messages in the place of those that were written."""
        return replace(self.grammar, corrections=self.corrections)

    def tag(self, version: Version, found: Collection[str] = ()) -> str:
        """The git tag of a version; among the remote's tags as it is spelled there."""
        prefix = self.repository.tag_prefix
        return prefix + spelled(version, own_tags(found, prefix))

    def since(self, release: Release, found: Collection[str] = ()) -> str:
        """The git tag of what a release follows, empty for the first one."""
        before = release.previous_version
        return self.tag(Version.parse(before), found) if before else ""

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
