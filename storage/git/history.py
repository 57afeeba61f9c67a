"""Commits and changed files between two points of the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.commits import Commit, picked_from
from storage.git.failure import local_output
from storage.git.log import stream_commits
from storage.git.mirror import Mirror, opened, told_as_value
from storage.git.process import Runner
from storage.git.revisions import resolve, resolve_release

# People's clocks differ.
_SKEW = timedelta(days=7)
# The tree without files; git knows it without having stored it.
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


@told_as_value
def read_commits(mirror: Mirror, from_ref: str | None, to_ref: str) -> tuple[Commit, ...]:
    """The commits of `to_ref` that `from_ref` does not have (None: all), newest first.

    Both are branches, tags or SHAs as last fetched. Children come before their parents. Bytes that are no
    text become U+FFFD. What `from_ref` has as a cherry-pick (a hotfix took it to production) is left out.
    Empty when `from_ref` already contains `to_ref`.
    """
    with opened(mirror) as git:
        until = resolve(git, to_ref)
        if not from_ref:
            return tuple(stream_commits(git, until))
        since = resolve_release(git, from_ref)
        commits = tuple(stream_commits(git, until, f"^{since}"))
        released = _picked_into(git, since, commits)
        return tuple(commit for commit in commits if commit.sha not in released)


@told_as_value
def read_touching(mirror: Mirror, from_ref: str | None, to_ref: str, paths: Sequence[str]) -> frozenset[str]:
    """The SHAs of those commits of `to_ref` that `from_ref` does not have and that touch one of `paths`.

    A merge is among them when it brought such a change onto its first parent. Paths are taken literally.
    """
    with opened(mirror) as git:
        until = resolve(git, to_ref)
        selection = [until, f"^{resolve_release(git, from_ref)}"] if from_ref else [until]
        wanted = ("--full-history", "--format=%H", *selection, "--", *paths)
        every = local_output(git.run("--literal-pathspecs", "log", *wanted))
        merges = local_output(git.run("--literal-pathspecs", "log", "--first-parent", "--merges", *wanted))
        return frozenset((every + merges).decode().split())


def _picked_into(git: Runner, since: str, commits: Sequence[Commit]) -> frozenset[str]:
    """The SHAs that cherry-picks in the history of `since` name; they are not older than what they pick."""
    if not commits:
        return frozenset()
    oldest = min(commit.committed_at for commit in commits) - _SKEW
    recent = stream_commits(
        git, "-F", "--grep=(cherry picked from commit ", f"--since={oldest.isoformat()}", since
    )
    return frozenset(origin for commit in recent if (origin := picked_from(commit.body)))
