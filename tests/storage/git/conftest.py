from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.repository import Signature
from storage.git import Mirror
from tests.storage.git import forge as http
from tests.storage.git import sshd as ssh
from tests.storage.git.remotes import OverFile, Served, over_http, over_ssh
from tests.storage.git.team import Team


@pytest.fixture
def empty(tmp_path: Path) -> Team:
    """A team that has not committed anything yet."""
    team = Team(remote=tmp_path / "remote.git", work=tmp_path / "work")
    team.git("init", "-q", "--bare", "-b", "main", str(team.remote), at=tmp_path)
    team.git("init", "-q", "-b", "main", str(team.work), at=tmp_path)
    team.git("remote", "add", "origin", str(team.remote))
    return team


@pytest.fixture
def team(empty: Team) -> Team:
    """Main and develop at v1.4.0, and two commits more on develop."""
    first = empty.commit("feat: start", {"app.txt": "one\n", "읽기.md": "읽기\n"}, branch="main")
    empty.tag("v1.4.0", first)
    empty.branch("develop", first)
    empty.commit("feat: search", {"search.txt": "search\n"})
    empty.commit("fix: crash", {"app.txt": "one\nfixed\n"})
    return empty


@pytest.fixture
def mirror(tmp_path: Path, empty: Team) -> Mirror:
    return Mirror(
        path=tmp_path / "mirrors" / "shop",
        remote_url=str(empty.remote),
        allow_local=True,
        limit=timedelta(seconds=20),
    )


@pytest.fixture
def by() -> Signature:
    return Signature("나루", "naru@example.com", datetime(2026, 3, 9, 1, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ssh.Sshd]:
    with ssh.serving(tmp_path_factory.mktemp("sshd")) as served:
        yield served


@pytest.fixture(params=["file", "http", "ssh"])
def served(request: pytest.FixtureRequest, team: Team, mirror: Mirror) -> Iterator[Served]:
    """The team's remote over each of the three transports."""
    if request.param == "file":
        yield OverFile(team, mirror)
    elif request.param == "ssh":
        yield over_ssh(team, mirror, request.getfixturevalue("sshd"))
    else:
        with http.serving(team.remote.parent) as forge:
            yield over_http(team, mirror, forge)
