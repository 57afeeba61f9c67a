"""Signatures of what goes to deployers and of what comes from them: the same in both directions."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping

SIGNATURE, TIMESTAMP = "X-Naru-Signature", "X-Naru-Timestamp"
WITHIN_S = 5 * 60
_LONGEST = 12


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """`v1=` and the HMAC-SHA256, in hexadecimal, of `timestamp.body`."""
    return "v1=" + hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signed(secret: bytes, body: bytes) -> dict[str, str]:
    """The headers of a request that is sent now."""
    timestamp = str(int(time.time()))
    return {TIMESTAMP: timestamp, SIGNATURE: signature(secret, timestamp, body)}


def authentic(headers: Mapping[str, str], body: bytes, secret: bytes) -> bool:
    """At most five minutes old or ahead, by the machine's clock; an empty secret proves nothing."""
    timestamp = headers.get(TIMESTAMP, "")
    if not secret or not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= _LONGEST):
        return False
    if abs(time.time() - int(timestamp)) > WITHIN_S:
        return False
    wanted, given = signature(secret, timestamp, body), headers.get(SIGNATURE, "")
    return hmac.compare_digest(wanted.encode(), given.encode("utf-8", "surrogateescape"))
