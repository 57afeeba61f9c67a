"""Whatever happens in between, in the end every mark is what the gate says, and each freeze was told once."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from commands.requests import BeginFreeze, LiftFreeze
from domain.events import PullRequestsHeld
from domain.steps import freeze_begun
from domain.types import ReleaseType
from storage import forges
from storage.db import Database
from storage.db.tx import Tx
from tests.bot.forges.shop import FREE, HELD, Shop
from tests.support.clock import HandClock
from tests.support.github import GitHub
from tests.support.proof import run_seed
from tests.support.world import PROJECT, RM

TITLES = ("feat: a", "fix: b", "Describe c", "docs: d", "refactor: e")
LABELS = ((), (), ("hotfix",), ("bug",))
FILES = (("src/app.py",), ("docs/a.md",), ("docs/a.md", "src/app.py"))
FAULTS = ("500", "cut", "html", "401", "422", "retry")
STEPS = 25


class Story:
    """One thing after the other, drawn: people push and label, freezes begin and end, machines fail."""

    def __init__(self, shop: Shop, of: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shop, self.hub, self.of, self.monkeypatch = shop, shop.hub, of, monkeypatch
        self.release = shop.drive.start(ReleaseType.REGULAR)
        self.freezes = 0

    def open(self) -> None:
        number = max(self.hub.pulls) + 1
        self.hub.add(
            number, self.of.choice(TITLES), labels=self.of.choice(LABELS), files=self.of.choice(FILES)
        )

    def change(self) -> None:
        pull = self.of.choice(list(self.hub.pulls.values()))
        pull.title, pull.labels = self.of.choice(TITLES), self.of.choice(LABELS)

    def push(self) -> None:
        number = self.of.choice(list(self.hub.pulls))
        self.hub.push(number, self.of.randrange(2))

    def close(self) -> None:
        pull = self.of.choice(list(self.hub.pulls.values()))
        pull.open = not pull.open

    def freeze(self) -> None:
        if freeze_begun(self.shop.drive.release(self.release), self.shop.clock()):
            self.shop.drive.ok(LiftFreeze(release=self.release, reason="r"), RM)
        else:
            self.shop.drive.ok(BeginFreeze(release=self.release, reason="r"), RM)
            self.freezes += 1

    def fail(self) -> None:
        self.hub.faults = (
            {}
            if self.hub.faults
            else {self.of.choice(("pulls", "statuses", "compare", "/")): self.of.choice(FAULTS)}
        )

    def stray(self) -> None:
        commits = [found for found in self.hub.statuses.values() if found]
        if commits:
            mine = {"context": "naru/code-freeze", "state": "success", "description": "mine"}
            self.of.choice(commits).append(mine)

    def restart(self) -> None:
        self.shop.worker = self.shop.another_worker()

    async def crash(self) -> None:
        """After the forge was told, before it is kept."""
        with self.monkeypatch.context() as dying:
            dying.setattr("bot.forgeworker.pull_requests_were_marked", _dies)
            await self.shop.minutes(1)
        self.restart()

    async def step(self) -> None:
        acts: list[Callable[[], None]] = [
            self.open, self.change, self.push, self.close, self.freeze, self.fail, self.stray, self.restart,
        ]  # fmt: skip
        self.of.choice(acts)()
        if self.of.random() < 0.1:
            await self.crash()
        await self.shop.minutes(self.of.choice((0.1, 1, 2)))


def _dies(_tx: Tx, _report: object) -> None:
    raise OSError("the machine is gone")


def due(shop: Shop, *, frozen: bool) -> dict[int, str]:
    """Told again, by hand, from what the policy says."""
    held: dict[str, bool] = {}
    mine = [pull for pull in shop.hub.pulls.values() if pull.open and pull.base == "develop"]
    for pull in mine:
        fix = pull.title.startswith(("fix:", "docs:"))
        exempt = "hotfix" in pull.labels or all(path.startswith("docs/") for path in pull.files)
        held[pull.sha] = held.get(pull.sha, False) or (frozen and not fix and not exempt)
    return {pull.number: HELD if held[pull.sha] else FREE for pull in mine}


@pytest.mark.parametrize("n", range(2))
async def test_in_the_end_every_mark_is_right(
    database: Database, clock: HandClock, hub: GitHub, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    monkeypatch.setattr(Tx, "wall", lambda _: clock())
    hub.add(1, "feat: gift")
    shop = Shop(database, clock, hub)
    story = Story(shop, random.Random(f"{run_seed()} {n}"), monkeypatch)
    for _ in range(STEPS):
        await story.step()
    hub.faults.clear()
    looks = 2 + len(hub.pulls) // 10  # strayed marks are met by turns
    for _ in range(looks):
        await shop.minutes(1)
    frozen = freeze_begun(shop.drive.release(story.release), clock())
    assert hub.marks() == due(shop, frozen=frozen)
    assert set(shop.drive.read(forges.marked, PROJECT)) == set(due(shop, frozen=frozen))
    assert len([said for _, said in shop.told() if isinstance(said, PullRequestsHeld)]) <= story.freezes
    assert shop.drive.chain_holds()
    hub.news()
    await shop.minutes(1)
    assert [path for method, path, _ in hub.news() if method == "POST"] == []
