"""Canonical JSON (RFC 8785): the one text of a value, to be hashed.

Without fractions the rules come down to sorted keys, no spaces and the shortest escapes, which the encoder
of the standard library writes fifteen times as fast as a general implementation. Keys are compared by code
point: the RFC's own order for all that is likely in a key. What holds a fraction, such as a measured value,
is left to the general implementation: the RFC writes numbers as ECMAScript does.
"""

from __future__ import annotations

import json

import rfc8785

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def canonical(value: object) -> bytes:
    """Of dicts with text keys, lists, texts, numbers, booleans and None.

    Raises UnicodeEncodeError for half of a surrogate pair, which no canonical text can hold.
    """
    if _holds_a_fraction(value):
        return rfc8785.dumps(value)  # type: ignore[arg-type]  # JSON, as the docstring says
    return _ENCODER.encode(value).encode()


def _holds_a_fraction(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_a_fraction, value.values()))
    if isinstance(value, list):
        return any(map(_holds_a_fraction, value))
    return isinstance(value, float)
