"""The commits of a range, streamed while git still looks for them, and which commit has which."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.commits import Fields, picked_from
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
    that no commit came before its children. `picked` are the SHAs that cherry-picks before it name.
    """

    count: int
    newest: datetime | None
    follows: bool
    in_order: bool
    picked: frozenset[str]


def walk(
    git: LocalGit,
    of: Range,
    take: Callable[[Fields], None],
    *,
    without: Collection[str] = (),
    sorted_first: bool = False,
) -> Walked:
    """Hands over every commit but those of `without`, newest first. Raises Unreadable.

    By their dates, children come before their parents unless somebody's clock was wrong; `sorted_first` makes
    sure of it, and nothing comes before git has been through the whole history.
    """
    walker = _Walker(of, to_the_end=sorted_first)
    order = ("--topo-order",) if sorted_first else ()
    with git.stream("log", *OPTIONS, *order, of.until, *filter(None, (of.since,)), "--") as process:
        walker.tell(rows(pieces(process)), take, without)
        if not walker.left_early:
            _, errors = process.communicate()
            if process.returncode != 0:
                detail = errors.decode(errors="replace").strip()
                raise Unreadable(UnreadableKind.BROKEN, str(git.path), detail=detail)
    return walker.walked()


class _Walker:
    """Tells the commits that `until` alone has while both histories pass together, newest first.

    Asked for a range, git writes nothing before it has been through all of it. So it is asked for both
    histories, and we leave when all that is still to come belongs to `since`: `ahead` are the parents named
    so far that have not come and are known of `until` alone, `behind` those that `since` has. Seven days more
    are looked at, for clocks that differ, and for cherry-picks of what is new.
    """

    def __init__(self, of: Range, *, to_the_end: bool) -> None:
        self._since = of.since
        self._to_the_end = to_the_end
        self._seen: set[str] = set()
        self._behind = {of.since} if of.since else set()
        self._ahead = {of.until} - self._behind
        self._picked: set[str] = set()
        self._passed, self._oldest, self._newest = 0, _NEVER, 0
        self._follows, self._in_order = False, True
        self.left_early = False

    def tell(self, found: Iterable[Fields], take: Callable[[Fields], None], without: Collection[str]) -> None:
        seen, ahead, behind, oldest = self._seen, self._ahead, self._behind, _NEVER
        for row in found:
            sha, parents, _, _, at, _, body = row
            seen.add(sha)
            if sha in behind:
                self._pass_by(sha, parents.split(), body)
                if self._is_over(int(at)):
                    self.left_early = True
                    return
                continue
            ahead.discard(sha)
            for parent in parents.split() if " " in parents else (parents,):
                if parent in seen:
                    self._in_order = False
                elif parent in behind:
                    self._follows = self._follows or parent == self._since
                elif parent:
                    ahead.add(parent)
            seconds = int(at)
            if seconds < oldest:
                oldest = self._oldest = seconds
            self._newest = self._newest or seconds
            if sha not in without:
                take(row)

    def _pass_by(self, sha: str, parents: Sequence[str], body: str) -> None:
        """Of a commit that `since` has: so it has its parents."""
        self._passed += 1
        self._behind.discard(sha)
        self._ahead.discard(sha)
        if not self._seen.isdisjoint(parents):
            self._in_order = False
        self._behind.update(parents)
        self._ahead.difference_update(parents)
        if origin := picked_from(body):
            self._picked.add(origin)

    def _is_over(self, seconds: int) -> bool:
        if self._ahead or self._to_the_end:
            return False
        return seconds < self._oldest - _SKEW.total_seconds()

    def walked(self) -> Walked:
        count = len(self._seen) - self._passed
        return Walked(
            count=count,
            newest=datetime.fromtimestamp(self._newest, UTC) if count else None,
            follows=self._follows,
            in_order=self._in_order,
            picked=frozenset(self._picked),
        )


def is_ancestor(git: LocalGit, older: str, newer: str) -> bool:
    """Whether `newer` contains `older`; both are full SHAs."""
    (answer,) = git.ask(("merge-base", "--is-ancestor", older, newer))
    return answer.code == 0
