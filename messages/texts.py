"""The catalogues and the reader: one text per language, chosen by who reads.

The English text is the key (`t("Nothing waits for you.")`); `locales/<language>.po` has the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("en", "ko")
# One entry as tools/catalogue.py writes it; reading it with Babel takes longer than many a command.
_ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', re.MULTILINE)


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
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - not every text tells a time

        return ZoneInfo(self.zone)


def word(text: str) -> str:
    """Marks a table's text for the catalogue; it is translated when it is shown."""
    return text


def language_of(locale: str) -> str:
    """Slack's locale (`ko-KR`, `en-US`) to a language that we speak; anything else reads English."""
    return "ko" if locale.lower().startswith("ko") else "en"


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The texts of a language by their English key; English has none of its own."""
    path = LOCALES / f"{language}.po"
    if not path.exists():
        return {}
    entries = _ENTRY.findall(path.read_text(encoding="utf-8"))
    read = ((_joined(english), _joined(other)) for english, other in entries)
    return {english: other for english, other in read if english and other}


def _joined(literals: str) -> str:
    """The text of a literal that goes on over several lines; PO escapes as JSON does."""
    text = literals.strip().replace('"\n"', "")
    if "\\" not in text:
        return text[1:-1]
    import json  # noqa: PLC0415 - for few texts

    return str(json.loads(text))


@cache
def translator(language: str) -> Translate:
    texts = catalogue(language)

    def t(message: str, /, **values: object) -> str:
        return texts.get(message, message).format(**values)

    return t
