"""What a step would do on the remote: the same work with a mirror that pushes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.gitwork.cutting import cut
from bot.gitwork.finishing import drop, finish, made_of, tag_candidate
from bot.gitwork.job import Job
from commands.requests import BranchWasCut, DryRunWasMade, RefsWereMade
from domain.errands import DryRun, FinishRelease, TagCandidate
from domain.release import Candidate, Release
from domain.repository import GitProblem
from domain.types import GitStep
from storage import git


def dry_run(job: Job, errand: DryRun) -> DryRunWasMade:
    release = replace(job.subject, branch=errand.branch, commits=errand.commits)
    planned = replace(job, mirror=replace(job.mirror, dry_run=True), release=release, watch=None)
    report = _planned(planned, errand.step)
    return DryRunWasMade(
        release=release.id,
        step=errand.step,
        by=errand.by,
        refs=() if report.already else report.refs,
        before=report.before if isinstance(report, RefsWereMade) else (),
        taken=report.taken if isinstance(report, BranchWasCut) else (),
        problem=report.problem,
        detail=report.detail,
        files=report.files,
        conflicts=report.conflicts if isinstance(report, RefsWereMade) else (),
    )


def _planned(job: Job, step: GitStep) -> BranchWasCut | RefsWereMade:
    release = job.subject
    match step:
        case GitStep.CUT:
            return cut(job)
        case GitStep.TAG:
            head = git.remote_head(job.mirror, release.branch)
            if isinstance(head, GitProblem):
                return made_of(job, step, head)
            return tag_candidate(job, TagCandidate(release.project, release.id, release.rc + 1, head))
        case GitStep.FINISH:
            return _finish(job)
        case GitStep.DELETE:
            return drop(job)
        case _:
            assert_never(step)


def _finish(job: Job) -> RefsWereMade:
    """Of the candidate; before there is one, of the branch as it stands: a conflict is better known early."""
    release = job.subject
    if release.candidate is None:
        head = git.remote_head(job.mirror, release.branch)
        if isinstance(head, GitProblem):
            return made_of(job, GitStep.FINISH, head)
        job = replace(job, release=_as_candidate(release, head, job))
    return finish(job, FinishRelease(release.project, release.id))


def _as_candidate(release: Release, head: str, job: Job) -> Release:
    return replace(release, candidate=Candidate(release.rc + 1, head, job.at))
