"""A wrong commit message, corrected for the notes: how the change is told instead, and how it was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.commits import ChangeKind, Commit, Grammar, parse
from domain.scope import Line

LONGEST = 200
_SHORTEST_SHA = 7


@dataclass(frozen=True, kw_only=True)
class Told:
    """A change as a list tells it."""

    kind: ChangeKind
    text: str
    scope: str = ""
    breaking: bool = False


@dataclass(frozen=True, kw_only=True)
class Correction:
    """`message` is read in the place of the one in git; `original` is how the change was told before."""

    sha: str
    message: str
    by: str
    at: datetime
    original: Told


def told(line: Line) -> Told:
    return Told(kind=line.kind, text=line.text, scope=line.scope, breaking=line.breaking)


def told_as(message: str, at: datetime, grammar: Grammar) -> Told:
    """What a message would be told as."""
    change = parse(Commit(sha="", author_name="", author_email="", committed_at=at, subject=message), grammar)
    return Told(kind=change.kind, text=change.description, scope=change.scope or "", breaking=change.breaking)


def meant(text: str, shas: Iterable[str], lines: Iterable[Line]) -> tuple[str, ...]:
    """The commits that a person can mean by the beginning of a SHA, or by `#12` for a pull request."""
    if text.startswith(("#", "!")) and text[1:].isdecimal():
        number = int(text[1:])
        return tuple(dict.fromkeys(line.sha for line in lines if line.pull_request == number))
    typed = text.lower()
    if len(typed) < _SHORTEST_SHA:
        return ()
    return tuple(dict.fromkeys(sha for sha in shas if sha.startswith(typed)))


def messages(corrections: Iterable[Correction]) -> Mapping[str, str]:
    return {one.sha: one.message for one in corrections}
