"""A fresh workspace from its seed."""

from __future__ import annotations

from sandbox.clock import Clock
from sandbox.manifest import Manifest
from sandbox.model import Channel, Group, User
from sandbox.seed import Seed, UserSeed
from sandbox.workspace import Identity, Workspace

APP_ID = "A0NARUAPP1"
BOT_ID = "B0NARUBOT1"
BOT_USER_ID = "U0NARUBOT1"


def identity_of(seed: Seed) -> Identity:
    team = seed.team
    return Identity(team.id, team.name, team.domain, APP_ID, seed.app_name, BOT_ID, BOT_USER_ID)


def plant(seed: Seed, clock: Clock, manifest: Manifest) -> Workspace:
    """People, channels and groups as described; the app is installed with the manifest's scopes."""
    ws = Workspace(identity_of(seed), clock, scopes=manifest.scopes)
    ws.has_home, ws.has_messages = manifest.home, manifest.messages
    refill(ws, seed, manifest)
    return ws


def refill(ws: Workspace, seed: Seed, manifest: Manifest) -> None:
    """Put the seed into an empty workspace, or into one that starts afresh."""
    for shelf in (ws.users, ws.channels, ws.groups, ws.files, ws.uploads):
        shelf.clear()
    ws.views.stacks.clear()
    ws.views.homes.clear()
    ws.views.errors.clear()
    bot_name = manifest.name or seed.bot_name
    bot = UserSeed(BOT_USER_ID, bot_name.lower(), seed.app_name, "", emoji="⛴️", is_bot=True)
    for person in (*seed.users, bot):
        ws.users[person.id] = user_from(person, seed.team.id, seed.team.name, ws.now())
    for room in seed.channels:
        members = [ws.person(m).id for m in room.members] + ([BOT_USER_ID] if room.bot else [])
        channel = Channel(room.id, room.name, members[0], ws.now(), members, is_private=room.is_private)
        channel.topic, channel.is_general = room.topic, room.is_general
        ws.channels[room.id] = channel
    for group in seed.groups:
        members = [ws.person(m).id for m in group.members]
        ws.groups[group.id] = Group(group.id, group.handle, group.name, members, ws.now())


def user_from(person: UserSeed, team_id: str, team_name: str, now: int) -> User:
    """A member; the team is the home team unless the seed names another."""
    return User(
        person.id,
        person.name,
        person.real_name,
        person.email,
        person.tz,
        person.locale,
        person.title,
        person.emoji,
        person.color,
        team_id=person.team_id or team_id,
        team_name=person.team_name or team_name,
        is_admin=person.is_admin,
        is_restricted=person.is_restricted,
        is_ultra_restricted=person.is_ultra_restricted,
        is_bot=person.is_bot,
        updated=now,
    )
