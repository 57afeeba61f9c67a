"""Reads which commits a commit takes back, from git's, the forges' and the conventional forms."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.commits.model import Footer, Reverts
from domain.commits.prefixes import Prefix
from domain.commits.words import REVERT_WORDS

# `Reapply` is what git ≥ 2.43 writes for the revert of a revert.
_WRAPPED = re.compile(r"(?i:(revert)|(reapply)) (?:\"(.*)\"|'(.*)'|“(.*)”)")
_GIT = re.compile(r"\bThis reverts commits? ((?:[0-9a-f]{7,64}\b(?:,?\s+and\s+|,\s*|\s+)?)+)")
_FORGE = re.compile(
    r"^(?:Reverts (?:[\w.-]+/[\w.-]+)?|This reverts merge request )[#!](\d{1,9})\b", re.MULTILINE
)
_SHA = re.compile(r"\b[0-9a-f]{7,64}\b")
_REFERRING = frozenset({"refs", "ref", "reverts"})
_NUMBER = re.compile(r"\([#!]\d{1,9}\)$")


def unwrap(subject: str) -> tuple[int, str]:
    """How many times a first line is a revert, and the first line inside: `Reapply "x"` is (2, "x")."""
    depth = 0
    while found := _WRAPPED.fullmatch(_NUMBER.sub("", subject).rstrip()):
        depth += 1 if found[1] else 2
        subject = _inner(found)
    return depth, subject


def _inner(wrapped: re.Match[str]) -> str:
    return next(text for text in wrapped.groups()[2:] if text is not None)


def reverts_of(subject: str, body: str, footers: Iterable[Footer], prefix: Prefix) -> Reverts | None:
    """What the commit takes back, named as exactly as its message does; None for every other commit.

    `subject` comes without its own pull-request number; `prefix` is what it was read as.
    """
    wrapped = _WRAPPED.fullmatch(subject) if subject[:2] in {"Re", "re"} else None
    conventional = wrapped is None and prefix.type in REVERT_WORDS
    shas = _shas(body) or (_named(footers) if conventional else [])
    if shas:
        return Reverts(shas=tuple(dict.fromkeys(shas)))
    if "everts " in body and (found := _FORGE.search(body)):
        return Reverts(pull_request=int(found[1]))
    if conventional:
        return Reverts(subject=_bare(prefix.description))
    return Reverts(subject=_inside(wrapped)) if wrapped else None


def _shas(body: str) -> list[str]:
    if "This reverts commit" not in body:
        return []
    return [sha for named in _GIT.findall(body) for sha in _SHA.findall(named)]


def _bare(subject: str) -> str:
    """`"feat: a"` without the quotation marks that some put around what they revert."""
    quoted = len(subject) > 1 and subject[0] == subject[-1] and subject[0] in "\"'`"
    return subject[1:-1] if quoted else subject


def _named(footers: Iterable[Footer]) -> list[str]:
    referring = (footer.value for footer in footers if footer.token.lower() in _REFERRING)
    return [sha for value in referring for sha in _SHA.findall(value)]


def _inside(wrapped: re.Match[str]) -> str:
    return _inner(wrapped) if wrapped[1] else f'Revert "{_inner(wrapped)}"'
