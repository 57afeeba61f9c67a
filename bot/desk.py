"""What every route needs: run a request before its deadline, look at state, open a modal, know the reader."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from bot import verbs
from bot.directory import Directory
from bot.rendering import reader_of
from bot.slack import Refusal, Slack, SlackFailure
from commands.requests import Request
from domain.people import Origin
from domain.views import Outcome
from messages.ids import decode, encode
from messages.message import Message
from messages.texts import Reader
from storage import projects, rooms
from storage.db import Database, Tx
from web.links import Links

T = TypeVar("T")

DEADLINE_S = 2.5  # Slack gives up after 3 s
OPEN_S = 2.0  # a trigger lives 3 s
RECENT, RECENT_S = 1024, 1.0
READER_S = 60.0


class NotConfirmed(Exception):
    """The transaction began but has not answered in time: the card will tell."""


class ModalNotOpened(Exception):
    """The trigger expired or Slack did not answer."""


@dataclass(frozen=True)
class Call:
    """One request of a person: who, in which language and zone, by when it must be answered."""

    origin: Origin
    reader: Reader
    trigger: str
    deadline: float  # monotonic seconds


class Desk:
    """The listeners' way to commands, views and modals."""

    def __init__(
        self,
        db: Database,
        slack: Slack,
        directory: Directory,
        workspace: str = "",
        links: Links | None = None,
    ) -> None:
        """`links` lead to pages on the web, where there are any."""
        self._db = db
        self.links = links
        self.slack = slack
        self.directory = directory
        self._workspace = workspace
        self._recent: dict[tuple[object, ...], tuple[object, float, asyncio.Future[Any]]] = {}

    async def call(self, origin: Origin, trigger: str, received: float) -> Call:
        """Everything about who asks. `received` is monotonic seconds."""
        return Call(origin, await self._reader(origin), trigger, received + DEADLINE_S)

    async def _reader(self, origin: Origin) -> Reader:
        """Asked again when Slack told of a person, and each minute in any case."""
        key = ("reader", origin.actor.user, origin.channel)

        async def read() -> Reader:
            await self.directory.know(origin.actor.user)
            return replace(await self._db.read(_reader, origin), workspace=self._workspace)

        return await self._once(key, self.directory.told, READER_S, read)

    async def perform(self, request: Request, call: Call) -> Outcome:
        """Run a verb. Raises NotStarted (nothing recorded) or NotConfirmed (see the card)."""
        work = self._db.run(verbs.perform, request, call.origin, deadline=call.deadline)
        try:
            async with asyncio.timeout(self._left(call)):
                return await work
        except TimeoutError:
            raise NotConfirmed from None

    async def look(self, view: Callable[..., T], *args: Any) -> T:
        """Read something in one transaction. Raises Refused."""
        return await self._db.read(view, *args)

    async def look_recent(self, key: tuple[object, ...], view: Callable[..., T], *args: Any) -> T:
        """The same reading again while nobody has committed anything, for at most a second.

        `key` names everything that the reading depends on besides the database and the time of day.
        """
        stamp = await self._db.stamp()
        return await self._once(key, stamp, RECENT_S, lambda: self._db.read(view, *args))

    async def _once(
        self, key: tuple[object, ...], stamp: object, for_s: float, read: Callable[[], Awaitable[T]]
    ) -> T:
        """What was read under the same stamp not long ago. Who comes while it is read waits for that."""
        known = self._recent.get(key)
        if known is None or known[0] != stamp or known[1] <= time.monotonic() or _failed(known[2]):
            if len(self._recent) >= RECENT:
                self._recent.clear()
            known = (stamp, time.monotonic() + for_s, asyncio.ensure_future(read()))
            self._recent[key] = known
        reading = cast("asyncio.Future[T]", known[2])
        return reading.result() if reading.done() else await asyncio.shield(reading)

    async def note(self, work: Callable[..., T], *args: Any) -> T:
        """Write something of the bot's own that is no verb."""
        return await self._db.run(work, *args)

    async def open(self, call: Call, view: dict[str, Any]) -> None:
        """Open a modal before the ack, with no second try. Raises ModalNotOpened."""
        await self._view("views.open", trigger_id=call.trigger, view=self.here(call, view))

    async def push(self, call: Call, view: dict[str, Any]) -> None:
        """On top of the modal in which it was pressed, which stays as it was. Raises ModalNotOpened."""
        await self._view("views.push", trigger_id=call.trigger, view=self.here(call, view))

    @staticmethod
    def here(call: Call, view: dict[str, Any]) -> dict[str, Any]:
        """What is done in it is answered where it was asked for."""
        target = replace(decode(view["private_metadata"] or "{}"), channel=call.origin.channel)
        return view | {"private_metadata": encode(target)}

    async def whisper(self, call: Call, message: Message) -> None:
        """A private line, in the channel where it was asked, else as a DM. Raises SlackFailure."""
        user, channel = call.origin.actor.user, call.origin.channel
        said = {"text": message.text, "blocks": message.blocks}
        if channel:
            try:
                await self.slack.call("chat.postEphemeral", channel=channel, user=user, **said)
            except Refusal:
                channel = ""
        if not channel:
            opened = await self.slack.call("conversations.open", users=user)
            await self.slack.call("chat.postMessage", channel=opened["channel"]["id"], **said)

    async def respond(self, call: Call, answer_to: str, message: Message, *, replace: bool) -> None:
        """Beneath the message whose button was pressed or in its place; where that cannot be, by `whisper`.

        Only so can a private message be changed: chat.update does not reach it. It also reaches a channel
        that we are not in. Raises SlackFailure.
        """
        if answer_to:
            said = self.slack.respond(answer_to, message.text, message.blocks, replace=replace)
            try:
                await asyncio.wait_for(said, OPEN_S)
            except (SlackFailure, TimeoutError):
                pass
            else:
                return
        await self.whisper(call, message)

    async def update(self, view_id: str, view: dict[str, Any]) -> None:
        await self._view("views.update", view_id=view_id, view=view)

    async def _view(self, method: str, **arguments: Any) -> None:
        try:
            await asyncio.wait_for(self.slack.call(method, **arguments), OPEN_S)
        except (SlackFailure, TimeoutError) as error:
            raise ModalNotOpened(str(error)) from error

    def _left(self, call: Call) -> float:
        return max(0.05, call.deadline + 0.2 - time.monotonic())


def _reader(tx: Tx, origin: Origin) -> Reader:
    """In a project's channel or war room the project's zone stands beside the person's own."""
    return reader_of(tx, origin.actor.user, _zone_of(tx, origin.channel) if origin.channel else "")


def _zone_of(tx: Tx, channel: str) -> str:
    here = projects.of_channel(tx, channel)
    if here:
        return here[0].policy.zone
    room = rooms.of_channel(tx, channel)
    project = projects.get(tx, room.project) if room else None
    return project.policy.zone if project else ""


def _failed(reading: asyncio.Future[Any]) -> bool:
    return reading.done() and (reading.cancelled() or reading.exception() is not None)
