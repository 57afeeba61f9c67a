from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import is_machine, machine, machine_name, token_of
from domain.tokens import NAME, Scope, Token, digest, in_order, parse, spelled

AT = datetime(2026, 3, 2, tzinfo=UTC)
TOKEN = Token(id="a1b2c3d4e5f6", project="shop", name="ci", scopes=(Scope.READ,), digest="", created_at=AT)


@given(st.from_regex(r"[0-9a-f]{12}", fullmatch=True), st.from_regex(r"[0-9a-f]{64}", fullmatch=True))
def test_a_token_is_read_back_as_it_was_spelled(token: str, secret: str) -> None:
    assert parse(spelled(token, secret)) == (token, secret)


@pytest.mark.parametrize("text", ["", "naru_", "naru_a1b2c3d4e5f6_00", "NARU_a1b2c3d4e5f6_" + "0" * 64])
def test_nothing_else_is_read_as_one(text: str) -> None:
    assert parse(text) is None


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert parse(text) is None


def test_the_digest_is_that_of_the_field() -> None:
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_it_is_alive_until_it_expires_or_is_revoked() -> None:
    ends = replace(TOKEN, expires_at=AT + timedelta(days=1))
    assert [TOKEN.alive(AT), ends.alive(AT), ends.alive(AT + timedelta(days=1))] == [True, True, False]
    assert not replace(TOKEN, revoked_at=AT).alive(AT)


def test_scopes_stand_once_each_in_their_order() -> None:
    assert in_order([Scope.HEALTH, Scope.READ, Scope.HEALTH]) == (Scope.READ, Scope.HEALTH)


def test_a_machine_stands_where_a_person_would() -> None:
    user = machine("ci.main", "a1b2c3d4e5f6")
    assert (is_machine(user), machine_name(user), token_of(user)) == (True, "ci.main", "a1b2c3d4e5f6")
    assert (is_machine("U0RM"), token_of("U0RM"), token_of("")) == (False, "", "")


@pytest.mark.parametrize("name", ["", "-x", "X", "a" * 33, "a/b", "a b", "<!here>"])
def test_a_name_needs_no_escaping(name: str) -> None:
    assert NAME.fullmatch(name) is None
