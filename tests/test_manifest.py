"""The manifest and the code ask for the same: no scope, command or event too many, and none missing."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from bot.cli.examining import wanted_scopes
from bot.routes import EVENTS
from domain.verbs import Verb

ROOT = Path(__file__).resolve().parents[1]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))
SCHEMA = json.loads((ROOT / "tests/data/slack_manifest.schema.json").read_text("utf-8"))
FAMILIES = "api|apps|auth|bookmarks|chat|conversations|files|pins|reactions|team|usergroups|users|views"
METHOD = re.compile(rf"({FAMILIES})\.[a-zA-Z]+(\.[a-zA-Z]+)?")
CLIENT_METHOD = re.compile(r"(apps|auth)_[a-z_]+")

# What each method needs of a bot token (docs.slack.dev/reference/methods), for the kinds of conversations
# that Naru meets: public and private channels, and its direct messages.
HISTORY = {"channels:history", "groups:history", "im:history"}
MANAGE = {"channels:manage", "groups:write"}
METHODS: dict[str, set[str]] = {
    "apps.connections.open": set(),  # connections:write, of the app-level token
    "auth.test": set(),
    "bookmarks.add": {"bookmarks:write"},
    "chat.delete": {"chat:write"},
    "chat.getPermalink": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.archive": MANAGE,
    "conversations.create": MANAGE,
    "conversations.history": HISTORY,
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.invite": MANAGE,
    "conversations.join": {"channels:join"},
    "conversations.list": {"channels:read", "groups:read"},
    "conversations.members": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "conversations.rename": MANAGE,
    "conversations.replies": HISTORY,
    "conversations.setTopic": MANAGE,
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "pins.add": {"pins:write"},
    "pins.remove": {"pins:write"},
    "usergroups.list": {"usergroups:read"},
    "usergroups.users.list": {"usergroups:read"},
    "users.info": {"users:read", "users:read.email"},
    "users.list": {"users:read", "users:read.email"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}
# What each event needs (docs.slack.dev/reference/events).
EVENT_SCOPES: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "channel_rename": {"channels:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "reaction_added": {"reactions:read"},
    "subteam_members_changed": {"usergroups:read"},
    "subteam_updated": {"usergroups:read"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
}


def _called() -> set[str]:
    """Every Web API method that bot/ names, as text or as a method of the client; the demo calls none."""
    found: set[str] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and METHOD.fullmatch(node.value)
            ):
                found.add(node.value)
            if isinstance(node, ast.Attribute) and CLIENT_METHOD.fullmatch(node.attr):
                found.add(node.attr.replace("_", "."))
    return found


def _events() -> list[str]:
    return list(MANIFEST["settings"]["event_subscriptions"]["bot_events"])


def test_the_manifest_is_valid_by_slacks_own_schema() -> None:
    jsonschema.Draft7Validator(SCHEMA).validate(MANIFEST)


def test_every_method_that_is_called_is_known_here() -> None:
    assert sorted(_called() - METHODS.keys()) == []


def test_scopes_are_exactly_what_methods_events_and_commands_need() -> None:
    needed = {"commands"}.union(*(METHODS[name] for name in _called()), *(EVENT_SCOPES[e] for e in EVENTS))
    assert sorted(wanted_scopes()) == sorted(needed)


def test_events_are_exactly_what_the_routes_serve() -> None:
    assert sorted(_events()) == sorted(EVENTS)


def test_the_slash_command_names_every_verb() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    assert command["command"] == "/release"
    assert command["usage_hint"].split(" | ") == [verb.value for verb in Verb]
    assert len(command["usage_hint"]) <= 1000


def test_texts_fit_slacks_limits() -> None:
    shown = MANIFEST["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000


def test_lists_have_no_doubles_and_are_in_order() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(set(scopes))
    assert _events() == sorted(set(_events()))
