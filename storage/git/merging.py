"""Merges and cherry-picks without a work tree: new commits from `merge-tree` and `commit-tree`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.notes.own_files import OwnFiles
from domain.repository import GitProblem, ProblemKind, Signature
from storage.git.failure import GitFailure, fail, local_output
from storage.git.history import EMPTY_TREE
from storage.git.process import Runner, trimmed
from storage.git.revisions import is_ancestor
from storage.git.settling import entries_of, settle

_OBJECT_ID = re.compile(rb"[0-9a-f]{40,64}")
# A file that stands where the other side has a folder is put aside under the name of its commit.
_ASIDE = re.compile(r"~[0-9a-f]{40,64}(?:_\d+)?$")
_NONE = OwnFiles()
_UNSAFE_IN_NAMES = re.compile(r"[<>\x00-\x1f\x7f]")


def merge(git: Runner, ours: str, theirs: str, *, message: str, by: Signature, own: OwnFiles = _NONE) -> str:
    """A merge commit of `theirs` into `ours`, or `ours` where it holds `theirs` already.

    Conflicts in `own` files are settled where that can be. Raises GitFailure with CONFLICT and the files.
    """
    if is_ancestor(git, theirs, ours):
        return ours
    tree = _merged_tree(git, ours, theirs, own)
    return _commit(
        git, tree, [ours, theirs], message.encode(), _identity("COMMITTER", by) | _identity("AUTHOR", by)
    )


def pick(git: Runner, onto: str, sha: str, by: Signature) -> str:
    """A commit on `onto` with what `sha` changed, its author and message kept; `onto` when that adds nothing.

    A merge is picked as what it brought to its first parent. Raises GitFailure with CONFLICT, the files and
    the commit in `actual`.
    """
    parents = local_output(git.run("log", "-1", "--format=%P", sha)).decode().split()
    try:
        tree = _picked_tree(git, onto, sha, parents[0] if parents else EMPTY_TREE)
    except GitFailure as failure:
        raise GitFailure(replace(failure.problem, actual=sha)) from failure
    if tree == _tree(git, onto):
        return onto
    name, email, date, message = local_output(
        git.run("log", "-1", "--encoding=UTF-8", "--format=%an%x00%ae%x00%ad%x00%B", "--date=raw", sha)
    ).split(b"\0", 3)
    author = {
        "GIT_AUTHOR_NAME": name.decode(errors="replace"),
        "GIT_AUTHOR_EMAIL": email.decode(errors="replace"),
        "GIT_AUTHOR_DATE": f"@{date.decode()}",
    }
    picked = message.rstrip() + f"\n\n(cherry picked from commit {sha})\n".encode()
    return _commit(git, tree, [onto], picked, author | _identity("COMMITTER", by))


def commit_of(git: Runner, tree: str, parent: str, message: str, by: Signature) -> str:
    """A commit of `tree` on `parent`, written by `by`."""
    signed = _identity("COMMITTER", by) | _identity("AUTHOR", by)
    return _commit(git, tree, [parent], message.encode(), signed)


def tag_object(git: Runner, name: str, sha: str, message: str, by: Signature) -> str:
    """An annotated tag as an object that no ref points at yet."""
    tagger = f"{_clean(by.name)} <{_clean(by.email)}> {int(by.at.timestamp())} +0000"
    text = f"object {sha}\ntype commit\ntag {name}\ntagger {tagger}\n\n{message.strip()}\n"
    return local_output(git.run("mktag", feed=text.replace("\0", "").encode())).decode().strip()


def _merged_tree(git: Runner, ours: str, theirs: str, own: OwnFiles = _NONE) -> str:
    answer = git.run("merge-tree", "--write-tree", "-z", "--no-messages", ours, theirs)
    fields = answer.out.split(b"\0")
    # Without an object id first, 1 means that a commit is missing, not that there is a conflict.
    if "unrelated histories" in answer.errors:
        raise fail(ProblemKind.CONFLICT, detail=trimmed(answer.errors))
    if answer.code not in {0, 1} or not _OBJECT_ID.fullmatch(fields[0]):
        raise fail(ProblemKind.MIRROR_BROKEN, detail=trimmed(answer.errors))
    tree = fields[0].decode()
    if answer.code == 0:
        return tree
    conflicts = entries_of(field for field in fields[1:] if field)
    if settled := settle(git, tree, conflicts, own):
        return settled
    files = tuple(dict.fromkeys(_ASIDE.sub("", entry.path) for entry in conflicts))
    raise GitFailure(GitProblem(kind=ProblemKind.CONFLICT, files=files))


def _picked_tree(git: Runner, onto: str, sha: str, parent: str) -> str:
    """The three-way merge that a cherry-pick is, with `parent` as its base.

    `merge-tree` learnt to be told a base only in 2.40; before that it is given three commits made for it,
    of the same trees, whose only common ancestor is the base.
    """
    nobody = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", "naru"), ("EMAIL", "naru"), ("DATE", "@0 +0000"))
    }
    base = _commit(git, _tree(git, parent), [], b"base", nobody)
    ours = _commit(git, _tree(git, onto), [base], b"ours", nobody)
    theirs = _commit(git, _tree(git, sha), [base], b"theirs", nobody)
    return _merged_tree(git, ours, theirs)


def _tree(git: Runner, revision: str) -> str:
    return local_output(git.run("rev-parse", "--verify", f"{revision}^{{tree}}")).decode().strip()


def _commit(
    git: Runner, tree: str, parents: Sequence[str], message: bytes, environment: dict[str, str]
) -> str:
    given = [part for parent in parents for part in ("-p", parent)]
    made = git.run("commit-tree", tree, *given, feed=message, environment=environment)
    return local_output(made).decode().strip()


def _identity(role: str, by: Signature) -> dict[str, str]:
    return {
        f"GIT_{role}_NAME": _clean(by.name) or "naru",
        f"GIT_{role}_EMAIL": _clean(by.email),
        f"GIT_{role}_DATE": f"@{int(by.at.timestamp())} +0000",
    }


def _clean(text: str) -> str:
    return _UNSAFE_IN_NAMES.sub("", text).strip()
