"""The loop and the writer's thread take turns by whole pieces of work.

Python lets two busy threads change places at each SQL statement, and both become slower by a third (measured
with `python -m benchmarks.decisions`). Here the writer keeps its turn for the statements of a batch, without
the commit, in whose wait for the disk the loop works; the loop keeps it from one look at its sockets to the
next. It is a courtesy: who has waited for PATIENCE_S goes on without, and nothing's safety rests on it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from selectors import DefaultSelector, SelectorKey

PATIENCE_S = 0.005


class Turn:
    """One at a time, for those who are patient."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Whether the turn is ours; false when another kept it for too long."""
        return self._lock.acquire(timeout=PATIENCE_S)

    def give(self) -> None:
        self._lock.release()

    @contextmanager
    def held(self) -> Iterator[None]:
        ours = self.take()
        try:
            yield
        finally:
            if ours:
                self.give()


class _Selector(DefaultSelector):
    """Waits for sockets without the turn."""

    def __init__(self, turn: Turn) -> None:
        super().__init__()
        self._turn = turn
        self._ours = False

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        if self._ours:
            self._turn.give()
        try:
            return super().select(timeout)
        finally:
            self._ours = self._turn.take()


class TurnLoop(asyncio.SelectorEventLoop):
    """The event loop of a program that writes: `asyncio.Runner(loop_factory=TurnLoop)`."""

    def __init__(self) -> None:
        self.turn = Turn()
        super().__init__(_Selector(self.turn))


def turn_of(loop: asyncio.AbstractEventLoop) -> Turn:
    """The turn that a loop takes; for a loop that takes none, one of nobody else's."""
    return loop.turn if isinstance(loop, TurnLoop) else Turn()
