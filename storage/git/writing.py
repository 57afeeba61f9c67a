"""Files written on a branch without a work tree: one commit on what the remote has, pushed with a lease."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.notes.files import LARGEST, FileProblem, FileRefused
from domain.refs import safe_ref_name
from domain.repository import NARU_EMAIL, GitProblem, Made, ProblemKind, Signature
from storage.git.failure import GitFailure, fail, local_output
from storage.git.merging import commit_of
from storage.git.mirror import Mirror, opened, told_as_value
from storage.git.process import Runner
from storage.git.pushing import Update, push
from storage.git.reading import bring_up_to_date
from storage.git.revisions import HEADS, missing
from storage.git.trees import FILES, blob_of, with_files

_FOLDER = "040000"


@dataclass(frozen=True)
class FileEdit:
    """`change` gets what the file at `path` has (None: there is none) and says what it shall have."""

    path: str
    change: Callable[[bytes | None], bytes | FileRefused]


@told_as_value
def write_files(
    mirror: Mirror, branch: str, edits: Sequence[FileEdit], message: str, by: Signature, *, planned: str = ""
) -> Made:
    """One commit by `by` on the branch's head with all of the edits, or none. `planned` is where a dry run
    would have made the branch.

    Where the branch has it all already nothing is done, as after a crash between push and report. MOVED when
    somebody else pushes meanwhile. A file that cannot be written is named in `files`.
    """
    if not safe_ref_name(branch):
        raise fail(ProblemKind.UNSAFE_NAME, ref=branch)
    with opened(mirror) as git:
        there = bring_up_to_date(git).at(HEADS + branch)
        head = there or (planned if git.dry_run else "") or missing(branch)
        made = _written(git, head, edits, message, by)
        if made == head:
            return Made(((HEADS + branch, head),), already=True)
        return push(git, [Update(HEADS + branch, head, made)])


def beneath_own(git: Runner, sha: str) -> str:
    """The commit on which those that Naru wrote files with stand; `sha` itself where it is none of them."""
    while sha:
        told = local_output(git.run("log", "-1", "--format=%ae%x00%P", sha)).decode(errors="replace").strip()
        author, _, parents = told.partition("\0")
        if author != NARU_EMAIL or len(parents.split()) != 1:
            break
        sha = parents
    return sha


def _written(git: Runner, head: str, edits: Sequence[FileEdit], message: str, by: Signature) -> str:
    """The new commit, or `head` when nothing changes. Raises GitFailure."""
    changed = [one for edit in edits if (one := _changed(git, head, edit))]
    if not changed:
        return head
    tree = with_files(git, head, changed)
    return commit_of(git, tree, head, message, by)


def _changed(git: Runner, head: str, edit: FileEdit) -> tuple[str, str, str] | None:
    """Mode, blob and path of the file as it shall be; None where it is so already."""
    mode, before = _read(git, head, edit.path)
    after = edit.change(before)
    if isinstance(after, FileRefused):
        raise _refused(after.problem, edit.path)
    if after == before:
        return None
    return mode, blob_of(git, after), edit.path


def _read(git: Runner, head: str, path: str) -> tuple[str, bytes | None]:
    """The mode and content of a file at a commit. Raises GitFailure for whatever is there and no file."""
    folders = path.split("/")[:-1]
    for depth in range(1, len(folders) + 1):
        found = _entry(git, head, "/".join(folders[:depth]))
        if found and found[0] != _FOLDER:
            raise _refused(FileProblem.NOT_A_FILE, path)
    entry = _entry(git, head, path)
    if entry is None:
        return "100644", None
    mode, blob = entry
    if mode not in FILES:
        raise _refused(FileProblem.NOT_A_FILE, path)
    size = int(local_output(git.run("cat-file", "-s", blob)).decode())
    if size > LARGEST:
        raise _refused(FileProblem.TOO_LARGE, path)
    return mode, local_output(git.run("cat-file", "blob", blob))


def _entry(git: Runner, head: str, path: str) -> tuple[str, str] | None:
    """Mode and object at exactly this path, if anything is there."""
    listed = local_output(git.run("ls-tree", "-z", "--full-tree", head, "--", path))
    for row in listed.decode(errors="replace").split("\0"):
        facts, _, name = row.partition("\t")
        if name == path:
            mode, _, sha = facts.split()
            return mode, sha
    return None


def _refused(problem: FileProblem, path: str) -> GitFailure:
    return GitFailure(GitProblem(kind=ProblemKind(problem), files=(path,)))
