"""Slack's Web API as the bot calls it: one shared session, no hidden retries, and typed failures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT_S = 10
OK = 200
SERVER_ERROR = 500
TOO_MANY = 429


class SlackFailure(Exception):
    """A call that did not succeed."""


class Refusal(SlackFailure):
    """Slack said no for good: `code` is its error, `detail` what it adds."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code


class Busy(SlackFailure):
    """Slack asks for patience: nothing was done. `after` is in seconds."""

    def __init__(self, after: float) -> None:
        super().__init__(f"rate limited for {after} s")
        self.after = after


class Unknown(SlackFailure):
    """No answer, or a server error: whether it was done is not known."""


_PASSING = {"fatal_error", "internal_error", "service_unavailable", "request_timeout", "team_added_to_org"}


class Slack:
    """Calls by method name; the default retry handler is off, since it posts twice (reference: slack_sdk)."""

    def __init__(self, token: str, base_url: str, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.client = AsyncWebClient(
            token=token, base_url=base_url, session=session, timeout=TIMEOUT_S, retry_handlers=[]
        )

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Call a Web API method with JSON. Raises Refusal, Busy or Unknown."""
        given = {name: value for name, value in arguments.items() if value is not None}
        try:
            response = await self.client.api_call(method, json=given)
        except SlackApiError as error:
            raise _failure(error) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unknown(f"{method}: {type(error).__name__}") from error
        return dict(response.data) if isinstance(response.data, dict) else {}

    async def call_in(self, channel: str, method: str, **arguments: Any) -> dict[str, Any]:
        """Call about a channel; a public one that we are not in yet is joined first."""
        try:
            return await self.call(method, channel=channel, **arguments)
        except Refusal as refusal:
            if refusal.code != "not_in_channel":
                raise
        await self.call("conversations.join", channel=channel)
        return await self.call(method, channel=channel, **arguments)

    async def read(self, method: str, **arguments: Any) -> dict[str, Any]:
        """The same for methods that take no JSON (lists, info, history)."""
        given = {name: value for name, value in arguments.items() if value is not None}
        try:
            response = await self.client.api_call(method, http_verb="GET", params=given)
        except SlackApiError as error:
            raise _failure(error) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unknown(f"{method}: {type(error).__name__}") from error
        return dict(response.data) if isinstance(response.data, dict) else {}

    async def upload(self, address: str, body: bytes) -> None:
        """Send a file's bytes to the address that files.getUploadURLExternal gave. Raises as `call` does."""
        async with self._posting(address, data=body) as response:
            if response.status == TOO_MANY:
                raise Busy(float(response.headers.get("Retry-After", "1")))
            if response.status != OK:
                raise Unknown(f"upload: status {response.status}")

    async def respond(self, address: str, text: str, blocks: list[dict[str, Any]], *, replace: bool) -> None:
        """Answer at a response_url, privately: in the place of the message it belongs to, or beneath.

        Raises Refusal or Unknown.
        """
        answer = {"replace_original": replace, "text": text, "blocks": blocks}
        async with self._posting(address, json=answer) as response:
            if response.status != OK:
                raise Refusal(f"status {response.status}")

    @asynccontextmanager
    async def _posting(self, address: str, **body: Any) -> AsyncIterator[aiohttp.ClientResponse]:
        """A post outside of the Web API, without our token."""
        try:
            timeout = aiohttp.ClientTimeout(TIMEOUT_S)
            async with self._session.post(address, timeout=timeout, **body) as response:
                yield response
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise Unknown(type(error).__name__) from error

    async def pages(self, method: str, field: str, **arguments: Any) -> list[Any]:
        """All pages of a listing, 200 at a time."""
        found: list[Any] = []
        cursor = ""
        while True:
            page = await self.read(method, limit=200, cursor=cursor or None, **arguments)
            found += page.get(field, [])
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return found


def _failure(error: SlackApiError) -> SlackFailure:
    response = error.response
    status = getattr(response, "status_code", 0)
    if status == TOO_MANY:
        return Busy(float(response.headers.get("Retry-After", "1")))
    data = response.data if isinstance(response.data, dict) else {}
    code = str(data.get("error", ""))
    if status >= SERVER_ERROR or not code or code in _PASSING:
        return Unknown(code or f"status {status}")
    if code == "ratelimited":
        return Busy(1.0)
    notes = data.get("response_metadata", {}).get("messages", [])
    return Refusal(code, "; ".join(str(note) for note in notes))
