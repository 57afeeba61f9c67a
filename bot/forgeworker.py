"""Marks open pull requests as the gate has it: asked outside of any transaction, kept by a command."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import structlog

from bot.errors import boundary
from bot.forges import Forge, Known, NotAnswered, Secret, forge_of, opened
from commands.forge import Marks, on_forges, pull_requests_were_marked
from commands.requests import PullRequestsWereMarked
from domain.forges import ForgeFault, ForgeWhy
from domain.statuses import (
    FreezeOf,
    Mark,
    Marked,
    Standing,
    by_commit,
    by_paths,
    freeze_of,
    holds,
    standings,
    to_set,
    undecided,
)
from messages.statuses import mark_text
from messages.texts import Reader
from storage.db import Database

log = structlog.get_logger()
LOOK_S, POLL_S = 5.0, 60.0
"""How soon a freeze that begins or ends is seen, and how often forges are asked for what is new there."""
ROUND_S = 300.0
AT_ONCE, KEPT_AT_ONCE, LOOKED_AT = 4, 40, 10


@dataclass
class _Memory:
    """Of one project: what its forge said, which marks were looked at when, what was frozen when it was asked
    last, and when it may be again.
    """

    known: Known = field(default_factory=Known)
    looked_at: dict[int, float] = field(default_factory=dict)
    frozen: object = None
    asked: float = float("-inf")
    free: float = float("-inf")


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
            frozen, now = _frozen(marks), self._now()
            if now < memory.free or (frozen == memory.frozen and now < memory.asked + POLL_S):
                return
            memory.frozen, memory.asked = frozen, now
            await self._round(marks, memory)

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
            memory.free = self._now() + no.wait
            await self._failed(marks, no.fault)
        except TimeoutError:
            await self._failed(marks, ForgeFault(ForgeWhy.TIMEOUT))

    async def _failed(self, marks: Marks, fault: ForgeFault) -> None:
        log.warning("forge", project=marks.project.key, fault=fault.why.value, detail=fault.detail)
        await self._report(marks, fault=fault, frozen=_freezes(marks))

    async def _mark(self, marks: Marks, forge: Forge, memory: _Memory) -> None:
        found = await _standings(marks, forge)
        wanted = tuple(_wanted(marks, found))
        fresh = to_set(wanted, marks.kept)
        todo = (*fresh, *await self._strayed(forge, memory, [one for one in wanted if one not in fresh]))
        for some in _chunks(todo):
            done, no = await self._set(forge, some)
            await self._report(marks, marked=done)
            if no is not None:
                raise no
        numbers = tuple(standing.pull.number for standing in found)
        await self._report(marks, all_open=numbers, frozen=_freezes(marks), holds=holds(found))
        log.info("forge", project=marks.project.key, open=len(found), marked=len(todo))

    async def _strayed(self, forge: Forge, memory: _Memory, wanted: Sequence[Marked]) -> tuple[Marked, ...]:
        """Marks that somebody else has set otherwise since: some are looked at in every round, all by turns.

        A commit that never took a mark has none to stray.
        """
        turn = sorted(wanted, key=lambda one: (memory.looked_at.get(one.number, float("-inf")), one.number))
        memory.looked_at = {one.number: memory.looked_at.get(one.number, float("-inf")) for one in wanted}
        strayed = []
        for one in turn[:LOOKED_AT]:
            borne = await forge.mark_of(one.sha)
            memory.looked_at[one.number] = self._now()
            if borne is not None and borne != (one.because.state, one.text):
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


async def _standings(marks: Marks, forge: Forge) -> tuple[Standing, ...]:
    pulls = [pull for line in marks.ground.lines for pull in await forge.pull_requests(line.branch)]
    globs = marks.project.policy.repository.forge.exempt.paths
    slots = asyncio.Semaphore(AT_ONCE)

    async def looked_at(standing: Standing) -> Standing:
        if not undecided(standing, marks.project.policy):
            return standing
        async with slots:
            return by_paths(standing) if await forge.touches_only(standing.pull, globs) else standing

    return tuple(await asyncio.gather(*map(looked_at, standings(marks.ground, pulls))))


def _wanted(marks: Marks, found: Sequence[Standing]) -> Iterator[Marked]:
    """What each pull request is to bear: what its commit does."""
    policy = marks.project.policy
    reader = Reader(policy.language, policy.zone)
    bears = by_commit(found)
    for standing in found:
        borne = bears[standing.pull.sha]
        yield Marked(
            number=standing.pull.number,
            sha=standing.pull.sha,
            base=standing.pull.base,
            because=borne.because,
            text=mark_text(reader, borne),
        )


def _freezes(marks: Marks) -> tuple[FreezeOf, ...]:
    found = (freeze_of(marks.ground, line) for line in marks.ground.lines)
    return tuple(dict.fromkeys(freeze for freeze in found if freeze))


def _frozen(marks: Marks) -> object:
    """What marks follow from besides pull requests: when it is another, forges are asked at once."""
    lines = tuple((line.branch, freeze_of(marks.ground, line)) for line in marks.ground.lines)
    return lines, marks.project.policy.repository, marks.project.policy.calendar.freeze_allows


def _chunks(todo: Sequence[Marked]) -> Iterator[Sequence[Marked]]:
    """So many are kept together: a crash sets no more of them a second time."""
    for start in range(0, len(todo), KEPT_AT_ONCE):
        yield todo[start : start + KEPT_AT_ONCE]
