"""The demo's remotes: two bare repositories with a real, reproducible history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sandbox.fast_import import Entry, create_bare, run_git, write_history
from sandbox.sample import api, later, people, shop, towards_1_5

SECOND_BATCH = "feat(recommend): record clicks"
"""Of the work for v1.6.0."""
BREAKING_SUBJECT = "feat(api)!: return prices as objects (#219)"


@dataclass(frozen=True)
class SampleRepo:
    """`remote` is the shop (Git Flow, v1.4.2 in production), `api_remote` the API (trunk-based, v2.8.1)."""

    remote: Path
    api_remote: Path

    def sha(self, ref: str, *, project: str = "shop") -> str:
        """The commit of a branch or tag."""
        return run_git(self._path(project), "rev-parse", "--verify", f"{ref}^{{commit}}").strip()

    def subjects(self, range_: str, *, project: str = "shop") -> list[str]:
        """First lines of the commits in `range_` (`v1.4.2..develop`), the newest first, merges left out."""
        return run_git(self._path(project), "log", "--no-merges", "--format=%s", range_, "--").splitlines()

    def commit(
        self,
        branch: str,
        message: str,
        files: Mapping[str, str | None],
        *,
        by: str = "emma",
        at: datetime,
        project: str = "shop",
    ) -> str:
        """Push one commit by a person of the seed (a handle) onto a branch that exists; its SHA."""
        entry = Entry(branch, people.author(by), at, message, files)
        write_history(self._path(project), [entry])
        return self.sha(f"refs/heads/{branch}", project=project)

    def _path(self, project: str) -> Path:
        return {"shop": self.remote, "api": self.api_remote}[project]


def make_sample(root: Path) -> SampleRepo:
    """Create `root`/shop.git and `root`/api.git; what is already there is left as it is."""
    sample = SampleRepo(root / "shop.git", root / "api.git")
    if not sample.remote.exists():
        create_bare(sample.remote)
        write_history(sample.remote, [*shop.BEGINNING, *towards_1_5.FIRST])
        breaking = _sha_of(sample.remote, BREAKING_SUBJECT)
        write_history(sample.remote, [towards_1_5.taking_back(breaking), *towards_1_5.THEN])
    if not sample.api_remote.exists():
        create_bare(sample.api_remote)
        write_history(sample.api_remote, api.STEPS)
    return sample


def add_second_batch(sample: SampleRepo, *, at: datetime) -> None:
    """The work for v1.6.0 on the shop's develop, in the 27 hours after `at`."""
    write_history(sample.remote, later.towards_1_6(at))


def add_hotfix_work(sample: SampleRepo, *, at: datetime) -> str:
    """A fix on the shop's develop for a hotfix to carry; its SHA."""
    write_history(sample.remote, [later.hotfix_work(at)])
    return sample.sha("refs/heads/develop")


def _sha_of(repo: Path, subject: str) -> str:
    found = run_git(repo, "log", "--format=%H", "--fixed-strings", f"--grep={subject}", "-1", "develop")
    return found.strip()
