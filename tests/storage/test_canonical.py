"""The fast encoder writes what a general implementation of RFC 8785 writes."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from domain.events import Event
from storage.canonical import canonical

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
KEYS = st.text(st.characters(max_codepoint=0xD7FF), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_the_text_is_that_of_the_rfc(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # JSON, as the strategy makes it


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical({"text": "\ud800"})


def test_no_event_holds_a_fraction() -> None:
    """What the audit hashes stays within what the encoder is for."""
    seen: set[type] = set()
    waiting: list[Any] = [Event]
    while waiting:
        hint = waiting.pop()
        waiting.extend(get_args(hint))
        if isinstance(hint, type) and is_dataclass(hint) and hint not in seen:
            seen.add(hint)
            waiting.extend(get_type_hints(hint)[field.name] for field in fields(hint))
        assert hint is not float
    assert len(seen) > 40
