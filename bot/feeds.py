"""Reads the feeds that are due: fetched and parsed outside of any transaction, reported through a command."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import structlog

from bot.errors import boundary
from bot.fetching import MAX_BYTES, Fetched, NotFetched, Unchanged, fetch
from commands.feeds import Due, any_gone, due, feed_was_read, forget_gone
from commands.requests import FeedWasRead
from domain.calendar.imports import FeedFault, FeedWhy
from storage import feeds
from storage.db import Database

log = structlog.get_logger()
LOOK_S = 30
AT_ONCE = 4


class FeedReader:
    """Several replicas may read the same feed: what the later report has is nothing new."""

    def __init__(self, db: Database, *, local: bool) -> None:
        """`local` allows feeds of this machine's own addresses."""
        self._db = db
        self._local = local
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            async with boundary(None, job="feeds"):
                await self.work()
            await asyncio.sleep(LOOK_S)

    async def work(self) -> None:
        """Read what is due, and forget what is listed no more."""
        if await self._db.read(any_gone):
            await self._db.run(forget_gone)
        await asyncio.gather(*(self._one(one) for one in await self._db.read(due)))

    async def _one(self, item: Due) -> None:
        """A host that hangs holds up few others."""
        about = {"project": item.project, "feed": item.rule.name}
        async with self._slots, boundary(None, **about):
            report = await self._read(item)
            await self._db.run(feed_was_read, report)
            log.info("feed", faults=[fault.why for fault in report.faults], **about)

    async def _read(self, item: Due) -> FeedWasRead:
        def report(**facts: object) -> FeedWasRead:
            return FeedWasRead(project=item.project, feed=item.rule.name, settings=item.settings, **facts)  # type: ignore[arg-type]  # names and types are its own

        try:
            found = await self._fetched(item)
        except NotFetched as no:
            return report(faults=(no.args[0],))
        if isinstance(found, Unchanged):
            return report(unchanged=True)
        content = hashlib.sha256(found.raw).hexdigest()
        if item.state is not None and item.state.content == content and not item.state.faults:
            return report(unchanged=True)
        read = await asyncio.to_thread(feeds.read, found.raw, zone=item.zone, at=item.at)
        return report(
            faults=read.faults,
            times=read.times,
            until=item.at + feeds.HORIZON,
            content=content,
            etag=found.etag,
            modified=found.modified,
        )

    async def _fetched(self, item: Due) -> Fetched | Unchanged:
        if item.rule.file is not None:
            return await asyncio.to_thread(read_file, Path(item.rule.file))
        state = item.state
        known = {"etag": state.etag, "modified": state.modified} if state else {}
        return await fetch(item.rule.url or "", local=self._local, **known)


def read_file(path: Path) -> Fetched:
    """At most a little more than may be read. Raises NotFetched."""
    try:
        with path.open("rb") as file:
            return Fetched(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise NotFetched(FeedFault(why=FeedWhy.NO_FILE, detail=error.strerror or "")) from None
