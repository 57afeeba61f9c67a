"""What differs between the two ends of a range."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from domain.globs import Globs
from domain.trees import TreeDifference
from storage import gitdiff
from storage.gitdiff import COMPARE, MOST_FILES, RAW
from storage.local.history import Range
from storage.local.process import LocalGit

# The tree without a file, by the length of the repository's object names.
_EMPTY = {
    40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}


def difference(git: LocalGit, of: Range, wanted: Globs) -> TreeDifference:
    """The files in which the ends differ, and what those among them hold that are `wanted`.

    Without a beginning all files have come. Raises Unreadable, as where a partial clone left files out.
    """
    start = of.since or _EMPTY[len(of.until)]
    files = tuple(gitdiff.files(git.output(*COMPARE, *RAW, start, of.until, "--")))
    asked = tuple(islice((file for file in files if wanted.match(file.path)), MOST_FILES))
    held = _contents(git, [sha for file in asked for sha in (file.before, file.after) if sha])
    return TreeDifference(
        files=files,
        before={file.path: held[file.before] for file in asked if file.before in held},
        after={file.path: held[file.after] for file in asked if file.after in held},
    )


def _contents(git: LocalGit, shas: Iterable[str]) -> dict[str, bytes]:
    """What these objects hold, but for those that are too large to be a list of variables."""
    named = gitdiff.asked(shas)
    small = gitdiff.small(git.output("cat-file", "--batch-check", feed=named)) if named else []
    return (
        dict(gitdiff.contents(git.output("cat-file", "--batch", feed=gitdiff.asked(small)))) if small else {}
    )
