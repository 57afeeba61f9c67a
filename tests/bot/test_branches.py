"""Stale and too many branches of a trunk-based project, from a real remote to what people read."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest

from bot.scheduler import watch
from commands import branches
from domain.errands import InChannel
from domain.events import BranchesLeft
from domain.types import ReleaseType
from messages.lines import line
from messages.lists import branches_list
from messages.texts import Reader
from sandbox.blockkit import check_message
from storage import git
from storage.db import Database
from tests.bot.house import House
from tests.support.clock import HandClock
from tests.support.world import CHANNEL, DEV, PROJECT

EN, KO = Reader("en", "Asia/Seoul"), Reader("ko", "Asia/Seoul")
TRUNK = {"flow": "trunk"}


class Trunk(House):
    """A trunk-based project; `develop` is a branch like any other there, and goes."""

    def __init__(self, database: Database, clock: HandClock, folder: Path, **rules: Any) -> None:
        super().__init__(database, clock, folder, repository=TRUNK, **rules)
        self.team.git("push", "-q", "origin", ":refs/heads/develop")
        self.seen = 0

    def begin(self, name: str, author: str = "Minji <dev@naru.example>") -> None:
        """A branch that leaves main now."""
        self.team.clock = self.clock.at - timedelta(hours=1)
        self.team.git("checkout", "-q", "main")
        self.team.commit(f"feat: {name}", {f"{name}.txt": "x\n"}, branch=name, author=author)

    async def look(self) -> list[BranchesLeft]:
        """What the channel was told since."""
        with self.drive.tx() as tx:
            watch(tx)
        await self.work()
        told = self.drive.told(BranchesLeft)
        fresh, self.seen = told[self.seen :], len(told)
        assert all(tell.to == InChannel(CHANNEL) for tell in fresh)
        return [tell.said for tell in fresh]  # type: ignore[misc]  # of that kind


@pytest.fixture
def trunk(database: Database, clock: HandClock, tmp_path: Path) -> Trunk:
    return Trunk(database, clock, tmp_path)


async def test_a_branch_older_than_two_days_is_told_once_with_its_author(trunk: Trunk) -> None:
    trunk.begin("search")
    trunk.clock.move(hours=46)
    young = await trunk.look()
    trunk.clock.move(hours=3)
    told = await trunk.look()
    again = await trunk.look()

    assert (young, again) == ([], [])
    assert [branch.user for event in told for branch in event.stale] == [DEV]
    assert line(EN, told[0], "") == (
        "*Branches beside main*\nOlder than 2 days, counted since they left main:\n"
        f"• `search` · 2 days · one commit — <@{DEV}>\n"
        "Merge them into main, behind a feature flag if need be, or delete them."
    )
    assert line(KO, told[0], "") == (
        "*main 외의 브랜치*\n2일 넘게 열려 있는 브랜치 (main에서 갈라진 시점 기준):\n"
        f"• `search` · 2일 · 커밋 1개 — <@{DEV}>\n"
        "필요하면 기능 플래그를 달아 main에 병합하거나 삭제해 주십시오."
    )


async def test_three_active_branches_are_told_with_what_to_do(trunk: Trunk) -> None:
    for name in ("a", "b", "c"):
        trunk.begin(name)

    told = await trunk.look()

    assert [branch.name for event in told for branch in event.active] == ["a", "b", "c"]
    assert line(EN, told[0], "").splitlines()[1] == "3 are open at once:"


async def test_a_merged_branch_is_no_news_and_its_name_may_come_again(trunk: Trunk) -> None:
    trunk.begin("search")
    trunk.clock.move(days=3)
    first = await trunk.look()
    trunk.team.git("push", "-q", "origin", "search:refs/heads/main")
    merged = await trunk.look()
    trunk.team.git("branch", "-q", "-f", "main", "search")
    trunk.team.git("push", "-q", "origin", ":refs/heads/search")
    await trunk.look()
    trunk.team.git("checkout", "-q", "main")
    trunk.team.git("branch", "-q", "-D", "search")
    trunk.begin("search")
    trunk.clock.move(days=3)
    second = await trunk.look()

    assert ([len(event.stale) for event in first], merged) == ([1], [])
    assert [len(event.stale) for event in second] == [1]


async def test_a_muted_project_and_git_flow_are_told_nothing(
    database: Database, clock: HandClock, tmp_path: Path
) -> None:
    (tmp_path / "muted").mkdir()
    muted = Trunk(database, clock, tmp_path / "muted", mute=["branches"])
    muted.begin("search")
    clock.move(days=9)

    assert await muted.look() == []


async def test_git_flow_lists_its_branches_with_their_releases_and_tells_nothing(
    database: Database, clock: HandClock, tmp_path: Path
) -> None:
    house = House(database, clock, tmp_path)
    await house.cut(ReleaseType.REGULAR)
    house.team.clock = clock.at - timedelta(hours=1)
    house.team.git("checkout", "-q", "develop")
    house.team.commit("feat: gift", {"gift.txt": "x\n"}, branch="feature/gift", author="Bo <bo@example.com>")
    house.clock.move(days=5)
    with house.drive.tx() as tx:
        watch(tx)
    await house.work()

    message = branches_list(EN, house.drive.read(branches.listed, PROJECT))

    assert house.drive.told(BranchesLeft) == []
    assert message.blocks[1]["text"]["text"].splitlines() == [
        "• `release/v1.5.0` · 6 days · 1 ahead, 0 behind of `main` · v1.5.0 — Kim",
        "• `feature/gift` · 5 days · 1 ahead, 0 behind of `develop` — Bo",
    ]


async def test_the_list_marks_stale_and_merged_branches_of_a_trunk(trunk: Trunk) -> None:
    trunk.begin("search")
    trunk.team.branch("done", trunk.team.refs()["heads/main"])
    trunk.clock.at += timedelta(days=3)
    await trunk.look()

    message = branches_list(KO, trunk.drive.read(branches.listed, PROJECT))

    assert check_message({"blocks": message.blocks}) == []
    assert message.blocks[1]["text"]["text"].splitlines() == [
        f"• ⏳ `search` · 3일 · `main` 대비 1개 앞섬, 0개 뒤처짐 — <@{DEV}>",
        "• `done` · 병합됨, 삭제 가능 · `main` 대비 0개 앞섬, 0개 뒤처짐",
    ]


def many(trunk: Trunk, number: int) -> None:
    """Branches with a commit of their own, made at once."""
    tree, main = trunk.team.git("rev-parse", "main^{tree}"), trunk.team.git("rev-parse", "main")
    trunk.team.clock = trunk.clock.at - timedelta(hours=1)
    made = [trunk.team.git("commit-tree", tree, "-p", main, "-m", f"feat: {n}") for n in range(4)]
    rows = "".join(f"create refs/heads/many/{n:03} {made[n % 4]}\n" for n in range(number))
    trunk.team.git("push", "-q", "origin", *(f"{sha}:refs/heads/made/{n}" for n, sha in enumerate(made)))
    trunk.team.git("update-ref", "--stdin", at=trunk.team.remote, feed=rows.encode())


async def test_all_of_very_many_branches_are_measured(trunk: Trunk) -> None:
    many(trunk, 300)

    told = await trunk.look()

    assert [len(event.active) + event.more_active for event in told] == [304]
    assert len(trunk.drive.read(branches.listed, PROJECT).branches) == 304


async def test_what_could_not_be_measured_in_time_is_said_and_the_next_reading_goes_on(
    trunk: Trunk, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(trunk, 0)
    ticks = chain([0.0, 1.0, 2.0, 3.0], repeat(31.0))
    hurried = partial(git.read_aside, now=lambda: next(ticks))
    monkeypatch.setattr("bot.gitwork.reading.git.read_aside", hurried)
    told = await trunk.look()
    message = branches_list(KO, trunk.drive.read(branches.listed, PROJECT))
    monkeypatch.undo()
    again = await trunk.look()

    english = "Not measured yet: 1. There are very many; the next reading goes on."
    assert [line(EN, event, "").splitlines()[-1] for event in told] == [english]
    korean = "아직 측정하지 못한 브랜치: 1개. 브랜치가 매우 많아 다음에 읽을 때 이어서 측정합니다."
    assert korean in [block["elements"][0]["text"] for block in message.blocks if block["type"] == "context"]
    assert again == []
    assert len(trunk.drive.read(branches.listed, PROJECT).branches) == 4


async def test_a_repository_that_was_not_read_says_so(trunk: Trunk) -> None:
    message = branches_list(EN, trunk.drive.read(branches.listed, PROJECT))

    assert message.blocks[1]["text"]["text"] == "The repository has not been read yet."
