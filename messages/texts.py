"""The catalogues and the reader: one text per language, chosen by who reads.

The English text is the key (`t("Nothing waits for you.")`); `locales/<language>.po` has the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("en", "ko")


class Translate(Protocol):
    """`t("{n} changes", n=3)`; Babel's extraction knows it by this name."""

    def __call__(self, message: str, /, **values: object) -> str: ...


@dataclass(frozen=True)
class Reader:
    """Who reads: language, own zone, and the project's zone, shown beside it when it differs.

    `workspace` is Slack's address of the workspace, for links to messages; without it there are none.
    """

    language: str
    zone: str
    project_zone: str = ""
    workspace: str = ""

    @property
    def t(self) -> Translate:
        return translator(self.language)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


def language_of(locale: str) -> str:
    """Slack's locale (`ko-KR`, `en-US`) to a language that we speak; anything else reads English."""
    return "ko" if locale.lower().startswith("ko") else "en"


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The texts of a language by their English key; English has none of its own."""
    path = LOCALES / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}


@cache
def translator(language: str) -> Translate:
    texts = catalogue(language)

    def t(message: str, /, **values: object) -> str:
        return texts.get(message, message).format(**values)

    return t
