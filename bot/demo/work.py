"""Developers go on: once v1.5.0 is out, or taken back, the work for v1.6.0 lands on develop."""

from __future__ import annotations

import asyncio

from bot.clock import Clock
from bot.demo.tour import FIRST, IN_PRODUCTION, SHOP
from commands.exceptions import ask
from domain.calendar.gate import GateAction, Verdict
from domain.errands import ReadRepository
from domain.types import REACHED_PRODUCTION, Stage
from sandbox.sample_repo import SECOND_BATCH, SampleRepo, add_second_batch
from storage import outbox, releases
from storage.db import Database, Tx
from storage.ids import new_id


async def goes_on(db: Database, sample: SampleRepo, clock: Clock) -> None:
    """Unless a code freeze holds, or it is there already."""
    if await db.read(_work_lands) and not _second_batch_there(sample):
        await asyncio.to_thread(add_second_batch, sample, at=clock())
        await db.run(_read_again)


def _work_lands(tx: Tx) -> bool:
    first = releases.by_version(tx, SHOP, FIRST)
    if first is None:
        return False
    out = first.stage in REACHED_PRODUCTION and first.merged
    if not out and first.stage is not Stage.ROLLED_BACK:
        return False
    merging = ask.wish(tx, SHOP, "", GateAction.MERGE_FEATURE)
    return ask.answer_at(tx, merging, merging.at).verdict is not Verdict.CLOSED


def _second_batch_there(sample: SampleRepo) -> bool:
    return SECOND_BATCH in sample.subjects(f"v{IN_PRODUCTION}..develop")


def _read_again(tx: Tx) -> None:
    name = f"{outbox.GIT}{SHOP}"
    outbox.add(tx, [outbox.Waiting(lane=name, dedupe=new_id(), errand=ReadRepository(SHOP))])
