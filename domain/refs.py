"""Which names from people may become branches: an allow-list inside the rules of `git check-ref-format`."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

# Latin, Hangul syllables, kana and Han, plus what branch names usually carry. No control, bidirectional or
# invisible sign, no quote, no shell or revision syntax is among them.
_LETTERS = "0-9A-Za-zÀ-ÖØ-öø-ɏ가-힣ぁ-ゖァ-ヺー一-鿿"
# Compiled when they are asked for: whoever only reads tags does without.
_ALLOWED = rf"[{_LETTERS}._/+#-]+"
_UNFIT = rf"[^{_LETTERS}_+#]+"
_OBJECT_ID = re.compile(r"[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")

# File systems end a path segment at 255 bytes, and git adds `.lock` to it.
MAX_BYTES = 200
_MAX_SLUG_BYTES = 100


class NameFault(StrEnum):
    """Why a name may not become a branch."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CHARACTER = "character"
    FORM = "form"
    RESERVED = "reserved"


def ref_name_fault(name: str) -> NameFault | None:
    """What is wrong with the short name of a branch (without `refs/heads/`), or None."""
    if not name:
        return NameFault.EMPTY
    if not re.fullmatch(_ALLOWED, name) or not unicodedata.is_normalized("NFC", name):
        return NameFault.CHARACTER
    if len(name.encode()) > MAX_BYTES:
        return NameFault.TOO_LONG
    if ".." in name or name.endswith(".") or any(not _is_segment(part) for part in name.split("/")):
        return NameFault.FORM
    if name == "HEAD" or name.startswith("refs/") or _OBJECT_ID.fullmatch(name):
        return NameFault.RESERVED
    return None


def safe_ref_name(name: str) -> bool:
    return ref_name_fault(name) is None


def _is_segment(part: str) -> bool:
    return bool(part) and part[0] not in ".-" and not part.lower().endswith(".lock")


def slug(text: str) -> str:
    """What can be kept of a typed text in one path segment of a branch name; empty when that is nothing."""
    kept = re.sub(_UNFIT, "-", unicodedata.normalize("NFC", text))
    return kept.encode()[:_MAX_SLUG_BYTES].decode(errors="ignore").strip("-")
