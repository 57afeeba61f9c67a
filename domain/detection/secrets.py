"""Values that nobody should read in a message: sometimes a real key stands in an example file."""

from __future__ import annotations

import math
import re
from collections import Counter

MASK = "••••••••"
"""What stands for a value that looks like a secret."""

_KNOWN = re.compile(
    r"sk_live_|sk_test_|rk_live_|sk-[A-Za-z0-9]{16}|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|xapp-"
    r"|A(?:K|S)IA[0-9A-Z]{12}|AIza[0-9A-Za-z_-]{20}|eyJ[A-Za-z0-9_-]{8,}\.|-----BEGIN|ya29\.|npm_[A-Za-z0-9]{20}"
)
_SIGN_IN = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/:@]*:([^\s/@]+)@", re.IGNORECASE)
_NAMED = re.compile(r"SECRET|TOKEN|PASSW|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_?KEY", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"|.{0,3}|(?:change|replace|your|example|dummy|fake|test|todo|none|null|secret|password|xxx)\S*|<.*>|\$\{.*\}"
    r"|true|false|\d{1,10}|[x*.•-]+",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"[A-Za-z0-9+/=_-]{24,}")
_SHORTEST_SECRET = 8
# Bits for each character: words and paths have less, keys that a machine drew have more.
_RANDOM = 3.8
_MANY_DIGITS = 3


def masked(name: str, value: str) -> str:
    """The value as it may be shown."""
    return MASK if _looks_secret(name, value) else value


def _looks_secret(name: str, value: str) -> bool:
    signed_in = _SIGN_IN.search(value)
    if _KNOWN.search(value) or (signed_in and not _PLACEHOLDER.fullmatch(signed_in[1])):
        return True
    if _PLACEHOLDER.fullmatch(value):
        return False
    if _NAMED.search(name):
        return len(value) >= _SHORTEST_SECRET and not value.startswith(("http://", "https://", "/"))
    return any(_is_drawn(found) for found in _DRAWN.findall(value))


def _is_drawn(text: str) -> bool:
    """Whether no person would have written this."""
    digits = sum(char.isdigit() for char in text)
    return digits >= _MANY_DIGITS and _bits(text) >= _RANDOM and any(char.isalpha() for char in text)


def _bits(text: str) -> float:
    shares = (count / len(text) for count in Counter(text).values())
    return -sum(share * math.log2(share) for share in shares)
