"""Policies come into force: each with the ids of the channels that it names."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack import Slack
from commands import load
from domain.notes import Audience
from domain.notes.rules import NotesChannels
from domain.notices import NoticeAudience
from domain.notices.rules import NoticeChannels
from domain.policy import Policy
from storage.db import Database, Tx


class ChannelMissing(Exception):
    """A channel of a project is not in the workspace, or the bot cannot see it."""

    def __init__(self, project: str, channel: str) -> None:
        super().__init__(f"{project}: {channel}")
        self.project = project
        self.channel = channel


async def load_policies(db: Database, slack: Slack, policies: list[Policy]) -> None:
    """Channels that the policies name are looked up once; one that is not there is said, with its project."""
    names = {channel[1:] for policy in policies for channel in policy.channels if channel.startswith("#")}
    channels: dict[str, str] = {}
    if names:
        listed = await slack.pages("conversations.list", "channels", types="public_channel,private_channel")
        channels = {f"#{c['name']}": str(c["id"]) for c in listed if c.get("name") in names}
    await db.run(_put_in_force, [_placed(policy, channels) for policy in policies])


def _placed(policy: Policy, channels: Mapping[str, str]) -> tuple[Policy, str]:
    """The policy with ids in place of the names of other channels, and its home channel's id."""
    ids = {one: channels.get(one, "") if one.startswith("#") else one for one in policy.channels}
    for name, channel in ids.items():
        if not channel:
            raise ChannelMissing(policy.project, name)
    also = policy.announcements
    told = also.model_copy(update={"urgent_ahead": tuple(ids[one] for one in also.urgent_ahead)})
    published = {
        audience.value: tuple(
            place.model_copy(update={"channel": ids[place.channel]})
            for place in policy.notes.places(audience)
        )
        for audience in Audience
    }
    spoken = policy.communication
    reached = {
        audience.value: tuple(
            place.model_copy(update={"channel": ids[place.channel]}) for place in spoken.places(audience)
        )
        for audience in NoticeAudience
    }
    communication = spoken.model_copy(update={"channels": NoticeChannels(**reached)})
    notes = policy.notes.model_copy(update={"channels": NotesChannels(**published)})
    return policy.model_copy(
        update={"announcements": told, "notes": notes, "communication": communication}
    ), ids[policy.channel]


def _put_in_force(tx: Tx, placed: list[tuple[Policy, str]]) -> None:
    """All or none: a program never runs on half of its policies."""
    for policy, channel in placed:
        load.load_policy(tx, policy, channel)
