"""Has pictures drawn by a process of its own: drawing holds the interpreter for all of its time."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import structlog

from bot.pictures import drawing
from messages.charts import FONTS, Spec

log = structlog.get_logger()
_SCRIPT = Path(drawing.__file__).resolve()
PATIENCE_S = 30.0  # the first picture takes about a second, on a busy machine more
IDLE_S = 600.0  # it holds some 100 MB: without pictures to draw it is ended


class NotDrawn(Exception):
    """There is no picture: the drawing process died, took too long or refused."""


class Painter:
    """One picture at a time. The process is started for the first one, ended when nobody wants one for a
    while, and started anew for the next.
    """

    def __init__(self) -> None:
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._idle: asyncio.Task[None] | None = None

    @property
    def process_id(self) -> int | None:
        """That of the drawing process, None while there is none."""
        process = self._process
        return process.pid if process and process.returncode is None else None

    async def draw(self, spec: Spec) -> bytes:
        """The picture as PNG. Raises NotDrawn."""
        async with self._turn:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    drawn = await self._drawn(spec)
            except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
                await self._end()
                raise NotDrawn(type(error).__name__) from error
            except asyncio.CancelledError:
                await self._end()  # half an answer would be taken for the next one's
                raise
        self._rest()
        if not drawn:
            raise NotDrawn("refused")
        return drawn

    def _rest(self) -> None:
        """Begin to wait for the next picture anew."""
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.create_task(self._end_when_idle())

    async def _end_when_idle(self) -> None:
        await asyncio.sleep(IDLE_S)
        async with self._turn:
            await self._end()

    async def _drawn(self, spec: Spec) -> bytes:
        process = self._process
        if process is None or process.returncode is not None:
            process = await self._start()
        if process.stdin is None or process.stdout is None:
            raise NotDrawn("no pipes")
        process.stdin.write(json.dumps(spec, ensure_ascii=False).encode() + b"\n")
        await process.stdin.drain()
        (length,) = drawing.LENGTH.unpack(await process.stdout.readexactly(drawing.LENGTH.size))
        return await process.stdout.readexactly(length)

    async def _start(self) -> Process:
        """In a session of its own: what interrupts the program at a terminal ends it by `close`."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(_SCRIPT),
            str(FONTS),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            start_new_session=True,
        )
        return self._process

    async def close(self) -> None:
        """End the process, if there is one."""
        if self._idle is not None:
            self._idle.cancel()
        async with self._turn:
            await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
