"""Living messages: posted once, kept up to date, and posted anew when they are gone."""

from __future__ import annotations

from collections.abc import Callable

from bot import rendering
from bot.delivered import stands
from bot.rendering import Ready, fingerprint
from bot.sending import Sender
from domain.errands import Show, Surface, SurfaceKind
from storage import outbox, surfaces
from storage.db import Database, Tx
from storage.outbox import Claimed, Waiting
from storage.surfaces import Posted

ENDED = ""
"""The outcome is recorded already."""


class Elsewhere(Exception):
    """An errand that belongs in another lane."""

    def __init__(self, lane: str) -> None:
        super().__init__(lane)
        self.lane = lane


class Living:
    """`changed` is called after each; `workspace` is Slack's address of the workspace, for links."""

    def __init__(
        self, db: Database, sender: Sender, *, changed: Callable[[], None], workspace: str = ""
    ) -> None:
        self._db = db
        self._sender = sender
        self._changed = changed
        self._workspace = workspace

    async def show(self, item: Claimed, errand: Show) -> str:
        """As it is now; what is behind it and asks for the same is done with it. Returns the outcome."""
        same, ready, posted = await self._db.read(_newest, item, errand.surface, self._workspace)
        if ready.message is None:
            return "moot"
        if errand.surface.kind is SurfaceKind.CARD:
            lane = outbox.lane_of_card(errand.surface) if posted else ready.address.channel
            if item.lane != lane:  # each is done in one lane only, or an older state could come last
                raise Elsewhere(lane)
        if ready.after is not None:  # the same way, once, however often this one is tried
            next_one = Show(ready.after, by=errand.by)
            on = Waiting(lane=item.lane, dedupe=f"{item.id}:after", errand=next_one)
            await self._db.run(outbox.add, [on])
        behind = [(one, f"with {item.id}") for one in same]
        if posted is None:
            done = await self._first(item, errand, ready)
        elif await self._sender.update(item, posted, ready.message, [(item.id, "updated"), *behind]):
            self._changed()
            return ENDED
        else:
            done = "same"
        if behind:
            await self._db.run(outbox.finish, behind)
        return done

    async def show_copies(self, item: Claimed, subject: str) -> str:
        """Every person's own copy."""
        for posted in await self._db.read(surfaces.of_subject, subject):
            if posted.surface.audience:
                ready, _ = await self._db.read(_look, posted.surface, self._workspace)
                if ready.message is not None and await self._sender.update(item, posted, ready.message):
                    self._changed()
        return "updated"

    async def _first(self, item: Claimed, errand: Show, ready: Ready) -> str:
        if ready.message is None:
            raise ValueError("nothing to post")
        address = await self._sender.resolved(ready.address)
        ts = await self._sender.post(item, address, ready.message)
        shown = Posted(errand.surface, address.channel, ts, fingerprint(ready.message))
        await self._db.run(stands, errand, shown)
        self._changed()
        return "posted"


def _look(tx: Tx, surface: Surface, workspace: str) -> tuple[Ready, Posted | None]:
    return rendering.surface(tx, surface, workspace), surfaces.get(tx, surface)


def _newest(
    tx: Tx, item: Claimed, surface: Surface, workspace: str
) -> tuple[list[int], Ready, Posted | None]:
    """With the errands behind it that ask for the same card: what they are for is in it already."""
    same = outbox.same_after(tx, item) if surface.kind is SurfaceKind.CARD else []
    return same, *_look(tx, surface, workspace)
