"""Signed HTTP requests to the app's request URL, as slack.com sends them."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from urllib.parse import urlencode

import aiohttp

from sandbox.delivery import ANSWER_SECONDS, Kind, Outcome, Retry
from sandbox.model import Json

ROBOT = "Slackbot 1.0 (+https://api.slack.com/robots)"


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """docs.slack.dev/authentication/verifying-requests-from-slack"""
    base = b"v0:%d:%s" % (timestamp, body)
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encoded(kind: Kind, payload: Json) -> tuple[bytes, str]:
    """The body and its content type: a form for commands, `payload=` for interactions, JSON for events."""
    if kind == "slash_commands":
        return urlencode(payload).encode(), "application/x-www-form-urlencoded"
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    if kind == "interactive":
        return urlencode({"payload": text}).encode(), "application/x-www-form-urlencoded"
    return text.encode(), "application/json"


class HttpDelivery:
    """`answer_seconds` is Slack's patience, longer only for tests that debug.

    Of several `urls` (the replicas behind one address) each request takes the next. Connections are not
    kept, or a restarted app would be met with a dead one.
    """

    def __init__(self, signing_secret: str, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._secret = signing_secret
        self.answer_seconds = answer_seconds
        self.urls: tuple[str, ...] = ()
        self._turn = 0
        self._session: aiohttp.ClientSession | None = None

    async def send(self, kind: Kind, payload: Json, *, retry: Retry | None = None) -> Outcome:
        body, content_type = encoded(kind, payload)
        return await self.send_raw(body, self.headers(body, content_type, retry))

    def headers(self, body: bytes, content_type: str, retry: Retry | None = None) -> dict[str, str]:
        stamp = int(time.time())
        signed = {
            "X-Slack-Request-Timestamp": str(stamp),
            "X-Slack-Signature": signature(self._secret, stamp, body),
        }
        base = {"Content-Type": content_type, "User-Agent": ROBOT, "Accept": "application/json,*/*", **signed}
        if retry is None:
            return base
        return {**base, "X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}

    async def send_raw(self, body: bytes, headers: dict[str, str]) -> Outcome:
        """The request as it is; for tests also what is wrongly signed."""
        if not self.urls:
            return Outcome("app_unreachable", reason="connection_failed")
        self._turn += 1
        url = self.urls[self._turn % len(self.urls)]
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, force_close=True))
        begun = time.monotonic()
        patience = aiohttp.ClientTimeout(total=self.answer_seconds)
        try:
            async with self._session.post(
                url, data=body, headers=headers, timeout=patience, allow_redirects=False
            ) as answer:
                return await _outcome(answer, begun)
        except TimeoutError:
            return Outcome("operation_timeout", seconds=time.monotonic() - begun, reason="http_timeout")
        except aiohttp.ClientError:
            return Outcome("app_unreachable", seconds=time.monotonic() - begun, reason="connection_failed")

    async def verify_url(self) -> bool:
        """The challenge that Slack sends when a request URL is entered."""
        challenge = secrets.token_urlsafe(32)
        payload: Json = {"token": secrets.token_hex(12), "challenge": challenge, "type": "url_verification"}
        outcome = await self.send("events_api", payload)
        if isinstance(outcome.body, dict):
            return outcome.ok and outcome.body.get("challenge") == challenge
        return outcome.ok and outcome.body == challenge

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


async def _outcome(answer: aiohttp.ClientResponse, begun: float) -> Outcome:
    text = (await answer.read()).decode("utf-8", "replace")
    seconds = time.monotonic() - begun
    no_retry = answer.headers.get("X-Slack-No-Retry") == "1"
    if not 200 <= answer.status < 300:
        return Outcome("http_status", text, seconds, "http_error", no_retry)
    return Outcome(None, _parsed(text, answer.content_type), seconds)


def _parsed(text: str, content_type: str) -> Json | str | None:
    if not text.strip():
        return None
    if content_type == "application/json" or text.lstrip().startswith("{"):
        try:
            data = json.loads(text)
        except ValueError:
            return text
        return data if isinstance(data, dict) else text
    return text
