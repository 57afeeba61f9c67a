from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox import Faults, NotPossible, Sandbox
from sandbox.delivery_http import signature

SHOP = "C0RELSHOP1"


@dataclass
class App:
    """A request URL that answers what it is told to and keeps what it got."""

    status: int = 200
    body: str = ""
    content_type: str = "application/json"
    wait: float = 0.0
    first_wait: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        self.queries += [request.query["replica"]] if "replica" in request.query else []
        self.got.append((dict(request.headers), await request.read()))
        await asyncio.sleep(self.wait or self.first_wait if len(self.got) == 1 else self.wait)
        return web.Response(
            status=self.status, text=self.body, content_type=self.content_type, headers=self.headers
        )

    def payloads(self) -> list[dict[str, Any]]:
        found = []
        for headers, body in self.got:
            if headers["Content-Type"] == "application/json":
                found.append(json.loads(body))
            else:
                fields = {k: v[0] for k, v in parse_qs(body.decode(), keep_blank_values=True).items()}
                found.append(json.loads(fields["payload"]) if "payload" in fields else fields)
        return found


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    box = await Sandbox.start(answer_seconds=0.4, retry_scale=0.0005)
    yield box
    await box.stop()


@pytest.fixture
async def app(box: Sandbox) -> AsyncIterator[App]:
    app = App()
    server = web.Application()
    server.router.add_post("/slack/events", app.handle)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    box.deliver_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield app
    await runner.cleanup()


def test_signature_is_the_one_of_slacks_documentation() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
        b"%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", 1531420618, body) == expected


async def test_every_kind_of_request_is_signed(box: Sandbox, app: App) -> None:
    emma = box.person("emma")
    await emma.slash("#releases-shop", "/release status v1.5.0")
    await emma.say("#releases-shop", "@naru hi")
    verifier = SignatureVerifier(box.signing_secret)
    assert len(app.got) == 2
    assert all(verifier.is_valid_request(body, headers) for headers, body in app.got)


async def test_command_form_has_slacks_fields(box: Sandbox, app: App) -> None:
    emma = box.person("emma")
    await emma.slash("#releases-shop", "/release  log payload=1 & <b> 한글 @haneul  ")
    form = app.payloads()[0]
    assert {k: v for k, v in form.items() if k not in ("token", "trigger_id", "response_url")} == {
        "team_id": box.team_id,
        "team_domain": "naru-demo",
        "channel_id": SHOP,
        "channel_name": "releases-shop",
        "user_id": emma.user.id,
        "user_name": "emma",
        "command": "/release",
        "text": "log payload=1 & <b> 한글 @haneul",
        "api_app_id": "A0NARUAPP1",
        "is_enterprise_install": "false",
    }
    assert app.got[0][0]["Content-Type"] == "application/x-www-form-urlencoded"


async def test_command_that_should_be_escaped_names_people_and_channels_by_id() -> None:
    command = {"command": "/release", "should_escape": True}
    box = await Sandbox.start(manifest={"features": {"slash_commands": [command]}})
    await box.person("emma").slash("#releases-shop", "/release ic @minjae #general <now> @nobody")
    sent = box.acting.delivery.log[-1][1]["text"]
    await box.stop()
    assert sent == "ic <@U0MINJAE06|minjae> <#C0GENERAL0|general> &lt;now&gt; @nobody"


async def test_command_that_the_manifest_lacks_never_leaves_the_client(app: App) -> None:
    box = await Sandbox.start(manifest={"features": {"slash_commands": [{"command": "/release"}]}})
    reaction = await box.person("emma").slash("#releases-shop", "/deploy now")
    await box.stop()
    assert (reaction.status, app.got) == ("invalid_command", [])


@pytest.mark.parametrize(
    ("status", "wait", "error"), [(500, 0, "http_status"), (200, 0.8, "operation_timeout")]
)
async def test_command_that_fails_is_not_tried_again(
    box: Sandbox, app: App, status: int, wait: float, error: str
) -> None:
    app.status, app.wait = status, wait
    reaction = await box.person("emma").slash("#releases-shop", "/release x")
    await asyncio.sleep(0.3)
    assert (reaction.status, len(app.got)) == (error, 1)


async def test_answer_in_channel_shows_the_command_as_well(box: Sandbox, app: App) -> None:
    app.body = json.dumps({"response_type": "in_channel", "text": "All green"})
    await box.person("emma").slash("#releases-shop", "/release status")
    seen = [(m.author, m.text) for m in box.person("haneul").sees("#releases-shop")]
    assert seen == [("Emma Jones", "/release status"), ("Naru", "All green")]


async def test_plain_text_answer_is_ephemeral(box: Sandbox, app: App) -> None:
    app.body, app.content_type = "Done", "text/plain"
    assert (await box.person("emma").slash("#releases-shop", "/release status")).ephemerals == ("Done",)


async def test_failed_event_is_tried_three_times_more_with_number_and_reason(box: Sandbox, app: App) -> None:
    app.status = 500
    await box.person("emma").say("#releases-shop", "@naru hi")
    await asyncio.sleep(0.5)
    tries = [(h.get("X-Slack-Retry-Num"), h.get("X-Slack-Retry-Reason")) for h, _ in app.got]
    assert tries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({p["event_id"] for p in app.payloads()}) == 1


async def test_slow_event_is_tried_again_for_its_timeout(box: Sandbox, app: App) -> None:
    app.first_wait = 0.8
    await box.person("emma").say("#releases-shop", "@naru hi")
    await asyncio.sleep(0.3)
    assert [h.get("X-Slack-Retry-Reason") for h, _ in app.got] == [None, "http_timeout"]


async def test_event_is_not_tried_again_when_the_app_says_so(box: Sandbox, app: App) -> None:
    app.status, app.headers = 500, {"X-Slack-No-Retry": "1"}
    await box.person("emma").say("#releases-shop", "@naru hi")
    await asyncio.sleep(0.3)
    assert len(app.got) == 1


async def test_only_subscribed_events_are_sent(app: App) -> None:
    subscribed = {"bot_events": ["member_joined_channel", "message.channels"]}
    scopes = {"scopes": {"bot": ["channels:read", "channels:history"]}}
    manifest = {"settings": {"event_subscriptions": subscribed}, "oauth_config": scopes}
    box = await Sandbox.start(manifest=manifest)
    guest = box.person("guest")
    await guest.say("#releases-shop", "@naru hi")
    for channel in ("#general", "#releases-shop"):
        await box.person("alex").leave(channel)
        await box.person("alex").join(channel)
    sent = {p["event_id"]: p["event"]["type"] for _, p, _ in box.acting.delivery.log}
    await box.stop()
    assert sorted(sent.values()) == ["member_joined_channel", "message", "message", "message"]


async def test_group_change_newcomer_and_leaver_are_events(box: Sandbox, app: App) -> None:
    box.set_group("release-approvers", ["haneul", "priya"])
    await box.wait_quiet()
    box.deactivate("priya")
    await box.wait_quiet()
    events = [p["event"] for p in app.payloads()]
    changes = [
        (e["added_users"], e["removed_users"]) for e in events if e["type"] == "subteam_members_changed"
    ]
    assert changes == [(["U0PRIYA005"], ["U0ALEX0008"]), ([], ["U0PRIYA005"])]
    assert [e["user"]["deleted"] for e in events if e["type"] == "user_change"] == [True]
    with pytest.raises(NotPossible):
        await box.person("priya").slash("#releases-shop", "/release x")


async def test_doubled_and_lost_acknowledgements_of_events(box: Sandbox, app: App) -> None:
    box.faults = Faults(1.0, kinds=["event_twice"])
    await box.person("emma").say("#releases-shop", "@naru hi")
    box.faults = Faults(1.0, kinds=["ack_lost"])
    await box.person("emma").say("#releases-shop", "@naru again")
    await asyncio.sleep(0.1)
    ids = [p["event_id"] for p in app.payloads()]
    retries = [h.get("X-Slack-Retry-Num") for h, _ in app.got]
    assert (ids[0] == ids[1], ids[2] == ids[3], retries) == (True, True, [None, None, None, "1"])


async def test_stranger_is_shown_with_their_own_team(box: Sandbox, app: App) -> None:
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
    await client.chat_postMessage(channel=SHOP, text="card", blocks=blocks)
    await box.person("stranger").press("Go", in_="#releases-shop")
    payload = app.payloads()[0]
    assert (payload["user"]["team_id"], payload["team"]["id"]) == ("T0PARTNER1", "T0PARTNER1")
    assert payload["message"]["team"] == box.team_id
    assert {k: v for k, v in payload["actions"][0].items() if k != "action_ts"} == {
        "type": "button",
        "action_id": "go",
        "block_id": "row",
        "text": {"type": "plain_text", "text": "Go"},
    }


async def test_late_and_double_clicks_reach_the_app(box: Sandbox, app: App) -> None:
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go", "value": "1"}
    blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
    card = await client.chat_postMessage(channel=SHOP, text="card", blocks=blocks)
    emma = box.person("emma")
    await emma.press_twice("Go", in_="#releases-shop")
    held = emma.hold("Go", in_="#releases-shop")
    await client.chat_update(channel=SHOP, ts=card["ts"], text="over", blocks=[])
    with pytest.raises(NotPossible):
        await emma.press("Go", in_="#releases-shop")
    await emma.press_late(held)
    actions = [p["actions"][0]["value"] for p in app.payloads()]
    triggers = {p["trigger_id"] for p in app.payloads()}
    assert (actions, len(triggers)) == (["1", "1", "1"], 3)


async def test_response_url_serves_five_times(box: Sandbox, app: App) -> None:
    emma = box.person("emma")
    await emma.slash("#general", "/release x")
    hook = AsyncWebhookClient(app.payloads()[0]["response_url"])
    answers = [await hook.send(text=str(n)) for n in range(6)]
    assert [a.status_code for a in answers] == [200] * 5 + [404]
    assert json.loads(answers[-1].body) == {"ok": False, "error": "used_url"}
    assert [m.text for m in emma.sees("#general") if m.ephemeral] == ["0", "1", "2", "3", "4"]


async def test_response_url_replaces_and_deletes_an_ephemeral(box: Sandbox, app: App) -> None:
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    blocks = [{"type": "actions", "elements": [button]}]
    emma = box.person("emma")
    await client.chat_postEphemeral(channel=SHOP, user=emma.user.id, text="sure?", blocks=blocks)
    await emma.press("Go", in_="#releases-shop")
    payload = app.payloads()[0]
    assert (payload["container"]["is_ephemeral"], "message" in payload) == (True, False)
    hook = AsyncWebhookClient(payload["response_url"])
    await hook.send(text="done", replace_original=True)
    assert [m.text for m in emma.sees("#releases-shop")] == ["done"]
    await hook.send(delete_original=True)
    assert emma.sees("#releases-shop") == []


async def test_response_url_refuses_what_slack_refuses(box: Sandbox, app: App) -> None:
    await box.person("emma").slash("#general", "/release x")
    url = app.payloads()[0]["response_url"]
    block = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    async with aiohttp.ClientSession() as session:
        answers = []
        for body in ("{", json.dumps({"blocks": [block]}), json.dumps({})):
            async with session.post(url, data=body) as answer:
                answers.append((answer.status, (await answer.json())["error"]))
        async with session.post(url[:-3] + "abc", data="{}") as wrong:
            answers.append((wrong.status, (await wrong.json())["error"]))
    assert answers == [
        (400, "invalid_payload"),
        (400, "invalid_blocks"),
        (400, "no_text"),
        (404, "expired_url"),
    ]


async def test_many_people_press_at_once_and_every_click_arrives(box: Sandbox, app: App) -> None:
    box.http.answer_seconds = 60.0  # a hundred at once: how fast they are answered is not asked here
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    await client.chat_postMessage(channel=SHOP, text="x", blocks=[{"type": "actions", "elements": [button]}])
    names = ["haneul", "junho", "sora", "daniel", "priya", "minjae", "emma", "alex", "guest", "stranger"]
    clicks = [box.person(name).press("Go", in_="#releases-shop") for name in names * 10]
    reactions = await asyncio.gather(*clicks)
    pressed = Counter(p["user"]["name"] for p in app.payloads())
    assert {r.status for r in reactions} == {"ok"}
    assert pressed == dict.fromkeys(names, 10)


async def test_replicas_behind_one_address_take_turns(box: Sandbox, app: App) -> None:
    (url,) = box.http.urls
    box.deliver_http(url + "?replica=1", url + "?replica=2")
    for n in range(4):
        await box.person("emma").slash("#releases-shop", f"/release {n}")
    assert Counter(app.queries) == {"1": 2, "2": 2}
