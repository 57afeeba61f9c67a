"""The arguments of a Web API call, whichever of Slack's forms they came in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.errors import SlackError, missing_argument, with_messages
from sandbox.model import Json


@dataclass(frozen=True)
class Arguments:
    """Query, form, multipart and JSON arguments look the same from here; numbers may be text."""

    values: Json

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is None or isinstance(value, list | dict):
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value)

    def need(self, name: str) -> str:
        """Raises SlackError `invalid_arguments` naming the field when it is missing or empty."""
        value = self.text(name)
        if not value:
            raise missing_argument(name)
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.text(name)
        return default if value is None else value.lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        value = self.text(name)
        if value is None or value == "":
            return default
        if not value.lstrip("-").isdigit():
            raise with_messages("invalid_arguments", [f"[ERROR] must be an integer [json-pointer:/{name}]"])
        return int(value)

    def parsed(self, name: str) -> Any:
        """A structure, sent as such (JSON body) or as JSON text (form); raises SlackError on bad JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if value == "":
            return None
        try:
            return json.loads(value)
        except json.JSONDecodeError as bad:
            code = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}.get(
                name, "invalid_arguments"
            )
            raise with_messages(code, [f"[ERROR] {name} is not valid JSON"]) from bad

    def names(self, name: str) -> list[str]:
        """A comma-separated text or a JSON list of texts."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("["):
            value = self.parsed(name)
        if isinstance(value, list):
            return [str(v) for v in value]
        return [v.strip() for v in str(value or "").split(",") if v.strip()]

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None


async def read_arguments(request: web.Request, *, takes_json: bool) -> Arguments:
    """Raises SlackError `invalid_json`, `json_not_object` or `invalid_form_data`.

    The reading methods of Slack take no JSON: they do not see what such a body says.
    """
    values: Json = dict(request.query)
    unseen = request.content_type == "application/json" and not takes_json
    if request.method == "POST" and request.can_read_body and not unseen:
        values |= await _body(request)
    return Arguments(values)


async def _body(request: web.Request) -> Json:
    kind = request.content_type
    if kind == "application/json":
        try:
            data = json.loads(await request.read())
        except ValueError as bad:
            raise SlackError("invalid_json") from bad
        if not isinstance(data, dict):
            raise SlackError("json_not_object")
        return data
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            return {k: v for k, v in (await request.post()).items() if isinstance(v, str)}
        except ValueError as bad:
            raise SlackError("invalid_form_data") from bad
    return {}
