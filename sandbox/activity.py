"""What is under way between the workspace and the app, so that a test can wait for quiet."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field


@dataclass
class Activity:
    """Counts deliveries and Web API calls; times are monotonic seconds."""

    running: int = 0
    last: float = field(default_factory=time.monotonic)

    def begin(self) -> None:
        self.running += 1
        self.last = time.monotonic()

    def end(self) -> None:
        self.running -= 1
        self.last = time.monotonic()

    async def quiet(self, *, for_seconds: float, timeout: float) -> bool:  # noqa: ASYNC109 - a plain bound
        """Wait until nothing has happened for so long; False when `timeout` came first."""
        begun = time.monotonic()
        while self.running or time.monotonic() - max(self.last, begun) < for_seconds:
            if time.monotonic() - begun > timeout:
                return False
            await asyncio.sleep(0.005)
        return True
