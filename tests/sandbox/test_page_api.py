from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox, Storefront

SHOP, HANEUL, EMMA = "C0RELSHOP1", "U0HANEUL01", "U0EMMA0007"


class Steps:
    """A clock that only its owner moves."""

    rate = 1.0

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        self.at += by

    def set_rate(self, rate: float) -> None:
        self.rate = rate


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    command = {"command": "/release", "usage_hint": "[start|status]", "description": "Releases"}
    events = {"bot_events": ["user_change", "app_home_opened", "member_joined_channel"]}
    manifest = {
        "features": {"slash_commands": [command]},
        "settings": {"event_subscriptions": events, "interactivity": {"is_enabled": True}},
        "oauth_config": {
            "scopes": {"bot": ["chat:write", "commands", "pins:write", "files:write", "users:read"]}
        },
    }
    box = await Sandbox.start(manifest=manifest, clock=Steps(), guide=lambda: {"steps": []})
    yield box
    await box.stop()


@pytest.fixture
async def page(box: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(box.url) as session:
        yield session


async def get(page: aiohttp.ClientSession, path: str) -> Any:
    async with page.get(path) as answer:
        return await answer.json()


async def post(page: aiohttp.ClientSession, name: str, /, **body: Any) -> Any:
    async with page.post(f"/ui/{name}", json=body) as answer:
        return await answer.json()


async def test_state_tells_who_i_am_and_what_i_may_see(page: aiohttp.ClientSession) -> None:
    state = await get(page, "/ui/state?as=haneul")
    assert (state["me"]["id"], state["locale"], state["tz"]) == (HANEUL, "ko-KR", "Asia/Seoul")
    assert state["commands"] == [
        {"command": "/release", "usage_hint": "[start|status]", "description": "Releases"}
    ]
    assert state["clock"] == {"now": 1772442000.0, "rate": 1.0, "movable": True}
    assert state["guide"] == {"steps": []}
    assert [(c["name"], c["is_im"], c["is_member"]) for c in state["channels"]] == [
        ("general", False, True),
        ("releases-shop", False, True),
        ("releases-api", False, True),
        ("", True, True),
    ]


async def test_guest_and_stranger_see_only_where_they_are(page: aiohttp.ClientSession) -> None:
    for name in ("guest", "stranger"):
        state = await get(page, f"/ui/state?as={name}")
        assert [c["name"] for c in state["channels"] if not c["is_im"]] == ["releases-shop"]
        async with page.get(f"/ui/channel/releases-api?as={name}") as answer:
            assert answer.status == 404


async def test_message_is_posted_as_typed_and_unread_for_others(page: aiohttp.ClientSession) -> None:
    sent = await post(page, "post", **{"as": "emma"}, channel=SHOP, text="<b> @haneul")
    haneul = await get(page, "/ui/state?as=haneul")
    shop = next(c for c in haneul["channels"] if c["id"] == SHOP)
    told = await get(page, f"/ui/channel/{SHOP}?as=haneul")
    assert (shop["unread"], shop["mention_count"]) == (1, 1)
    assert [(m["ts"], m["text"], m["bot"]) for m in told["messages"]] == [
        (sent["ts"], f"&lt;b&gt; <@{HANEUL}>", None)
    ]
    await post(page, "read", **{"as": "haneul"}, channel=SHOP)
    again = await get(page, "/ui/state?as=haneul")
    assert next(c for c in again["channels"] if c["id"] == SHOP)["unread"] == 0


async def test_stream_tells_ephemerals_to_their_reader_only(
    box: Sandbox, page: aiohttp.ClientSession
) -> None:
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    haneul, emma = await page.get("/ui/events?as=haneul"), await page.get("/ui/events?as=emma")
    private = await client.chat_postEphemeral(channel=SHOP, user=EMMA, text="psst")
    public = await client.chat_postMessage(channel=SHOP, text="all")
    expected = {"type": "message", "channel": SHOP, "ts": public["ts"]}
    assert await _next(emma) == {"type": "ephemeral", "channel": SHOP, "ts": private["message_ts"]}
    assert await _next(emma) == expected
    assert await _next(haneul) == expected
    haneul.close()
    emma.close()


async def _next(stream: aiohttp.ClientResponse) -> Any:
    while True:
        line = await asyncio.wait_for(stream.content.readline(), 20)
        if line.startswith(b"data: "):
            return json.loads(line[6:])


async def test_clock_is_moved_and_everybody_is_told(box: Sandbox, page: aiohttp.ClientSession) -> None:
    stream = await page.get("/ui/events?as=haneul")
    moved = await post(page, "clock", **{"as": "emma"}, advance_seconds=3600)
    assert moved["clock"]["now"] == 1772445600.0
    assert await _next(stream) == {"type": "clock", "now": 1772445600.0, "rate": 1.0, "movable": True}
    assert (await post(page, "clock", **{"as": "emma"}, rate=60))["clock"]["rate"] == 60.0
    stream.close()


async def test_persona_changes_language_and_zone(box: Sandbox, page: aiohttp.ClientSession) -> None:
    done = await post(page, "persona", **{"as": "haneul"}, locale="en-US", tz="Europe/Berlin")
    assert (done["me"]["locale"], done["me"]["tz"]) == ("en-US", "Europe/Berlin")
    await box.wait_quiet()
    event = box.acting.delivery.log[0][1]["event"]
    assert (event["type"], event["user"]["locale"]) == ("user_change", "en-US")
    wrong = await post(page, "persona", **{"as": "haneul"}, tz="Moon/Crater")
    assert wrong == {"ok": False, "error": "invalid_time_zone"}


async def test_action_from_the_page_reaches_the_app_with_its_state(
    box: Sandbox, page: aiohttp.ClientSession
) -> None:
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    options = [{"text": {"type": "plain_text", "text": t}, "value": t} for t in ("a", "b")]
    select = {"type": "static_select", "action_id": "pick", "options": options}
    blocks = [{"type": "actions", "block_id": "row", "elements": [select]}]
    ts = (await client.chat_postMessage(channel=SHOP, text="x", blocks=blocks))["ts"]
    container = {"type": "message", "channel": SHOP, "ts": ts}
    action = {"block_id": "row", "action_id": "pick", "selected_option": {"value": "b", "text": "forged"}}
    answer = await post(page, "action", **{"as": "emma"}, container=container, action=action)
    payload = box.acting.delivery.log[-1][1]
    assert answer == {"ok": False, "error": "app_unreachable"}
    assert payload["actions"][0]["selected_option"] == options[1]
    assert payload["state"]["values"]["row"]["pick"]["selected_option"] == options[1]
    mine = (await get(page, f"/ui/channel/{SHOP}?as=emma"))["messages"][0]["values"]
    theirs = (await get(page, f"/ui/channel/{SHOP}?as=haneul"))["messages"][0]["values"]
    assert (mine["row"]["pick"]["selected_option"], theirs) == (options[1], {})


def _approve(value: str, text: str) -> list[dict[str, object]]:
    button = {"type": "button", "action_id": "approve", "value": value}
    label = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    words = {"type": "plain_text", "text": text}
    return [label, {"type": "actions", "elements": [{**button, "text": words}]}]


async def test_button_pressed_as_it_was_drawn_a_moment_ago_still_reaches_the_app(
    box: Sandbox, page: aiohttp.ClientSession
) -> None:
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    ts = (await client.chat_postMessage(channel=SHOP, text="x", blocks=_approve("rc.1", "Approve")))["ts"]
    drawn = (await get(page, f"/ui/channel/{SHOP}?as=emma"))["messages"][0]["blocks"][1]
    for number in (2, 3):
        await client.chat_update(channel=SHOP, ts=ts, text="x", blocks=_approve(f"rc.{number}", "Approve it"))
    container = {"type": "message", "channel": SHOP, "ts": ts}
    action = {"block_id": drawn["block_id"], "action_id": "approve"}
    await post(page, "action", **{"as": "emma"}, container=container, action=action)
    sent = box.acting.delivery.log[-1][1]["actions"][0]
    assert (sent["block_id"], sent["value"], sent["text"]["text"]) == (drawn["block_id"], "rc.1", "Approve")


async def test_view_is_pressed_as_it_was_drawn_as_well(box: Sandbox, page: aiohttp.ClientSession) -> None:
    views = box.workspace.views
    drawn = views.publish(EMMA, "V1", {"type": "home", "blocks": _approve("one", "Approve")}).body["blocks"][
        1
    ]
    views.publish(EMMA, "V1", {"type": "home", "blocks": _approve("two", "Approve")})
    action = {"block_id": drawn["block_id"], "action_id": "approve"}
    await post(page, "action", **{"as": "emma"}, container={"type": "home"}, action=action)
    assert box.acting.delivery.log[-1][1]["actions"][0]["value"] == "one"


async def test_button_that_was_never_shown_is_not_pressed(box: Sandbox, page: aiohttp.ClientSession) -> None:
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    ts = (await client.chat_postMessage(channel=SHOP, text="x", blocks=_approve("rc.1", "Approve")))["ts"]
    await client.chat_update(channel=SHOP, ts=ts, text="x", blocks=[_approve("", "Approved")[0]])
    container = {"type": "message", "channel": SHOP, "ts": ts}
    for names in ({"block_id": "other", "action_id": "approve"}, {"action_id": "approve"}):
        answer = await post(page, "action", **{"as": "emma"}, container=container, action=names)
        assert not answer["ok"]
    assert not box.acting.delivery.log


async def test_home_is_opened_once_and_read_quietly(box: Sandbox, page: aiohttp.ClientSession) -> None:
    assert await get(page, "/ui/home?as=emma") == {"view": None}
    await get(page, "/ui/home?as=emma&quiet=1")
    await box.wait_quiet()
    opened = {p["event_id"] for _, p, _ in box.acting.delivery.log}
    assert len(opened) == 1


async def test_picture_is_shown_to_the_page_by_its_own_address(
    box: Sandbox, page: aiohttp.ClientSession
) -> None:
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    done = await client.files_upload_v2(filename="chart.png", content=b"png")
    picture = {"type": "image", "slack_file": {"id": done["file"]["id"]}, "alt_text": "chart"}
    await client.chat_postMessage(channel=SHOP, text="chart", blocks=[picture])
    block = (await get(page, f"/ui/channel/{SHOP}?as=emma"))["messages"][0]["blocks"][0]
    async with page.get(block["slack_file"]["url_private"]) as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", b"png")


async def test_reaction_is_toggled(box: Sandbox, page: aiohttp.ClientSession) -> None:
    sent = await post(page, "post", **{"as": "emma"}, channel=SHOP, text="hi")
    body = {"as": "haneul", "channel": SHOP, "ts": sent["ts"], "name": "eyes"}
    await post(page, "react", **body)
    told = (await get(page, f"/ui/channel/{SHOP}?as=emma"))["messages"][0]["reactions"]
    await post(page, "react", **body)
    after = (await get(page, f"/ui/channel/{SHOP}?as=emma"))["messages"][0]["reactions"]
    assert (told, after) == ([{"name": "eyes", "users": [HANEUL], "count": 1}], [])


async def test_unknown_command_never_leaves(box: Sandbox, page: aiohttp.ClientSession) -> None:
    answer = await post(page, "slash", **{"as": "emma"}, channel=SHOP, text="/deploy x")
    assert answer == {"ok": False, "error": "invalid_command"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
async def test_requests_from_other_sites_are_refused(
    page: aiohttp.ClientSession, headers: dict[str, str], status: int
) -> None:
    body = json.dumps({"as": "emma", "channel": SHOP, "text": "forged"})
    sent = {"Content-Type": "application/json", **headers}
    async with page.post("/ui/post", data=body, headers=sent) as answer:
        assert answer.status == status


async def test_page_has_a_strict_policy_and_serves_only_its_own_files(page: aiohttp.ClientSession) -> None:
    async with page.get("/") as index:
        policy = index.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    for path in ("/ui/static/..%2Fserver.py", "/ui/static/%2e%2e/server.py", "/ui/static/nothing.js"):
        async with page.get(path) as answer:
            assert answer.status == 404


async def test_nobody_acts_as_the_app(box: Sandbox, page: aiohttp.ClientSession) -> None:
    async with page.get(f"/ui/state?as={box.bot_user_id}") as answer:
        assert answer.status == 404


async def test_server_listens_on_this_machine_only(box: Sandbox) -> None:
    assert [a[0] for a in box._runner.addresses] == ["127.0.0.1"]


async def test_modal_is_read_submitted_and_closed_by_the_page(
    box: Sandbox, page: aiohttp.ClientSession
) -> None:
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    element = {"type": "plain_text_input", "action_id": "text"}
    label = {"type": "plain_text", "text": "Why"}
    block = {"type": "input", "block_id": "why", "label": label, "element": element}
    view = {"type": "modal", "title": label, "submit": label, "blocks": [block]}
    await client.views_open(trigger_id=box.workspace.triggers.issue(EMMA), view=view)
    (shown,) = (await get(page, "/ui/view?as=emma"))["stack"]
    assert (await get(page, "/ui/view?as=haneul"))["stack"] == []
    empty = await post(page, "submit", **{"as": "emma"}, view_id=shown["id"], values={})
    assert empty == {"ok": False, "errors": {"why": "Please complete this required field."}}
    assert (await get(page, "/ui/view?as=emma"))["errors"] == empty["errors"]
    typed = {"why": {"text": {"type": "plain_text_input", "value": "because"}}}
    sent = await post(page, "submit", **{"as": "emma"}, view_id=shown["id"], values=typed)
    assert sent == {"ok": False, "error": "app_unreachable"}
    payload = box.acting.delivery.log[-1][1]
    assert payload["view"]["state"]["values"] == typed
    theirs = await post(page, "submit", **{"as": "haneul"}, view_id=shown["id"], values=typed)
    assert theirs == {"ok": False, "error": "view_not_found"}
    assert await post(page, "close", **{"as": "emma"}, view_id=shown["id"]) == {"ok": True}
    assert (await get(page, "/ui/view?as=emma"))["stack"] == []


async def test_thread_is_shown_apart_from_its_channel(box: Sandbox, page: aiohttp.ClientSession) -> None:
    parent = (await post(page, "post", **{"as": "emma"}, channel=SHOP, text="card"))["ts"]
    await post(page, "post", **{"as": "haneul"}, channel=SHOP, text="re", thread_ts=parent)
    channel = (await get(page, f"/ui/channel/{SHOP}?as=emma"))["messages"]
    thread = (await get(page, f"/ui/thread/{SHOP}/{parent}?as=emma"))["messages"]
    assert [(m["text"], m["reply_count"], m["reply_users"]) for m in channel] == [("card", 1, [HANEUL])]
    assert [m["text"] for m in thread] == ["card", "re"]


async def test_person_leaves_and_joins_from_the_page(box: Sandbox, page: aiohttp.ClientSession) -> None:
    await post(page, "leave", **{"as": "emma"}, channel=SHOP)
    state = await get(page, "/ui/state?as=emma")
    assert [c["is_member"] for c in state["channels"] if c["id"] == SHOP] == [False]
    await post(page, "join", **{"as": "emma"}, channel=SHOP)
    told = (await get(page, f"/ui/channel/{SHOP}?as=emma"))["messages"]
    assert [m["subtype"] for m in told] == ["channel_leave", "channel_join"]


async def test_reset_is_told_to_every_page(box: Sandbox, page: aiohttp.ClientSession) -> None:
    stream = await page.get("/ui/events?as=haneul")
    assert await post(page, "reset", **{"as": "emma"}) == {"ok": True}
    assert await _next(stream) == {"type": "reset"}
    stream.close()


async def test_the_shop_is_shown_and_switched_by_the_page(box: Sandbox, page: aiohttp.ClientSession) -> None:
    shop = await Storefront.start(version="1.4.2", clock=Steps())
    calls = {"token": "naru_1", "lines": {"ko": {"gate": "curl"}, "en": {"gate": "curl"}}}
    box.show_shop(shop, lambda: calls)
    async with page.get(f"/ui/events?as={HANEUL}") as stream:
        assert await post(page, "shop", fails=True) == {"ok": True}
        assert await _next(stream) == {"type": "shop"}
    assert (await get(page, f"/ui/state?as={HANEUL}"))["shop"] == {
        "staging": "1.4.2",
        "production": [{"version": "1.4.2", "percent": 100, "fails": False}],
        "deploying": [],
        "fails_next": True,
        "calls": calls,
    }
    await shop.stop()


async def test_without_a_shop_there_is_nothing_to_switch(box: Sandbox, page: aiohttp.ClientSession) -> None:
    assert (await get(page, f"/ui/state?as={HANEUL}"))["shop"] is None
    refused = {"ok": False, "error": "not_supported"}
    assert await post(page, "shop", fails=True) == refused
