"""The outbox's git rows, one at a time per project: done in a thread, reported through a command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.gitwork import Job, Report, do
from commands import correct, freeze_watch, git_reports
from commands.production import running
from commands.requests import BranchWasCut, HeadWasRead, RefsWereMade, RepositoryWasRead, ScopeWasRead
from domain.corrections import messages
from domain.errands import ReadRepository
from domain.people import BOT, Origin, Via
from domain.project import Project
from domain.types import Stage
from domain.views import Happened
from storage import corrections, outbox, projects, releases
from storage.db import Database, Tx
from storage.git import Mirror
from storage.outbox import Claimed

log = structlog.get_logger()
LEASE = timedelta(minutes=15)
AT_ONCE = 2
ORIGIN = Origin(BOT, Via.GIT)


class GitWorker:
    """Claims git errands and reports what came of them; the claim's lease covers a crash in between."""

    def __init__(self, db: Database, mirror_of: Callable[[Project], Mirror]) -> None:
        self._db = db
        self._mirror_of = mirror_of

    async def work(self) -> int:
        """Do what is due; returns how many errands were done."""
        claimed = await self._db.run(_claim)
        await asyncio.gather(*(self._one(item) for item in claimed))
        return len(claimed)

    async def _one(self, item: Claimed) -> None:
        job = await self._db.read(self._job, item)
        if job is None:
            await self._db.run(outbox.finish, [(item.id, "gone")])
            return
        report = await asyncio.to_thread(do, job)
        await self._db.run(_report, item.id, report)
        log.info("git", project=job.project.key, errand=type(item.errand).__name__)

    def _job(self, tx: Tx, item: Claimed) -> Job | None:
        """The errand with its project and release as they are now; None when they are gone or it is moot."""
        errand = item.errand
        project = projects.get(tx, getattr(errand, "project", ""))
        if project is None:
            return None
        mirror = self._mirror_of(project)
        release = releases.get(tx, getattr(errand, "release", ""))
        if release is None and not isinstance(errand, ReadRepository):
            return None
        live = releases.live(tx, project.key)
        return Job(
            errand,  # type: ignore[arg-type]  # claimed from the git lanes
            project,
            mirror,
            tx.now(),
            release,
            open_branches=tuple(r.branch for r in live if r.branch and r.stage is not Stage.CANDIDATE),
            production=running(tx, project.key),
            watch=freeze_watch.watch_of(tx, project, live),
            corrections=messages(corrections.every(tx, project.key)),
        )


def _claim(tx: Tx) -> list[Claimed]:
    return outbox.claim_due(tx, git=True, limit=AT_ONCE, lease=LEASE)


def _report(tx: Tx, errand: int, report: Report) -> Happened:
    """The report and the errand's end commit together: a crash before repeats both, and git is read first."""
    outbox.finish(tx, [(errand, getattr(report, "problem", "") or "done")])
    match report:
        case RepositoryWasRead():
            return git_reports.repository_was_read(tx, report, ORIGIN)
        case BranchWasCut():
            return git_reports.branch_was_cut(tx, report, ORIGIN)
        case HeadWasRead():
            return git_reports.head_was_read(tx, report, ORIGIN)
        case ScopeWasRead():
            return correct.scope_was_read(tx, report, ORIGIN)
        case RefsWereMade():
            return git_reports.refs_were_made(tx, report, ORIGIN)
