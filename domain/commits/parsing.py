"""Reads a commit's message: Conventional Commits 1.0.0 and what teams really write, in Korean and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.commits.footers import breaking_note, split_footers
from domain.commits.model import Change, ChangeKind, Commit, Footer
from domain.commits.reverts import reverts_of, unwrap
from domain.commits.words import DEFAULT_KINDS, SECURITY_SCOPES

_PREFIX = re.compile(
    r"(?P<type>[^\s():!：\[\]]+)(?:\((?P<scope>[^()]+)\))?(?P<bang>!)?"
    r"(?P<colon>\s?[:：]\s*)(?P<rest>\S.*)"
)
_BRACKETS = re.compile(r"\[(?P<type>[^\s\[\]]+)\](?P<bang>!)?[:：]?\s*(?P<rest>\S.*)")
_ISSUE_KEY = re.compile(r"[A-Z][A-Z0-9_]*-\d+")
_PULL_REQUEST = re.compile(r"\([#!](\d{1,9})\)$")
_MERGED_PULL_REQUEST = re.compile(r"Merge pull request #(\d{1,9}) from ")
_SEE_MERGE_REQUEST = re.compile(r"^See merge request \S*!(\d{1,9})$", re.MULTILINE)
_REFERENCE = re.compile(r"(?<![\w/&])#(\d{1,9})\b")
_CLOSING = frozenset(
    {"closes", "close", "fixes", "fix", "resolves", "resolve", "refs", "ref", "see", "이슈", "관련"}
)


@dataclass(frozen=True)
class _Prefix:
    type: str | None
    scope: str | None
    bang: bool
    description: str


def parse(commit: Commit, kinds: Mapping[str, ChangeKind] = DEFAULT_KINDS) -> Change:
    """The change a commit stands for; a message without a known form is kind other, kept as it is."""
    subject, pull_request = _split_pull_request(commit)
    prefix = _read_prefix(_meant(subject), kinds)
    body, footers = split_footers(commit.body)
    note = breaking_note(footers)
    breaking = prefix.bang or note is not None
    return Change(
        sha=commit.sha,
        kind=_kind(prefix, kinds),
        description=prefix.description,
        author_name=commit.author_name,
        author_email=commit.author_email,
        committed_at=commit.committed_at,
        type=prefix.type,
        scope=prefix.scope,
        body=body,
        footers=footers,
        breaking_note=(note or prefix.description) if breaking else None,
        pull_request=pull_request,
        issues=_issues(prefix.description, footers),
        reverts=reverts_of(subject, commit.body, footers),
    )


def _meant(subject: str) -> str:
    """A revert of a revert brings its change back and is read as that change."""
    depth, inner = unwrap(subject)
    return inner if depth and depth % 2 == 0 else subject


def _split_pull_request(commit: Commit) -> tuple[str, int | None]:
    subject = commit.subject.strip()
    if found := _PULL_REQUEST.search(subject):
        return subject[: found.start()].rstrip(), int(found[1])
    found = _MERGED_PULL_REQUEST.match(subject) or _SEE_MERGE_REQUEST.search(commit.body)
    return subject, int(found[1]) if found else None


def _read_prefix(subject: str, kinds: Mapping[str, ChangeKind]) -> _Prefix:
    plain = _Prefix(type=None, scope=None, bang=False, description=subject)
    if found := _BRACKETS.fullmatch(subject):
        known = found["type"].lower() in kinds
        return _Prefix(found["type"].lower(), None, bool(found["bang"]), found["rest"]) if known else plain
    found = _PREFIX.fullmatch(subject)
    if not found or _ISSUE_KEY.fullmatch(found["type"]):
        return plain
    word = found["type"].lower()
    if found["colon"] != ": " and word not in kinds:
        return plain
    scope = found["scope"].strip() if found["scope"] else None
    return _Prefix(word, scope or None, bool(found["bang"]), found["rest"])


def _kind(prefix: _Prefix, kinds: Mapping[str, ChangeKind]) -> ChangeKind:
    kind = kinds.get(prefix.type, ChangeKind.OTHER) if prefix.type else ChangeKind.OTHER
    if kind is ChangeKind.FIX and (prefix.scope or "").lower() in SECURITY_SCOPES:
        return ChangeKind.SECURITY
    return kind


def _issues(description: str, footers: Iterable[Footer]) -> tuple[str, ...]:
    texts = [description, *(footer.value for footer in footers if footer.token.lower() in _CLOSING)]
    numbers = (number for text in texts for number in _REFERENCE.findall(text))
    return tuple(dict.fromkeys(f"#{number}" for number in numbers))
