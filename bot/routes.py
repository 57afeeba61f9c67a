"""The events that the manifest subscribes to, and what each is good for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.directory import Directory
from bot.homes import Homes
from bot.scribe import Scribe

Handler = Callable[[Mapping[str, Any]], Awaitable[None]]

EVENTS = (
    "app_home_opened",
    "app_mention",
    "member_joined_channel",
    "member_left_channel",
    "reaction_added",
    "subteam_members_changed",
    "subteam_updated",
    "team_join",
    "user_change",
)


class Routes:
    """Each event to its handler."""

    def __init__(self, directory: Directory, homes: Homes, scribe: Scribe) -> None:
        self._directory = directory
        self._homes = homes
        self._scribe = scribe

    async def handle(self, event: Mapping[str, Any]) -> None:
        """Serve one event; an unknown one is none of ours."""
        user, channel = event.get("user"), event.get("channel")
        match event["type"]:
            case "app_home_opened" if event.get("tab", "home") == "home" and isinstance(user, str):
                await self._homes.opened(user)
            case "app_mention" if isinstance(user, str) and isinstance(channel, str):
                await self._homes.greet(user, channel)
            case "member_joined_channel" | "member_left_channel" as kind if isinstance(user, str):
                joined = kind == "member_joined_channel"
                await self._directory.moved(str(channel), user, joined=joined)
            case "reaction_added":
                await self._scribe.reacted(event)
            case "team_join" | "user_change" if isinstance(user, dict) and user.get("id"):
                await self._directory.saw([user])
            case "subteam_members_changed" if isinstance(event.get("subteam_id"), str):
                await self._directory.sync_group(event["subteam_id"])
            case "subteam_updated" if isinstance(event.get("subteam"), dict):
                await self._directory.sync_group(str(event["subteam"].get("id", "")))
            case _:
                return
