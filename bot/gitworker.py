"""The outbox's git rows, one at a time per project: done in a thread, reported through a command."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.gitwork import Job, Report, do
from commands import correct, dry_run, freeze_watch, git_reports
from commands.production import running
from commands.requests import (
    BranchWasCut,
    DryRunWasMade,
    HeadWasRead,
    RefsWereMade,
    RepositoryWasRead,
    ScopeWasRead,
)
from domain.corrections import messages
from domain.errands import ReadRepository
from domain.merging import open_branches
from domain.people import BOT, Origin, Via
from domain.project import Project
from domain.repository import PASSING
from domain.views import Happened
from storage import corrections, note_edits, outbox, projects, releases, repositories
from storage.db import Database, Tx
from storage.git import Mirror
from storage.outbox import Claimed

log = structlog.get_logger()
LEASE = timedelta(minutes=15)
AT_ONCE = 2
# A remote that does not answer is asked again before a person is: some failures pass by themselves.
RETRIES = (timedelta(seconds=5), timedelta(seconds=20), timedelta(minutes=1))
ORIGIN = Origin(BOT, Via.GIT)

ReadTitles = Callable[[Project, Report], Awaitable[Report]]


class GitWorker:
    """Claims git errands and reports what came of them; the claim's lease covers a crash in between."""

    def __init__(
        self, db: Database, mirror_of: Callable[[Project], Mirror], titles: ReadTitles | None = None
    ) -> None:
        """`titles` adds to what git says of changes what the forge does."""
        self._db = db
        self._mirror_of = mirror_of
        self._titles = titles

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
        if self._titles is not None:
            report = await self._titles(job.project, report)
        await self._db.run(_report, item, report)
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
        facts = repositories.facts(tx, project.key)
        return Job(
            errand,  # type: ignore[arg-type]  # claimed from the git lanes
            project,
            mirror,
            tx.now(),
            release,
            open_branches=open_branches(live),
            production=running(tx, project.key),
            watch=freeze_watch.watch_of(tx, project, live),
            aside=facts.aside if facts else (),
            notes=note_edits.newest(tx, release.id) if release else {},
            corrections=messages(corrections.every(tx, project.key)),
        )


def _claim(tx: Tx) -> list[Claimed]:
    return outbox.claim_due(tx, git=True, limit=AT_ONCE, lease=LEASE)


def _report(tx: Tx, item: Claimed, report: Report) -> Happened | None:
    """The report and the errand's end commit together: a crash before repeats both, and git is read first.

    None when the remote is asked again first.
    """
    problem = getattr(report, "problem", "")
    if problem in PASSING and item.attempts <= len(RETRIES):
        outbox.put_back(tx, item.id, RETRIES[item.attempts - 1], problem)
        return None
    outbox.finish(tx, [(item.id, problem or "done")])
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
        case DryRunWasMade():
            return dry_run.told(tx, report, ORIGIN)
