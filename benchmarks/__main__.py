"""All benchmarks, one table: `python -m benchmarks`, or `make bench`. Takes about nine minutes."""

from __future__ import annotations

import asyncio

from benchmarks import (
    announcements,
    api,
    cards,
    criteria,
    decisions,
    monitoring,
    notes,
    pictures,
    scale,
    scope,
)
from benchmarks.results import Line


async def main() -> None:
    print(Line("what", "figures", "against", "target"))
    for part in (decisions, api, scale, announcements, pictures, notes, scope, monitoring, criteria, cards):
        for line in await part.lines():
            print(line, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
