"""The picture of a month: what it costs to draw, and how long the first one takes, which starts the process.

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
from bot.pictures import drawing
from bot.pictures.painter import Painter
from commands.show import lists
from messages.charts import FAMILY, FONTS, month_picture
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


def cost(spec: dict[str, Any]) -> float:
    """Milliseconds of processor time for one picture, as the drawing process draws it."""
    costs = []
    for _ in range(TIMES):
        begun = time.process_time()
        drawing.png(spec, str(FONTS))
        costs.append(time.process_time() - begun)
    return median(costs) * 1e3


async def first(spec: dict[str, Any]) -> float:
    """Milliseconds until the first picture is there: the drawing process is started for it."""
    painter = Painter()
    begun = time.perf_counter()
    await painter.draw(spec)
    taken = (time.perf_counter() - begun) * 1e3
    await painter.close()
    return taken


async def lines() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        spec = month(Path(folder))
    begun = await first(spec)
    cost(SHEET)
    later, sheet = cost(spec), cost(SHEET)
    figures = f"{later:.0f} ms of CPU (the first takes {begun:.0f})"
    ratio = f"{later / sheet:.1f} x one letter"
    return [Line("month picture", figures, ratio, f"< {WITHIN_MS:.0f} ms", later < WITHIN_MS)]


if __name__ == "__main__":
    for line in asyncio.run(lines()):
        print(line)
