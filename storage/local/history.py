"""The commits of a range, streamed, and which commit has which."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.commits import Row, picked_from
from storage.gitlog import OPTIONS, rows
from storage.local.problems import Unreadable, UnreadableKind
from storage.local.process import LocalGit, pieces

# People's clocks differ.
_SKEW = timedelta(days=7)
_NEVER = 1 << 60


@dataclass(frozen=True)
class Range:
    """The commits that `until` has and `since` (empty: none) has not; both are full SHAs."""

    until: str
    since: str = ""


@dataclass(frozen=True)
class Walked:
    """How a range was: `follows` says that `since` is in the history of `until`, and not its end; `in_order`
    that no commit came before its children.
    """

    count: int
    oldest: datetime | None
    newest: datetime | None
    follows: bool
    in_order: bool


def walk(
    git: LocalGit,
    of: Range,
    take: Callable[[Row], None],
    *,
    without: Collection[str] = (),
    sorted_first: bool = False,
) -> Walked:
    """Hands over every commit but those of `without`, newest first. Raises Unreadable.

    By their dates, children come before their parents unless somebody's clock was wrong; `sorted_first` makes
    sure of it, and nothing comes before git has been through all of them.
    """
    follows, in_order = False, True
    seen: set[str] = set()
    oldest, newest = _NEVER, 0
    selection = (of.until, f"^{of.since}") if of.since else (of.until,)
    for row in _log(git, *(("--topo-order",) if sorted_first else ()), *selection):
        sha, parents = row.sha, row.parents
        if in_order and (parents in seen or (" " in parents and not seen.isdisjoint(parents.split()))):
            in_order = False
        seen.add(sha)
        # Every way from the end to a commit that is not told any more goes through a parent of one that is.
        if not follows and of.since and of.since in parents:
            follows = True
        seconds = int(row.seconds)
        oldest = min(oldest, seconds)
        newest = newest or seconds
        if sha not in without:
            take(row)
    if not seen:
        return Walked(0, None, None, follows, in_order)
    return Walked(len(seen), _moment(oldest), _moment(newest), follows, in_order)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def released_picks(git: LocalGit, since: str, oldest: datetime) -> frozenset[str]:
    """The SHAs that cherry-picks in the history of `since` name: picks are not older than what they pick."""
    recent = f"--since={(oldest - _SKEW).isoformat()}"
    found = _log(git, "--fixed-strings", "--grep=(cherry picked from commit ", recent, since)
    return frozenset(origin for commit in found if (origin := picked_from(commit.body)))


def is_ancestor(git: LocalGit, older: str, newer: str) -> bool:
    """Whether `newer` contains `older`; both are full SHAs."""
    (answer,) = git.ask(("merge-base", "--is-ancestor", older, newer))
    return answer.code == 0


def _log(git: LocalGit, *arguments: str) -> Iterator[Row]:
    with git.stream("log", *OPTIONS, *arguments, "--") as process:
        yield from rows(pieces(process))
        _, errors = process.communicate()
        if process.returncode != 0:
            raise Unreadable(
                UnreadableKind.BROKEN, str(git.path), detail=errors.decode(errors="replace").strip()
            )
