from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.commits import Change, Commit, changes, parse
from domain.repository import GitProblem
from domain.types import ReleaseType
from domain.versions import Bump, Version, bump_for, next_version
from storage import git
from storage.git import Mirror
from tests.cliff.differences import ALL, ON_PURPOSE, Difference, differing
from tests.cliff.grammar import TEAMS
from tests.cliff.oracle import History, git_cliff
from tests.support.proof import rounds, run_seed

pytestmark = pytest.mark.skipif(git_cliff() is None, reason="git-cliff is not installed")

NOW = datetime(2026, 3, 9, tzinfo=UTC)
COMMITS = (2_000, 25_000)
RANGES = (8, 100)


@dataclass(frozen=True)
class Read:
    """A commit as one of the two reads it."""

    conventional: bool
    type: str
    scope: str
    text: str
    body: str
    footers: tuple[tuple[str, str], ...]
    breaking: bool
    note: str

    def differs_from(self, other: Read) -> frozenset[str]:
        return frozenset(field for field in ALL if getattr(self, field) != getattr(other, field))


def ours(change: Change) -> Read:
    return Read(
        conventional=change.type is not None,
        type=change.type or "",
        scope=change.scope or "",
        text=change.description,
        body=change.body,
        footers=tuple((footer.token, footer.value) for footer in change.footers),
        breaking=change.breaking,
        note=change.breaking_note or "",
    )


def theirs(commit: dict[str, Any]) -> Read:
    """Types are compared in lower case; `Fixes #12` is the token Fixes with the value #12."""
    known = commit["conventional"]
    return Read(
        conventional=known,
        type=(commit.get("group") or "").lower(),
        scope=(commit.get("scope") or "").strip(),
        text=commit["message"] if known else commit["message"].partition("\n")[0].strip(),
        body=commit.get("body") or "",
        footers=tuple(
            (footer["token"], f"#{footer['value']}" if footer["separator"] == " #" else footer["value"])
            for footer in commit.get("footers") or ()
        ),
        breaking=bool(commit.get("breaking")),
        note=commit.get("breaking_description") or "",
    )


def read_commits(history: History, since: str | None = None, until: str = "main") -> tuple[Commit, ...]:
    """As Naru reads them: fetched into its mirror, newest first."""
    mirror = Mirror(
        path=history.path.with_name("mirror"),
        remote_url=str(history.path),
        allow_local=True,
        first_limit=timedelta(minutes=1),
    )
    found = git.fetch(mirror, NOW)
    assert not isinstance(found, GitProblem), found
    commits = git.read_commits(mirror, since, until)
    assert not isinstance(commits, GitProblem), commits
    return commits


@pytest.mark.proof
@pytest.mark.timeout(0)
@pytest.mark.parametrize("team", TEAMS)
def test_every_commit_of_a_long_history_is_read_as_git_cliff_reads_it(team: str, tmp_path: Path) -> None:
    of = random.Random(f"{run_seed()} {team}")
    history = History(tmp_path / team, [TEAMS[team](of, n) for n in range(1, 1 + rounds(*COMMITS))])
    expected = history.parsed()

    read = read_commits(history)

    assert {commit.sha for commit in read} == expected.keys()
    wrong = {}
    for commit in read:
        cliff = expected[commit.sha]
        found = ours(parse(commit)).differs_from(theirs(cliff)) - differing(cliff["raw_message"])
        if found:
            wrong[cliff["raw_message"]] = (sorted(found), ours(parse(commit)), theirs(cliff))
    assert wrong == {}


@pytest.mark.parametrize("difference", ON_PURPOSE, ids=lambda difference: difference.why)
def test_what_differs_on_purpose_does(difference: Difference, tmp_path: Path) -> None:
    history = History(tmp_path / "example", [difference.example])
    (commit,) = read_commits(history)
    (cliff,) = history.parsed().values()

    found = ours(parse(commit)).differs_from(theirs(cliff))

    assert found
    assert found <= difference.of
    assert difference.concerns(difference.example)


# --- the next version ---------------------------------------------------------------------------------------

DECIDES = frozenset({"conventional", "type", "breaking"})


def agreed(of: random.Random, count: int) -> list[str]:
    """Messages of all teams whose part of a version both read alike: features after some other work, and what
    breaks in the second half only, so that every answer comes.
    """
    found: list[str] = []
    while len(found) < count:
        message = of.choice(list(TEAMS.values()))(of, len(found) + 1)
        breaks = re.match(r"[^\n]*!:", message) or "BREAKING" in message
        feature = re.match(r"(?i)feat|기능|추가|신규", message)
        too_early = (breaks and len(found) < count // 2) or (feature and len(found) < 8)
        if not too_early and not differing(message) & DECIDES:
            found.append(message)
    return found


@pytest.mark.proof
@pytest.mark.timeout(0)
@pytest.mark.parametrize("tag", ["v0.1.0", "v0.9.4", "v1.4.2", "v2.0.0", "v10.20.30"])
def test_many_ranges_call_for_the_version_that_git_cliff_calls_for(tag: str, tmp_path: Path) -> None:
    """Commit by commit: what a revert takes back is ours alone to know."""
    of = random.Random(f"{run_seed()} {tag}")
    history = History(tmp_path / "ranges", agreed(of, 400), {0: tag})
    newest_first = read_commits(history)
    oldest_first = [parse(commit) for commit in reversed(newest_first)]

    wrong, answers = [], set()
    for until in (1, 5, 150, 399, *(of.randrange(1, 400) for _ in range(rounds(*RANGES)))):
        found = oldest_first[1 : until + 1]
        called_for = history.cliff("--bumped-version", f"{tag}..{found[-1].sha}").strip()
        proposed = next_version(Version.parse(tag), found, ReleaseType.REGULAR)
        answers.add(bump_for(found, ReleaseType.REGULAR))
        if f"v{proposed}" != called_for:
            wrong.append((called_for, str(proposed), [change.description for change in found]))
    assert wrong == []
    assert answers == set(Bump)


def test_a_commit_that_was_taken_back_calls_for_nothing_and_git_cliff_does_not_know(tmp_path: Path) -> None:
    first = History(tmp_path / "first", ["chore: begin", "feat!: new API"])
    sha = first.git("rev-parse", "main").strip()
    revert = f'Revert "feat!: new API"\n\nThis reverts commit {sha}.'
    history = History(tmp_path / "all", ["chore: begin", "feat!: new API", revert], {0: "v1.0.0"})

    ours_now = next_version(Version(1, 0, 0), changes(read_commits(history, "v1.0.0")), ReleaseType.REGULAR)

    assert (str(ours_now), history.cliff("--bumped-version").strip()) == ("1.0.1", "v2.0.0")
