from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.hosts import is_host

LONG = "a" * 63


@pytest.mark.parametrize(
    "host",
    ["ci.example", "localhost", "ci.example.", "10.1.2.3", "::1", "fe80::1%eth0", "배포.example", "a_b.internal",
     "xn--9t4b11yi5a.example", f"{LONG}.com", "1password.example", "a-b"],
)  # fmt: skip
def test_what_can_be_looked_up_or_is_an_address_is_a_host(host: str) -> None:
    assert is_host(host)


@pytest.mark.parametrize(
    "host",
    ["", ".", "ci..example", ".example", f"{LONG}a.com", "배" * 60, ".".join([LONG] * 4), "a b", "-", "a-.b", "%00",
     "a\u202eb.example", "a/b"],
)  # fmt: skip
def test_what_no_name_can_be_is_none(host: str) -> None:
    assert not is_host(host)


@given(st.text(max_size=80))
def test_whatever_is_taken_for_a_host_can_be_written_for_a_look_up(host: str) -> None:
    if is_host(host) and ":" not in host:
        assert host.encode("idna")
