from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.gitwork import Job, do
from commands.requests import RepositoryWasRead
from domain.errands import ReadRepository
from domain.project import Project
from domain.scope import RepositoryFacts, Size, Variable, VariableChange
from domain.versions import Version
from storage.git import Mirror
from tests.storage.git.team import Team
from tests.support.world import CHANNEL, PROJECT, policy

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """v1.4.0 on main, two features and v1.5.0 after it, and a fix on develop that is not released."""
    team = Team(remote=tmp_path / "remote.git", work=tmp_path / "work")
    team.git("init", "-q", "--bare", "-b", "main", str(team.remote), at=tmp_path)
    team.git("init", "-q", "-b", "main", str(team.work), at=tmp_path)
    team.git("remote", "add", "origin", str(team.remote))
    team.tag("v1.4.0", team.commit("feat: start", {"app.txt": "one\n"}, branch="main"))
    team.commit("feat: search", {"search.txt": "search\n"}, branch="main")
    newest = team.commit("feat: filters", {"filters.txt": "filters\n"}, branch="main")
    team.tag("v1.5.0", newest)
    team.branch("develop", newest)
    team.commit("fix: crash", {"app.txt": "one\nfixed\n"})
    return team


def read(team: Team, production: Version | None) -> RepositoryFacts:
    rules = policy(repository={"url": str(team.remote)})
    mirror = Mirror(path=team.work.parent / "mirror", remote_url=str(team.remote), allow_local=True)
    project = Project(PROJECT, CHANNEL, rules, "")
    report = do(Job(ReadRepository(PROJECT), project, mirror, NOW, production=production))
    assert isinstance(report, RepositoryWasRead)
    return report.facts


@pytest.mark.parametrize(
    ("production", "since", "changes", "version"),
    [
        (None, "v1.5.0", 1, "1.5.1"),  # nobody has said yet: the highest tag on main
        (Version(1, 4, 0), "v1.4.0", 3, "1.5.1"),  # v1.5.0 was rolled back, and is not used again
        (Version(9, 9, 9), "v1.5.0", 1, "1.5.1"),  # its tag is gone
    ],
)
def test_changes_are_counted_from_what_runs_in_production(
    team: Team, production: Version | None, since: str, changes: int, version: str
) -> None:
    facts = read(team, production)
    assert facts.production == "v1.5.0"
    assert facts.scope is not None
    assert (facts.scope.since, facts.scope.counts.total) == (since, changes)
    assert facts.next_version == version


def test_what_the_files_say_is_read_with_the_changes(team: Team) -> None:
    team.commit("feat: gift cards", {"migrations/0042_gift.sql": "create\n", ".env.example": "GIFT_URL=x\n"})
    scope = read(team, None).scope
    assert scope is not None
    assert scope.migrations == ("migrations/0042_gift.sql",)
    assert scope.variables == (Variable("GIFT_URL", VariableChange.ADDED, "x", file=".env.example"),)
    assert scope.size == Size(files=3, added=3, removed=0)
