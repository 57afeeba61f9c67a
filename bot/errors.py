"""The one error boundary: what is no refusal is a bug. People get a reference, the log the traceback."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog

log = structlog.get_logger()

OnError = Callable[[str], Awaitable[None]]


@asynccontextmanager
async def boundary(on_error: OnError | None = None, **about: object) -> AsyncIterator[None]:
    """Run a piece of work whose failure must not end the program.

    `on_error` is called with the reference under which the traceback was logged. Cancellation passes.
    """
    try:
        yield
    except Exception as error:
        reference = secrets.token_hex(4)
        log.exception("unexpected", reference=reference, error=type(error).__name__, **about)
        if on_error is not None:
            await on_error(reference)
