"""The watch over code freezes: a real repository, the git worker, both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.gitwork import Job, do
from bot.gitworker import GitWorker
from bot.scheduler import watch
from commands import git_reports
from commands.requests import AskException, DecideException, LiftFreeze
from domain.calendar.exceptions import ExceptionState
from domain.calendar.gate import GateAction
from domain.errands import InChannel, InThread, Place, ReadRepository
from domain.events import FreezeViolated, MergedByException, MergedExempt
from domain.people import Role
from domain.project import ConfirmedProduction, Project
from domain.statuses import Because, Marked
from domain.types import Action, ReleaseType
from domain.versions import Version
from storage import exceptions, forges, projects
from storage.db import Database, Tx
from storage.git import Mirror
from storage.tables import FrozenCommitRow
from tests.storage.git.team import Team
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import CHANNEL, DEV, OWNER, PROJECT, RM, policy, world

Merged = FreezeViolated | MergedByException | MergedExempt
MINJI = "Minji <dev@naru.example>"


class Shop:
    """The shop on a real remote. `look` is what the scheduler does every five minutes."""

    def __init__(self, database: Database, clock: HandClock, folder: Path) -> None:
        self.database, self.clock, self.folder = database, clock, folder
        self.team = _team(folder)
        self.drive = Driver(database, clock)
        self.mirror = self.mirror_of("mirror")
        self.worker = GitWorker(database, lambda _: self.mirror)
        self.told_before = 0
        self.rules(commit_url="https://git.example/shop/commit/{sha}")

    def rules(self, **repository: Any) -> None:
        with self.drive.tx() as tx:
            world(tx, repository={"url": str(self.team.remote), **repository})
            running = ConfirmedProduction(Version(1, 4, 0), OWNER, self.clock())
            projects.confirm_production(tx, PROJECT, running)

    def mirror_of(self, name: str) -> Mirror:
        return Mirror(path=self.folder / name, remote_url=str(self.team.remote), allow_local=True)

    async def look(self) -> list[tuple[Place, Merged]]:
        """What was said since, with the place."""
        with self.drive.tx() as tx:
            watch(tx)
        return await self.work()

    async def work(self) -> list[tuple[Place, Merged]]:
        while await self.worker.work():
            pass
        told = [tell for tell in self.drive.told() if isinstance(tell.said, Merged)]
        fresh, self.told_before = told[self.told_before :], len(told)
        return [(tell.to, tell.said) for tell in fresh]  # type: ignore[misc]  # filtered above

    def commit(self, message: str, branch: str = "develop", **how: Any) -> str:
        """Made and pushed now, in business time."""
        self.team.clock = self.clock.at
        return self.team.commit(message, {f"{abs(hash(message))}.txt": message}, branch=branch, **how)

    async def frozen(self) -> str:
        """v1.5.0 is started, its branch cut early and read; then its freeze begins: Monday 14:00 in Seoul."""
        await self.look()
        release = self.drive.start(ReleaseType.REGULAR)
        self.drive.advance(release, Action.CUT_BRANCH, early=True, note="a quiet week")
        assert await self.work() == []
        self.clock.move(hours=5)
        assert await self.look() == []
        self.clock.move(minutes=5)
        return release


def _team(folder: Path) -> Team:
    team = Team(remote=folder / "remote.git", work=folder / "work")
    team.git("init", "-q", "--bare", "-b", "main", str(team.remote), at=folder)
    team.git("init", "-q", "-b", "main", str(team.work), at=folder)
    team.git("remote", "add", "origin", str(team.remote))
    team.tag("v1.4.0", team.commit("feat: start", {"app.txt": "one\n"}, branch="main"))
    team.branch("develop", team.git("rev-parse", "HEAD"))
    team.commit("feat: search", {"search.txt": "search\n"})
    return team


@pytest.fixture
def shop(database: Database, clock: HandClock, tmp_path: Path) -> Shop:
    return Shop(database, clock, tmp_path)


def subjects(said: list[tuple[Place, Merged]]) -> list[list[str]]:
    """Of what was said in the channel."""
    return [[commit.text for commit in event.commits] for to, event in said if isinstance(to, InChannel)]


async def test_a_feature_merged_during_the_freeze_is_told_once_in_the_channel_and_the_thread(
    shop: Shop,
) -> None:
    release = await shop.frozen()
    sha = shop.commit("feat: gift cards", author=MINJI)
    shop.commit("fix: crash")
    told = await shop.look()
    assert [to for to, _ in told] == [InThread(release), InChannel(CHANNEL)]
    event = told[0][1]
    assert isinstance(event, FreezeViolated)
    assert (event.release, event.version, event.day, event.branch) == (release, "1.5.0", "", "develop")
    assert (event.more, event.grantors) == (0, (Role.RELEASE_MANAGER,))
    commit = event.commits[0]
    assert (commit.sha, commit.text, commit.author, commit.user) == (sha, "feat: gift cards", "Minji", DEV)
    assert commit.url == f"https://git.example/shop/commit/{sha}"
    assert await shop.look() == []
    assert ("FreezeViolated", "done", "") in [
        (action, outcome, "") for action, outcome, _ in shop.drive.audited()
    ]
    assert shop.drive.chain_holds()


async def test_before_the_freeze_and_after_it_features_are_nobodys_business(shop: Shop) -> None:
    await shop.look()
    shop.commit("feat: early")
    assert await shop.look() == []
    release = await shop.frozen()
    shop.drive.ok(LiftFreeze(release=release, reason="a quiet week"), RM)
    shop.commit("feat: late")
    assert await shop.look() == []


async def test_a_slot_without_a_release_is_watched_as_well(shop: Shop) -> None:
    await shop.look()
    shop.clock.move(hours=5)
    await shop.look()
    shop.commit("feat: gift cards")
    told = await shop.look()
    assert [to for to, _ in told] == [InChannel(CHANNEL)]
    assert (told[0][1].release, told[0][1].day) == ("", "2026-03-05")


async def test_the_release_branch_is_watched_from_its_cut(shop: Shop) -> None:
    await shop.frozen()
    shop.team.git("fetch", "-q", "origin")
    shop.team.git("checkout", "-q", "-b", "release/v1.5.0", "origin/release/v1.5.0")
    shop.commit("docs: readme", branch="release/v1.5.0")
    sha = shop.commit("feat: gift cards", branch="release/v1.5.0")
    told = await shop.look()
    assert [(event.branch, event.commits[0].sha) for _, event in told] == [("release/v1.5.0", sha)] * 2


async def test_a_commit_that_reaches_two_branches_is_told_once(shop: Shop) -> None:
    await shop.frozen()
    shop.team.git("fetch", "-q", "origin")
    shop.team.git("checkout", "-q", "-b", "release/v1.5.0", "origin/release/v1.5.0")
    sha = shop.commit("feat: gift cards", branch="release/v1.5.0")
    shop.team.git("push", "-q", "origin", f"{sha}:develop")
    assert subjects(await shop.look()) == [["feat: gift cards"]]
    shop.team.git("push", "-q", "origin", "--delete", "release/v1.5.0")
    assert await shop.look() == []


async def test_a_merge_is_told_as_one_with_what_it_brings(shop: Shop) -> None:
    await shop.frozen()
    shop.team.git("checkout", "-q", "-b", "gifts", "develop")
    shop.commit("feat: gift cards", branch="gifts")
    shop.commit("feat: ribbons", branch="gifts")
    shop.team.git("checkout", "-q", "develop")
    shop.team.git("merge", "-q", "--no-ff", "-m", "Merge branch 'gifts'", "gifts")
    shop.team.git("push", "-q", "origin", "develop")
    told = await shop.look()
    commit = told[0][1].commits[0]
    assert commit.text == "Merge branch 'gifts'"
    assert (set(commit.brings), commit.brought) == ({"feat: gift cards", "feat: ribbons"}, 2)
    assert len(told[0][1].commits) == 1


async def test_taking_the_violation_back_is_none(shop: Shop) -> None:
    await shop.frozen()
    shop.commit("feat: gift cards")
    await shop.look()
    shop.team.git("revert", "--no-edit", "HEAD")
    shop.team.git("push", "-q", "origin", "develop")
    assert await shop.look() == []


async def test_taking_back_what_is_in_production_is_no_fix(shop: Shop) -> None:
    await shop.frozen()
    shop.team.git("checkout", "-q", "develop")
    shop.team.git("revert", "--no-edit", "v1.4.0")
    shop.team.git("push", "-q", "origin", "develop")
    assert subjects(await shop.look()) == [['Revert "feat: start"']]


async def test_main_merged_back_into_develop_brings_what_was_released(shop: Shop) -> None:
    await shop.frozen()
    shop.commit("feat: urgent and released", branch="main")
    shop.team.git("checkout", "-q", "develop")
    shop.team.git("merge", "-q", "--no-ff", "-m", "Merge main", "main")
    shop.team.git("push", "-q", "origin", "develop")
    assert await shop.look() == []


async def test_what_is_told_already_is_not_told_of_another_branch(shop: Shop) -> None:
    await shop.frozen()
    sha = shop.commit("feat: gift cards")
    await shop.look()
    shop.team.git("push", "-q", "--force", "origin", f"{sha}:release/v1.5.0")
    assert await shop.look() == []


async def test_thousands_of_commits_are_one_message(shop: Shop) -> None:
    await shop.frozen()
    shop.team.git("checkout", "-q", "develop")
    stream = "".join(
        f"commit refs/heads/develop\ncommitter Kim <kim@example.com> {1772430000 + n} +0000\n"
        f"data {len(f'feat: {n}')}\nfeat: {n}\n" + ("from refs/heads/develop^0\n" if n == 0 else "")
        for n in range(10_000)
    )
    shop.team.git("fast-import", "--quiet", "--force", feed=stream.encode())
    shop.team.git("push", "-q", "origin", "develop")
    told = await shop.look()
    assert len(told) == 2
    event = told[0][1]
    assert [commit.text for commit in event.commits] == [f"feat: {n}" for n in range(9999, 9989, -1)]
    assert event.more == 9990
    assert await shop.look() == []
    assert shop.database.read_now(_noted) == 200


def _noted(tx: Tx) -> int:
    return int(tx.execute(select(func.count()).select_from(FrozenCommitRow)).scalar_one())


async def test_what_came_while_nobody_looked_is_told_afterwards(shop: Shop) -> None:
    """Down from before the freeze: only what was made since it began surely came in it."""
    await shop.look()
    shop.commit("feat: made and perhaps pushed before")
    shop.clock.move(hours=6)
    shop.commit("feat: gift cards")
    shop.clock.move(hours=30)
    assert subjects(await shop.look()) == [["feat: gift cards"]]


async def test_a_remote_that_cannot_be_reached_is_looked_at_again_without_a_word(shop: Shop) -> None:
    await shop.frozen()
    shop.commit("feat: gift cards")
    away = shop.team.remote.with_name("away.git")
    shop.team.remote.rename(away)
    assert [await shop.look(), await shop.look()] == [[], []]
    away.rename(shop.team.remote)
    assert subjects(await shop.look()) == [["feat: gift cards"]]


async def test_a_forced_push_that_only_rewrites_tells_nothing_new(shop: Shop) -> None:
    await shop.frozen()
    shop.commit("feat: gift cards")
    await shop.look()
    shop.team.git("commit", "-q", "--amend", "-m", "feat: gift cards, better told")
    shop.team.git("push", "-q", "--force", "origin", "develop")
    assert await shop.look() == []


async def test_a_mirror_that_was_lost_tells_nothing_twice(shop: Shop) -> None:
    await shop.frozen()
    shop.commit("feat: gift cards")
    await shop.look()
    shop.mirror = shop.mirror_of("another")
    sha = shop.commit("feat: ribbons")
    told = await shop.look()
    assert [commit.sha for commit in told[0][1].commits] == [sha]


async def test_two_replicas_that_saw_the_same_tell_it_once(shop: Shop) -> None:
    """The lease of one ran out while it read: both report."""
    await shop.frozen()
    shop.commit("feat: gift cards")

    def job(tx: Tx) -> Job:
        project = projects.get(tx, PROJECT)
        assert isinstance(project, Project)
        claimed: Any = type("Claimed", (), {"errand": ReadRepository(PROJECT)})()
        made = shop.worker._job(tx, claimed)
        assert made is not None
        return made

    report = do(shop.database.read_now(job))
    again = do(shop.database.read_now(job))
    first = _reported(shop, report)
    assert len(first) == 2
    assert _reported(shop, again) == []


def _reported(shop: Shop, report: Any) -> list[Any]:
    before = len(shop.drive.told(FreezeViolated))
    shop.drive.report(git_reports.repository_was_read, report)
    return shop.drive.told(FreezeViolated)[before:]


async def test_the_head_read_for_a_build_is_looked_at_as_well(shop: Shop) -> None:
    release = await shop.frozen()
    shop.commit("feat: gift cards")
    shop.drive.advance(release, Action.BUILD_PASSED)
    assert subjects(await shop.work()) == [["feat: gift cards"]]


async def test_trunk_based_projects_are_watched_on_main(shop: Shop) -> None:
    shop.rules(flow="trunk")
    shop.commit("feat: search", branch="main")
    release = await shop.frozen()
    assert shop.drive.release(release).branch == "main"
    shop.commit("feat: early in the freeze", branch="main")
    told = await shop.look()
    assert [(to, event.branch) for to, event in told] == [
        (InThread(release), "main"),
        (InChannel(CHANNEL), "main"),
    ]


async def test_a_features_freeze_covers_its_own_branch(shop: Shop) -> None:
    shop.team.branch("feature/search", shop.team.git("rev-parse", "develop"))
    await shop.look()
    release = shop.drive.start(ReleaseType.FEATURE)
    await shop.work()
    freeze_at = shop.drive.release(release).freeze_at
    assert freeze_at is not None
    shop.clock.set(freeze_at)
    await shop.look()
    shop.clock.move(minutes=5)
    shop.commit("feat: more search", branch="feature/search")
    told = await shop.look()
    assert [(to, event.branch) for to, event in told] == [
        (InThread(release), "feature/search"),
        (InChannel(CHANNEL), "feature/search"),
    ]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, ""),
        ({"compare_url": "https://git.example/shop/compare"}, "https://git.example/shop/commit/a1"),
        ({"compare_url": "https://git.example/shop/-/compare/"}, "https://git.example/shop/-/commit/a1"),
        ({"compare_url": "https://git.example/shop/branches"}, ""),
        (
            {"commit_url": "https://git.example/c/{sha}?x", "compare_url": "https://x.example/compare"},
            "https://git.example/c/a1?x",
        ),
    ],
)
def test_a_commits_address_is_given_or_beside_that_of_comparing(given: dict[str, str], address: str) -> None:
    assert policy(repository=given).repository.commit_at("a1") == address


@pytest.mark.parametrize(("seen_after", "state"), [(5, ExceptionState.GRANTED), (90, ExceptionState.USED)])
async def test_a_merge_under_an_exception_uses_it_although_it_is_seen_later(
    shop: Shop, seen_after: int, state: ExceptionState
) -> None:
    release = await shop.frozen()
    texts = {"what": "gift cards", "why": "a law", "risk": "low", "way_back": "revert it"}
    wish = AskException(project=PROJECT, action=GateAction.MERGE_FEATURE, **texts)  # type: ignore[arg-type]  # texts
    asked = shop.drive.ok(wish, DEV)
    (exception,) = (one.exception for one in asked.asked)  # type: ignore[union-attr]  # ExceptionAsked
    shop.drive.ok(DecideException(exception=exception, grant=True, length=timedelta(hours=1)), RM)
    shop.clock.move(minutes=10)
    shop.commit("feat: gift cards")
    shop.clock.move(minutes=seen_after)
    shop.drive.tick()
    told = await shop.look()
    assert [(type(event), to) for to, event in told] == [(MergedByException, InThread(release))]
    found = shop.drive.read(exceptions.get, exception)
    assert found is not None
    assert (found.state, found.used_at) == (state, shop.clock())


async def test_what_was_exempt_on_the_forge_is_noted_in_the_thread_and_is_no_violation(shop: Shop) -> None:
    release = await shop.frozen()
    marks = [
        Marked(number=3, sha="a" * 40, base="develop", because=Because.LABEL, text=""),
        Marked(number=4, sha="b" * 40, base="main", because=Because.PATHS, text=""),
        Marked(number=5, sha="c" * 40, base="develop", because=Because.NO_FREEZE, text=""),
    ]
    with shop.drive.tx() as tx:
        forges.mark(tx, PROJECT, marks)
    for number in (3, 4, 5):
        shop.commit(f"feat: gift {number} (#{number})")
    told = await shop.look()
    assert [(to, type(event), [commit.text for commit in event.commits]) for to, event in told] == [
        (InThread(release), FreezeViolated, ["feat: gift 5 (#5)", "feat: gift 4 (#4)"]),
        (InChannel(CHANNEL), FreezeViolated, ["feat: gift 5 (#5)", "feat: gift 4 (#4)"]),
        (InThread(release), MergedExempt, ["feat: gift 3 (#3)"]),
    ]
    assert await shop.look() == []
