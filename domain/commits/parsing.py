"""Reads a commit's message: Conventional Commits 1.0.0 and what teams really write, in Korean and English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from domain.commits.footers import breaking_note, split_footers
from domain.commits.grammar import STANDARD, Grammar
from domain.commits.model import Change, ChangeKind, Commit, Footer
from domain.commits.prefixes import Prefix, read_prefix
from domain.commits.reverts import reverts_of, unwrap
from domain.commits.words import SECURITY_SCOPES

_PULL_REQUEST = re.compile(r"\s*\([#!](\d{1,9})\)$")
_MERGED = re.compile(r"Merge pull request #(\d{1,9}) (?:from|in) |Merged in \S+ \(pull request #(\d{1,9})\)$")
# Azure DevOps and Bitbucket Server put the number in front of a title that is a message of its own.
_IN_FRONT = re.compile(r"(?:Merged PR |Pull request #)(\d{1,9}): (?=\S)")
_SEE_MERGE_REQUEST = re.compile(r"^See merge request \S*!(\d{1,9})$", re.MULTILINE)
_INVISIBLE = "\ufeff\u200b"
_CLOSING_WORDS = (
    "close closes closed fix fixes fixed resolve resolves resolved ref refs references see issue issues "
    "jira ticket task related related-to part-of implements 이슈 관련 해결 참고 참조 완료"
)
CLOSING = frozenset(_CLOSING_WORDS.split())
# The keywords with which GitHub, GitLab and Jira close an issue from within a sentence.
_CLOSES = re.compile(
    r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+([^\s,]+(?:,\s*[^\s,]+)*)", re.IGNORECASE
)


def parse(commit: Commit, grammar: Grammar = STANDARD) -> Change:
    """The change a commit stands for; a message without a known form is kind other, kept as it is."""
    corrected = grammar.corrections.get(commit.sha)
    return _read(commit, grammar) if corrected is None else _retold(commit, corrected, grammar)


def _retold(commit: Commit, message: str, grammar: Grammar) -> Change:
    """A correction changes how a commit is told. What it takes back, and where it was merged, stays.

    One that ends with its first line says nothing of issues: those that the commit names stay.
    """
    subject, whole, body = message.partition("\n")
    written = _read(commit, grammar)
    told = _read(replace(commit, subject=subject, body=body.strip("\n")), grammar)
    return replace(
        told,
        reverts=written.reverts,
        pull_request=told.pull_request or written.pull_request,
        issues=told.issues if whole else tuple(dict.fromkeys((*told.issues, *written.issues))),
    )


def _read(commit: Commit, grammar: Grammar) -> Change:
    whole, pull_request = _split_pull_request(commit)
    subject = _without_reference(_meant(whole), grammar)
    prefix = read_prefix(subject, grammar)
    body, footers = split_footers(commit.body)
    note = breaking_note(footers) if footers else None
    breaking = prefix.bang or note is not None
    return Change(
        sha=commit.sha,
        kind=_kind(prefix, grammar),
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
        issues=issues_of(whole, body, footers, grammar, pull_request),
        reverts=reverts_of(whole, commit.body, footers, prefix),
    )


def _meant(subject: str) -> str:
    """A revert of a revert brings its change back and is read as that change."""
    if subject[:2] not in {"Re", "re"}:
        return subject
    depth, inner = unwrap(subject)
    return inner if depth and depth % 2 == 0 else subject


def _split_pull_request(commit: Commit) -> tuple[str, int | None]:
    subject = commit.subject.strip().lstrip(_INVISIBLE)
    if subject.endswith(")") and (found := _PULL_REQUEST.search(subject)):
        return subject[: found.start()], int(found[1])
    if subject.startswith(("Merged PR ", "Pull request #")) and (found := _IN_FRONT.match(subject)):
        return subject[found.end() :], int(found[1])
    if subject.startswith("Merge") and (found := _MERGED.match(subject)):
        return subject, int(found[1] or found[2])
    if "See merge request " in commit.body and (found := _SEE_MERGE_REQUEST.search(commit.body)):
        return subject, int(found[1])
    return subject, None


def _without_reference(subject: str, grammar: Grammar) -> str:
    """`[PAY-7] 기능: …` is the feature; only what is a reference by policy is taken off."""
    if not subject or not (subject[0] in "[#!" or subject[0].isupper()):
        return subject
    found = grammar.reference_in_front.match(subject)
    return subject[found.end() :] if found else subject


def _kind(prefix: Prefix, grammar: Grammar) -> ChangeKind:
    kind = grammar.kinds.get(prefix.type, ChangeKind.OTHER) if prefix.type else ChangeKind.OTHER
    if kind is ChangeKind.FIX and prefix.scope and prefix.scope.lower() in SECURITY_SCOPES:
        return ChangeKind.SECURITY
    return kind


def issues_of(
    subject: str, body: str, footers: Iterable[Footer], grammar: Grammar, pull_request: int | None
) -> tuple[str, ...]:
    """References of the first line, of closing footers, and those that the body says it closes; the commit's
    own pull request is none.
    """
    texts = [subject, *(footer.value for footer in footers if footer.token.lower() in CLOSING)]
    if body and grammar.may_refer(body):
        texts += _CLOSES.findall(body)
    find = grammar.references.findall
    found = dict.fromkeys(one for text in texts if grammar.may_refer(text) for one in find(text))
    return tuple(one for one in found if one != f"#{pull_request}") if found else ()
