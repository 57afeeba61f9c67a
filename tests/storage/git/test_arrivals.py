from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from domain.frozen import Seen
from domain.repository import GitProblem
from storage import git
from storage.git import Mirror
from tests.storage.git.team import Team

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)
GONE = "d" * 40


def came(
    mirror: Mirror,
    before: str,
    head: str,
    *,
    at: datetime = NOW,
    without: Sequence[str] = (),
    limit: int = 100,
) -> tuple[list[str], int]:
    """The first lines of what came, newest first, and how many more."""
    assert not isinstance(git.fetch(mirror, NOW), GitProblem)
    read = git.read_arrivals(mirror, Seen(before, at), head, without=without, limit=limit)
    assert not isinstance(read, GitProblem), read
    commits, more = read
    return [commit.subject for commit in commits], more


@pytest.fixture
def start(team: Team) -> str:
    return team.commit("feat: start", {"a.txt": "a\n"})


def test_nothing_came_where_the_head_stands(team: Team, mirror: Mirror, start: str) -> None:
    assert came(mirror, start, start) == ([], 0)


def test_what_was_pushed_since_came_with_all_that_it_merged(team: Team, mirror: Mirror, start: str) -> None:
    team.git("checkout", "-q", "-b", "gifts")
    team.commit("feat: gifts", {"gifts.txt": "1\n"}, branch="gifts")
    team.commit("fix: crash", {"a.txt": "b\n"})
    team.git("merge", "-q", "--no-ff", "-m", "Merge branch 'gifts'", "gifts")
    team.git("push", "-q", "origin", "develop")
    head = team.git("rev-parse", "HEAD")
    found, more = came(mirror, start, head)
    assert found[0] == "Merge branch 'gifts'"
    assert (set(found[1:]), more) == ({"feat: gifts", "fix: crash"}, 0)


def test_what_was_released_elsewhere_did_not_come(team: Team, mirror: Mirror, start: str) -> None:
    released = team.commit("feat: in production", {"b.txt": "b\n"})
    head = team.commit("feat: gifts", {"gifts.txt": "1\n"})
    assert came(mirror, start, head, without=[released, GONE]) == (["feat: gifts"], 0)


def test_of_very_many_the_newest_are_read_and_the_rest_is_counted(
    team: Team, mirror: Mirror, start: str
) -> None:
    heads = [team.commit(f"feat: {n}") for n in range(5)]
    assert came(mirror, start, heads[-1], limit=2) == (["feat: 4", "feat: 3"], 3)
    assert came(mirror, start, heads[-1], limit=5)[1] == 0


def test_what_a_forced_push_only_rewrote_did_not_come(team: Team, mirror: Mirror, start: str) -> None:
    team.commit("feat: ribbons", {"ribbons.txt": "1\n"})
    old = team.commit("feat: cards", {"cards.txt": "1\n"})
    assert came(mirror, old, old) == ([], 0)
    team.git("reset", "-q", "--hard", start)
    team.git("commit", "-q", "--allow-empty", "-m", "fix: first")
    team.git("cherry-pick", f"{old}~1", old)
    team.git("push", "-q", "--force", "origin", "develop")
    head = team.git("rev-parse", "HEAD")
    assert came(mirror, old, head) == (["fix: first"], 0)
    head = team.commit("feat: new", {"new.txt": "1\n"})
    assert came(mirror, old, head) == (["feat: new", "fix: first"], 0)


def test_a_change_of_a_rewritten_commit_came(team: Team, mirror: Mirror, start: str) -> None:
    old = team.commit("feat: cards", {"cards.txt": "1\n"})
    assert came(mirror, old, old) == ([], 0)
    team.git("reset", "-q", "--hard", start)
    (team.work / "cards.txt").write_text("2\n")
    team.git("add", "--all")
    team.git("commit", "-q", "-m", "feat: other cards")
    team.git("push", "-q", "--force", "origin", "develop")
    assert came(mirror, old, team.git("rev-parse", "HEAD")) == (["feat: other cards"], 0)


def test_where_the_old_head_is_gone_what_was_made_since_counts(
    team: Team, mirror: Mirror, start: str
) -> None:
    looked_at = team.clock
    head = team.commit("feat: cards", {"cards.txt": "1\n"})
    assert came(mirror, GONE, head, at=looked_at) == (["feat: cards"], 0)
    assert came(mirror, GONE, head, at=looked_at + timedelta(days=1)) == ([], 0)


def test_where_too_much_was_rewritten_what_was_made_since_counts(
    team: Team, mirror: Mirror, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.git.arrivals._COMPARED", 1)
    team.commit("feat: ribbons", {"ribbons.txt": "1\n"})
    old = team.commit("feat: cards", {"cards.txt": "1\n"})
    assert came(mirror, old, old) == ([], 0)
    team.git("reset", "-q", "--hard", start)
    looked_at = team.clock
    team.git("push", "-q", "--force", "origin", "develop")
    head = team.commit("feat: gifts", {"gifts.txt": "1\n"})
    assert came(mirror, old, head, at=looked_at) == (["feat: gifts"], 0)


def test_a_branch_that_is_not_there_is_told(team: Team, mirror: Mirror, start: str) -> None:
    assert not isinstance(git.fetch(mirror, NOW), GitProblem)
    read = git.read_arrivals(mirror, Seen(start, NOW), GONE, without=(), limit=5)
    assert isinstance(read, GitProblem)
