"""One atomic push with leases, believed only after the remote was read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.repository import Made, ProblemKind
from storage.git.failure import GitFailure, fail, remote_failure
from storage.git.process import Answer, Runner, trimmed
from storage.git.reading import Remote, bring_up_to_date, read_remote
from storage.git.revisions import HEADS, TAGS, is_ancestor

_REFUSED = "!"


@dataclass(frozen=True)
class Update:
    """`ref` by its full name goes from `old` (empty: it must not exist) to `new` (empty: it is deleted)."""

    ref: str
    old: str
    new: str


def push(git: Runner, updates: Sequence[Update]) -> Made:
    """All of the updates or none; in a dry run none, and what they would make. Raises GitFailure.

    Never forced: a lease holds each ref to what was read before, and new commits stand on the old ones.
    When the push's outcome is unknown (connection lost, time up) the remote itself tells it.
    """
    if git.dry_run:
        return _made(updates)
    answer = git.run(
        "push", "--porcelain", "--atomic", "--no-verify", "--no-follow-tags", "--recurse-submodules=no",
        *(f"--force-with-lease={update.ref}:{update.old}" for update in updates),
        "--", "origin", *(f"{update.new}:{update.ref}" for update in updates),
    )  # fmt: skip
    remote = read_remote(git)
    if all(remote.at(update.ref) == update.new for update in updates):
        return _made(updates)
    if answer.code == 0:
        return _overtaken(git, updates)
    raise _why_not(answer, updates, remote)


def _overtaken(git: Runner, updates: Sequence[Update]) -> Made:
    """The push was taken, and something else came after it: fine as long as it stands on ours."""
    remote = bring_up_to_date(git)
    for update in updates:
        actual = remote.at(update.ref)
        if actual != update.new and not _stands_on(git, update, actual):
            raise _moved(update, update.new, actual)
    return replace(_made(updates), refs=tuple((update.ref, remote.at(update.ref)) for update in updates))


def _made(updates: Sequence[Update]) -> Made:
    return Made(
        tuple((update.ref, update.new) for update in updates),
        before=tuple((update.ref, update.old) for update in updates if update.old),
    )


def _stands_on(git: Runner, update: Update, actual: str) -> bool:
    return (
        bool(actual and update.new) and update.ref.startswith(HEADS) and is_ancestor(git, update.new, actual)
    )


def _why_not(answer: Answer, updates: Sequence[Update], remote: Remote) -> GitFailure:
    for update in updates:
        if remote.at(update.ref) != update.old:
            return _moved(update, update.old, remote.commit(update.ref))
    refused = _refused(answer.text)
    if not refused:
        return remote_failure(answer)
    ref, reason = refused
    said = [line for line in answer.errors.splitlines() if line.startswith("remote:")]
    detail = trimmed("\n".join([reason, *said]))
    return fail(ProblemKind.REJECTED, ref=_short(ref), detail=detail)


def _moved(update: Update, expected: str, actual: str) -> GitFailure:
    if expected:
        return fail(ProblemKind.MOVED, ref=_short(update.ref), expected=expected, actual=actual)
    kind = ProblemKind.TAG_EXISTS if update.ref.startswith(TAGS) else ProblemKind.BRANCH_EXISTS
    return fail(kind, ref=_short(update.ref), actual=actual)


def _refused(porcelain: str) -> tuple[str, str] | None:
    """The ref that was refused for a reason of its own, and the reason; else the first of the others."""
    rows = [line.split("\t") for line in porcelain.splitlines() if line.startswith(_REFUSED)]
    refused = [(names.partition(":")[2], reason) for _, names, reason in rows]
    own = [row for row in refused if "atomic" not in row[1]]
    return next(iter(own or refused), None)


def _short(ref: str) -> str:
    return ref.removeprefix(HEADS).removeprefix(TAGS)
