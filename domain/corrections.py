"""A wrong commit message, corrected for the notes: how the change is told instead, and how it was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.commits import ChangeKind, Commit, Grammar, parse
from domain.scope import Line

LONGEST = 200
"""Of a first line."""
LONGEST_BODY = 3000
"""Of what follows it: no form of Slack takes more."""
CUT = "…\n"
"""Begins what is known of a body that was longer."""
_SHORTEST_SHA, _LONGEST_SHA = 7, 64


@dataclass(frozen=True, kw_only=True)
class Told:
    """A change as a list tells it; `note` is what a breaking change says besides its text."""

    kind: ChangeKind
    text: str
    scope: str = ""
    breaking: bool = False
    issues: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """`message` is read in the place of the one in git; `original` is how the change was told before.

    A message without a line break says nothing of body and footers.
    """

    sha: str
    message: str
    by: str
    at: datetime
    original: Told


# --- messages ---------------------------------------------------------------------------------------------


def whole(subject: str, body: str) -> str:
    """A whole message. One without a body ends with a line break: nothing is meant to follow."""
    return f"{subject}\n\n{body}" if body else f"{subject}\n"


def parts(message: str) -> tuple[str, str]:
    """The first line, and what follows it."""
    subject, _, body = message.partition("\n")
    return subject, body.strip("\n")


def fitted(body: str) -> str:
    """Of a body that is too long the end, where the footers stand."""
    if len(body) <= LONGEST_BODY:
        return body
    end = body[len(CUT) - LONGEST_BODY :]
    return CUT + (end.partition("\n")[2] or end)


def tidied(message: str) -> str:
    """As it is kept: a first line with single spaces, and a body without empty lines around it."""
    text = message.replace("\r\n", "\n").lstrip()
    subject, more, body = text.partition("\n")
    subject = " ".join(subject.split())
    lines = [line.rstrip() for line in body.split("\n")]
    return whole(subject, "\n".join(lines).strip("\n")) if subject and more else subject


def same(one: str, other: str) -> bool:
    """Whether two tidied messages say the same."""
    return one.rstrip("\n") == other.rstrip("\n")


# --- how a change is told ---------------------------------------------------------------------------------


def told(line: Line) -> Told:
    return Told(
        kind=line.kind,
        text=line.text,
        scope=line.scope,
        breaking=line.breaking,
        issues=line.issues,
        note="" if line.note == line.text else line.note,
    )


def as_told(line: Line, of: Told) -> Line:
    """The line, telling its change so."""
    return replace(
        line,
        kind=of.kind,
        text=of.text,
        scope=of.scope,
        breaking=of.breaking,
        issues=of.issues,
        note=of.note or (of.text if of.breaking else ""),
        unlabelled=False,
    )


def told_as(message: str, written: str, at: datetime, grammar: Grammar) -> Told:
    """What a commit would be told as; `written` is what git has, as far as that is known."""
    subject, body = parts(written)
    commit = Commit(sha=_ANY, author_name="", author_email="", committed_at=at, subject=subject, body=body)
    change = parse(commit, replace(grammar, corrections={_ANY: message}))
    note = change.breaking_note or ""
    return Told(
        kind=change.kind,
        text=change.description,
        scope=change.scope or "",
        breaking=change.breaking,
        issues=change.issues,
        note="" if note == change.description else note,
    )


_ANY = "0" * 40


# --- which commit -----------------------------------------------------------------------------------------


def is_beginning(text: str) -> bool:
    """Whether a text can be the beginning of a SHA: no shorter one means a commit."""
    return _SHORTEST_SHA <= len(text) <= _LONGEST_SHA and set(text.lower()) <= set("0123456789abcdef")


def meant(text: str, shas: Iterable[str], lines: Iterable[Line]) -> tuple[str, ...]:
    """The commits that a person can mean by the beginning of a SHA, or by `#12` for a pull request."""
    if text.startswith(("#", "!")) and text[1:].isdecimal():
        number = int(text[1:])
        return tuple(dict.fromkeys(line.sha for line in lines if line.pull_request == number))
    typed = text.lower()
    if not is_beginning(typed):
        return ()
    return tuple(dict.fromkeys(sha for sha in shas if sha.startswith(typed)))


def messages(corrections: Iterable[Correction]) -> Mapping[str, str]:
    return {one.sha: one.message for one in corrections}
