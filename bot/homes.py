"""App Home: published when it is opened, and again a moment after something changed."""

from __future__ import annotations

import asyncio
import contextlib

import structlog

from bot.directory import Directory
from bot.errors import boundary
from bot.rendering import reader_of
from bot.slack import Slack, SlackFailure
from commands.show.lists import home
from messages import help as help_text
from messages.home import home as home_view
from storage import surfaces
from storage.db import Database

log = structlog.get_logger()
QUIET_S = 1.0  # changes that come together are published together


class Homes:
    """Publishes Home. Nothing is lost when a publication fails: opening it publishes anew."""

    def __init__(self, db: Database, slack: Slack, directory: Directory) -> None:
        self._db = db
        self._slack = slack
        self._directory = directory
        self._dirty = asyncio.Event()

    async def opened(self, user: str) -> None:
        await self._directory.know(user)
        await self._db.run(surfaces.opened_home, user)
        await self.publish(user)

    async def greet(self, user: str, channel: str) -> None:
        """Somebody mentioned the bot: a private word on how to talk to it."""
        await self._directory.know(user)
        reader = await self._db.read(reader_of, user)
        overview = help_text.help_overview(reader)
        with contextlib.suppress(SlackFailure):
            await self._slack.call(
                "chat.postEphemeral", channel=channel, user=user, text=overview.text, blocks=overview.blocks
            )

    async def publish(self, user: str) -> None:
        reader = await self._db.read(reader_of, user)
        view = home_view(reader, await self._db.read(home, user))
        try:
            await self._slack.call("views.publish", user_id=user, view=view)
        except SlackFailure as failure:
            log.info("home not published", why=str(failure))

    def changed(self) -> None:
        """Something that a Home may show is different now."""
        self._dirty.set()

    async def run(self) -> None:
        """Publish again for everybody who has Home open, until cancelled."""
        while True:
            await self._dirty.wait()
            await asyncio.sleep(QUIET_S)
            self._dirty.clear()
            for user in await self._db.read(surfaces.homes):
                async with boundary(None, home=user):
                    await self.publish(user)
