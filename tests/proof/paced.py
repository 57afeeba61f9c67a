"""A process that delivers what waits, to be killed: `python -m tests.proof.paced URL API TOKEN`."""

from __future__ import annotations

import asyncio
import sys

import aiohttp

from bot.courier import Courier
from bot.pictures.posting import Pictures
from bot.roomwork import RoomWork
from bot.slack import Slack
from storage.db import Database
from tests.proof.paper import PaperPainter

LOOK_S = 0.02


async def main(url: str, api: str, token: str) -> None:
    db = Database(url)
    async with aiohttp.ClientSession() as session:
        slack = Slack(token, api, session)
        rooms, pictures = RoomWork(db, slack, "U0BOT"), Pictures(db, slack, PaperPainter())
        courier = Courier(db, slack, rooms, pictures, changed=lambda: None)
        while True:
            await courier.work()
            await asyncio.sleep(LOOK_S)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
