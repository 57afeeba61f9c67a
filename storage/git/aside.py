"""The branches beside the main lines: how far each is from its base, and since when."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.branches import Branch
from storage.git.failure import local_output
from storage.git.log import stream_commits
from storage.git.mirror import Mirror, opened, told_as_value
from storage.git.process import Runner
from storage.git.revisions import KEPT_HEADS

# A branch with more own commits is measured by the newest of them: it is no short-lived one anyway.
_OWN = 2000
LIMIT = timedelta(seconds=30)
"""For all of the branches: some thousand are measured in it, and a release must not wait longer for git."""


@dataclass(frozen=True)
class Aside:
    """The branches that were measured, and the names of those for which there was no time."""

    branches: tuple[Branch, ...] = ()
    unread: tuple[str, ...] = ()


@told_as_value
def read_aside(
    mirror: Mirror,
    bases: Mapping[str, str],
    known: Collection[Branch],
    *,
    limit: timedelta = LIMIT,
    now: Callable[[], float] = time.monotonic,
) -> Aside:
    """Every branch of `bases` against the branch that it goes back to, as last fetched.

    `known` are earlier readings: what is between two commits never changes, so that one reading goes on where
    the last one had to stop. After `limit` no other branch is begun; one that was read before its base moved
    on stands as it was read then.
    """
    with opened(mirror) as git:
        heads = _heads(git)
        there = {name: base for name, base in bases.items() if {name, base} <= heads.keys()}
        pairs = {name: (heads[base], heads[name]) for name, base in there.items()}
        read = {(one.base_head, one.head): one for one in known}
        before = {(one.base, one.head): one for one in known}
        ends = now() + limit.total_seconds()
        for name in sorted(there, key=lambda one: (_is_known(one, there, heads, before), one)):
            if pairs[name] not in read and now() < ends:
                read[pairs[name]] = _between(git, *pairs[name])
        found = {name: read.get(pair) or before.get((there[name], pair[1])) for name, pair in pairs.items()}
        return Aside(
            tuple(replace(one, name=name, base=there[name]) for name, one in found.items() if one),
            tuple(name for name, one in found.items() if one is None),
        )


def _is_known(
    name: str, bases: Mapping[str, str], heads: Mapping[str, str], before: Container[tuple[str, str]]
) -> bool:
    return (bases[name], heads[name]) in before


def _heads(git: Runner) -> dict[str, str]:
    listed = git.run("for-each-ref", "--format=%(objectname) %(refname)", KEPT_HEADS).text.splitlines()
    rows = (line.partition(" ") for line in listed)
    return {ref.removeprefix(KEPT_HEADS): sha for sha, _, ref in rows}


def _between(git: Runner, base: str, head: str) -> Branch:
    counted = local_output(git.run("rev-list", "--left-right", "--count", f"{base}...{head}", "--"))
    behind, ahead = (int(number) for number in counted.split())
    own = stream_commits(git, f"--max-count={_OWN}", head, f"^{base}")
    first = min(own, key=lambda commit: commit.committed_at, default=None)
    return Branch(
        name="",
        head=head,
        base="",
        base_head=base,
        ahead=ahead,
        behind=behind,
        since=first.committed_at if first else None,
        author=first.author_name if first else "",
        email=first.author_email if first else "",
    )
