"""`naru demo`: starts it, says what there is, opens the browser, and begins anew when somebody wishes to."""

from __future__ import annotations

import asyncio
import shutil
import signal
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from bot.cli.terminal import reader
from bot.demo.program import Demo, demo, seed_in
from messages.cli import Code, said
from sandbox import Sandbox

PORT = 8765
STATE = Path(".naru/demo")
TRIES, A_MOMENT_S = 20, 0.1
CALLS = {"gate": Code.DEMO_GATE, "reading": Code.DEMO_READING, "release": Code.DEMO_RELEASE}


async def run(
    port: int = PORT,
    *,
    browser: bool = True,
    locale: str | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Until interrupted. `say` tells the person what there is; who starts afresh on the page begins with
    nothing, at the same address.
    """
    language = locale or "ko"
    while True:
        async with demo(STATE, port=port, language=language, with_shop=True, seed=seed_in(locale)) as whole:
            for line in _told(whole, locale or reader().language):
                say(line)
            if browser:
                await asyncio.to_thread(webbrowser.open, whole.box.url)
            port, browser = urlsplit(whole.box.url).port or port, False
            if not await _asked_to_start_afresh(whole.box):
                return
        await asyncio.to_thread(_cleared, STATE)


def _cleared(folder: Path) -> None:
    """A git that is just ending may put a file into a folder that is being removed: that is tried again."""
    for _ in range(TRIES):
        with suppress(OSError):
            shutil.rmtree(folder)
        if not folder.exists():
            return
        time.sleep(A_MOMENT_S)
    shutil.rmtree(folder)


def _told(of: Demo, language: str) -> Iterator[str]:
    """Where the page is, and each line for a terminal on a line of its own."""
    at_terminal = reader()
    yield said(at_terminal, Code.DEMO, url=of.box.url)
    yield "\n" + said(at_terminal, Code.DEMO_LINES, token=of.token)
    for name, line in of.lines(language).items():
        yield f"\n# {said(at_terminal, CALLS[name])}\n{line}"


async def _asked_to_start_afresh(box: Sandbox) -> bool:
    """Until somebody does, or until interrupted."""
    loop = asyncio.get_running_loop()
    over: asyncio.Future[bool] = loop.create_future()

    def end(*, afresh: bool) -> None:
        if not over.done():
            over.set_result(afresh)

    box.on_reset = lambda: end(afresh=True)
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, lambda: end(afresh=False))
    return await over
