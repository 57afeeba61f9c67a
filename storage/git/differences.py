"""What differs between two commits: which files, by how much, and what those that are asked for held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import islice

from domain.globs import Globs
from domain.trees import TreeDifference
from storage import gitdiff
from storage.git.failure import local_output
from storage.git.history import EMPTY_TREE
from storage.git.mirror import Mirror, opened, told_as_value
from storage.git.process import Runner
from storage.git.revisions import resolve, resolve_release
from storage.gitdiff import COMPARE, MOST_FILES, RAW

# Counting lines reads every file on both sides: where that is much, nobody waits for it.
_MOST_COUNTED = 20_000
_COUNTING = timedelta(seconds=20)


@told_as_value
def read_difference(
    mirror: Mirror, from_ref: str | None, to_ref: str, *, wanted: Globs, paths: Sequence[str] = ()
) -> TreeDifference:
    """The files in which the two differ, and what those among them hold that are `wanted`.

    `from_ref` None stands for the beginning of everything. With `paths`, taken literally, only those count.
    Bytes in paths that are no text become U+FFFD.
    """
    with opened(mirror) as git:
        start = resolve_release(git, from_ref) if from_ref else EMPTY_TREE
        end = resolve(git, to_ref)
        sides = (start, end, "--", *paths)
        files = tuple(gitdiff.files(local_output(git.run(*COMPARE, *RAW, *sides))))
        counted = _counted(git, sides) if from_ref and len(files) <= _MOST_COUNTED else None
        asked = tuple(islice((file for file in files if wanted.match(file.path)), MOST_FILES))
        held = _contents(git, [sha for file in asked for sha in (file.before, file.after) if sha])
    return TreeDifference(
        files=files,
        added=counted[0] if counted else None,
        removed=counted[1] if counted else None,
        before={file.path: held[file.before] for file in asked if file.before in held},
        after={file.path: held[file.after] for file in asked if file.after in held},
    )


def _counted(git: Runner, sides: Sequence[str]) -> tuple[int, int] | None:
    """Lines that came and went; files that are no text have none. None when that takes too long."""
    answer = git.run(*COMPARE, "--numstat", *sides, limit=_COUNTING)
    if answer.code is None:
        return None
    rows = [row.split(b"\t", 2) for row in local_output(answer).split(b"\0") if row]
    numbers = [(int(added), int(removed)) for added, removed, _ in rows if added != b"-"]
    return sum(added for added, _ in numbers), sum(removed for _, removed in numbers)


def _contents(git: Runner, shas: Iterable[str]) -> dict[str, bytes]:
    """What these objects hold, but for those that are too large to be a list of variables."""
    small = gitdiff.small(_batch(git, "--batch-check", shas))
    return dict(gitdiff.contents(_batch(git, "--batch", small))) if small else {}


def _batch(git: Runner, how: str, shas: Iterable[str]) -> bytes:
    return local_output(git.run("cat-file", how, feed=gitdiff.asked(shas)))
