from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import DEMO_SEED, NotPossible, Sandbox, Seen


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


MODAL = {
    "type": "modal",
    "callback_id": "ask",
    "title": plain("Ask"),
    "submit": plain("Send"),
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": plain("Reason"),
            "element": {"type": "plain_text_input", "action_id": "text", "min_length": 3},
        },
        {
            "type": "input",
            "block_id": "kind",
            "label": plain("Kind"),
            "element": {
                "type": "static_select",
                "action_id": "one",
                "options": [{"text": plain("Small"), "value": "s"}, {"text": plain("Large"), "value": "l"}],
                "initial_option": {"text": plain("Small"), "value": "s"},
            },
        },
    ],
}


@pytest.fixture
async def bolt(box: Sandbox, client: AsyncWebClient) -> AsyncIterator[list[Any]]:
    """A tiny app behind HTTP, and what it heard."""
    heard: list[Any] = []
    app = AsyncApp(client=client, signing_secret=box.signing_secret, process_before_response=True)

    @app.command("/release")
    async def release(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        heard.append(("command", body["text"], body["user_id"], body["channel_id"]))
        if body["text"] == "modal":
            await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
            await ack()
        elif body["text"] == "card":
            await ack()
            blocks = [
                {"type": "section", "text": {"type": "mrkdwn", "text": f"*v1* by <@{body['user_id']}>"}},
                {"type": "actions", "elements": [button("Approve", "approve", value="v1")]},
            ]
            await client.chat_postMessage(channel=body["channel_id"], text="card", blocks=blocks)
        else:
            await ack(f"you said {body['text']}")

    @app.action("approve")
    async def approve(ack: Any, body: dict[str, Any], action: dict[str, Any], client: AsyncWebClient) -> None:
        heard.append(("action", action["value"], body["user"]["id"]))
        await client.chat_postEphemeral(
            channel=body["channel"]["id"], user=body["user"]["id"], text="Recorded"
        )
        await ack()

    @app.view("ask")
    async def ask(ack: Any, view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        heard.append(("view", values))
        if values["why"]["text"]["value"] == "wrong":
            await ack(response_action="errors", errors={"why": "Not that"})
        else:
            await ack()

    @app.view_closed("ask")
    async def closed(ack: Any, body: dict[str, Any]) -> None:
        heard.append(("closed", body["is_cleared"]))
        await ack()

    @app.event("app_home_opened")
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        heard.append(("home", event["tab"]))
        blocks = [{"type": "header", "text": plain("Waiting for you")}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], say: Any) -> None:
        heard.append(("mention", event["text"]))
        await say("yes?")

    server = app.web_app(path="/slack/events")
    runner = web.AppRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    box.deliver_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield heard
    await runner.cleanup()


async def test_auth_test_with_the_bot_token_names_team_and_bot(box: Sandbox, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"]) == (DEMO_SEED.team.id, box.bot_user_id)


async def test_request_url_answers_the_challenge(box: Sandbox, bolt: list[Any]) -> None:
    assert await box.verify_url()


async def test_slash_command_answered_in_the_ack_is_seen_by_its_reader_only(
    box: Sandbox, bolt: list[Any]
) -> None:
    haneul, emma = box.person("haneul"), box.person("emma")
    reaction = await haneul.slash("#releases-shop", "/release hello")
    assert reaction.status == "ok"
    assert reaction.ephemerals == ("you said hello",)
    assert bolt == [("command", "hello", haneul.user.id, "C0RELSHOP1")]
    assert emma.sees("#releases-shop") == []


async def test_button_pressed_in_a_message_reaches_the_app_with_its_value(
    box: Sandbox, bolt: list[Any]
) -> None:
    haneul, sora = box.person("haneul"), box.person("sora")
    posted = await haneul.slash("#releases-shop", "/release card")
    assert posted.message == Seen(
        text="v1 by @김하늘 (Haneul Kim)",
        author="Naru",
        ts=posted.message.ts if posted.message else "",
        buttons=("Approve",),
        fallback="card",
    )
    pressed = await sora.press("Approve", in_="#releases-shop")
    assert (pressed.status, pressed.ephemerals) == ("ok", ("Recorded",))
    assert bolt[-1] == ("action", "v1", sora.user.id)


async def test_modal_with_missing_input_is_not_sent(box: Sandbox, bolt: list[Any]) -> None:
    haneul, daniel = box.person("haneul"), box.person("daniel")
    await haneul.slash("#releases-shop", "/release modal")
    reaction = await haneul.submit()
    assert reaction.errors == {"Reason": "필수 입력란을 작성해 주세요."}
    await daniel.slash("#releases-shop", "/release modal")
    assert (await daniel.submit()).errors == {"Reason": "Please complete this required field."}
    assert [h for h in bolt if h[0] == "view"] == []


async def test_submitted_values_include_what_was_never_touched(box: Sandbox, bolt: list[Any]) -> None:
    haneul = box.person("haneul")
    opened = await haneul.slash("#releases-shop", "/release modal")
    assert opened.modal is not None
    assert opened.modal.fields == {"Reason": None, "Kind": "Small"}
    await haneul.fill({"Reason": "wrong"})
    assert (await haneul.submit()).errors == {"Reason": "Not that"}
    await haneul.fill({"Reason": "because", "Kind": "Large"})
    done = await haneul.submit()
    assert (done.status, haneul.modal) == ("ok", None)
    assert bolt[-1] == (
        "view",
        {
            "why": {"text": {"type": "plain_text_input", "value": "because"}},
            "kind": {
                "one": {"type": "static_select", "selected_option": {"text": plain("Large"), "value": "l"}}
            },
        },
    )


async def test_closed_modal_is_told_when_the_view_asked_for_it(box: Sandbox, bolt: list[Any]) -> None:
    haneul = box.person("haneul")
    await haneul.slash("#releases-shop", "/release modal")
    await haneul.close_modal()
    assert (bolt[-1], haneul.modal) == (("closed", False), None)


async def test_home_opened_is_published_by_the_app(box: Sandbox, bolt: list[Any]) -> None:
    home = await box.person("haneul").home()
    assert home is not None
    assert home.text == "Waiting for you"


async def test_mention_of_the_bot_is_an_event(box: Sandbox, bolt: list[Any]) -> None:
    emma = box.person("emma")
    reaction = await emma.say("#releases-shop", "@naru are you there? <b>")
    assert bolt == [("mention", f"<@{box.bot_user_id}> are you there? &lt;b&gt;")]
    assert reaction.message is not None
    assert reaction.message.text == "yes?"
    assert emma.sees("#releases-shop")[0].text == "@Naru are you there? <b>"


async def test_nobody_listening_is_app_unreachable(box: Sandbox) -> None:
    assert (await box.person("haneul").slash("#releases-shop", "/release x")).status == "app_unreachable"


async def test_button_that_is_not_there_cannot_be_pressed(box: Sandbox) -> None:
    with pytest.raises(NotPossible, match="sees no button 'Approve'"):
        await box.person("haneul").press("Approve", in_="#releases-shop")


async def test_blocks_beyond_a_limit_are_refused_with_the_pointer(
    box: Sandbox, client: AsyncWebClient
) -> None:
    blocks = [{"type": "header", "text": plain("x" * 151)}]
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0RELSHOP1", text="x", blocks=blocks)
    assert refused.value.response["error"] == "invalid_blocks"
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert len(box.failures) == 1


async def test_person_waits_for_what_comes_later(box: Sandbox, client: AsyncWebClient) -> None:
    async def later() -> None:
        await asyncio.sleep(0.1)
        blocks = [{"type": "actions", "elements": [button("Approve", "approve")]}]
        await client.chat_postMessage(channel="C0RELSHOP1", text="card", blocks=blocks)

    emma = box.person("emma")
    coming = asyncio.create_task(later())
    assert (await emma.waits_for(in_="#releases-shop", button="Approve")).buttons == ("Approve",)
    await coming
    with pytest.raises(TimeoutError, match="emma waited for 'Rejected'"):
        await emma.waits_for("Rejected", in_="#releases-shop", seconds=0.05)
