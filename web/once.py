"""Idempotency keys: a request that comes again finds its first answer, for a day."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from messages.api import Wrong
from storage import inbox
from storage.db import Tx
from web.calls import Answer, Call, Endpoint
from web.models import Markdown
from web.problems import Failed

Sent = tuple[int, str, str]
"""An answer as it goes out: status, JSON (or what the endpoint's `media` is), location."""


def sent(answer: Answer) -> Sent:
    body = answer.body
    text = body.root if isinstance(body, Markdown) else body.model_dump_json()
    return int(answer.status), text, answer.location


def perform(tx: Tx, endpoint: Endpoint, call: Call, key: str, raw: bytes) -> Sent:
    """Report once for each key of a token. Raises Failed when the key came with another request."""
    if not key:
        return sent(endpoint.handler(tx, call))
    claimed = f"api:{call.token.id}:{hashlib.sha256(key.encode()).hexdigest()}"
    asked = _digest(endpoint, call, raw)
    if (known := inbox.find(tx, claimed)) is not None:
        return _again(known, asked)
    answer = sent(endpoint.handler(tx, call))
    inbox.claim(tx, claimed, json.dumps([asked, *answer]))
    return answer


def _again(known: str, asked: str) -> Sent:
    first: list[Any] = json.loads(known)
    if first[0] != asked:
        raise Failed(Wrong.KEY_REUSED)
    return first[1], first[2], first[3]


def _digest(endpoint: Endpoint, call: Call, raw: bytes) -> str:
    where = [endpoint.method, endpoint.path, *(call.parts[name] for name in sorted(call.parts))]
    return hashlib.sha256("\0".join(where).encode("utf-8", "replace") + b"\0" + raw).hexdigest()
