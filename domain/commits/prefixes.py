"""Reads the prefix of a first line: type, scope and `!`, in every form that teams write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from domain.commits.grammar import Grammar
from domain.commits.model import ChangeKind
from domain.commits.words import BREAKING_TOKENS

# Two words are one that is known: `버그 수정: …`.
_TYPE = r"\w[^\s()（）:!！：\[\]]*(?: [^\s()（）:!！：\[\]]+)?"
_SCOPE = r"[(（](?P<scope>[^()（）]+)[)）]"
_PREFIX = re.compile(
    rf"(?P<type>{_TYPE})(?:(?P<gap>\s?){_SCOPE})?(?P<bang>[!！])?(?P<colon>\s?[:：]\s*)(?P<rest>\S.*)"
)
_BRACKETS = re.compile(rf"\[(?P<type>[^\[\]]+)\](?:{_SCOPE})?(?P<bang>[!！])?\s?[:：]?\s*(?P<rest>\S.*)")
_ISSUE_KEY = re.compile(r"[A-Z][A-Z0-9_]*-\d+")
# `✨ feat: …` and `:sparkles: feat: …`; signs only, since letters of any script may be a type.
_EMOJI = re.compile(r"(?::[a-z0-9_+-]+:|[^\w\s\[\](（:：#!<>'\"`.,*/\\~-]{1,8})\s*(?=[\w\[])")
_BREAKING_FIRST = re.compile(rf"(?:{'|'.join(BREAKING_TOKENS)}|BREAKING)[:：]\s*(?P<rest>\S.*)")
_BREAKING_BEGINS = ("BREAKING", *BREAKING_TOKENS)


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
    if subject.startswith(_BREAKING_BEGINS) and (found := _BREAKING_FIRST.fullmatch(subject)):
        return Prefix(None, None, bang=True, description=found["rest"])
    found = _PREFIX.fullmatch(subject)
    return (_conventional(found, grammar.kinds) if found else None) or _plain(subject)


def _plain(subject: str) -> Prefix:
    return Prefix(None, None, bang=False, description=subject)


def _conventional(found: re.Match[str], kinds: Mapping[str, ChangeKind]) -> Prefix | None:
    written = found["type"]
    word = folded(written)
    if word not in kinds and (
        found["colon"] != ": " or found["gap"] or " " in written or _ISSUE_KEY.fullmatch(written)
    ):
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
        return _scope_in_front(found["type"], rest, grammar)
    bang = bool(found["bang"])
    if not found["scope"] and (second := _BRACKETS.fullmatch(rest)) and not second["scope"]:
        return Prefix(word, second["type"], bang or bool(second["bang"]), second["rest"])
    return Prefix(word, found["scope"], bang, rest)


def _scope_in_front(scope: str, rest: str, grammar: Grammar) -> Prefix | None:
    """`[결제] 기능: …` and `[결제][기능] …`; never more than two brackets are looked at."""
    if found := _BRACKETS.fullmatch(rest):
        word = folded(found["type"])
        return Prefix(word, scope, bool(found["bang"]), found["rest"]) if word in grammar.kinds else None
    inner = _unmarked(rest, grammar)
    known = inner.type in grammar.kinds and not inner.scope
    return Prefix(inner.type, scope, inner.bang, inner.description) if known else None


def folded(word: str) -> str:
    """A word as it is looked up, spaces or not; macOS may write Hangul in single letters."""
    plain = word if word.isascii() else unicodedata.normalize("NFC", word)
    return plain.replace(" ", "").lower()
