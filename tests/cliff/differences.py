"""Where our grammar and git-cliff's differ on purpose: told by the message alone, never by what we read in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.commits import DEFAULT_KINDS

# What of a commit is compared.
ALL = frozenset({"conventional", "type", "scope", "text", "body", "footers", "breaking", "note"})
HEAD = frozenset({"conventional", "type", "text", "breaking", "note"})

_KNOWN = "|".join(sorted(map(re.escape, DEFAULT_KINDS), key=len, reverse=True))
_EMOJI = r"(?::[a-z]+:|[^\w\s\"'\[(]{1,3}) "
_AFTER_FIRST = r"\A[^\n]*\n"


@dataclass(frozen=True)
class Difference:
    """`of` are the fields in which the two differ on `example`, and may on every message that it `concerns`."""

    why: str
    example: str
    of: frozenset[str]
    concerns: Callable[[str], object]


def _says(pattern: str, flags: int = 0) -> Callable[[str], object]:
    return re.compile(pattern, flags).search


ON_PURPOSE = (
    Difference(
        "the number of the pull request is a link beside the text, and is not part of it",
        "feat: a (#12)",
        frozenset({"text", "note"}),
        _says(r"\A[^\n]*\([#!]\d+\)(\n|\Z)"),
    ),
    Difference(
        "a known word may stand in brackets, with a scope before or behind",
        "[기능][결제] 카드",
        ALL,
        _says(rf"\A\[(?:[^\]\n]*\])?(?:\[?)(?i:{_KNOWN})\b|\A\[[^\]\n]+\] ?(?i:{_KNOWN})"),
    ),
    Difference(
        "a known word may be followed by ` :` or by the full-width colon of Korean keyboards",
        "수정：오타",
        ALL,
        _says(rf"\A(?i:{_KNOWN})(?:\([^()\n]*\))?!?(?: :|：| ：)"),
    ),
    Difference(
        "a known word may come behind an emoji",
        "✨ feat: a",
        ALL,
        _says(rf"\A{_EMOJI}(?i:{_KNOWN})"),
    ),
    Difference(
        "two words that are one known word may stand apart",
        "버그 수정: a",
        ALL,
        _says(r"\A[가-힣]+ [가-힣]+(?:\([^()\n]*\))?!?:"),
    ),
    Difference(
        "a type begins with a letter or a digit, so that a quoted message is none",
        '"feat: a"',
        ALL,
        _says(r"\A[\"'`<>~$%&*+-]+\w+:"),
    ),
    Difference(
        "an issue key is no type",
        "PAY-7: 로그인",
        ALL,
        _says(r"\A[A-Z][A-Z0-9_]*-\d+:"),
    ),
    Difference(
        "a word that nobody knows is a type only before `: `, as the specification has it",
        "note:a",
        ALL,
        _says(rf"\A(?!(?i:{_KNOWN})\b)[^\s():]+(?:\([^()\n]*\))?!?:(?! \S)"),
    ),
    Difference(
        "the revert of a revert brings its change back and is read as that change",
        'Reapply "feat: a"',
        ALL,
        _says(r'\A(?:Reapply|Revert "Revert) "'),
    ),
    Difference(
        "a first line goes on to the first empty line, as in git itself",
        "fix: a\nsecond line",
        ALL,
        _says(r"\A[^\n]+\n[^\n]"),
    ),
    Difference(
        "body and footers of a message without a type are read as well",
        "plain\n\nBREAKING CHANGE: b",
        frozenset({"body", "footers", "breaking", "note"}),
        _says(r"\A(?![^\s():!]+(?:\([^()\n]+\))?!?:\s*\S)(?s:.*)\n\n"),
    ),
    Difference(
        "BREAKING CHANGE as the first line says what it says",
        "BREAKING CHANGE: b",
        HEAD,
        _says(r"\ABREAKING(?:[ -]CHANGE)?: "),
    ),
    Difference(
        "a breaking footer is believed wherever a line begins with it: missing one is worse",
        "fix: a\n\nprose\nBREAKING CHANGE: b",
        frozenset({"body", "footers", "breaking", "note"}),
        _says(_AFTER_FIRST + r"(?s:.*)[^\n]\nBREAKING[ -]CHANGE: "),
    ),
    Difference(
        "there are Korean words for a breaking footer",
        "수정: a\n\n호환성 깨짐: b",
        frozenset({"body", "footers", "breaking", "note"}),
        _says(r"^(?:단절적 변경|호환성 깨짐|호환성 변경):", re.MULTILINE),
    ),
    Difference(
        "several breaking footers are all told",
        "fix: a\n\nBREAKING CHANGE: b\nBREAKING CHANGE: c",
        frozenset({"note"}),
        _says(r"(?s:BREAKING[ -]CHANGE.*BREAKING[ -]CHANGE)"),
    ),
    Difference(
        "the number of a breaking footer keeps its sign",
        "fix: a\n\nBREAKING CHANGE #12 is needed",
        frozenset({"note"}),
        _says(r"^BREAKING[ -]CHANGE #", re.MULTILINE),
    ),
    Difference(
        "a footer needs a space behind its colon, so that no address is one; trailers of people do not",
        "fix: a\n\nhttps://example.com/a is where",
        frozenset({"body", "footers"}),
        _says(r"\n\n[\w-]+:[^\s]|^[\w-]+:[^\s]", re.MULTILINE),
    ),
    Difference(
        "a footer has its value on its own line, so that a heading is none; a breaking one need not",
        "fix: a\n\nSteps:\n- one",
        frozenset({"body", "footers", "breaking", "note"}),
        _says(r"^[\w-]+(?::| #)\s*$", re.MULTILINE),
    ),
    Difference(
        "a heading at the end of a message does not make the whole of it unreadable",
        "fix: a\n\nSteps:",
        ALL,
        _says(r"^[\w-]+(?::| #)\s*\Z", re.MULTILINE),
    ),
    Difference(
        "a body does not begin with a line of spaces, as in git itself",
        "fix: a\n\n \nbody",
        frozenset({"body"}),
        _says(r"\A[^\n]*\n+[ \t]+\n"),
    ),
    Difference(
        "the token of a footer begins with a letter or a digit",
        "fix: a\n\n_note: b",
        frozenset({"body", "footers", "note"}),
        _says(r"^[_-][\w-]*(?:: | #)", re.MULTILINE),
    ),
    Difference(
        "the line of git cherry-pick -x is neither body nor footer",
        "fix: a\n\nbody\n\n(cherry picked from commit aaaaaaaaaa)",
        frozenset({"body", "footers"}),
        _says(r"^\(cherry picked from commit [0-9a-f]+\)$", re.MULTILINE),
    ),
    Difference(
        "a footer ends where a squashed pull request goes on to its next commit, or to its authors",
        "feat: a\n\nBREAKING CHANGE: b\n\n* fix: c\n\n---------\n\nCo-authored-by: B <b@example.com>",
        frozenset({"footers", "note"}),
        _says(r"^(?:-{5,}|\* \S+(?: in)?(?:\([^()]*\))?!?: )", re.MULTILINE),
    ),
)


def differing(message: str) -> frozenset[str]:
    """The fields in which a message may be read differently."""
    return frozenset(field for one in _concerning(message) for field in one.of)


def _concerning(message: str) -> Iterator[Difference]:
    return (one for one in ON_PURPOSE if one.concerns(message))
