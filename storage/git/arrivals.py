"""What came onto a branch since it was looked at last."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commits import Commit
from domain.frozen import Seen
from storage.git.failure import local_output
from storage.git.log import stream_commits
from storage.git.mirror import Mirror, opened, told_as_value
from storage.git.process import Runner
from storage.git.revisions import is_ancestor

# Changes are compared by what they do only where that is done soon.
_COMPARED = 1000


@told_as_value
def read_arrivals(
    mirror: Mirror, before: Seen, head: str, *, without: Sequence[str], limit: int
) -> tuple[tuple[Commit, ...], int]:
    """The commits of `head` that came after `before`, newest first, at most `limit`; and how many more.

    What the commits of `without` have is left out, whether or not all of them are known. After a forced push
    a change that was there before, under another SHA, is none that came. When the old head is gone, or too
    much was rewritten, what was committed since counts.
    """
    with opened(mirror) as git:
        selection = [*_since(git, before, head), *(f"^{sha}" for sha in without)]
        commits = tuple(stream_commits(git, "--ignore-missing", f"--max-count={limit}", *selection))
        return commits, _count(git, selection) - limit if len(commits) == limit else 0


def _since(git: Runner, before: Seen, head: str) -> list[str]:
    """The options and revisions that select what came."""
    made_since = [f"--since={before.at.isoformat()}", head]
    if git.run("cat-file", "-e", f"{before.head}^{{commit}}").code != 0:
        return made_since
    if is_ancestor(git, before.head, head):
        return [head, f"^{before.head}"]
    both = f"{before.head}...{head}"
    if _count(git, ["--max-count", str(_COMPARED + 1), both]) > _COMPARED:
        return made_since
    return ["--cherry-pick", "--right-only", both]


def _count(git: Runner, selection: Sequence[str]) -> int:
    return int(local_output(git.run("rev-list", "--ignore-missing", "--count", *selection, "--")))
