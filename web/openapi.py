"""The OpenAPI 3.1 document, made of the table and the models: one source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from domain.tokens import Scope
from web import models
from web.calls import Endpoint
from web.reading import MAX_BODY, MAX_KEY
from web.table import ENDPOINTS

_REF = "#/components/schemas/{model}"
_PART = re.compile(r"\{(\w+)\}")
_PARTS = {
    "project": {"type": "string", "description": "Key of the token's own project"},
    "version": {"type": "string", "description": "As in 1.5.0 or v1.5.0"},
    "sha": {"type": "string", "description": "The commit that was built, 40 hex digits"},
}
_PROBLEMS = {
    401: "No token, or one that is wrong, revoked or expired",
    403: "The token has not the scope, or the rules say no",
    404: "Not there, or not of the token's project",
    408: "The body took too long",
    409: "The rules say no, with all that is missing",
    413: f"More than {MAX_BODY} bytes",
    415: "No JSON",
    422: "The request does not say what it must",
    429: "Too many requests; Retry-After says when to try again",
    500: "A bug, with its reference",
    503: "Not now: nothing was recorded, or (`unsure`) nobody knows; Retry-After says when to try again",
}
_ALWAYS = (401, 403, 404, 422, 429, 500, 503)
_WITH_BODY = (408, 413, 415)


@cache
def document() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Naru",
            "version": "1",
            "description": "Release management for pipelines: ask the gate, report what was built, deployed "
            "and tested. Problems are told in English, and in Korean with `Accept-Language: ko`. A method "
            "that an address does not take gets 405, an unknown address 404, what is no HTTP a plain 400.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A project's token: naru token create. Scopes: " + ", ".join(Scope),
                }
            },
            "schemas": _schemas(),
        },
    }


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return paths


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    told = {
        "operationId": endpoint.handler.__name__,
        "summary": endpoint.summary,
        "description": f"Scope: {' or '.join(endpoint.scopes)}",
        "parameters": list(_parameters(endpoint)),
        "responses": dict(_responses(endpoint)),
    }
    if endpoint.body is not None:
        content = {"application/json": {"schema": _ref(endpoint.body)}}
        told["requestBody"] = {"required": True, "content": content}
    return told


def _parameters(endpoint: Endpoint) -> Iterator[dict[str, Any]]:
    for name in _PART.findall(endpoint.path):
        schema = {"type": _PARTS[name]["type"], "minLength": 1}
        about = _PARTS[name]["description"]
        yield {"name": name, "in": "path", "required": True, "description": about, "schema": schema}
    if endpoint.query is not None:
        for name, schema in endpoint.query.model_json_schema(ref_template=_REF)["properties"].items():
            yield {"name": name, "in": "query", "required": False, "schema": schema}
    if endpoint.writes:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "The same key with the same request gets the first answer again, for 24 hours",
            "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY, "pattern": "^[!-~]+$"},
        }


def _responses(endpoint: Endpoint) -> Iterator[tuple[str, Any]]:
    for status, model in endpoint.answers.items():
        content = {endpoint.media: {"schema": _ref(model)}}
        yield str(status), {"description": model.__name__, "content": content}
    wrong = {*_ALWAYS, *endpoint.refuses, *(_WITH_BODY if endpoint.body else ())}
    for status in sorted(wrong):
        content = {"application/problem+json": {"schema": _ref(models.Problem)}}
        yield str(status), {"description": _PROBLEMS[status], "content": content}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _schemas() -> dict[str, Any]:
    """Those of all models, with what they are made of."""
    going_in = {one for endpoint in ENDPOINTS for one in (endpoint.body, endpoint.query) if one}
    coming_out = {model for endpoint in ENDPOINTS for model in endpoint.answers.values()} | {models.Problem}
    wanted: list[Any] = [(one, "validation") for one in going_in]
    wanted += [(one, "serialization") for one in coming_out]
    _, made = models_json_schema(sorted(wanted, key=lambda row: row[0].__name__), ref_template=_REF)
    schemas: dict[str, Any] = made["$defs"]
    return schemas
