"""A project on a real remote with the git worker at work: what people ask for is done at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.gitworker import GitWorker
from domain.project import ConfirmedProduction
from domain.types import Action, ReleaseType
from domain.versions import Version
from storage import projects
from storage.db import Database
from storage.git import Mirror
from tests.storage.git.team import Team
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import OWNER, PROJECT, world


class House:
    """v1.4.0 on main is in production; develop has one feature more."""

    def __init__(self, database: Database, clock: HandClock, folder: Path, **rules: Any) -> None:
        self.clock, self.folder = clock, folder
        self.team = _team(folder)
        self.drive = Driver(database, clock)
        self.mirror = Mirror(path=folder / "mirror", remote_url=str(self.team.remote), allow_local=True)
        self.worker = GitWorker(database, lambda _: self.mirror)
        repository = {"url": str(self.team.remote), **rules.pop("repository", {})}
        with self.drive.tx() as tx:
            world(tx, repository=repository, **rules)
            running = ConfirmedProduction(Version(1, 4, 0), OWNER, clock())
            projects.confirm_production(tx, PROJECT, running)

    async def work(self) -> None:
        """The git worker does all that waits."""
        while await self.worker.work():
            pass

    async def cut(self, kind: ReleaseType = ReleaseType.REGULAR, **how: Any) -> str:
        """A release with its branch on the remote; returns its id."""
        release = self.drive.start(kind)
        self.drive.advance(release, Action.CUT_BRANCH, early=True, note="a quiet week", **how)
        await self.work()
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
