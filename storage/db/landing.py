"""Brings answers from the writer's thread to the loop: neighbours that are answered together wake it once."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What became of a unit of work: an error, else its result."""

    result: Any = None
    error: BaseException | None = None


class Landing:
    """Of one loop, where callers wait; answers come from any thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._arrived: deque[tuple[asyncio.Future[Any], Answer]] = deque()
        self._woken = False

    def bring(self, waiter: asyncio.Future[Any], answer: Answer) -> None:
        """On the thread that answers. What comes before the loop has looked needs no call of its own."""
        self._arrived.append((waiter, answer))
        if not self._woken and not self.loop.is_closed():
            self._woken = True
            self.loop.call_soon_threadsafe(self._land)

    def _land(self) -> None:
        self._woken = False  # before looking: what comes from now on calls again
        while self._arrived:
            waiter, answer = self._arrived.popleft()
            if waiter.done():  # its caller went away
                continue
            if answer.error is not None:
                waiter.set_exception(answer.error)
            else:
                waiter.set_result(answer.result)
