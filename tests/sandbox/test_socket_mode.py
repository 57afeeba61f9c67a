from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox

Connect = Callable[[], Any]


@pytest.fixture
async def heard() -> list[tuple[int, SocketModeRequest]]:
    return []


@pytest.fixture
async def connect(box: Sandbox, heard: list[tuple[int, SocketModeRequest]]) -> AsyncIterator[Connect]:
    opened: list[SocketModeClient] = []

    async def connect() -> SocketModeClient:
        number = len(opened)
        web_client = AsyncWebClient(base_url=box.api_url)
        client = SocketModeClient(app_token=box.app_token, web_client=web_client, ping_interval=0.2)
        opened.append(client)

        async def listen(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
            heard.append((number, request))
            payload = (
                {"text": f"heard {request.payload['text']}"} if request.type == "slash_commands" else None
            )
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

        client.socket_mode_request_listeners.append(listen)
        await client.connect()
        return client

    yield connect
    for client in opened:
        await client.close()


async def test_command_goes_down_and_its_answer_comes_up(
    box: Sandbox, connect: Connect, heard: list[tuple[int, SocketModeRequest]]
) -> None:
    await connect()
    reaction = await box.person("haneul").slash("#releases-shop", "/release payload ssl_check")
    assert (reaction.status, reaction.ephemeral) == ("ok", "heard payload ssl_check")
    assert [r.type for _, r in heard] == ["slash_commands"]
    assert heard[0][1].accepts_response_payload is True


async def test_payloads_go_to_any_one_of_the_connections(
    box: Sandbox, connect: Connect, heard: list[tuple[int, SocketModeRequest]]
) -> None:
    await connect()
    await connect()
    for n in range(4):
        await box.person("haneul").slash("#releases-shop", f"/release {n}")
    assert sorted(number for number, _ in heard) == [0, 0, 1, 1]


async def test_connection_told_to_refresh_comes_back(box: Sandbox, connect: Connect) -> None:
    await connect()
    await box.socket.refresh(warn=True)
    await box.socket.refresh()
    assert (await box.person("haneul").slash("#releases-shop", "/release x")).status in (
        "ok",
        "app_unreachable",
    )
    await _until(lambda: len(box.socket.connections) == 1)
    assert (await box.person("haneul").slash("#releases-shop", "/release x")).ephemeral == "heard x"


async def test_connection_that_is_cut_comes_back(box: Sandbox, connect: Connect) -> None:
    await connect()
    box.socket.cut()
    await _until(lambda: [c for c in box.socket.connections if not c.closing] != [])
    assert (await box.person("haneul").slash("#releases-shop", "/release x")).ephemeral == "heard x"


async def test_event_without_acknowledgement_is_sent_again() -> None:
    box = await Sandbox.start(answer_seconds=0.25, retry_scale=0.001)
    envelopes: list[dict[str, Any]] = []
    async with aiohttp.ClientSession() as session, session.ws_connect(await _address(box)) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        await box.person("emma").say("#releases-shop", "@naru hello")
        while len(envelopes) < 3:
            envelopes.append(await socket.receive_json())
        await socket.send_json({"envelope_id": envelopes[-1]["envelope_id"]})
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(socket.receive_json(), 0.6)
    await box.stop()
    assert [(e["retry_attempt"], e["retry_reason"]) for e in envelopes] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
    ]
    assert len({e["payload"]["event_id"] for e in envelopes}) == 1


async def test_eleventh_connection_is_turned_away(box: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(await _address(box)) for _ in range(11)]
        greetings = [await s.receive_json() for s in sockets]
        for socket in sockets:
            await socket.close()
    assert [g["type"] for g in greetings] == ["hello"] * 10 + ["disconnect"]
    assert greetings[-1]["reason"] == "too_many_websockets"


async def test_ticket_opens_one_connection(box: Sandbox) -> None:
    address = await _address(box)
    async with aiohttp.ClientSession() as session:
        first = await session.ws_connect(address)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)
        await first.close()


async def _address(box: Sandbox) -> str:
    client = AsyncWebClient(base_url=box.api_url)
    return str((await client.apps_connections_open(app_token=box.app_token))["url"])


async def _until(condition: Callable[[], bool]) -> None:
    for _ in range(300):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen within three seconds")
