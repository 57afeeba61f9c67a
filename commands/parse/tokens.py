"""Slash text as words: quotes, mentions and spaces of every kind, with free text kept as it was typed."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」＂", '"'))
_WORD = re.compile(r'"([^"]*)"|<[@#!][^<>]*>|<(?:mailto:|https?://)[^<>\s]*>|\S+')
_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_GROUP = re.compile(r"<!subteam\^(S[A-Z0-9]+)(?:\|[^<>]*)?>")
_LINK = re.compile(r"<(?:mailto:)?([^<>|]*)(?:\|[^<>]*)?>")
# Slack escapes these three, and only these, in what people type.
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_TO_ASCII = 0xFEE0
_LONGEST_PHRASE = 4
# What lies behind is a reason or a note, which is kept as text.
_MOST_WORDS = 100
_LONGEST_WORD = 40
_CLOSE = 0.66


@dataclass(frozen=True)
class Token:
    """One word. `text` as it was meant (no quotes, no entities); `start` and `end` its place in the whole."""

    text: str
    start: int
    end: int
    quoted: bool = False

    @property
    def key(self) -> str:
        """For comparing with words that we know."""
        return self.text.casefold()


@dataclass(frozen=True)
class Words:
    """The words that are left to read, and the text that they come from."""

    text: str
    tokens: tuple[Token, ...]

    def __bool__(self) -> bool:
        return bool(self.tokens)

    @property
    def first(self) -> Token:
        return self.tokens[0]

    def after(self, count: int) -> Words:
        return Words(self.text, self.tokens[count:])

    def without(self, index: int, count: int = 1) -> Words:
        return Words(self.text, self.tokens[:index] + self.tokens[index + count :])

    @property
    def rest(self) -> str:
        """Everything from the first word on, as it was typed; a text wholly in quotes without them."""
        if not self.tokens:
            return ""
        if self.first.quoted and not self.text[self.first.end :].strip():
            return self.first.text
        return _unescape(self.text[self.first.start :]).strip()


def read(text: str) -> Words:
    """The words of a text. Never raises."""
    typed = "".join(_visible(char) for char in unicodedata.normalize("NFC", text))
    plain = "".join(_narrow(char) for char in typed).translate(_QUOTES)
    found = islice(_WORD.finditer(plain), _MOST_WORDS)
    return Words(typed, tuple(_token(word) for word in found))


def phrase(words: Words, known: Mapping[str, T]) -> tuple[T, Words] | None:
    """What the first words mean, by the longest known phrase, and the words after it."""
    for count in range(min(_LONGEST_PHRASE, len(words.tokens)), 0, -1):
        text = " ".join(token.key for token in words.tokens[:count]).rstrip(":,;")
        if text in known:
            return known[text], words.after(count)
    return None


def pick(words: Words, known: Mapping[str, T]) -> tuple[T | None, Words]:
    """The first known phrase anywhere among the words, and the words without it."""
    for index in range(len(words.tokens)):
        found = phrase(words.after(index), known)
        if found:
            value, rest = found
            return value, replace(words, tokens=words.tokens[:index] + rest.tokens)
    return None, words


def closest(text: str, known: Iterable[str], cutoff: float = _CLOSE) -> str:
    """The known word that a misspelt one most likely means, or nothing. Hangul is compared by its letters."""
    by_letters = {unicodedata.normalize("NFD", word): word for word in known}
    typed = unicodedata.normalize("NFD", text[:_LONGEST_WORD].casefold())
    found = difflib.get_close_matches(typed, by_letters, n=1, cutoff=cutoff)
    return by_letters[found[0]] if found else ""


def user_id(token: Token) -> str | None:
    found = _USER.fullmatch(token.text)
    return found[1] if found else None


def group_id(token: Token) -> str | None:
    found = _GROUP.fullmatch(token.text)
    return found[1] if found else None


def unlinked(token: Token) -> str:
    """What Slack made a link of, as it was typed: `<mailto:a@b.c|a@b.c>` → `a@b.c`."""
    found = _LINK.fullmatch(token.text)
    return found[1] if found else token.text


def _token(found: re.Match[str]) -> Token:
    quoted = found[1] is not None
    text = _unescape(found[1] if quoted else found[0]).strip()
    return Token(text, found.start(), found.end(), quoted)


def _unescape(text: str) -> str:
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return text


def _visible(char: str) -> str:
    """Every space, line break and control character is one space: positions stay."""
    return " " if char.isspace() or unicodedata.category(char) in {"Cc", "Cs"} else char


def _narrow(char: str) -> str:
    """Full-width signs as ASCII, invisible ones as spaces."""
    if unicodedata.category(char) == "Cf":
        return " "
    return chr(ord(char) - _TO_ASCII) if ord(char) in _FULL_WIDTH else char
