"""What each open pull request is to bear: asked of the forge, derived from the gate, put into words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from bot.forges import Forge
from commands.forge import Marks
from domain.queues import entries
from domain.statuses import FreezeOf, Marked, MarkState, Standing, by_commit, by_paths, freeze_of, undecided
from domain.statuses import standings as by_gate
from messages.statuses import mark_text
from messages.texts import Reader

AT_ONCE = 4


async def standings(marks: Marks, forge: Forge) -> tuple[Standing, ...]:
    pulls = [pull for line in marks.ground.lines for pull in await forge.pull_requests(line.branch)]
    globs = marks.project.policy.repository.forge.exempt.paths
    slots = asyncio.Semaphore(AT_ONCE)

    async def looked_at(standing: Standing) -> Standing:
        if not undecided(standing, marks.project.policy):
            return standing
        async with slots:
            return by_paths(standing) if await forge.touches_only(standing.pull, globs) else standing

    return tuple(await asyncio.gather(*map(looked_at, by_gate(marks.ground, pulls))))


async def wanted_in_queues(marks: Marks, forge: Forge, found: Sequence[Standing]) -> tuple[Marked, ...]:
    """What each entry of a merge queue is to bear; what is to be held comes first."""
    queued = [one for line in marks.ground.lines for one in await forge.queued(line.branch)]
    reader = Reader(marks.project.policy.language, marks.project.policy.zone)
    borne = entries(queued, found)
    todo = [
        Marked(
            number=one.number,
            sha=one.sha,
            base=one.base,
            because=borne[one.sha].because,
            text=mark_text(reader, borne[one.sha]),
        )
        for one in queued
        if one.sha in borne
    ]
    return tuple(sorted(todo, key=lambda one: (one.because.state is MarkState.FREE, one.number)))


def wanted(marks: Marks, found: Sequence[Standing]) -> Iterator[Marked]:
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


def freezes(marks: Marks) -> tuple[FreezeOf, ...]:
    found = (freeze_of(marks.ground, line) for line in marks.ground.lines)
    return tuple(dict.fromkeys(freeze for freeze in found if freeze))


def followed(marks: Marks) -> object:
    """What marks follow from besides pull requests: when it is another, forges are asked at once."""
    lines = tuple((line.branch, freeze_of(marks.ground, line)) for line in marks.ground.lines)
    return lines, marks.project.policy.repository, marks.project.policy.calendar.freeze_allows
