"""The signatures of deploy webhooks, in both directions, as docs/operations.md describes them."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping

SIGNATURE, TIMESTAMP = "X-Naru-Signature", "X-Naru-Timestamp"
WITHIN_S = 5 * 60


def signed(secret: str, body: bytes) -> dict[str, str]:
    """The headers of a request that is sent now."""
    timestamp = str(int(time.time()))
    return {TIMESTAMP: timestamp, SIGNATURE: _signature(secret, timestamp, body)}


def authentic(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
    """At most five minutes old or ahead by the machine's clock, and signed with the secret."""
    timestamp = headers.get(TIMESTAMP, "")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
        return False
    if abs(time.time() - int(timestamp)) > WITHIN_S:
        return False
    given = headers.get(SIGNATURE, "").encode("utf-8", "surrogateescape")
    return hmac.compare_digest(_signature(secret, timestamp, body).encode(), given)


def _signature(secret: str, timestamp: str, body: bytes) -> str:
    return "v1=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
