from __future__ import annotations

import asyncio
import json
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox

SHOP = "C0RELSHOP1"


async def test_workspace_is_the_same_after_a_restart(tmp_path: Path) -> None:
    box = await Sandbox.start(state_dir=tmp_path)
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    metadata = {"event_type": "card", "event_payload": {"id": 7}}
    ts = (await client.chat_postMessage(channel=SHOP, text="card", metadata=metadata))["ts"]
    await client.pins_add(channel=SHOP, timestamp=ts)
    await client.files_upload_v2(filename="a.png", content=b"png", channel=SHOP)
    room = (await client.conversations_create(name="room"))["channel"]["id"]
    await client.views_publish(user_id="U0EMMA0007", view={"type": "home", "blocks": []})
    await client.chat_postMessage(channel="U0EMMA0007", text="direct")
    await asyncio.sleep(0.1)
    box.set_group("release-approvers", ["sora"])
    secrets = box.keys
    await box.stop()

    again = await Sandbox.start(state_dir=tmp_path)
    client = AsyncWebClient(token=again.bot_token, base_url=again.api_url)
    history = await client.conversations_history(channel=SHOP, include_all_metadata=True)
    emma = again.person("emma")
    found = (
        again.keys == secrets,
        [m.get("metadata") for m in history["messages"]],
        (await client.conversations_info(channel=room))["channel"]["name"],
        emma.home_now is not None,
        [m.text for m in emma.dms()],
        again.workspace.groups["S0APPROVE1"].members,
        list(again.workspace.uploads.values()),
    )
    later = (await client.chat_postMessage(channel=SHOP, text="later"))["ts"]
    fresh = (await client.conversations_create(name="another"))["channel"]["id"]
    await again.stop()
    assert found == (True, [None, metadata], "room", True, ["direct"], ["U0SORA0003"], [b"png"])
    assert later > ts
    assert fresh != room


async def test_changes_are_on_disk_a_moment_later(tmp_path: Path) -> None:
    box = await Sandbox.start(state_dir=tmp_path)
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    await client.chat_postMessage(channel=SHOP, text="kept though nobody stops us")
    await asyncio.sleep(0.4)
    kept = (tmp_path / "workspace.json").read_text("utf-8")
    mode = (tmp_path / "secrets.json").stat().st_mode & 0o777
    await box.stop()
    assert "kept though nobody stops us" in kept
    assert mode == 0o600


async def test_state_of_another_format_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "workspace.json").write_text(json.dumps({"format": 0}))
    box = await Sandbox.start(state_dir=tmp_path)
    names = {c.name for c in box.workspace.channels.values()}
    await box.stop()
    assert names == {"general", "releases-shop", "releases-api"}


async def test_reset_goes_back_to_the_seed_and_tells_the_demo() -> None:
    box = await Sandbox.start()
    told: list[str] = []
    box.on_reset = lambda: told.append("reset")
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    await client.conversations_create(name="room")
    await client.chat_postMessage(channel=SHOP, text="old")
    box.reset()
    seen = box.person("haneul").sees("#releases-shop")
    names = {c.name for c in box.workspace.channels.values()}
    await box.stop()
    assert (told, seen, names) == (["reset"], [], {"general", "releases-shop", "releases-api"})
