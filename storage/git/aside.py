"""The branches beside the main lines: how far each is from its base, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.branches import Branch
from storage.git.failure import local_output
from storage.git.log import stream_commits
from storage.git.mirror import Mirror, opened, told_as_value
from storage.git.process import Runner
from storage.git.revisions import KEPT_HEADS

# A branch with more own commits is measured by the newest of them: it is no short-lived one anyway.
_OWN = 2000


@told_as_value
def read_aside(
    mirror: Mirror, bases: Mapping[str, str], known: Mapping[tuple[str, str], Branch]
) -> tuple[Branch, ...]:
    """Every branch of `bases` against the branch that it goes back to, as last fetched.

    `known` are earlier readings by the heads of base and branch: what is between two commits never changes.
    """
    with opened(mirror) as git:
        heads = _heads(git)
        there = {name: base for name, base in bases.items() if {name, base} <= heads.keys()}
        pairs = {name: (heads[base], heads[name]) for name, base in there.items()}
        read = {pair: known.get(pair) or _between(git, *pair) for pair in set(pairs.values())}
        return tuple(replace(read[pair], name=name, base=bases[name]) for name, pair in pairs.items())


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
