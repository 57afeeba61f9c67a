from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.git.team import Team


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
