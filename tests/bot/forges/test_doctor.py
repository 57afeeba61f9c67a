from __future__ import annotations

from typing import Any

import pytest
from pydantic import SecretStr

from bot.cli.forges import forge_findings
from domain.policy import Policy
from messages.cli import finding_line
from messages.texts import Reader
from tests.support.github import NAME, TOKEN, GitHub
from tests.support.world import policy

EN, KO = Reader("en", "UTC"), Reader("ko", "UTC")


def on(hub: GitHub, **forge: Any) -> Policy:
    given = {"kind": "github", "api_url": hub.url, "repository": NAME} | forge
    return policy(repository={"url": "/srv/shop.git", "forge": given})


async def told(*policies: Policy, token: str = TOKEN) -> list[str]:
    found = [finding async for finding in forge_findings(policies, lambda: SecretStr(token))]
    return [finding_line(reader, finding) for finding in found for reader in (EN, KO)]


async def test_the_doctor_tries_reading_and_marking(hub: GitHub) -> None:
    assert await told(policy(), on(hub)) == [
        "✓ shop: the code host answers, and the token may mark commits of acme/shop",
        "✓ shop: 코드 호스트가 응답하며, 토큰으로 acme/shop의 커밋에 표시할 수 있습니다",
    ]
    assert hub.statuses == {}


@pytest.mark.parametrize(
    ("fault", "token", "english"),
    [
        (
            {},
            "ghp_old",
            (
                "The token is not taken: it is wrong, has expired or was revoked. Put a new one into the file that "
                "NARU_FORGE_TOKEN_FILE names; Naru takes it up without a restart."
            ),
        ),
        (
            {},
            "",
            (
                "There is no token. Put one into a file and name it in NARU_FORGE_TOKEN_FILE; it needs to read contents "
                "and pull requests, and to write commit statuses of the repository."
            ),
        ),
        (
            {"statuses": "403"},
            TOKEN,
            "The token may not do this. It needs to read contents and pull requests, and to write commit statuses of the repository.",
        ),
        ({"pulls": "500"}, TOKEN, "The host answered with HTTP status 500."),
    ],
)
async def test_the_doctor_says_what_to_do(
    hub: GitHub, fault: dict[str, str], token: str, english: str
) -> None:
    hub.faults = fault
    said, korean = await told(on(hub), token=token)
    assert said == f"✗ shop: the code host cannot be asked about acme/shop.\n  {english}"
    assert korean.startswith("✗ shop: 코드 호스트에서 acme/shop 저장소를 조회할 수 없습니다.\n  ")
    assert not token or token not in said + korean
