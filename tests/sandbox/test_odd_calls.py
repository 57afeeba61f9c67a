from __future__ import annotations

import json
import random
from typing import Any

import aiohttp

from sandbox import Sandbox

ODD: list[Any] = [
    None,
    True,
    5,
    -1,
    1.5,
    "",
    "x",
    "[",
    "{}",
    "[]",
    [],
    {},
    [1],
    [None],
    {"type": "x"},
    "C0RELSHOP1",
]
NAMES = [
    "channel",
    "channel_id",
    "channels",
    "users",
    "user",
    "user_id",
    "users",
    "text",
    "blocks",
    "attachments",
    "metadata",
    "view",
    "view_id",
    "trigger_id",
    "external_id",
    "hash",
    "ts",
    "timestamp",
    "message_ts",
    "thread_ts",
    "oldest",
    "latest",
    "limit",
    "cursor",
    "types",
    "name",
    "topic",
    "purpose",
    "is_private",
    "files",
    "file",
    "filename",
    "length",
    "title",
    "type",
    "link",
    "bookmark_id",
    "emoji",
    "usergroup",
    "email",
    "token",
]


async def test_odd_arguments_get_an_error_code_and_never_a_server_error(box: Sandbox) -> None:
    chance = random.Random(7)
    headers = {"Authorization": f"Bearer {box.bot_token}"}
    statuses: dict[int, list[tuple[str, Any]]] = {}
    async with aiohttp.ClientSession(headers=headers) as session:
        for method in sorted(box.door.methods):
            for _ in range(25):
                args = {n: chance.choice(ODD) for n in chance.sample(NAMES[:-1], 8)}
                args |= {"channel": "C0RELSHOP1", "channel_id": "C0RELSHOP1"} if chance.random() < 0.7 else {}
                sent: Any = {"json": args} if box.door.methods[method].takes_json else {"data": _form(args)}
                async with session.post(box.api_url + method, **sent) as answer:
                    statuses.setdefault(answer.status, []).append((method, args))
                    assert answer.status != 200 or "ok" in await answer.json()
    assert list(statuses) == [200], {s: calls[:3] for s, calls in statuses.items() if s != 200}


def _form(args: dict[str, Any]) -> dict[str, str]:
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in args.items() if v is not None}


async def test_odd_page_requests_get_an_error_and_never_a_server_error(box: Sandbox) -> None:
    chance = random.Random(11)
    names = [
        "channel",
        "text",
        "ts",
        "name",
        "action",
        "container",
        "view_id",
        "values",
        "state",
        "rate",
        "advance_seconds",
        "locale",
        "tz",
    ]
    odd = [*ODD, {"type": "message"}, {"type": "view", "view_id": 4}, {"type": "home"}]
    statuses: dict[int, list[tuple[str, Any]]] = {}
    async with aiohttp.ClientSession() as session:
        for name in (
            "slash",
            "post",
            "action",
            "submit",
            "close",
            "join",
            "persona",
            "clock",
            "read",
            "react",
        ):
            for _ in range(40):
                body = {"as": "emma", **{n: chance.choice(odd) for n in chance.sample(names, 6)}}
                async with session.post(f"{box.url}/ui/{name}", json=body) as answer:
                    statuses.setdefault(answer.status, []).append((name, body))
    assert set(statuses) <= {200, 400, 404}, {s: calls[:3] for s, calls in statuses.items() if s >= 500}
