"""Getting commands, interactions and events to the app, over HTTP or Socket Mode."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from sandbox.activity import Activity
from sandbox.faults import Faults
from sandbox.model import Json

ANSWER_SECONDS = 3.0
# Slack tries an event again at once, after one minute and after five.
RETRY_SECONDS = (0.0, 60.0, 300.0)
LATE_SECONDS = 30.0
LOG_KEPT = 10_000
Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True)
class Outcome:
    """How the app answered.

    `error` is the code that the person's client shows; `reason` is Slack's reason for trying an event again.
    """

    error: str | None = None
    body: Json | str | None = None
    seconds: float = 0.0
    reason: str = ""
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        return self.error is None


@dataclass(frozen=True)
class Retry:
    number: int
    reason: str


class Transport(Protocol):
    """A way to the app."""

    async def send(self, kind: Kind, payload: Json, *, retry: Retry | None = None) -> Outcome: ...


@dataclass
class Delivery:
    """`retry_scale` shortens the minutes between the tries of an event for tests."""

    http: Transport
    socket: Transport
    activity: Activity
    faults: Faults
    retry_scale: float = 1.0
    use_http: bool = False
    log: deque[tuple[Kind, Json, Outcome]] = field(default_factory=lambda: deque(maxlen=LOG_KEPT))
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def request(self, kind: Kind, payload: Json) -> Outcome:
        """A command or interaction: tried once, answered within 3 s or failed."""
        self.activity.begin()
        try:
            return await self._try(kind, payload, None)
        finally:
            self.activity.end()

    def event(self, envelope: Json) -> None:
        """An event, in the background; its retries go on until the app says 200."""
        self.activity.begin()
        self._start(self._deliver_event(envelope))

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver_event(self, envelope: Json) -> None:
        try:
            outcome = await self._first_try(envelope)
        finally:
            self.activity.end()
        for number, wait in enumerate(RETRY_SECONDS, start=1):
            if outcome.ok or outcome.no_retry:
                return
            await asyncio.sleep(wait * self.retry_scale)
            outcome = await self._counted_event(envelope, Retry(number, outcome.reason))

    async def _first_try(self, envelope: Json) -> Outcome:
        fault = self.faults.for_event(envelope["event"]["type"])
        if fault == "event_late":
            await asyncio.sleep(LATE_SECONDS * self.retry_scale)
        outcome = await self._try("events_api", envelope, None)
        if fault == "event_twice":
            await self._try("events_api", envelope, None)
        return Outcome("operation_timeout", reason="http_timeout") if fault == "ack_lost" else outcome

    async def _counted_event(self, envelope: Json, retry: Retry) -> Outcome:
        self.activity.begin()
        try:
            return await self._try("events_api", envelope, retry)
        finally:
            self.activity.end()

    async def _try(self, kind: Kind, payload: Json, retry: Retry | None) -> Outcome:
        transport = self.http if self.use_http else self.socket
        outcome = await transport.send(kind, payload, retry=retry)
        self.log.append((kind, payload, outcome))
        return outcome

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
