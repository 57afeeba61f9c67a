"""What a listing tells of a change, and the commits as git writes them, from which it is read quickly.

Nearly every commit says one plain thing: `fix(cart): keep coupons (#812)`, a sentence, a merge. What these
mean is seen at one glance; everything else is read by the parser. A test holds the two to the same answers.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from domain.commits.grammar import Grammar
from domain.commits.model import Change, ChangeKind, Commit
from domain.commits.words import BREAKING_TOKENS, REVERT_WORDS, SECURITY_SCOPES

_CONVENTIONAL = re.compile(r"([a-z]+|[가-힣]+)(?:\(([^()（）\s]+)\))?(!)?: ([^\s].*?)(?: \(#(\d{1,9})\))?")
_SENTENCE = re.compile(r"([^\W\d_][^:：]*?)(?: \(#(\d{1,9})\))?")
# First lines that may mean more than they say.
_SPECIAL = frozenset({"revert", "reappl", "merge ", "merged", "pull r"})
_MERGE = re.compile(
    r"Merge (?:pull request #(\d{1,9}) from|branch|remote-tracking branch) [^:：!]*[^:：!\s)]"
)
# Bodies that may: a breaking footer, a revert, a cherry-pick, GitLab's number of a merge request.
_BREAKING_WORDS = tuple({token.replace("-", " ").partition(" ")[0] for token in BREAKING_TOKENS})
_BODY_SIGNS = (*_BREAKING_WORDS, "everts ", "(cherry picked from commit ", "See merge request ")
_REPLACED_BY = frozenset({"replaced-by", "replacement", "use-instead", "대체", "대안"})


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


class Told(NamedTuple):
    """`note` is what a breaking change says of itself, or a deprecation of what to use instead."""

    sha: str
    kind: ChangeKind
    text: str
    author: str
    scope: str = ""
    breaking: bool = False
    pull_request: int = 0
    issues: tuple[str, ...] = ()
    note: str = ""


def told(change: Change) -> Told:
    return Told(
        sha=change.sha,
        kind=change.kind,
        text=change.description,
        author=change.author_name,
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


def at_a_glance(row: Row, grammar: Grammar) -> Told | None:
    """What the parser would tell of a plain commit that takes nothing back; None where it has to be asked.

    Of a merge that announces nothing the issues are left out, since it is never listed.
    """
    if row.sha in grammar.corrections or (row.body and _may_speak(row.body, grammar)):
        return None
    subject = row.subject
    if found := _CONVENTIONAL.fullmatch(subject):
        word, scope, bang, text, number = found.groups()
        kind = grammar.kinds.get(word)
        if kind is None or word in REVERT_WORDS:
            return None
        if kind is ChangeKind.DEPRECATED and row.body:
            return None  # a footer may name what to use instead
        if kind is ChangeKind.FIX and scope and scope.lower() in SECURITY_SCOPES:
            kind = ChangeKind.SECURITY
        said = subject[: found.end(4)]
    elif " " in row.parents and (found := _MERGE.fullmatch(subject)):
        return Told(row.sha, ChangeKind.OTHER, subject, row.author_name, pull_request=int(found[1] or 0))
    elif (found := _SENTENCE.fullmatch(subject)) and subject[:6].lower() not in _SPECIAL:
        said, number = found.groups()
        kind, scope, bang, text = ChangeKind.OTHER, None, None, said
    else:
        return None
    if _says_more(text) or grammar.may_refer(said):
        return None
    request = int(number) if number else 0
    note = text if bang else ""
    return Told(row.sha, kind, text, row.author_name, scope or "", bang is not None, request, (), note)


def _may_speak(body: str, grammar: Grammar) -> bool:
    for sign in _BODY_SIGNS:
        if sign in body:
            return True
    return grammar.may_refer(body)


def _says_more(text: str) -> bool:
    """A number in another form than GitHub's, a sign that is not seen: the parser knows them all."""
    return text[-1] in " )" or not text.isprintable()
