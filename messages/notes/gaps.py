"""What notes still need from people, in words."""

from __future__ import annotations

from domain.notes import GapKind
from messages.names import word
from messages.quoting import quote
from messages.texts import Reader

_SUBJECT = 150

WHOLE = {
    GapKind.KNOWN_ISSUES: word("Known issues: write them down, or save an empty text when there are none."),
    GapKind.UPGRADE_GUIDE: word("Upgrade guide: something breaks or the environment changes."),
    GapKind.MIGRATION_GUIDE: word("Migration guide of a breaking change"),
    GapKind.REPLACEMENT: word("Replacement of what is deprecated"),
}


def gap_line(reader: Reader, kind: GapKind, subject: str = "") -> str:
    """`Migration guide of a breaking change: drop the old API`"""
    text = reader.t(WHOLE[kind])
    return f"{text}: {quote(subject, _SUBJECT)}" if subject else text
