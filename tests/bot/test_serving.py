"""`naru serve` and `naru doctor` as an operator meets them, beside a workspace on this machine."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli import examining
from messages.cli import finding_line
from messages.texts import Reader
from sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
POLICY = """
project: shop
channel: "#releases-shop"
owners: [U0HANEUL01]
roles:
  release_manager: {users: [U0HANEUL01, U0JUNHO002]}
  tech_lead: {users: [U0JUNHO002]}
  pm: {users: [U0SORA0003]}
  incident_commander: {users: [U0JUNHO002]}
  devops: {users: [U0JUNHO002]}
"""


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    box = await Sandbox.start(manifest=ROOT / "manifest.yml")
    yield box
    await box.stop()


@pytest.fixture
def environment(box: Sandbox, tmp_path: Path) -> dict[str, str]:
    (tmp_path / "shop.yml").write_text(POLICY, "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NARU_", "LC_"))}
    return kept | {
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "NARU_SLACK_API_URL": box.api_url,
        "NARU_SLACK_BOT_TOKEN": box.bot_token,
        "NARU_SLACK_SIGNING_SECRET": "shhh",
        "NARU_POLICY": str(tmp_path / "shop.yml"),
        "NARU_STATE_DIR": str(tmp_path / "state"),
        "NARU_PORT": "0",
    }


async def _naru(environment: dict[str, str], *arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def _said(environment: dict[str, str], *arguments: str) -> tuple[int | None, str, str]:
    process = await _naru(environment, *arguments)
    out, err = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode, out.decode(), err.decode()


def _get(url: str) -> int:
    with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
        return int(answer.status)


async def test_serve_serves_and_ends_in_order(environment: dict[str, str]) -> None:
    process = await _naru(environment, "serve")
    assert process.stdout is not None
    first = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
    assert first.startswith("Naru is serving shop on 127.0.0.1:")
    port = first.partition("127.0.0.1:")[2].partition(".")[0]
    assert await asyncio.to_thread(_get, f"http://127.0.0.1:{port}/healthz") == 200
    assert await asyncio.to_thread(_get, f"http://127.0.0.1:{port}/readyz") == 200
    process.send_signal(signal.SIGTERM)
    _, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0
    assert "Traceback" not in err.decode()
    assert environment["NARU_SLACK_BOT_TOKEN"] not in err.decode()


async def test_serve_with_a_wrong_token_is_a_sentence(environment: dict[str, str]) -> None:
    code, _, err = await _said(environment | {"NARU_SLACK_BOT_TOKEN": "xoxb-wrong"}, "serve")
    assert code == 2
    assert "answered: invalid_auth. Try: naru doctor" in err
    assert "Traceback" not in err


async def test_serve_with_an_unknown_channel_is_a_sentence(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "shop.yml").write_text(POLICY.replace("releases-shop", "nowhere"), "utf-8")
    code, _, err = await _said(environment, "serve")
    assert code == 2
    assert err.splitlines()[-1].startswith("The channel #nowhere of project shop is not there")


async def test_doctor_finds_a_good_installation_good(environment: dict[str, str]) -> None:
    process = await _naru(environment, "serve")
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), 30)
    code, out, _ = await _said(environment, "doctor")
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.communicate(), 30)
    assert [line for line in out.splitlines() if not line.startswith("✓")] == []
    assert code == 0
    assert "✓ All scopes of the manifest are granted" in out.splitlines()


async def test_doctor_names_the_steps_that_nobody_can_take(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "shop.yml").write_text(POLICY.replace("  devops: {users: [U0JUNHO002]}\n", ""), "utf-8")
    process = await _naru(environment, "serve")
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), 30)
    code, out, _ = await _said(environment, "doctor")
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.communicate(), 30)
    (wrong,) = [line for line in out.splitlines() if not line.startswith("✓")]
    assert wrong == (
        "✗ shop: nobody holds oncall / devops (oncall_standing_by); devops (step_done, rollout_complete). "
        "Give the role with /release roles."
    )
    assert code == 1


async def test_doctor_names_what_is_wrong(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "shop.yml").write_text("project: shop\n", "utf-8")
    code, out, _ = await _said(environment | {"NARU_SLACK_BOT_TOKEN": "xoxb-wrong"}, "doctor")
    assert code == 1
    bad = [line for line in out.splitlines() if line.startswith("✗")]
    assert [line.split(":")[0] for line in bad] == [
        "✗ Policies cannot be used",
        "✗ The database",
        "✗ Slack does not take the bot token",
    ]


def test_doctor_names_missing_scopes() -> None:
    granted = ",".join(sorted(examining.wanted_scopes() - {"pins:write", "im:write"}))
    finding = examining._scopes(granted)
    assert finding.data["problem"] == "im:write, pins:write"
    assert finding.health is examining.Health.BAD


def test_doctor_without_its_manifest_says_where_it_belongs(tmp_path: Path) -> None:
    nowhere = tmp_path / "manifest.yml"

    finding = examining._scopes("chat:write", nowhere)

    assert finding_line(Reader("en", "UTC"), finding) == (
        f"– The scopes could not be compared: {nowhere} is not there. Put Naru's manifest.yml there and try again."
    )
    assert finding_line(Reader("ko", "UTC"), finding) == (
        f"– 권한을 비교하지 못했습니다. {nowhere} 파일이 없습니다. Naru의 manifest.yml을 그 위치에 두고 다시 시도해 주십시오."
    )
