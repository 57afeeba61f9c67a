"""What a listing tells of a change, and the commits as git writes them, from which it is read quickly.

Nearly every commit says one plain thing: `fix(cart): keep coupons (#812)`, a sentence, a merge. What these
mean is seen at one glance; everything else is read by the parser. A test holds the two to the same answers.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from sys import intern
from typing import NamedTuple

from domain.commits.footers import split_footers
from domain.commits.grammar import Grammar
from domain.commits.model import Change, ChangeKind, Commit
from domain.commits.parsing import CLOSING, issues_of
from domain.commits.words import BREAKING_TOKENS

# First lines that may mean more than they say.
_SPECIAL = frozenset({"revert", "reappl", "merge ", "merged", "pull r"})
_MERGE = re.compile(
    r"Merge (?:pull request #(\d{1,9}) from|branch|remote-tracking branch) [^:：!]*[^:：!\s)]"
)
# Bodies that may: a breaking footer, a revert, a cherry-pick, GitLab's number of a merge request.
_BREAKING_WORDS = tuple({token.replace("-", " ").partition(" ")[0] for token in BREAKING_TOKENS})
_BODY_SIGNS = (*_BREAKING_WORDS, "everts ", "(cherry picked from commit ", "See merge request ")
# The usual last paragraph of a body: `Refs: #12`, and lines such as `Signed-off-by: …`.
_ONE_ISSUE = re.compile(r"([A-Za-z]+): (#\d{1,9})(?:\n[A-Z][a-z-]+: \S[^\n]*)*")
_DIGITS = 9  # of the number of a pull request
_REPLACED_BY = frozenset({"replaced-by", "replacement", "use-instead", "대체", "대안"})


Fields = tuple[str, str, str, str, str, str, str]
"""What a Row names, as quickly read as it can be."""


class Row(NamedTuple):
    """A commit as `git log` writes it: parents separated by spaces, seconds since the epoch."""

    sha: str
    parents: str
    author_name: str
    author_email: str
    seconds: str
    subject: str
    body: str

    @property
    def commit(self) -> Commit:
        return Commit(
            sha=self.sha,
            parents=tuple(self.parents.split()),
            author_name=self.author_name,
            author_email=self.author_email,
            committed_at=datetime.fromtimestamp(int(self.seconds), UTC),
            subject=self.subject,
            body=self.body.strip("\n"),
        )


def row_of(commit: Commit) -> Row:
    """Of a commit that was read already."""
    return Row(
        commit.sha,
        " ".join(commit.parents),
        commit.author_name,
        commit.author_email,
        str(int(commit.committed_at.timestamp())),
        commit.subject,
        commit.body,
    )


class Told(NamedTuple):
    """`note` is what a breaking change says of itself, or a deprecation of what to use instead; `issues` are
    references as written, such as `#12` or `PAY-7`.
    """

    sha: str = ""
    kind: ChangeKind = ChangeKind.OTHER
    text: str = ""
    author: str = ""
    scope: str = ""
    breaking: bool = False
    pull_request: int = 0
    issues: tuple[str, ...] = ()
    note: str = ""


# `Told(…)` of all fields in their order, without the call that puts them there: a third of a glance.
_of = partial(tuple.__new__, Told)


def told(change: Change) -> Told:
    return Told(
        sha=change.sha,
        kind=change.kind,
        text=change.description,
        author=intern(change.author_name),
        scope=change.scope or "",
        breaking=change.breaking,
        pull_request=change.pull_request or 0,
        issues=change.issues,
        note=change.breaking_note or _replacement(change),
    )


def _replacement(change: Change) -> str:
    """Of a deprecation's footer: `Replaced-by: …`, `대체: …`."""
    if change.kind is not ChangeKind.DEPRECATED:
        return ""
    said = (footer.value for footer in change.footers if footer.token.lower() in _REPLACED_BY)
    return next(said, "")


def at_a_glance(row: Fields, grammar: Grammar) -> Told | None:
    """What the parser would tell of a plain commit that takes nothing back; None where it has to be asked.

    Of a merge that announces nothing the issues are left out, since it is never listed. Authors' names come
    again and again, so each is kept once.
    """
    sha, _, author, _, _, subject, body = row
    if sha in grammar.corrections or (body and _may_speak(body)) or not subject.isprintable():
        return None
    before, colon, text = subject.partition(": ")
    if not colon:
        return _sentence(row, grammar)
    prefix = grammar.plain[before]
    if prefix is None:
        return None
    kind, scope, breaking = prefix
    if body and kind is ChangeKind.DEPRECATED and _may_replace(body):
        return None
    text, number = _numbered(text) if text.endswith(")") else (text, 0)
    if not text or text[0] == " " or text[-1] in " )":
        return None
    refers = text if grammar.may_refer(text) else ""
    issues = _issues(refers, body, grammar, number) if body or refers else ()
    note = text if breaking else ""
    return _of((sha, kind, text, intern(author), scope, breaking, number, issues, note))


def _sentence(row: Fields, grammar: Grammar) -> Told | None:
    """Of a first line without a prefix."""
    sha, parents, author, _, _, subject, body = row
    if " " in parents and (found := _MERGE.fullmatch(subject)):
        return _of((sha, ChangeKind.OTHER, subject, author, "", False, int(found[1] or 0), (), ""))
    text, number = _numbered(subject) if subject.endswith(")") else (subject, 0)
    if not text[:1].isalpha() or text[-1] in " )" or ":" in text or "：" in text:
        return None
    if subject[:6].lower() in _SPECIAL or grammar.may_refer(text):
        return None
    issues = _issues("", body, grammar, number) if body else ()
    return _of((sha, ChangeKind.OTHER, text, intern(author), "", False, number, issues, ""))


def _numbered(text: str) -> tuple[str, int]:
    """Of what ends in brackets, without GitHub's number of the pull request; in another form it stays."""
    said, _, number = text[:-1].rpartition(" (#")
    plain = number.isascii() and number.isdigit() and len(number) <= _DIGITS
    return (said, int(number)) if plain else (text, 0)


def _issues(said: str, body: str, grammar: Grammar, number: int) -> tuple[str, ...]:
    """What a first line (empty where it refers to nothing) and a body without other signs refer to."""
    if not grammar.may_refer(body):
        return issues_of(said, "", (), grammar, number) if said else ()
    if not said and grammar.numbers_only and body.count("#") == 1:
        last = body.rstrip("\n").rpartition("\n\n")[2]
        if found := _ONE_ISSUE.fullmatch(last):
            own = found[2] == f"#{number}"
            return (found[2],) if found[1].lower() in CLOSING and not own else ()
    return issues_of(said, *split_footers(body.strip("\n")), grammar, number)


def _may_replace(body: str) -> bool:
    """Whether a footer may name what to use instead."""
    lowered = body.lower()
    return any(token in lowered for token in _REPLACED_BY)


def _may_speak(body: str) -> bool:
    for sign in _BODY_SIGNS:  # noqa: SIM110  twice as fast as any(), and asked of every body
        if sign in body:
            return True
    return False
