"""The one error boundary: what is no refusal is a bug. People get a reference, the log the traceback."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from types import TracebackType

import structlog

log = structlog.get_logger()

OnError = Callable[[str], Awaitable[None]]


class boundary:  # noqa: N801 - it is used like a function
    """Run a piece of work whose failure must not end the program.

    `on_error` is called with the reference under which the traceback was logged. Cancellation passes.
    """

    def __init__(self, on_error: OnError | None = None, **about: object) -> None:
        self._on_error = on_error
        self._about = about

    async def __aenter__(self) -> None:
        return

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        reference = secrets.token_hex(4)
        log.error(
            "unexpected", reference=reference, error=type(error).__name__, exc_info=error, **self._about
        )
        if self._on_error is not None:
            await self._on_error(reference)
        return True
