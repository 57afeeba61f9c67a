"""Titles beside a real repository: asked after git, outside of any transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.forges import titles as reading
from bot.forges.titles import Titles
from bot.gitworker import GitWorker
from bot.scheduler import watch
from commands.requests import RefsWereMade
from domain.commits import ChangeCounts, ChangeKind
from domain.project import ConfirmedProduction, Project
from domain.scope import RepositoryFacts
from domain.versions import Version
from storage import projects, repositories
from storage.db import Database
from storage.git import Mirror
from tests.storage.git.team import Team
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.github import NAME, TOKEN, GitHub
from tests.support.world import OWNER, PROJECT, world

HOSTILE = "<!channel> feat: `x` <https://evil.example|click>"


class Shop:
    """Three squashed pull requests on develop since v1.4.0; only the third says its kind."""

    def __init__(self, database: Database, clock: HandClock, hub: GitHub, folder: Path) -> None:
        self.drive, self.hub, self.clock = Driver(database, clock), hub, clock
        self.team = _team(folder)
        mirror = Mirror(path=folder / "mirror", remote_url=str(self.team.remote), allow_local=True)
        self.worker = GitWorker(database, lambda _: mirror, Titles(lambda: SecretStr(TOKEN)))

    async def read(self, **forge: Any) -> RepositoryFacts:
        given = {"kind": "github", "api_url": self.hub.url, "repository": NAME} | forge
        with self.drive.tx() as tx:
            world(tx, repository={"url": str(self.team.remote), "forge": given})
            projects.confirm_production(
                tx, PROJECT, ConfirmedProduction(Version(1, 4, 0), OWNER, self.clock())
            )
            watch(tx)
        while await self.worker.work():
            pass
        facts = self.drive.read(repositories.facts, PROJECT)
        assert facts is not None
        return facts


def _team(folder: Path) -> Team:
    team = Team(remote=folder / "remote.git", work=folder / "work")
    team.git("init", "-q", "--bare", "-b", "main", str(team.remote), at=folder)
    team.git("init", "-q", "-b", "main", str(team.work), at=folder)
    team.git("remote", "add", "origin", str(team.remote))
    team.tag("v1.4.0", team.commit("feat: start", {"app.txt": "one\n"}, branch="main"))
    team.branch("develop", team.git("rev-parse", "HEAD"))
    for number, subject in ((7, "Update app"), (8, "Work on it"), (9, "fix: crash")):
        team.commit(f"{subject} (#{number})", {f"{number}.txt": subject})
    return team


@pytest.fixture
def shop(database: Database, clock: HandClock, hub: GitHub, tmp_path: Path) -> Shop:
    hub.add(7, "feat: gift cards", open=False)
    hub.add(8, HOSTILE, labels=("bug",), open=False)
    hub.add(9, "fix: quite another", open=False)
    return Shop(database, clock, hub, tmp_path)


def told(facts: RepositoryFacts) -> list[tuple[int, ChangeKind, str]]:
    assert facts.scope is not None
    return sorted((line.pull_request, line.kind, line.text) for line in facts.scope.lines)


async def test_titles_and_labels_say_what_commits_do_not(shop: Shop) -> None:
    facts = await shop.read(labels={"bug": "fix"})
    assert told(facts) == [
        (7, ChangeKind.FEATURE, "gift cards"),
        (8, ChangeKind.FIX, HOSTILE),
        (9, ChangeKind.FIX, "crash"),
    ]
    assert facts.scope is not None
    assert (facts.scope.counts, facts.scope.untitled) == (ChangeCounts(features=1, fixes=2), 0)
    assert facts.next_version == "1.5.0"
    assert [path for _, path, _ in shop.hub.news()] == ["/graphql"]


@pytest.mark.parametrize("fault", ["500", "401", "html", "cut", "limited"])
async def test_without_an_answer_the_scope_is_as_git_has_it(shop: Shop, fault: str) -> None:
    shop.hub.faults["graphql"] = fault
    facts = await shop.read()
    assert told(facts) == [
        (7, ChangeKind.OTHER, "Update app"),
        (8, ChangeKind.OTHER, "Work on it"),
        (9, ChangeKind.FIX, "crash"),
    ]
    assert facts.scope is not None
    assert (facts.scope.untitled, facts.next_version) == (2, "1.4.1")


async def test_a_forge_that_wants_fewer_requests_is_left_alone(shop: Shop) -> None:
    shop.hub.faults["graphql"] = "retry"
    await shop.read()
    shop.hub.news()
    facts = await shop.read()
    assert shop.hub.news() == []
    assert facts.scope is not None
    assert facts.scope.untitled == 2


async def test_a_forge_that_hangs_holds_nothing_up(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LIMIT_S", 0.1)
    shop.hub.faults["graphql"] = "slow"
    assert told(await shop.read())[0] == (7, ChangeKind.OTHER, "Update app")


async def test_beyond_a_number_of_titles_the_rest_stays_as_git_has_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST", 1)
    facts = await shop.read()
    assert facts.scope is not None
    assert facts.scope.untitled == 1


async def test_on_plain_git_nobody_is_asked(shop: Shop) -> None:
    assert told(await shop.read(kind="git"))[0] == (7, ChangeKind.OTHER, "Update app")
    assert shop.hub.news() == []


async def test_a_report_without_changes_is_left_as_it_is(shop: Shop) -> None:
    await shop.read()
    project = shop.drive.read(projects.get, PROJECT)
    assert isinstance(project, Project)
    report = RefsWereMade(release="r1", work="tag")
    assert await Titles(lambda: None)(project, report) is report
