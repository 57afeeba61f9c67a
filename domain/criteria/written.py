"""A limit as people write it in a policy."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue


def _read_limit(value: object) -> object:
    """`5%` and `5 %` are 0.05, as people write shares."""
    found = _SHARE.fullmatch(value.strip()) if isinstance(value, str) else None
    return float(found[1]) / 100 if found else value


_SHARE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) *%")
_WRITTEN: JsonSchemaValue = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)? *%$"}]
}
Limit = Annotated[float, BeforeValidator(_read_limit), Field(allow_inf_nan=False), WithJsonSchema(_WRITTEN)]
