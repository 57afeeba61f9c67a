from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.tokens import Scope, Token
from storage import tokens
from storage.db import Database

AT = datetime(2026, 3, 2, tzinfo=UTC)
FAR = datetime(2226, 3, 2, tzinfo=UTC)
CI = Token(
    id="a1b2c3d4e5f6",
    project="shop",
    name="ci",
    scopes=(Scope.READ, Scope.BUILD),
    digest="d",
    created_at=AT,
    expires_at=FAR,
)
OLD = replace(CI, id="0" * 12, name="old", created_at=AT - timedelta(days=1), expires_at=AT)


def test_tokens_come_back_as_they_were_put_oldest_first(database: Database) -> None:
    with database.transaction() as tx:
        for token in (CI, OLD, replace(CI, id="f" * 12, project="api")):
            tokens.add(tx, token)
        tokens.put(tx, replace(CI, revoked_at=AT))
        tokens.used(tx, CI.id, FAR)
    assert database.read_now(tokens.of_project, "shop") == [OLD, replace(CI, revoked_at=AT, used_at=FAR)]
    assert database.read_now(tokens.get, "nobody") is None


def test_scopes_are_those_of_a_token_that_lives_in_its_own_project(database: Database) -> None:
    with database.transaction() as tx:
        tokens.add(tx, CI)
        tokens.add(tx, OLD)
    scopes = [
        database.read_now(tokens.scopes_of, *asked)
        for asked in ((CI.id, "shop"), (CI.id, "api"), (OLD.id, "shop"), ("nobody", "shop"), ("", "shop"))
    ]
    assert scopes == [frozenset(CI.scopes), *[frozenset()] * 4]
