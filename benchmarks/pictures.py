"""The picture of a month, by the process that draws: the first one, which starts it, and those after it.

Run: `python -m benchmarks.pictures`. A sheet with one letter on it tells what drawing costs on this machine.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import world
from benchmarks.results import Line
from bot.pictures.painter import Painter
from commands.show import lists
from messages.charts import FAMILY, month_picture
from messages.texts import Reader
from storage import releases, schema
from storage.db import Database

TIMES = 9
WITHIN_MS = 300.0
READER = Reader("ko", "Asia/Seoul", "Asia/Seoul")
SHEET: dict[str, Any] = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "width": 400,
    "height": 300,
    "data": {"values": [{"text": "가"}]},
    "mark": {"type": "text", "font": FAMILY},
    "encoding": {"text": {"field": "text", "type": "nominal"}},
}


def month(folder: Path) -> dict[str, Any]:
    """The month of a project with one release on its way."""
    url = f"sqlite:///{folder / 'naru.db'}"
    schema.upgrade(url)
    db = Database(url, now=lambda: world.AT)
    with db.transaction() as tx:
        world.lay_people(tx)
        world.lay_project(tx, "shop", "C00000001")
        releases.add(tx, replace(world.release("shop", 1), deploy_at=world.AT + timedelta(days=8)))
        view = lists.month(tx, "shop")
    db.close()
    return month_picture(READER, view)


async def timed(painter: Painter, spec: dict[str, Any]) -> float:
    """Milliseconds until the picture is there."""
    begun = time.perf_counter()
    await painter.draw(spec)
    return (time.perf_counter() - begun) * 1e3


async def lines() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        spec = month(Path(folder))
    painter = Painter()
    first = await timed(painter, spec)
    later = median([await timed(painter, spec) for _ in range(TIMES)])
    sheet = median([await timed(painter, SHEET) for _ in range(TIMES)])
    await painter.close()
    figures = f"{later:.0f} ms (first: {first:.0f}, one letter: {sheet:.0f})"
    ratio = f"{later / sheet:.1f} x one letter"
    return [Line("month picture", figures, ratio, f"< {WITHIN_MS:.0f} ms", later < WITHIN_MS)]


if __name__ == "__main__":
    for line in asyncio.run(lines()):
        print(line)
