from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox

SHOP, API, GENERAL = "C0RELSHOP1", "C0RELAPI02", "C0GENERAL0"


async def refused(call: Any) -> str:
    """The error code of a call that must fail."""
    with pytest.raises(SlackApiError) as failure:
        await call
    return str(failure.value.response["error"])


@pytest.mark.parametrize("form", ["query", "form", "json", "multipart"])
async def test_arguments_in_every_form_mean_the_same(box: Sandbox, form: str) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "in *blocks*"}}]
    plain = {"channel": SHOP, "text": "hello", "blocks": json.dumps(blocks)}
    sent: dict[str, Any] = {
        "query": {"params": plain},
        "form": {"data": plain},
        "json": {"json": {**plain, "blocks": blocks}},
        "multipart": {"data": _multipart(plain)},
    }[form]
    headers = {"Authorization": f"Bearer {box.bot_token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(box.api_url + "chat.postMessage", headers=headers, **sent) as answer,
    ):
        body = await answer.json()
    assert body["ok"], body
    assert [m.text for m in box.person("haneul").sees("#releases-shop")] == ["in blocks"]


def _multipart(fields: dict[str, str]) -> aiohttp.FormData:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    return form


async def test_token_in_the_arguments_is_taken(box: Sandbox) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(box.api_url + "auth.test", params={"token": box.bot_token}) as answer,
    ):
        assert (await answer.json())["ok"] is True


@pytest.mark.parametrize(("token", "error"), [(None, "not_authed"), ("xoxb-wrong", "invalid_auth")])
async def test_wrong_token_is_refused(box: Sandbox, token: str | None, error: str) -> None:
    assert await refused(AsyncWebClient(token=token, base_url=box.api_url).auth_test()) == error


async def test_bot_token_cannot_open_socket_mode(box: Sandbox, client: AsyncWebClient) -> None:
    call = client.apps_connections_open(app_token=box.bot_token)
    assert await refused(call) == "not_allowed_token_type"


async def test_unknown_method_and_bad_json_are_named(box: Sandbox, client: AsyncWebClient) -> None:
    assert await refused(client.api_call("chat.shout")) == "unknown_method"
    headers = {"Authorization": f"Bearer {box.bot_token}", "Content-Type": "application/json"}
    url = box.api_url + "chat.postMessage"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data="{", headers=headers) as bad,
        session.post(url, data="[]", headers=headers) as array,
    ):
        answers = [await bad.json(), await array.json()]
    assert [a["error"] for a in answers] == ["invalid_json", "json_not_object"]


async def test_scope_that_the_manifest_lacks_is_named() -> None:
    manifest = {"oauth_config": {"scopes": {"bot": ["chat:write", "channels:read"]}}}
    box = await Sandbox.start(manifest=manifest)
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    with pytest.raises(SlackApiError) as failure:
        await client.pins_add(channel=SHOP, timestamp="1.2")
    await box.stop()
    answer = failure.value.response
    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        "pins:write",
        "channels:read,chat:write",
    )
    assert answer.headers["X-OAuth-Scopes"] == "channels:read,chat:write"


async def test_history_needs_the_scope_of_the_conversations_kind() -> None:
    manifest = {"oauth_config": {"scopes": {"bot": ["channels:history", "im:write"]}}}
    box = await Sandbox.start(manifest=manifest)
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    im = await client.conversations_open(users=["U0HANEUL01"])
    public = await client.conversations_history(channel=SHOP)
    error = await refused(client.conversations_history(channel=im["channel"]["id"]))
    await box.stop()
    assert (public["messages"], error) == ([], "missing_scope")


async def test_message_without_anything_is_refused(client: AsyncWebClient) -> None:
    assert await refused(client.chat_postMessage(channel=SHOP, text="")) == "no_text"


async def test_public_channel_without_the_app_needs_chat_write_public() -> None:
    manifest = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    box = await Sandbox.start(manifest=manifest)
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    error = await refused(client.chat_postMessage(channel=GENERAL, text="hi"))
    await box.stop()
    assert error == "not_in_channel"


async def test_message_to_a_person_goes_to_their_direct_messages(
    box: Sandbox, client: AsyncWebClient
) -> None:
    sent = await client.chat_postMessage(channel="U0HANEUL01", text="just you")
    assert sent["channel"].startswith("D")
    assert [m.text for m in box.person("haneul").dms()] == ["just you"]
    assert box.person("emma").dms() == []


async def test_update_keeps_what_is_not_given(box: Sandbox, client: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "body"}}]
    metadata = {"event_type": "card", "event_payload": {"id": 1}}
    sent = await client.chat_postMessage(channel=SHOP, text="one", blocks=blocks, metadata=metadata)
    await client.chat_update(channel=SHOP, ts=sent["ts"], text="two")
    told = await client.conversations_history(channel=SHOP, include_all_metadata=True)
    message = told["messages"][0]
    kept = (message["text"], message["blocks"][0]["text"]["text"], message["metadata"])
    assert kept == ("two", "body", metadata)
    await client.chat_update(channel=SHOP, ts=sent["ts"], text="three", blocks=[])
    assert box.person("haneul").sees("#releases-shop")[0].text == "three"


async def test_metadata_is_told_only_to_who_asks(client: AsyncWebClient) -> None:
    metadata = {"event_type": "card", "event_payload": {}}
    await client.chat_postMessage(channel=SHOP, text="one", metadata=metadata)
    without = await client.conversations_history(channel=SHOP)
    assert "metadata" not in without["messages"][0]


async def test_update_refuses_long_texts_and_foreign_messages(box: Sandbox, client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel=SHOP, text="one")
    assert await refused(client.chat_update(channel=SHOP, ts=sent["ts"], text="x" * 4001)) == "msg_too_long"
    await box.person("emma").say("#releases-shop", "mine")
    theirs = box.person("emma").sees("#releases-shop")[-1].ts
    assert await refused(client.chat_update(channel=SHOP, ts=theirs, text="x")) == "cant_update_message"
    assert await refused(client.chat_delete(channel=SHOP, ts=theirs)) == "cant_delete_message"
    assert await refused(client.chat_update(channel=SHOP, ts="1.000001", text="x")) == "message_not_found"


async def test_ephemeral_is_seen_by_one_reader_and_never_looked_up(
    box: Sandbox, client: AsyncWebClient
) -> None:
    sent = await client.chat_postEphemeral(channel=SHOP, user="U0EMMA0007", text="psst")
    assert [m.text for m in box.person("emma").sees("#releases-shop")] == ["psst"]
    assert box.person("haneul").sees("#releases-shop") == []
    assert (await client.conversations_history(channel=SHOP))["messages"] == []
    ts = sent["message_ts"]
    assert await refused(client.chat_update(channel=SHOP, ts=ts, text="x")) == "message_not_found"
    absent = client.chat_postEphemeral(channel=API, user="U0GUEST009", text="x")
    assert await refused(absent) == "user_not_in_channel"


async def test_threads_are_read_by_replies_not_by_history(client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel=SHOP, text="card")
    await client.chat_postMessage(channel=SHOP, text="first", thread_ts=parent["ts"])
    await client.chat_postMessage(channel=SHOP, text="loud", thread_ts=parent["ts"], reply_broadcast=True)
    history = await client.conversations_history(channel=SHOP)
    replies = await client.conversations_replies(channel=SHOP, ts=parent["ts"])
    assert [m["text"] for m in history["messages"]] == ["loud", "card"]
    assert [m["text"] for m in replies["messages"]] == ["card", "first", "loud"]
    assert (history["messages"][1]["reply_count"], replies["messages"][0]["reply_count"]) == (2, 2)


async def test_history_pages_and_bounds(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=SHOP, text=str(n)))["ts"] for n in range(5)]
    first = await client.conversations_history(channel=SHOP, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=SHOP, limit=2, cursor=cursor)
    assert [m["text"] for m in [*first["messages"], *second["messages"]]] == ["4", "3", "2", "1"]
    between = await client.conversations_history(channel=SHOP, oldest=stamps[1], latest=stamps[3])
    assert [m["text"] for m in between["messages"]] == ["2"]
    exact = await client.conversations_history(
        channel=SHOP, oldest=stamps[1], latest=stamps[3], inclusive=True
    )
    assert [m["text"] for m in exact["messages"]] == ["3", "2", "1"]
    assert await refused(client.conversations_history(channel=SHOP, cursor="nonsense")) == "invalid_cursor"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("War-Room", "invalid_name_specials"),
        ("워룸", "invalid_name_specials"),
        ("a b", "invalid_name_specials"),
        ("---", "invalid_name_punctuation"),
        ("general", "name_taken"),
    ],
)
async def test_channel_name_is_refused_with_its_reason(client: AsyncWebClient, name: str, error: str) -> None:
    assert await refused(client.conversations_create(name=name)) == error


async def test_war_room_is_created_filled_and_archived(box: Sandbox, client: AsyncWebClient) -> None:
    room = (await client.conversations_create(name="war-room-v1-5-0"))["channel"]["id"]
    await client.conversations_invite(channel=room, users=["U0MINJAE06", "U0PRIYA005"])
    await client.conversations_setTopic(channel=room, topic="v1.5.0 goes back")
    members = (await client.conversations_members(channel=room))["members"]
    assert members == [box.bot_user_id, "U0MINJAE06", "U0PRIYA005"]
    told = [(m.author, m.text) for m in box.person("minjae").sees("#war-room-v1-5-0")]
    assert told[-1] == ("Naru", "set the channel topic: v1.5.0 goes back")
    await client.conversations_archive(channel=room)
    assert await refused(client.chat_postMessage(channel=room, text="late")) == "is_archived"
    assert await refused(client.conversations_archive(channel=room)) == "already_archived"
    assert await refused(client.conversations_create(name="war-room-v1-5-0")) == "name_taken"


async def test_one_wrong_guest_means_that_nobody_is_invited(box: Sandbox, client: AsyncWebClient) -> None:
    room = (await client.conversations_create(name="room"))["channel"]["id"]
    with pytest.raises(SlackApiError) as failure:
        await client.conversations_invite(channel=room, users=["U0EMMA0007", "U0NOBODY00", box.bot_user_id])
    assert failure.value.response["errors"] == [
        {"ok": False, "error": "user_not_found", "user": "U0NOBODY00"},
        {"ok": False, "error": "cant_invite_self", "user": box.bot_user_id},
    ]
    assert (await client.conversations_members(channel=room))["members"] == [box.bot_user_id]
    await client.conversations_invite(channel=room, users=["U0EMMA0007", "U0NOBODY00"], force=True)
    assert (await client.conversations_members(channel=room))["members"] == [box.bot_user_id, "U0EMMA0007"]
    again = client.conversations_invite(channel=room, users=["U0EMMA0007"])
    assert await refused(again) == "already_in_channel"


async def test_topic_beyond_its_length_is_refused(client: AsyncWebClient) -> None:
    assert await refused(client.conversations_setTopic(channel=SHOP, topic="x" * 251)) == "too_long"


async def test_channels_that_the_app_is_not_in(client: AsyncWebClient) -> None:
    assert await refused(client.conversations_history(channel=GENERAL)) == "not_in_channel"
    assert await refused(client.conversations_info(channel="C0NOWHERE0")) == "channel_not_found"
    await client.conversations_join(channel=GENERAL)
    assert (await client.conversations_join(channel=GENERAL))["warning"] == "already_in_channel"


async def test_people_are_known_with_zone_locale_and_team(client: AsyncWebClient) -> None:
    haneul = (await client.users_info(user="U0HANEUL01", include_locale=True))["user"]
    stranger = (await client.users_info(user="U0STRANGER"))["user"]
    found = await client.users_lookupByEmail(email="HANEUL.KIM@naru.example")
    listed = [u["id"] async for page in await client.users_list(limit=3) for u in page["members"]]
    assert (haneul["tz"], haneul["tz_offset"], haneul["locale"]) == ("Asia/Seoul", 32400, "ko-KR")
    assert stranger["team_id"] != haneul["team_id"]
    assert found["user"]["id"] == "U0HANEUL01"
    assert len(listed) == 10
    assert "U0STRANGER" not in listed
    assert await refused(client.users_info(user="U0NOBODY00")) == "user_not_found"
    assert await refused(client.users_lookupByEmail(email="no@naru.example")) == "users_not_found"


async def test_user_group_names_its_members(client: AsyncWebClient) -> None:
    groups = await client.usergroups_list(include_users=True)
    users = await client.usergroups_users_list(usergroup="S0APPROVE1")
    assert groups["usergroups"][0]["users"] == users["users"] == ["U0HANEUL01", "U0ALEX0008"]


async def test_pins_bookmarks_and_reactions(box: Sandbox, client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=SHOP, text="card"))["ts"]
    await client.pins_add(channel=SHOP, timestamp=ts)
    assert await refused(client.pins_add(channel=SHOP, timestamp=ts)) == "already_pinned"
    assert box.person("emma").sees("#releases-shop")[0].pinned
    assert [i["message"]["ts"] for i in (await client.pins_list(channel=SHOP))["items"]] == [ts]
    await client.pins_remove(channel=SHOP, timestamp=ts)
    assert await refused(client.pins_remove(channel=SHOP, timestamp=ts)) == "no_pin"
    added = await client.bookmarks_add(
        channel_id=SHOP, title="Board", type="link", link="https://naru.example"
    )
    assert (
        await refused(client.bookmarks_add(channel_id=SHOP, title="x", type="link", link="no"))
        == "invalid_link"
    )
    await client.bookmarks_edit(channel_id=SHOP, bookmark_id=added["bookmark"]["id"], title="The board")
    assert [b["title"] for b in (await client.bookmarks_list(channel_id=SHOP))["bookmarks"]] == ["The board"]
    await client.bookmarks_remove(channel_id=SHOP, bookmark_id=added["bookmark"]["id"])
    await client.reactions_add(channel=SHOP, timestamp=ts, name="rocket")
    again = client.reactions_add(channel=SHOP, timestamp=ts, name="rocket")
    assert await refused(again) == "already_reacted"


async def test_file_is_uploaded_in_three_steps_and_shared_a_moment_later(
    box: Sandbox, client: AsyncWebClient
) -> None:
    done = await client.files_upload_v2(
        filename="chart.png", content=b"\x89PNG", title="Chart", channel=SHOP, initial_comment="see"
    )
    file_id = done["file"]["id"]
    await asyncio.sleep(0.1)
    info = (await client.files_info(file=file_id))["file"]
    message = box.person("emma").sees("#releases-shop")[0]
    assert (message.text, message.files) == ("see", ("Chart",))
    assert info["shares"]["public"][SHOP] == [{"ts": message.ts}]
    headers = {"Authorization": f"Bearer {box.bot_token}"}
    async with aiohttp.ClientSession() as session:
        async with session.get(info["url_private"], headers=headers) as with_token:
            body = await with_token.read()
        async with session.get(info["url_private"]) as without:
            status = without.status
    assert (body, status) == (b"\x89PNG", 404)


async def test_file_goes_only_where_the_app_is(client: AsyncWebClient) -> None:
    upload = client.files_upload_v2(filename="a.txt", content="a", channel=GENERAL)
    assert await refused(upload) == "not_in_channel"
    upload = client.files_upload_v2(filename="a.txt", content="a", channel="U0HANEUL01")
    assert await refused(upload) == "channel_not_found"


async def test_permalink_of_a_reply_names_its_thread(box: Sandbox, client: AsyncWebClient) -> None:
    parent = (await client.chat_postMessage(channel=SHOP, text="card"))["ts"]
    reply = (await client.chat_postMessage(channel=SHOP, text="re", thread_ts=parent))["ts"]
    link = (await client.chat_getPermalink(channel=SHOP, message_ts=reply))["permalink"]
    assert link == f"{box.url}/archives/{SHOP}/p{reply.replace('.', '')}?thread_ts={parent}&cid={SHOP}"


async def test_typed_names_become_mentions_only_when_asked(box: Sandbox, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=SHOP, text="@everyone @haneul")
    await client.chat_postMessage(channel=SHOP, text="@everyone @haneul", link_names=True)
    raw = [m["text"] for m in (await client.conversations_history(channel=SHOP))["messages"]]
    assert raw == ["<!everyone> <@U0HANEUL01>", "@everyone @haneul"]


async def test_channel_is_renamed_described_and_listed(box: Sandbox, client: AsyncWebClient) -> None:
    room = (await client.conversations_create(name="room", is_private=True))["channel"]["id"]
    await client.conversations_rename(channel=room, name="war-room")
    await client.conversations_setPurpose(channel=room, purpose="bring v1.5.0 back")
    info = (await client.conversations_info(channel=room, include_num_members=True))["channel"]
    assert (info["name"], info["purpose"]["value"], info["is_private"], info["num_members"]) == (
        "war-room",
        "bring v1.5.0 back",
        True,
        1,
    )
    taken = client.conversations_rename(channel=room, name="general")
    assert await refused(taken) == "name_taken"
    public = await client.conversations_list()
    private = await client.conversations_list(types="private_channel", exclude_archived=True)
    mine = await client.users_conversations(types="public_channel,private_channel")
    assert [c["name"] for c in public["channels"]] == ["general", "releases-shop", "releases-api"]
    assert [c["name"] for c in private["channels"]] == ["war-room"]
    assert [c["name"] for c in mine["channels"]] == ["releases-shop", "releases-api", "war-room"]
    assert await refused(client.conversations_list(types="secret")) == "invalid_types"
    assert box.person("emma").sees("#war-room") == []


async def test_direct_messages_are_opened_once(box: Sandbox, client: AsyncWebClient) -> None:
    first = await client.conversations_open(users="U0EMMA0007")
    again = await client.conversations_open(users="U0EMMA0007", return_im=True)
    same = await client.conversations_open(channel=first["channel"]["id"])
    assert (again["already_open"], again["channel"]["user"]) == (True, "U0EMMA0007")
    assert same["channel"]["id"] == again["channel"]["id"] == first["channel"]["id"]
    box.deactivate("emma")
    assert await refused(client.conversations_open(users="U0EMMA0007")) == "user_disabled"
    assert await refused(client.conversations_open(users=box.bot_user_id)) == "cannot_dm_bot"
    assert await refused(client.conversations_open(users="")) == "users_list_not_supplied"


async def test_guest_of_one_channel_and_stranger_cannot_be_invited(
    box: Sandbox, client: AsyncWebClient
) -> None:
    room = (await client.conversations_create(name="room"))["channel"]["id"]
    box.workspace.users["U0GUEST009"].is_ultra_restricted = True
    assert await refused(client.conversations_invite(channel=room, users="U0GUEST009")) == "ura_max_channels"
    assert await refused(client.conversations_invite(channel=room, users="U0STRANGER")) == "not_in_team"
    assert await refused(client.conversations_invite(channel=room, users="")) == "no_user"
    many = ",".join(["U0EMMA0007"] * 101)
    assert await refused(client.conversations_invite(channel=room, users=many)) == "too_many_users"


async def test_private_channel_without_the_app_does_not_exist_for_it(
    box: Sandbox, client: AsyncWebClient
) -> None:
    room = (await client.conversations_create(name="room", is_private=True))["channel"]["id"]
    box.workspace.channels[room].members.remove(box.bot_user_id)
    for call in (client.conversations_info(channel=room), client.chat_postMessage(channel=room, text="x")):
        assert await refused(call) == "channel_not_found"


async def test_reply_to_a_message_that_is_gone_is_refused(client: AsyncWebClient) -> None:
    parent = (await client.chat_postMessage(channel=SHOP, text="card"))["ts"]
    await client.chat_delete(channel=SHOP, ts=parent)
    assert (
        await refused(client.chat_postMessage(channel=SHOP, text="re", thread_ts=parent))
        == "thread_not_found"
    )
    assert await refused(client.conversations_replies(channel=SHOP, ts=parent)) == "thread_not_found"


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ("{", "invalid_metadata_format"),
        ({"event_type": "x"}, "invalid_metadata_format"),
        ({"event_type": 1, "event_payload": {}}, "invalid_metadata_format"),
        ({"event_type": "x", "event_payload": {"long": "x" * 9000}}, "metadata_too_large"),
    ],
)
async def test_bad_metadata_is_refused(client: AsyncWebClient, metadata: Any, error: str) -> None:
    call = client.api_call("chat.postMessage", json={"channel": SHOP, "text": "x", "metadata": metadata})
    assert await refused(call) == error


async def test_blocks_of_more_than_13000_characters_are_too_long(client: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "x" * 2601}}] * 5
    assert (
        await refused(client.chat_postMessage(channel=SHOP, text="x", blocks=blocks)) == "msg_blocks_too_long"
    )


async def test_calls_are_kept_without_the_token(box: Sandbox) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(
            box.api_url + "users.info", params={"token": box.bot_token, "user": "U0NOBODY00"}
        ) as answer,
    ):
        await answer.read()
    (call,) = box.calls
    assert (call.method, call.args, call.ok, call.error) == (
        "users.info",
        {"user": "U0NOBODY00"},
        False,
        "user_not_found",
    )


async def test_reading_method_does_not_see_a_json_body(client: AsyncWebClient) -> None:
    assert await refused(client.api_call("users.info", json={"user": "U0EMMA0007"})) == "invalid_arguments"
    assert (await client.api_call("users.info", params={"user": "U0EMMA0007"}))["user"]["name"] == "emma"
