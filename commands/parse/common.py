"""What several verbs read alike: the release meant, the project, and words that nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypedDict, TypeVar

from commands.parse.tokens import Token, Words, closest
from domain.refusals import Refused, Unreadable

Command = TypeVar("Command")

SHOWN = 80
_VERSION = re.compile(
    r"(v[0-9]+|v?[0-9]+\.[0-9A-Za-z]+)(\.[0-9A-Za-z]+){0,3}([-+][0-9A-Za-z.+-]+)?", re.IGNORECASE
)
_PROJECT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Meant(TypedDict):
    release: str | None
    project: str | None


def is_version(token: Token) -> bool:
    """Whether a word looks like a version, good or not; the caller says what is wrong with it."""
    return not token.quoted and len(token.text) <= SHOWN and bool(_VERSION.fullmatch(version_of(token)))


def version_of(token: Token) -> str:
    """Without the colon or comma that people write before a reason: `hold 1.5.0: waiting for legal`."""
    return token.text.rstrip(":,;")


def is_project(token: Token) -> bool:
    return bool(_PROJECT.fullmatch(token.key))


def take_release(words: Words) -> tuple[Meant, Words]:
    """`1.5.0`, `web 1.5.0`, `1.5.0 web` at the head of the words; the rest is the verb's own."""
    if words and is_version(words.first):
        return {"release": version_of(words.first), "project": None}, words.after(1)
    if len(words.tokens) > 1 and is_version(words.tokens[1]) and is_project(words.first):
        return {"release": version_of(words.tokens[1]), "project": words.first.key}, words.after(2)
    return {"release": None, "project": None}, words


def only_release(words: Words) -> Meant:
    """A release and a project and nothing more, in any order. Raises Refused for other words."""
    meant, rest = take_release(words)
    if rest and meant["project"] is None:
        meant["project"], rest = only_project(rest.first), rest.after(1)
    return leftover(rest, meant)


def only_project(token: Token) -> str:
    if not is_project(token):
        raise Refused(Unreadable("project", token.text[:SHOWN]))
    return token.key


def maybe_project(words: Words) -> str | None:
    """A project's name and nothing more, or nothing."""
    return leftover(words.after(1), only_project(words.first)) if words else None


def leftover(words: Words, command: Command) -> Command:
    """The command, when nothing is left to read."""
    if words:
        raise Refused(Unreadable("subcommand", words.first.text[:SHOWN]))
    return command


def unreadable(what: str, words: Words, known: Iterable[str], example: str = "") -> Refused:
    """The refusal of words that are none of the known ones, with the nearest of them."""
    known = tuple(known)
    two = " ".join(token.text for token in words.tokens[:2])
    guess = closest(two, known) or closest(words.first.text, known)
    return Refused(Unreadable(what, words.first.text[:SHOWN], example, guess))
