"""What a request says, read strictly: its language, token, key, query and body."""

from __future__ import annotations

import asyncio
import math
import re
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ValidationError

from messages.api import Wrong
from messages.texts import Reader, language_of
from web.problems import Failed

MAX_BODY = 64 * 1024
READ_S = 5.0
MAX_KEY = 128
_KEY = re.compile(rf"[!-~]{{1,{MAX_KEY}}}")
_Q = re.compile(r";\s*q=([01](?:\.\d{0,3})?)\s*$")


def reader_of(request: web.Request, zone: str = "UTC") -> Reader:
    """In the language of `Accept-Language` that is wanted most and that we speak, else English."""
    return Reader(_language(request.headers.get("Accept-Language", "")), zone, zone)


def _language(header: str) -> str:
    wanted = []
    for n, item in enumerate(header.split(",")):
        told = _Q.search(item)
        weight = float(told[1]) if told else 1.0
        name = item.partition(";")[0].strip().lower()
        if name.partition("-")[0] in {"ko", "en"} and weight > 0:
            wanted.append((-weight, n, language_of(name)))
    return min(wanted)[2] if wanted else "en"


def bearer(request: web.Request) -> str:
    """The token as it was sent, empty without one."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else ""


def key_of(request: web.Request) -> str:
    """The Idempotency-Key, empty without one. Raises Failed."""
    given = request.headers.getall("Idempotency-Key", [])
    if not given:
        return ""
    if len(given) > 1 or not _KEY.fullmatch(given[0]):
        raise Failed(Wrong.KEY_UNUSABLE, limit=MAX_KEY)
    return given[0]


def query_of(request: web.Request, model: type[BaseModel] | None) -> BaseModel | None:
    """Raises Failed with every field that cannot be used."""
    twice = [name for name in dict.fromkeys(request.query) if len(request.query.getall(name)) > 1]
    if twice:
        raise Failed(Wrong.INVALID, faults=[(name, "twice", {}, "") for name in twice])
    if model is None:
        return None
    try:
        return model.model_validate_strings(dict(request.query))
    except ValidationError as error:
        raise _invalid(error) from None


async def body_of(request: web.Request, model: type[BaseModel]) -> tuple[BaseModel, bytes]:
    """The body as its model, and as it came. Raises Failed."""
    encoded = request.headers.get("Content-Encoding", "identity").lower() != "identity"
    if request.content_type != "application/json" or encoded:
        raise Failed(Wrong.NOT_JSON)
    try:
        async with asyncio.timeout(READ_S):
            raw = await _read(request)
    except TimeoutError:
        raise Failed(Wrong.TOO_SLOW, headers={"Connection": "close"}, seconds=math.ceil(READ_S)) from None
    try:
        return model.model_validate_json(raw), raw
    except ValidationError as error:
        raise _invalid(error) from None


async def _read(request: web.Request) -> bytes:
    """No more is held than may be sent."""
    raw = bytearray()
    if (request.content_length or 0) <= MAX_BODY:
        async for piece in request.content.iter_any():
            raw += piece
            if len(raw) > MAX_BODY:
                break
        else:
            return bytes(raw)
    raise Failed(Wrong.TOO_LARGE, headers={"Connection": "close"}, limit=MAX_BODY)


def _invalid(error: ValidationError) -> Failed:
    found: list[tuple[str, str, dict[str, Any], str]] = [
        (".".join(map(str, one["loc"])), one["type"], one.get("ctx", {}), one["msg"])
        for one in error.errors(include_url=False, include_input=False)
    ]
    return Failed(Wrong.INVALID, faults=found)
