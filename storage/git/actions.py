"""What Naru does on a remote: cut, tag, finish and delete branches, each safe to ask again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from domain.notes.own_files import OwnFiles
from domain.refs import safe_ref_name
from domain.repository import Conflict, GitProblem, Made, ProblemKind, Signature
from storage.git.failure import GitFailure, fail, local_output
from storage.git.merging import merge, pick, tag_object
from storage.git.mirror import Mirror, opened, told_as_value
from storage.git.process import Runner
from storage.git.pushing import Update, push
from storage.git.reading import Remote, bring_up_to_date, read_remote
from storage.git.revisions import HEADS, TAGS, is_ancestor, missing, resolve, resolve_release
from storage.git.writing import beneath_own


@dataclass(frozen=True, kw_only=True)
class NewTag:
    """An annotated tag to make."""

    name: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Finish:
    """How a release ends in git: `sha` of `branch` goes into every branch of `into`, and is tagged.

    `into` is main, develop and the open release branches, in the project's own names; those of `keeping` keep
    their own version in its file, in the others the higher one stands. `tag` is None where the tag was made
    at deploy. `changelog` and `version_file` are paths of what Naru writes, empty for none.
    """

    branch: str
    sha: str
    into: Sequence[str]
    tag: NewTag | None
    delete_branch: bool = True
    keeping: frozenset[str] = frozenset()
    changelog: str = ""
    version_file: str = ""


@told_as_value
def cut_branch(mirror: Mirror, name: str, at: str, *, since: str | None = None) -> Made:
    """A new branch at the commit that `at` names (a branch, a tag, a SHA).

    NOTHING_TO_RELEASE when `since` (the tag in production) already contains the commit. A branch of that
    name somewhere between `since` and `at` counts as cut: it may be ours from before a crash, while `at`
    went on. BRANCH_EXISTS when it is anywhere else.
    """
    with _checked(mirror, name) as git:
        remote = bring_up_to_date(git)
        sha = resolve(git, at)
        released = resolve_release(git, since) if since else ""
        if released and is_ancestor(git, sha, released):
            raise fail(ProblemKind.NOTHING_TO_RELEASE, ref=since or "")
        cut = beneath_own(git, remote.at(HEADS + name))
        if cut and released and is_ancestor(git, cut, sha) and not is_ancestor(git, cut, released):
            return _done(remote, HEADS + name)
        return _create_branch(git, remote, name, sha)


@told_as_value
def pick_branch(mirror: Mirror, name: str, *, onto: str, commits: Sequence[str], by: Signature) -> Made:
    """A new branch that stands on `onto` (the tag in production) and carries the named commits alone.

    They are cherry-picked in the order of history, whatever the order of naming; those that `onto` has
    already add nothing, and NOTHING_TO_RELEASE is said when that is so for all. `by.at` has to be the time
    of the original request: then asking again makes the same commits and finds them done.
    """
    with _checked(mirror, name) as git:
        remote = bring_up_to_date(git)
        base = head = resolve_release(git, onto)
        for sha in _in_order(git, base, [resolve(git, commit) for commit in commits]):
            head = pick(git, head, sha, by)
        if head == base:
            raise fail(ProblemKind.NOTHING_TO_RELEASE, ref=onto)
        return _create_branch(git, remote, name, head)


@told_as_value
def create_tag(mirror: Mirror, tag: NewTag, sha: str, by: Signature) -> Made:
    """An annotated tag on `sha`. TAG_EXISTS when one of that name means another commit."""
    with _checked(mirror, tag.name) as git:
        remote = bring_up_to_date(git)
        update = _tag_update(git, remote, tag, resolve(git, sha), by)
        return push(git, [update]) if update else _done(remote, TAGS + tag.name)


@told_as_value
def finish(mirror: Mirror, end: Finish, by: Signature) -> Made:
    """Merges, tag and deletion in one atomic push; a conflict or a refusal leaves everything as it was.

    MOVED when the branch is not at the approved commit any more; CONFLICT names every target that conflicts.
    """
    names = [end.branch, *end.into, *([end.tag.name] if end.tag else [])]
    with _checked(mirror, *names) as git:
        remote = bring_up_to_date(git)
        at = remote.at(HEADS + end.branch)
        if at not in {"", end.sha}:
            raise fail(ProblemKind.MOVED, ref=end.branch, expected=end.sha, actual=at)
        sha = resolve(git, end.sha)
        wanted = _merges(git, remote, end, by)
        if end.tag:
            wanted.append(_tag_update(git, remote, end.tag, sha, by))
        wanted.append(_deletion(remote, end))
        updates = [update for update in wanted if update]
        return push(git, updates) if updates else _done(remote, *_finished(end))


@told_as_value
def delete_branch(mirror: Mirror, name: str, sha: str) -> Made:
    """Deletes a branch that is still at `sha`; MOVED when it is elsewhere."""
    with _checked(mirror, name) as git:
        remote = read_remote(git)
        if not remote.at(HEADS + name):
            return _done(remote, HEADS + name)
        return push(git, [Update(HEADS + name, sha, "")])


@contextmanager
def _checked(mirror: Mirror, *names: str) -> Iterator[Runner]:
    """The mirror, once every name is one that may become a ref."""
    unsafe = next((name for name in names if not safe_ref_name(name)), None)
    if unsafe is not None:
        raise fail(ProblemKind.UNSAFE_NAME, ref=unsafe)
    with opened(mirror) as git:
        yield git


def _create_branch(git: Runner, remote: Remote, name: str, sha: str) -> Made:
    ref = HEADS + name
    if sha in {remote.at(ref), beneath_own(git, remote.at(ref))}:
        return _done(remote, ref)
    if remote.at(ref):
        raise fail(ProblemKind.BRANCH_EXISTS, ref=name, actual=remote.at(ref))
    return push(git, [Update(ref, "", sha)])


def _in_order(git: Runner, base: str, commits: Sequence[str]) -> Sequence[str]:
    """The commits from the oldest to the newest, without those that `base` contains."""
    listed = local_output(git.run("rev-list", "--topo-order", "--reverse", *commits, f"^{base}", "--"))
    return [sha for sha in listed.decode().split() if sha in set(commits)]


def _tag_update(git: Runner, remote: Remote, tag: NewTag, sha: str, by: Signature) -> Update | None:
    """None when the tag is there already, on that commit."""
    ref = TAGS + tag.name
    actual = remote.commit(ref)
    if actual and actual != sha:
        raise fail(ProblemKind.TAG_EXISTS, ref=tag.name, actual=actual)
    return None if actual else Update(ref, "", tag_object(git, tag.name, sha, tag.message, by))


def _merges(git: Runner, remote: Remote, end: Finish, by: Signature) -> list[Update | None]:
    """All of the targets are tried: who merges by hand learns of every conflict at once."""
    updates: list[Update | None] = []
    conflicts: list[Conflict] = []
    for target in end.into:
        try:
            updates.append(_merge_update(git, remote, target, end, by))
        except GitFailure as failure:
            problem = failure.problem
            if problem.kind is not ProblemKind.CONFLICT:
                raise GitFailure(replace(problem, ref=target)) from failure
            conflicts.append(Conflict(target, problem.files, problem.detail))
    if conflicts:
        raise GitFailure(_conflict(conflicts))
    return updates


def _conflict(found: Sequence[Conflict]) -> GitProblem:
    return GitProblem(
        kind=ProblemKind.CONFLICT,
        ref=found[0].branch,
        detail=found[0].detail,
        files=tuple(dict.fromkeys(name for one in found for name in one.files)),
        conflicts=tuple(found) if len(found) > 1 else (),
    )


def _merge_update(git: Runner, remote: Remote, target: str, end: Finish, by: Signature) -> Update | None:
    """None when the target contains the commit already."""
    old = remote.at(HEADS + target) or missing(target)
    own = OwnFiles(changelog=end.changelog, version_file=end.version_file, keeping=target in end.keeping)
    message = f"Merge branch '{end.branch}' into {target}\n"
    new = merge(git, old, end.sha, message=message, by=by, own=own)
    return None if new == old else Update(HEADS + target, old, new)


def _deletion(remote: Remote, end: Finish) -> Update | None:
    """None where there is nothing to delete, or where the branch is one that stays."""
    ref = HEADS + end.branch
    stays = not end.delete_branch or end.branch in end.into or ref == remote.head
    return None if stays or not remote.at(ref) else Update(ref, end.sha, "")


def _finished(end: Finish) -> Iterator[str]:
    yield from (HEADS + target for target in end.into)
    if end.tag:
        yield TAGS + end.tag.name


def _done(remote: Remote, *refs: str) -> Made:
    return Made(tuple((ref, remote.at(ref)) for ref in refs), already=True)
