"""The document says what the API does: everything of the table is in it, and random requests are answered as
it promises.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.driver import SHA
from tests.support.world import PROJECT
from tests.web.conftest import Pipeline
from web.app import BASE
from web.openapi import document
from web.table import ENDPOINTS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 12


async def test_the_document_is_served_to_everybody(ci: Pipeline) -> None:
    ci.token = ""
    assert await ci.get("/openapi.json") == (200, json.loads(json.dumps(document())))


def test_every_endpoint_is_in_the_document() -> None:
    told = {(path, method) for path, methods in document()["paths"].items() for method in methods}
    assert told == {(endpoint.path, endpoint.method.lower()) for endpoint in ENDPOINTS}
    assert document()["openapi"] == "3.1.0"


def test_no_model_lets_unknown_keys_in() -> None:
    objects = {n: s for n, s in document()["components"]["schemas"].items() if s["type"] == "object"}
    assert {name for name, schema in objects.items() if schema["additionalProperties"] is not False} == set()


async def test_whatever_is_sent_is_answered_as_the_document_says(ci: Pipeline) -> None:
    """Also with the right project and release, so that requests get as far as the rules."""
    ci.drive.to_qa()
    schema = schemathesis.openapi.from_dict(document())
    base = str(ci.client.make_url(BASE))
    await asyncio.to_thread(_try, schema, base, ci.token)
    assert ci.drive.chain_holds()


def _try(schema: Any, base: str, token: str) -> None:
    for found in schema.get_all_operations():
        operation = found.ok()
        cases = operation.as_strategy() | st.builds(_aimed, operation.as_strategy(), st.booleans())

        @seed(1)
        @settings(
            max_examples=EXAMPLES,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def answered(case: Any) -> None:
            case.call_and_validate(
                base_url=base, headers={"Authorization": f"Bearer {token}"}, checks=CHECKS, timeout=10
            )

        answered()


def _aimed(case: Any, there: bool) -> Any:  # noqa: FBT001 - drawn at random
    right = {"project": PROJECT, "version": "1.5.0" if there else "1.6.0", "sha": SHA}
    case.path_parameters = {name: right[name] for name in case.path_parameters}
    return case
