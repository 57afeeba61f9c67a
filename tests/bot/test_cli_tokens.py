"""`naru token` as an operator meets it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import cli
from commands import tokens as verbs
from domain.tokens import Scope, Token
from messages.texts import Reader
from messages.tokens import tokens_page
from storage import tokens
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import World

Naru = Callable[..., tuple[int, str, str]]
AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def naru(
    database: Database,
    shop: World,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Naru:
    """Runs the command line here, on the shop; exit code, standard output, standard error."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("NARU_DATABASE_URL", database_url)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["naru", "token", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), said.out, said.err

    return run


def test_a_token_lives_from_create_to_revoke(naru: Naru, database: Database, clock: HandClock) -> None:
    code, first, told = naru("create", "-p", "shop", "--scope", "report:build, read", "--expires", "30d")
    assert code == 0
    assert re.fullmatch(r"naru_[0-9a-f]{12}_[0-9a-f]{64}\n", first)
    assert re.fullmatch(
        r"ci of shop, for read, report:build, until .+\. The token is shown this once: put it where your pipeline "
        r"keeps its secrets\.\n",
        told,
    )
    (made,) = database.read_now(tokens.of_project, "shop")
    assert (made.scopes, made.digest in first) == ((Scope.READ, Scope.BUILD), False)
    assert made.expires_at is not None
    assert (made.expires_at - made.created_at).days == 30
    code, second, _ = naru("rotate", "-p", "shop")
    assert (code, second[:18], second == first) == (0, first[:18], False)
    assert database.read_now(verbs.known, first.strip()) is None
    renewed = database.read_now(verbs.known, second.strip())
    assert renewed is not None
    assert renewed.expires_at is not None
    assert (renewed.expires_at - renewed.created_at).days == 30
    assert naru("revoke", "-p", "shop") == (0, "ci of shop is good for nothing any more.\n", "")
    assert database.read_now(verbs.known, second.strip()) is None
    assert Driver(database, clock).audited() == [
        ("TokenMade", "done", ""),
        ("TokenRotated", "done", ""),
        ("TokenRevoked", "done", ""),
    ]


def test_one_without_an_end_stays_so(naru: Naru, database: Database) -> None:
    naru("create", "-p", "shop", "--scope", "read", "--expires", "never")
    naru("rotate", "-p", "shop")
    (made,) = database.read_now(tokens.of_project, "shop")
    assert made.expires_at is None


def test_the_list_is_told_in_words_and_as_data(naru: Naru) -> None:
    assert naru("list", "-p", "shop") == (0, "shop has no API tokens. Make one: naru token create\n", "")
    naru("create", "-p", "shop", "--scope", "read", "--expires", "never", "--name", "deploy.bot")
    said = "deploy.bot · read · until it is revoked · never used\n"
    assert naru("list", "-p", "shop") == (0, said, "")
    (told,) = json.loads(naru("list", "-p", "shop", "--json")[1])
    assert sorted(told) == ["created_at", "expires_at", "id", "name", "revoked_at", "scopes", "used_at"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["create", "-p", "shop"],
            "A token is for something: give --scope, with some of read, report:build, report:staging, report:check, report:qa, report:step, report:health.",
        ),
        (
            ["create", "-p", "shop", "--scope", "write"],
            "--scope: “write” is not one of read, report:build, report:staging, report:check, report:qa, report:step, report:health.",
        ),
        (
            ["create", "-p", "shop", "--scope", "read", "--expires", "soon"],
            "“soon” is not how long a token lasts. Write it like 90d, or never.",
        ),
        (
            ["create", "-p", "shop", "--scope", "read", "--expires", "9999w"],
            "“9999w” is not how long a token lasts. Write it like 90d, or never.",
        ),
        (
            ["create", "-p", "shop", "--scope", "read", "--name", "My token"],
            "“My token” cannot be a name: give one of lower-case letters, digits and hyphens with --name.",
        ),
        (
            ["revoke", "-p", "shop", "--name", "nobody"],
            "There is no API token of this name, or it is revoked.\nNothing was changed.",
        ),
        (["rotate", "-p", "nowhere"], "There is no project called nowhere.\n• Projects: shop"),
    ],
)
def test_mistakes_are_sentences(naru: Naru, arguments: list[str], said: str) -> None:
    assert naru(*arguments) == (2, "", f"{said}\n")


def test_a_name_in_use_is_not_given_twice(naru: Naru) -> None:
    naru("create", "-p", "shop", "--scope", "read")
    said = (
        "A token of this name is in use: renew or revoke it, or choose another name.\nNothing was changed.\n"
    )
    assert naru("create", "-p", "shop", "--scope", "read") == (2, "", said)
    naru("revoke", "-p", "shop")
    assert naru("create", "-p", "shop", "--scope", "read")[0] == 0


def test_every_state_has_its_words_in_both_languages() -> None:
    token = Token(id="a", project="shop", name="ci", scopes=(Scope.READ,), digest="", created_at=AT)
    found = [
        replace(token, expires_at=AT),
        replace(token, revoked_at=AT, used_at=AT),
    ]
    assert tokens_page(Reader("en", "UTC"), found, AT).split("\n") == [
        "ci · read · expired Mon 2 Mar 2026 00:00 · never used",
        "ci · read · revoked Mon 2 Mar 2026 00:00 · last used Mon 2 Mar 2026 00:00",
    ]
    assert tokens_page(Reader("ko", "UTC"), found, AT).split("\n") == [
        "ci · read · 만료됨: 2026년 3월 2일(월) 00:00 · 사용한 적 없음",
        "ci · read · 폐기: 2026년 3월 2일(월) 00:00 · 마지막 사용: 2026년 3월 2일(월) 00:00",
    ]
