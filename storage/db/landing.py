"""Brings answers from the writer's thread to the loop: neighbours that are answered together wake it once."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from functools import partial
from typing import Any


class Landing:
    """Of one loop. Any thread may resolve the futures that are awaited here."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._arrived: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._woken = False

    def expect(self, answer: Future[Any]) -> asyncio.Future[Any]:
        """The answer as a future of the loop; who cancels it cancels the answer where it has not begun."""
        waiter: asyncio.Future[Any] = self.loop.create_future()
        answer.add_done_callback(partial(self._arrive, waiter))
        waiter.add_done_callback(partial(_give_up, answer))
        return waiter

    def _arrive(self, waiter: asyncio.Future[Any], answer: Future[Any]) -> None:
        """On the thread that answers. What comes before the loop has looked needs no call of its own."""
        self._arrived.append((waiter, answer))
        if not self._woken and not self.loop.is_closed():
            self._woken = True
            self.loop.call_soon_threadsafe(self._land)

    def _land(self) -> None:
        self._woken = False  # before looking: what comes from now on calls again
        while self._arrived:
            waiter, answer = self._arrived.popleft()
            if waiter.done():
                continue
            if answer.cancelled():
                waiter.cancel()
            elif (error := answer.exception()) is not None:
                waiter.set_exception(error)
            else:
                waiter.set_result(answer.result())


def _give_up(answer: Future[Any], waiter: asyncio.Future[Any]) -> None:
    if waiter.cancelled():
        answer.cancel()
