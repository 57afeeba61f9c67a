"""By what a revert may mean a commit, and what picks of one commit share."""

from __future__ import annotations

import re

from domain.commits.footers import picked_from
from domain.commits.model import Change, ChangeKind, Commit

_NUMBER = re.compile(r"\([#!]\d{1,9}\)")


def identity_of(commit: Commit) -> str:
    """What the picks of one commit share with it."""
    return picked_from(commit.body) or commit.sha


def names_of(commit: Commit, change: Change, identity: str) -> set[str | int]:
    """Every name by which a revert may mean a commit."""
    whole = commit.subject.strip()
    names: set[str | int] = {commit.sha, identity, whole, bare(whole), change.description}
    if change.pull_request is not None:
        names.add(change.pull_request)
    return names


def bare(subject: str) -> str:
    """Without the number of its pull request."""
    at = subject.rfind("(") if subject.endswith(")") else -1
    return subject[:at].rstrip() if at >= 0 and _NUMBER.fullmatch(subject, at) else subject


def only_merges(commit: Commit, change: Change) -> bool:
    """Whether a merge's own message announces nothing."""
    return commit.is_merge and change.kind is ChangeKind.OTHER and not change.breaking
