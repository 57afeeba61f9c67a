"""The fast encoder writes what a general implementation of RFC 8785 writes."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from storage.canonical import canonical

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
KEYS = st.text(st.characters(max_codepoint=0xD7FF), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_the_text_is_that_of_the_rfc(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # JSON, as the strategy makes it


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical({"text": "\ud800"})


@pytest.mark.parametrize("number", [0.0, -0.0, 0.1, 1e16, 1e21, 1e-7, 1.5e300, 333333333.3333333])
def test_a_fraction_is_written_as_the_rfc_has_it(number: float) -> None:
    value = {"value": number, "samples": [1, None]}
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # JSON
