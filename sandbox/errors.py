"""The "no" of the Web API: Slack's own error codes with their extra fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class SlackError(Exception):
    """Answered on the wire as `{"ok": false, "error": code, …extra}` with HTTP 200."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra


def with_messages(code: str, messages: Iterable[str]) -> SlackError:
    """The error with Slack's `response_metadata.messages`."""
    return SlackError(code, response_metadata={"messages": list(messages)})


def missing_argument(name: str) -> SlackError:
    return with_messages("invalid_arguments", [f"[ERROR] missing required field: {name}"])
