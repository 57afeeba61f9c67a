"""Opening the list of a release's changes: 2,000 of them against twenty, from the database to Slack's JSON.

Run: `python -m benchmarks.scope`, on a quiet machine.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks import world
from benchmarks.results import Line
from bot import modals
from domain import scope as carried
from domain.commits import ChangeCounts, ChangeKind
from domain.release import Release
from domain.scope import Scope, Size, Variable, VariableChange
from messages.ids import Target
from messages.texts import Reader
from storage import releases, schema, scopes
from storage.db import Database

TIMES = 15
MANY, FEW = 2000, 20
WITHIN_MS = 150.0
LARGEST_KIB = 250.0
READER = Reader("ko", "Asia/Seoul", "Asia/Seoul")
KINDS = tuple(ChangeKind)


async def lines() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder, _database(Path(folder)) as db:
        many, size = _opened(db, MANY)
        few, _ = _opened(db, FEW)
    return [
        Line(
            f"changes of {MANY:,} opened",
            f"{many:.1f} ms",
            f"of {FEW}: {many / few:.1f} x",
            f"<= {WITHIN_MS:.0f} ms",
            many <= WITHIN_MS,
        ),
        Line("  as Slack gets them", f"{size:.0f} KiB", "", f"<= {LARGEST_KIB:.0f} KiB", size <= LARGEST_KIB),
    ]


@contextmanager
def _database(folder: Path) -> Iterator[Database]:
    url = f"sqlite:///{folder / 'naru.db'}"
    schema.upgrade(url)
    db = Database(url, now=lambda: world.AT)
    with db.transaction() as tx:
        world.lay_people(tx)
        world.lay_project(tx, "shop", "C00000001")
    try:
        yield db
    finally:
        db.close()


def _opened(db: Database, count: int) -> tuple[float, float]:
    """Milliseconds (median) and KiB of the modal that shows so many changes."""
    release = world.release("shop", count)
    with db.transaction() as tx:
        releases.add(tx, release)
        scopes.put(tx, release.id, release.rc, _scope(count))
    spent = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        shown = _shown(db, release)
        spent.append(time.perf_counter() - begun)
    return median(spent) * 1000, len(shown) / 1024


def _shown(db: Database, release: Release) -> bytes:
    view = db.read_now(modals.scope, READER, Target(release=release.id))
    return json.dumps(view, ensure_ascii=False).encode()


def _scope(count: int) -> Scope:
    """Changes with long lines, and all that a page can have above them."""
    return Scope(
        since="v1.0.0",
        sha="a" * 40,
        counts=ChangeCounts(other=count),
        lines=tuple(
            carried.Line(
                sha=f"{number:040x}",
                kind=KINDS[number % len(KINDS)],
                text=f"{number} 상품권으로 결제할 수 있다 · pay with a gift card " * 4,
                author="김하늘",
                scope="payment",
                pull_request=number + 1,
            )
            for number in range(count)
        ),
        migrations=tuple(f"shop/migrations/{number:05}_gift.py" for number in range(count // 10)),
        variables=tuple(
            Variable(f"GIFT_CARD_{number}", VariableChange.ADDED, "https://gift.example/v1")
            for number in range(count // 10)
        ),
        size=Size(count, count * 20, count * 5),
    )


async def main() -> None:
    print(Line("what", "figures", "against", "target"))
    for line in await lines():
        print(line)


if __name__ == "__main__":
    asyncio.run(main())
