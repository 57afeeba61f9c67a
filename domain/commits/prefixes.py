"""Reads the prefix of a first line: type, scope and `!`, in every form that teams write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from domain.commits.grammar import Grammar
from domain.commits.model import ChangeKind
from domain.commits.words import BREAKING_TOKENS

_PREFIX = re.compile(
    r"(?P<type>[^\s()（）:!：\[\]]+)(?:(?P<gap>\s?)[(（](?P<scope>[^()（）]+)[)）])?(?P<bang>[!！])?"
    r"(?P<colon>\s?[:：]\s*)(?P<rest>\S.*)"
)
_BRACKETS = re.compile(r"\[(?P<type>[^\[\]]+)\](?P<bang>[!！])?[:：]?\s*(?P<rest>\S.*)")
_ISSUE_KEY = re.compile(r"[A-Z][A-Z0-9_]*-\d+")
# `✨ feat: …` and `:sparkles: feat: …`; signs only, since letters of any script may be a type.
_EMOJI = re.compile(r"(?::[a-z0-9_+-]+:|[^\w\s\[\](（:：#!<>'\"`.,*/\\~-]{1,8})\s*(?=[\w\[])")
_BREAKING_FIRST = re.compile(rf"(?:{'|'.join(BREAKING_TOKENS)})[:：]\s*(?P<rest>\S.*)")


class Prefix(NamedTuple):
    """`type` in lower case; None for a plain message, whose `description` is all of it."""

    type: str | None
    scope: str | None
    bang: bool
    description: str


def read_prefix(subject: str, grammar: Grammar) -> Prefix:
    """Of a first line without pull-request number."""
    if not subject or subject[0].isalpha():
        return _unmarked(subject, grammar)
    if found := _EMOJI.match(subject):
        inner = _unmarked(subject[found.end() :], grammar)
        if inner.type in grammar.kinds:
            return inner
    return _unmarked(subject, grammar)


def _unmarked(subject: str, grammar: Grammar) -> Prefix:
    if subject.startswith("["):
        return _bracketed(subject, grammar) or _plain(subject)
    if found := _PREFIX.fullmatch(subject):
        return _conventional(found, grammar.kinds) or _plain(subject)
    if found := _BREAKING_FIRST.fullmatch(subject):
        return Prefix(None, None, bang=True, description=found["rest"])
    return _plain(subject)


def _plain(subject: str) -> Prefix:
    return Prefix(None, None, bang=False, description=subject)


def _conventional(found: re.Match[str], kinds: Mapping[str, ChangeKind]) -> Prefix | None:
    word = folded(found["type"])
    known = word in kinds
    if not known and (found["colon"] != ": " or found["gap"] or _ISSUE_KEY.fullmatch(found["type"])):
        return None
    scope = found["scope"].strip() if found["scope"] else None
    return Prefix(word, scope or None, bool(found["bang"]), found["rest"])


def _bracketed(subject: str, grammar: Grammar) -> Prefix | None:
    """`[기능] …`, `[기능][결제] …`, `[결제] 기능: …`; None where no word is known."""
    found = _BRACKETS.fullmatch(subject)
    if found is None:
        return None
    word, rest = folded(found["type"]), found["rest"]
    if word not in grammar.kinds:
        inner = _unmarked(rest, grammar)
        known = inner.type in grammar.kinds and not inner.scope
        return Prefix(inner.type, found["type"], inner.bang, inner.description) if known else None
    bang = bool(found["bang"])
    if second := _BRACKETS.fullmatch(rest):
        return Prefix(word, second["type"], bang or bool(second["bang"]), second["rest"])
    return Prefix(word, None, bang, rest)


def folded(word: str) -> str:
    """A word as it is looked up: macOS may write Hangul in single letters."""
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word).lower()
