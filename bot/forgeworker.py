"""Marks open pull requests as the gate has it: asked outside of any transaction, kept by a command."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import structlog

from bot.errors import boundary
from bot.forges import Forge, Known, NotAnswered, Secret, forge_of, opened
from bot.forges.wanted import AT_ONCE, followed, freezes, standings, wanted, wanted_in_queues
from commands.forge import Marks, on_forges, pull_requests_were_marked
from commands.requests import PullRequestsWereMarked
from domain.forges import ForgeFault, ForgeWhy
from domain.statuses import Mark, Marked, MarkState, Standing, holds, to_set
from storage.db import Database

log = structlog.get_logger()
LOOK_S, POLL_S = 5.0, 60.0
"""How soon a freeze that begins or ends is seen, and how often forges are asked for what is new there."""
ROUND_S = 300.0
KEPT_AT_ONCE, LOOKED_AT = 40, 10


@dataclass
class _Memory:
    """Of one project: what its forge said, which marks were looked at when, what entries of merge queues
    bear, what was frozen when it was asked last, and when it may be again.
    """

    known: Known = field(default_factory=Known)
    looked_at: dict[int, float] = field(default_factory=dict)
    queued: set[tuple[str, MarkState, str]] = field(default_factory=set)
    frozen: object = None
    asked: float = float("-inf")
    free: float = float("-inf")
    fault: ForgeFault | None = None


class ForgeWorker:
    """Several replicas may mark the same pull requests: a mark that is set twice is the same mark."""

    def __init__(
        self, db: Database, secret: Secret, *, url: str = "", now: Callable[[], float] = time.monotonic
    ) -> None:
        """`url` is where the marks lead to, if anywhere."""
        self._db = db
        self._secret = secret
        self._url = url
        self._now = now
        self._memory: dict[str, _Memory] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            async with boundary(None, job="forges"):
                await self.work()
            await asyncio.sleep(LOOK_S)

    async def work(self) -> None:
        """Ask every forge whose time it is."""
        found = await self._db.read(on_forges)
        await asyncio.gather(*(self._one(marks) for marks in found))

    async def _one(self, marks: Marks) -> None:
        async with boundary(None, project=marks.project.key):
            memory = self._memory.setdefault(marks.project.key, _Memory())
            frozen, now = followed(marks), self._now()
            over = now >= memory.asked + POLL_S
            if now < memory.free:
                await self._still(marks, memory, over=over)
            elif over or frozen != memory.frozen:
                memory.frozen, memory.asked = frozen, now
                await self._round(marks, memory)

    async def _still(self, marks: Marks, memory: _Memory, *, over: bool) -> None:
        """A forge that is left alone for as long as it wants is missed all the same."""
        if over and memory.fault is not None:
            memory.asked = self._now()
            await self._failed(marks, memory.fault)

    async def _round(self, marks: Marks, memory: _Memory) -> None:
        """What cannot be asked now is asked again with the next round."""
        try:
            async with (
                asyncio.timeout(ROUND_S),
                opened(marks.project.policy.repository.forge) as session,
            ):
                forge = forge_of(marks.project.policy.repository, session, self._secret, memory.known)
                await self._mark(marks, forge, memory)
        except NotAnswered as no:
            memory.free, memory.fault = self._now() + no.wait, no.fault
            await self._failed(marks, no.fault)
        except TimeoutError:
            await self._failed(marks, ForgeFault(ForgeWhy.TIMEOUT))

    async def _failed(self, marks: Marks, fault: ForgeFault) -> None:
        log.warning("forge", project=marks.project.key, fault=fault.why.value, detail=fault.detail)
        await self._report(marks, fault=fault, frozen=freezes(marks))

    async def _mark(self, marks: Marks, forge: Forge, memory: _Memory) -> None:
        found = await standings(marks, forge)
        to_bear = tuple(wanted(marks, found))
        fresh = to_set(to_bear, marks.kept)
        todo = (*fresh, *await self._strayed(forge, memory, [one for one in to_bear if one not in fresh]))
        for some in _chunks(todo):
            done, no = await self._set(forge, some)
            await self._report(marks, marked=done)
            if no is not None:
                raise no
        await self._mark_queues(marks, forge, memory, found)
        numbers = tuple(standing.pull.number for standing in found)
        await self._report(marks, all_open=numbers, frozen=freezes(marks), holds=holds(found))
        log.info("forge", project=marks.project.key, open=len(found), marked=len(todo))

    async def _mark_queues(
        self, marks: Marks, forge: Forge, memory: _Memory, found: Sequence[Standing]
    ) -> None:
        """Entries of merge queues come and go within minutes: what they bear is kept in memory only."""
        wanted = await wanted_in_queues(marks, forge, found)
        memory.queued &= {(one.sha, one.because.state, one.text) for one in wanted}
        todo = [one for one in wanted if (one.sha, one.because.state, one.text) not in memory.queued]
        done, no = await self._set(forge, todo)
        memory.queued |= {(one.sha, one.because.state, one.text) for one in done}
        if no is not None:
            raise no

    async def _strayed(self, forge: Forge, memory: _Memory, borne: Sequence[Marked]) -> tuple[Marked, ...]:
        """Marks that somebody else has set otherwise since: some are looked at in every round, all by turns.

        A commit that never took a mark has none to stray.
        """
        turn = sorted(borne, key=lambda one: (memory.looked_at.get(one.number, float("-inf")), one.number))
        memory.looked_at = {one.number: memory.looked_at.get(one.number, float("-inf")) for one in borne}
        strayed = []
        for one in turn[:LOOKED_AT]:
            found = await forge.mark_of(one.sha)
            memory.looked_at[one.number] = self._now()
            if found is not None and found != (one.because.state, one.text):
                strayed.append(one)
        return tuple(strayed)

    async def _set(
        self, forge: Forge, some: Sequence[Marked]
    ) -> tuple[tuple[Marked, ...], NotAnswered | None]:
        """One call for each commit, none after one that was not answered; what is done is kept in any case.

        A commit that the forge will not have marked is not tried again.
        """
        commits = {one.sha: one for one in some}
        slots = asyncio.Semaphore(AT_ONCE)
        done: set[str] = set()
        failed: list[NotAnswered] = []

        async def mark(one: Marked) -> None:
            async with slots:
                if failed:
                    return
                try:
                    taken = await forge.mark(one.sha, Mark(one.because.state, one.text, self._url))
                except NotAnswered as no:
                    failed.append(no)
                    return
                done.add(one.sha)
                if not taken:
                    log.info("not marked", pull_request=one.number, sha=one.sha)

        await asyncio.gather(*(mark(one) for one in commits.values()))
        return tuple(one for one in some if one.sha in done), next(iter(failed), None)

    async def _report(self, marks: Marks, **facts: object) -> None:
        report = PullRequestsWereMarked(
            project=marks.project.key,
            repository=marks.project.policy.repository,
            **facts,  # type: ignore[arg-type]  # names and types are its own
        )
        await self._db.run(pull_requests_were_marked, report)


def _chunks(todo: Sequence[Marked]) -> Iterator[Sequence[Marked]]:
    """So many are kept together: a crash sets no more of them a second time."""
    for start in range(0, len(todo), KEPT_AT_ONCE):
        yield todo[start : start + KEPT_AT_ONCE]
