"""The app's manifest: which scopes, commands and events it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from sandbox.model import Json

# What an app may ask for that is installed without a manifest (reference/slack.md, and the reading ones).
EVERY_SCOPE = frozenset(
    [
        "app_mentions:read",
        "bookmarks:read",
        "bookmarks:write",
        "channels:history",
        "channels:join",
        "channels:manage",
        "channels:read",
        "chat:write",
        "chat:write.public",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "groups:write",
        "im:history",
        "im:read",
        "im:write",
        "pins:read",
        "pins:write",
        "reactions:read",
        "reactions:write",
        "team:read",
        "usergroups:read",
        "users:read",
        "users:read.email",
    ]
)


# The scope without which an app cannot subscribe to an event (docs.slack.dev/reference/events).
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "channel_created": "channels:read",
    "channel_archive": "channels:read",
    "channel_rename": "channels:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "subteam_updated": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}


@dataclass(frozen=True)
class Command:
    command: str
    usage_hint: str = ""
    description: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Manifest:
    """None in `scopes`, `commands` or `events` means that everything is allowed.

    `home` and `messages` are the tabs of the app, `interactive` whether clicks and modals reach it.
    """

    scopes: frozenset[str] | None = None
    commands: tuple[Command, ...] | None = None
    events: frozenset[str] | None = None
    name: str | None = None
    display: Json = field(default_factory=dict)
    home: bool = True
    messages: bool = True
    interactive: bool = True

    def command(self, name: str) -> Command | None:
        if self.commands is None:
            return Command(name)
        return next((c for c in self.commands if c.command == name), None)

    def subscribes(self, event: Json) -> bool:
        """Message events go by their channel type: `message.channels`, `message.im` …"""
        if self.events is None:
            return bool(event["type"] != "message")
        name = str(event["type"])
        if name == "message":
            plural = {"channel": "channels", "group": "groups", "im": "im"}
            name = f"message.{plural[event['channel_type']]}"
        scope = EVENT_SCOPES.get(name)
        granted = EVERY_SCOPE if self.scopes is None else self.scopes
        return name in self.events and (scope is None or scope in granted)


def load_manifest(source: Path | Json | None) -> Manifest:
    """From a YAML or JSON file or its contents; without one everything is allowed."""
    if source is None:
        return Manifest()
    data = yaml.safe_load(source.read_text("utf-8")) if isinstance(source, Path) else source
    features = data.get("features", {})
    settings = data.get("settings", {})
    bot, tabs = features.get("bot_user", {}), features.get("app_home", {})
    return Manifest(
        scopes=frozenset(data.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        commands=tuple(_command(c) for c in features.get("slash_commands", [])),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        name=bot.get("display_name"),
        display=data.get("display_information", {}),
        home=bool(tabs.get("home_tab_enabled", False)),
        messages=bool(tabs.get("messages_tab_enabled", True)),
        interactive=bool(settings.get("interactivity", {}).get("is_enabled", False)),
    )


def _command(entry: Json) -> Command:
    return Command(
        entry["command"],
        entry.get("usage_hint", ""),
        entry.get("description", ""),
        bool(entry.get("should_escape", False)),
    )
