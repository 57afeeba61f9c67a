"""Signed addresses of pages: who has one may read that page in that language, until it expires.

No sign-in stands behind them: they are given only to who may read the same thing in Slack.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

POSTMORTEMS = "/postmortems"
LIVES = timedelta(hours=1)
MAX_TOKEN = 512
_SALT, _PURPOSE = b"naru", b"postmortem page, 1"


@dataclass(frozen=True)
class Link:
    """`until` is in seconds of the wall clock: it does not move with business time."""

    room: str
    language: str
    until: int

    def expired(self, wall: datetime) -> bool:
        return wall.timestamp() >= self.until


class Links:
    """Signs and reads them. The key comes from a secret that all replicas have, and is good for nothing else
    (RFC 5869, one block).
    """

    def __init__(self, secret: str, team: str, base_url: str = "") -> None:
        """`base_url` is where people reach this installation; without it no address can be given."""
        drawn = hmac.digest(_SALT, secret.encode(), "sha256")
        self._key = hmac.digest(drawn, _PURPOSE + b"\x01", "sha256")
        self._team = team
        self._base_url = base_url

    def url(self, room: str, language: str, wall: datetime) -> str:
        """The whole address, empty where this installation does not know its own."""
        if not self._base_url:
            return ""
        until = int((wall + LIVES).timestamp())
        return f"{self._base_url}{POSTMORTEMS}/{self.sign(Link(room, language, until))}"

    def sign(self, link: Link) -> str:
        told = [self._team, link.room, link.language, link.until]
        said = _text(json.dumps(told, separators=(",", ":")).encode())
        return f"{said}.{self._mark(said)}"

    def read(self, token: str) -> Link | None:
        """None for what was not signed here, or for another workspace. An expired one is read, too."""
        said, _, mark = token.partition(".")
        signed = hmac.compare_digest(self._mark(said).encode(), mark.encode("utf-8", "replace"))
        if len(token) > MAX_TOKEN or not signed:
            return None
        team, room, language, until = _parts(said)
        return Link(room, language, until) if team == self._team else None

    def _mark(self, said: str) -> str:
        """Of the text as it stands in the address: another spelling of the same bytes is another text."""
        return _text(hmac.new(self._key, said.encode("utf-8", "replace"), hashlib.sha256).digest())


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _parts(said: str) -> list[Any]:
    parts: list[Any] = json.loads(urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    return parts


__all__ = ["LIVES", "POSTMORTEMS", "Link", "Links"]
