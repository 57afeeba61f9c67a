"""Both histories pass together, and what is told is what the end alone has: by a model, on drawn histories."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage import local
from tests.support.everything import QUIET, Local

DAY = 86_400
START = 1_700_000_000
Told = list[str]


@dataclass
class Drawn:
    """Commits by number, with the numbers of their parents."""

    git: local.LocalGit
    shas: Sequence[str]
    parents: Sequence[tuple[int, ...]]

    def has(self, number: int) -> set[str]:
        """A commit and all before it."""
        found, waiting = set(), [number]
        while waiting:
            one = waiting.pop()
            if self.shas[one] not in found:
                found.add(self.shas[one])
                waiting += self.parents[one]
        return found


def drawn(path: Path, draw: random.Random, *, skew: float, commits: int = 40) -> Drawn:
    """A commit a day, each by a clock that is up to `skew` days wrong; lines, merges, second roots."""
    parents: list[tuple[int, ...]] = [()]
    for number in range(1, commits):
        near = range(max(0, number - 6), number)
        count = draw.choices((0, 1, 2, 3), (1, 20, 8, 1))[0]
        parents.append(tuple(draw.sample(near, min(count, len(near)))))
    subprocess.run(["git", "init", "-q", "--bare", path], env=QUIET, check=True)
    feed = "".join(
        f"commit refs/heads/b{number}\nmark :{number + 1}\ncommitter A <a@example.com> "
        f"{START + int((number + draw.uniform(-skew, skew)) * DAY)} +0000\ndata 1\nx\n"
        + (f"from :{of[0] + 1}\n" if of else "")
        + "".join(f"merge :{one + 1}\n" for one in of[1:])
        + "\n"
        for number, of in enumerate(parents)
    )
    marks = path / "marks"
    subprocess.run(
        ["git", "fast-import", "--quiet", "--force", f"--export-marks={marks}"],
        input=feed.encode(), cwd=path, env=QUIET, check=True,
    )  # fmt: skip
    pairs = [line[1:].split() for line in marks.read_text().splitlines()]
    by_mark = {int(mark): sha for mark, sha in pairs}
    return Drawn(local.LocalGit(path), [by_mark[n + 1] for n in range(commits)], parents)


def walked(history: Drawn, until: int, since: int, *, sorted_first: bool) -> tuple[Told, local.Walked]:
    found: Told = []
    of = local.Range(history.shas[until], history.shas[since])
    walk = local.walk(history.git, of, lambda row: found.append(row[0]), sorted_first=sorted_first)
    return found, walk


@pytest.mark.parametrize("seed", range(12))
def test_a_walk_tells_what_the_end_has_and_the_beginning_has_not(seed: int, tmp_path: Path) -> None:
    """Clocks up to three days wrong, as two of them may be a week apart; else the order decides."""
    draw = random.Random(seed)
    history = drawn(tmp_path / "drawn.git", draw, skew=draw.choice((0, 0.4, 3)))
    for _ in range(12):
        until, since = draw.randrange(40), draw.randrange(40)
        alone = history.has(until) - history.has(since)

        found, walk = walked(history, until, since, sorted_first=False)
        if not walk.in_order:
            found, walk = walked(history, until, since, sorted_first=True)

        assert (set(found), len(found)) == (alone, walk.count), (seed, until, since)
        assert len(alone) == len(found)
        follows = any(
            history.shas[since] == history.shas[parent]
            for number, sha in enumerate(history.shas) if sha in alone
            for parent in history.parents[number]
        )  # fmt: skip
        assert walk.follows == follows


@pytest.mark.parametrize("seed", range(6))
def test_a_sorted_walk_is_right_whatever_the_clocks_say(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    history = drawn(tmp_path / "drawn.git", draw, skew=60)
    for _ in range(8):
        until, since = draw.randrange(40), draw.randrange(40)

        found, walk = walked(history, until, since, sorted_first=True)

        assert set(found) == history.has(until) - history.has(since), (seed, until, since)
        assert walk.in_order


def test_picks_are_looked_for_a_week_before_the_range(tmp_path: Path) -> None:
    repo = Local(tmp_path / "repo").init()
    far, near = "a" * 40, "b" * 40
    repo.commit(f"fix: long ago\n\n(cherry picked from commit {far})")
    repo.commit("fix: long ago as well")
    repo.minutes += 8 * 24 * 60
    repo.commit(f"fix: a moment ago\n\n(cherry picked from commit {near})")
    since = repo.commit("chore: release")
    until = repo.commit("feat: new")

    walk = local.walk(local.LocalGit(repo.path), local.Range(until, since), lambda _: None)

    assert walk.picked == {near}
