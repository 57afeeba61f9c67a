"""People, groups and channels as Slack tells them, kept in the database and up to date."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

import structlog

from bot.slack import Slack, SlackFailure
from commands import seen
from commands.requests import ChannelSeen, GroupSeen, MemberMoved, PeopleSeen
from domain.people import BOT, Origin, Person, Via
from storage import people, projects
from storage.db import Database

log = structlog.get_logger()
AT_ONCE = 8
SEEN = Origin(BOT, Via.EVENT)


def person_of(user: Mapping[str, Any], home_team: str) -> Person:
    """A Slack user object as a person. Anybody of another team is a stranger."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or user.get("name") or user["id"]
    team = str(user.get("team_id") or home_team)
    return Person(
        team=team,
        user=str(user["id"]),
        name=str(name),
        email=str(profile.get("email") or "").lower(),
        locale=str(user.get("locale") or "en-US"),
        zone=str(user.get("tz") or "UTC"),
        bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        stranger=team != home_team or bool(user.get("is_stranger")),
        active=not user.get("deleted"),
    )


class Directory:
    """Fills the database at start and follows Slack's events; asks for one person at first contact."""

    def __init__(self, db: Database, slack: Slack, home_team: str) -> None:
        self._db = db
        self._slack = slack
        self._team = home_team
        self.told = 0  # how often Slack told of people: what was kept of them before is old

    async def know(self, user: str) -> Person | None:
        """Somebody by user id; asked of Slack once. None when Slack does not answer: unsure is no."""
        found = await self._db.read(people.get, user)
        if found is not None:
            return found
        try:
            answer = await self._slack.read("users.info", user=user, include_locale=True)
        except SlackFailure as failure:
            log.warning("person unknown", why=str(failure))
            return None
        await self.saw([answer["user"]])
        return person_of(answer["user"], self._team)

    async def saw(self, users: Iterable[Mapping[str, Any]]) -> None:
        report = PeopleSeen(people=tuple(person_of(user, self._team) for user in users))
        if report.people:
            await self._db.run(seen.people_seen, report, SEEN)
            self.told += 1

    async def sync(self) -> None:
        """Everybody, the members of the projects' channels, and the groups that hold roles."""
        await self.saw(await self._slack.pages("users.list", "members", include_locale=True))
        found = await self._db.read(projects.every)
        several = asyncio.Semaphore(AT_ONCE)

        async def one(channel: str) -> None:
            async with several:
                await self.sync_channel(channel)

        await asyncio.gather(*(one(channel) for channel in {project.channel for project in found}))
        for group in await self._db.read(people.groups_in_use):
            await self.sync_group(group)

    async def sync_channel(self, channel: str) -> None:
        """The members of a channel; one that cannot be read has none, so that nobody counts by mistake."""
        try:
            members = await self._slack.pages("conversations.members", "members", channel=channel)
        except SlackFailure as failure:
            log.warning("channel unreadable", channel=channel, why=str(failure))
            return
        await self._db.run(seen.channel_seen, ChannelSeen(channel=channel, users=tuple(members)), SEEN)

    async def sync_group(self, group: str) -> None:
        try:
            answer = await self._slack.read("usergroups.users.list", usergroup=group)
        except SlackFailure as failure:
            log.warning("group unreadable", group=group, why=str(failure))
            return
        await self.group(group, answer.get("users", []))

    async def group(self, group: str, users: Iterable[str]) -> None:
        await self._db.run(seen.group_seen, GroupSeen(group=group, users=tuple(users)), SEEN)

    async def moved(self, channel: str, user: str, *, joined: bool) -> None:
        report = MemberMoved(channel=channel, user=user, joined=joined)
        await self._db.run(seen.member_moved, report, SEEN)
