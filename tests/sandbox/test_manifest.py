from __future__ import annotations

from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.manifest import Command, Manifest, load_manifest

MANIFEST = """\
display_information: {name: Naru, description: Releases}
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: false}
  bot_user: {display_name: naru}
  slash_commands:
    - {command: /release, usage_hint: "[help]", description: Releases, should_escape: true}
oauth_config: {scopes: {bot: ["chat:write", "users:read"]}}
settings:
  event_subscriptions: {bot_events: [app_mention, user_change, app_home_opened]}
  interactivity: {is_enabled: true}
"""


def test_manifest_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST)
    assert load_manifest(path) == Manifest(
        scopes=frozenset({"chat:write", "users:read"}),
        commands=(Command("/release", "[help]", "Releases", should_escape=True),),
        events=frozenset({"app_mention", "user_change", "app_home_opened"}),
        name="naru",
        display={"name": "Naru", "description": "Releases"},
        home=True,
        messages=False,
        interactive=True,
    )


def test_event_is_subscribed_only_with_its_scope(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST)
    manifest = load_manifest(path)
    names = ("app_mention", "user_change", "app_home_opened", "team_join")
    assert [manifest.subscribes({"type": n}) for n in names] == [False, True, True, False]


def test_without_a_manifest_everything_but_messages_is_allowed() -> None:
    manifest = load_manifest(None)
    message = {"type": "message", "channel_type": "channel"}
    assert (manifest.subscribes({"type": "team_join"}), manifest.subscribes(message)) == (True, False)
    assert manifest.command("/anything") == Command("/anything")


async def test_what_the_manifest_switches_off_is_off() -> None:
    manifest = {
        "features": {"app_home": {"messages_tab_enabled": False}},
        "oauth_config": {"scopes": {"bot": ["chat:write"]}},
    }
    box = await Sandbox.start(manifest=manifest)
    client = AsyncWebClient(token=box.bot_token, base_url=box.api_url)
    errors = []
    for call in (
        client.chat_postMessage(channel="U0EMMA0007", text="hi"),
        client.views_publish(user_id="U0EMMA0007", view={"type": "home", "blocks": []}),
    ):
        with pytest.raises(SlackApiError) as failure:
            await call
        errors.append(failure.value.response["error"])
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    await client.chat_postMessage(
        channel="C0RELSHOP1", text="x", blocks=[{"type": "actions", "elements": [button]}]
    )
    reaction = await box.person("emma").press("Go", in_="#releases-shop")
    await box.stop()
    assert (errors, reaction.status) == (["messages_tab_disabled", "not_enabled"], "interactivity_disabled")
