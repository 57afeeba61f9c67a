from __future__ import annotations

import time
from collections import Counter

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Faults, Sandbox
from sandbox.limits import Bucket

SHOP = "C0RELSHOP1"


def texts(box: Sandbox) -> list[str]:
    return [m.text for m in box.person("haneul").sees("#releases-shop")]


async def test_dropped_before_the_effect_leaves_nothing(box: Sandbox, client: AsyncWebClient) -> None:
    box.faults.once("chat.postMessage", "drop_before")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=SHOP, text="one")
    assert texts(box) == []
    await client.chat_postMessage(channel=SHOP, text="two")
    assert texts(box) == ["two"]


async def test_dropped_after_the_effect_leaves_the_message(box: Sandbox, client: AsyncWebClient) -> None:
    box.faults.once("chat.postMessage", "drop_after")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=SHOP, text="one")
    assert texts(box) == ["one"]
    assert [(c.method, c.ok, c.fault) for c in box.calls] == [("chat.postMessage", True, "drop_after")]


async def test_rate_limit_says_when_to_come_back(box: Sandbox, client: AsyncWebClient) -> None:
    box.faults = Faults(retry_after=7)
    box.faults.once("chat.postMessage", "rate_limit")
    with pytest.raises(SlackApiError) as failure:
        await client.chat_postMessage(channel=SHOP, text="one")
    answer = failure.value.response
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "7")


async def test_what_a_workspace_does_not_allow_is_refused_with_slacks_code(
    box: Sandbox, client: AsyncWebClient
) -> None:
    box.faults.refuse("conversations.create", "restricted_action")
    with pytest.raises(SlackApiError) as failure:
        await client.conversations_create(name="room")
    assert failure.value.response["error"] == "restricted_action"
    assert (await client.conversations_create(name="room"))["ok"]


async def test_server_error_is_no_json(box: Sandbox, client: AsyncWebClient) -> None:
    box.faults.once("auth.test", "server_error")
    with pytest.raises(SlackApiError) as failure:
        await client.auth_test()
    assert failure.value.response.status_code == 503


async def test_latency_delays_and_then_answers(box: Sandbox, client: AsyncWebClient) -> None:
    box.faults = Faults(latency=0.05)
    box.faults.once("auth.test", "latency")
    begun = time.monotonic()
    await client.auth_test()
    assert time.monotonic() - begun >= 0.05


def test_same_seed_gives_the_same_faults() -> None:
    def played(seed: int) -> list[str | None]:
        faults = Faults(0.3, seed)
        return [faults.for_call("chat.postMessage") for _ in range(1000)]

    assert played(1) == played(1) != played(2)
    counted = Counter(played(1))
    assert counted.keys() == {None, "latency", "server_error", "rate_limit", "drop_before", "drop_after"}
    assert 0.25 < 1 - counted[None] / 1000 < 0.35


def test_faults_can_be_kept_to_some_methods() -> None:
    faults = Faults(1.0, methods=["chat.update"])
    assert faults.for_call("chat.postMessage") is None
    assert faults.for_call("chat.update") is not None


async def test_slacks_own_limits_answer_429_only_when_switched_on() -> None:
    box = await Sandbox.start(enforce_rates=True)
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url, retry_handlers=[])
    answers = []
    for n in range(5):
        try:
            answers.append((await client.chat_postMessage(channel=SHOP, text=str(n))).status_code)
        except SlackApiError as limited:
            answers.append(limited.response.status_code)
    other = await client.chat_postMessage(channel="C0RELAPI02", text="elsewhere")
    await box.stop()
    assert (answers, other.status_code) == ([200, 200, 200, 429, 429], 200)


def test_bucket_fills_again_with_time() -> None:
    bucket = Bucket(capacity=2, per_second=0.5, level=2, at=0.0)
    assert [bucket.take(0.0) for _ in range(3)] == [0.0, 0.0, 2.0]
    assert bucket.take(1.0) == 1.0
    assert bucket.take(2.0) == 0.0
