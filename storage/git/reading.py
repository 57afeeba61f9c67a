"""What is on the remote, and what the mirror knows of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.repository import Facts, GitProblem, ProblemKind, Tag
from storage.git.failure import fail, local_output, remote_failure
from storage.git.mirror import Mirror, opened, told_as_value
from storage.git.process import Runner
from storage.git.revisions import HEADS, KEPT_HEADS, TAGS, head_of, is_ancestor, missing, resolve

_PEELED = "^{}"
_SHALLOW = "shallow roots are not allowed"


@dataclass(frozen=True)
class Remote:
    """All refs of the remote by full name; tags also as `refs/tags/…^{}` with the commit they mean."""

    refs: Mapping[str, str]
    head: str = ""

    def at(self, ref: str) -> str:
        """What `ref` points at, empty when it is not there."""
        return self.refs.get(ref, "")

    def commit(self, ref: str) -> str:
        """The commit that `ref` means, through an annotated tag if need be; empty when it is not there."""
        return self.refs.get(ref + _PEELED) or self.at(ref)


def fetch(mirror: Mirror, at: datetime) -> Facts | GitProblem:
    """Brings the mirror up to date, in one round trip when nothing is new. `at` is the time of asking."""
    facts = _fetch(mirror, at)
    broken = isinstance(facts, GitProblem) and facts.kind is ProblemKind.MIRROR_BROKEN
    return _fetch(mirror, at) if broken else facts


@told_as_value
def _fetch(mirror: Mirror, at: datetime) -> Facts:
    with opened(mirror) as git:
        return _facts(bring_up_to_date(git), at)


@told_as_value
def remote_head(mirror: Mirror, branch: str) -> str:
    """The commit at which a branch of the remote is now. MISSING_REF when there is none of that name."""
    with opened(mirror) as git:
        return read_remote(git).at(HEADS + branch) or missing(branch)


@told_as_value
def find_commit(mirror: Mirror, text: str) -> str:
    """The full SHA of what a person named: a SHA or its beginning, a branch, a tag, or `#12` for a merged
    pull request, as last fetched.
    """
    with opened(mirror) as git:
        return resolve(git, text)


@told_as_value
def not_merged(mirror: Mirror, sha: str, branches: Collection[str]) -> tuple[str, ...]:
    """Those of `branches` that do not contain the commit, as last fetched."""
    with opened(mirror) as git:
        commit = resolve(git, sha)
        return tuple(b for b in branches if not is_ancestor(git, commit, head_of(git, b)))


@told_as_value
def tags_on(mirror: Mirror, branch: str) -> frozenset[str]:
    """The names of all tags that are part of a branch's history, as last fetched."""
    with opened(mirror) as git:
        head = head_of(git, branch)
        listed = local_output(git.run("for-each-ref", f"--merged={head}", "--format=%(refname)", TAGS))
        return frozenset(line.removeprefix(TAGS) for line in listed.decode(errors="replace").splitlines())


def read_remote(git: Runner) -> Remote:
    """Raises GitFailure when the remote cannot be read.

    The first protocol says everything in its greeting; the second one has to be asked besides.
    """
    answer = git.run("-c", "protocol.version=0", "ls-remote", "--symref", "--quiet", "--", "origin")
    if answer.code != 0:
        raise remote_failure(answer)
    rows = [line.partition("\t") for line in answer.text.splitlines()]
    head = next((what.removeprefix("ref: ") for what, _, ref in rows if ref == "HEAD" and " " in what), "")
    return Remote({ref: what for what, _, ref in rows if " " not in what}, head)


def bring_up_to_date(git: Runner) -> Remote:
    """The remote as it is, with all its branches and tags fetched. Raises GitFailure."""
    remote = read_remote(git)
    kept = _kept(git)
    if _wanted(remote) == kept:
        return remote
    answer = git.run(
        "fetch", "--quiet", "--prune", "--no-write-fetch-head", "--no-recurse-submodules", "--no-tags", "--",
        "origin", f"+{HEADS}*:{KEPT_HEADS}*", f"+{TAGS}*:{TAGS}*",
        limit=git.limit if kept else git.first_limit,
    )  # fmt: skip
    if answer.code != 0:
        raise remote_failure(answer)
    if _SHALLOW in answer.errors:  # git leaves such refs out, and calls that a success
        raise fail(ProblemKind.SHALLOW)
    git.run("pack-refs", "--all")
    git.run("-c", "gc.auto=6700", "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet")
    return Remote(_kept(git), remote.head)


def _wanted(remote: Remote) -> dict[str, str]:
    return {ref: sha for ref, sha in remote.refs.items() if ref.startswith((HEADS, TAGS))}


def _kept(git: Runner) -> dict[str, str]:
    """The refs of the last fetch, under the names they have on the remote."""
    listed = git.run("show-ref", "--dereference").text.splitlines()
    rows = (line.partition(" ") for line in listed)
    return {ref.replace(KEPT_HEADS, HEADS, 1): sha for sha, _, ref in rows}


def _facts(remote: Remote, at: datetime) -> Facts:
    heads = {ref.removeprefix(HEADS): sha for ref, sha in remote.refs.items() if ref.startswith(HEADS)}
    tags = {
        ref.removeprefix(TAGS): Tag(sha, remote.commit(ref))
        for ref, sha in remote.refs.items()
        if ref.startswith(TAGS) and not ref.endswith(_PEELED)
    }
    default = remote.head.removeprefix(HEADS)
    return Facts(heads=heads, tags=tags, default_branch=default if default in heads else None, fetched_at=at)
