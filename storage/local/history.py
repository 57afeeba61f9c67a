"""The commits of a range, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.commits import Commit, picked_from
from storage.gitlog import OPTIONS, commits
from storage.local.process import LocalGit, pieces
from storage.local.repository import Unreadable, UnreadableKind

# People's clocks differ.
_SKEW = timedelta(days=7)


@dataclass(frozen=True)
class Range:
    """The commits that `until` has and `since` (empty: none) has not; both are full SHAs."""

    until: str
    since: str = ""

    @property
    def selection(self) -> tuple[str, ...]:
        return (self.until, f"^{self.since}") if self.since else (self.until,)


def stream(git: LocalGit, of: Range) -> Iterator[Commit]:
    """Newest first, children before their parents. Raises Unreadable."""
    yield from _log(git, "--topo-order", *of.selection)


def released_picks(git: LocalGit, since: str, oldest: datetime) -> frozenset[str]:
    """The SHAs that cherry-picks in the history of `since` name: picks are not older than what they pick."""
    recent = f"--since={(oldest - _SKEW).isoformat()}"
    found = _log(git, "--fixed-strings", "--grep=(cherry picked from commit ", recent, since)
    return frozenset(origin for commit in found if (origin := picked_from(commit.body)))


def _log(git: LocalGit, *arguments: str) -> Iterator[Commit]:
    with git.stream("log", *OPTIONS, *arguments, "--") as process:
        yield from commits(pieces(process))
        _, errors = process.communicate()
        if process.returncode != 0:
            raise Unreadable(UnreadableKind.BROKEN, str(git.path), errors.decode(errors="replace"))
