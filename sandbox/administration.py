"""What admins do to a workspace while it runs: user groups, newcomers, leavers."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.model import Channel, Json, User
from sandbox.planting import user_from
from sandbox.seed import UserSeed
from sandbox.webapi.objects import group_json, user_json
from sandbox.workspace import Workspace


def set_group(ws: Workspace, handle: str, members: Sequence[str]) -> None:
    """Change a user group's members (handles or ids); the app hears subteam_updated and the difference."""
    group = next(g for g in ws.groups.values() if g.handle == handle)
    before, group.members = group.members, [ws.person(m).id for m in members]
    group.updated = ws.now()
    ws.board.happened({"type": "subteam_updated", "subteam": group_json(ws, group, users=True)})
    event: Json = {"type": "subteam_members_changed", "subteam_id": group.id, "team_id": ws.identity.team_id}
    added = [u for u in group.members if u not in before]
    removed = [u for u in before if u not in group.members]
    event |= {"added_users": added, "added_users_count": len(added)}
    ws.board.happened(event | {"removed_users": removed, "removed_users_count": len(removed)})
    ws.board.changed("person")


def add_person(ws: Workspace, seed: UserSeed, channels: Sequence[str] = ()) -> User:
    """A new member, who joins these channels; the app hears team_join."""
    user = user_from(seed, ws.identity.team_id, ws.identity.team_name, ws.now())
    ws.users[user.id] = user
    ws.board.happened({"type": "team_join", "user": user_json(user, at=ws.clock.now(), locale=True)})
    ws.board.changed("person", user=user.id)
    for name in channels:
        channel = ws.channel_named(name)
        if channel is None:
            raise LookupError(f"no channel {name}")
        ws.join(channel, user.id)
    return user


def deactivate(ws: Workspace, name: str) -> None:
    """A leaver: out of all channels and groups; the app hears user_change with `deleted`."""
    user = ws.person(name)
    user.deleted, user.updated = True, ws.now()
    for channel in ws.channels.values():
        if user.id in channel.members and channel.kind != "im":
            channel.members.remove(user.id)
    for group in list(ws.groups_of(user.id)):
        set_group(ws, group.handle, [m for m in group.members if m != user.id])
    told(ws, user)


def prefer(ws: Workspace, user: User, *, locale: str | None = None, tz: str | None = None) -> None:
    """A person's own settings: language and time zone."""
    user.locale, user.tz, user.updated = locale or user.locale, tz or user.tz, ws.now()
    told(ws, user)


def rename_channel(ws: Workspace, channel: Channel, name: str, *, by: str) -> None:
    """`by` is a user id; the name has been checked. The app hears channel_rename."""
    old, channel.name = channel.name, name
    ws.note(channel, by, "channel_name", f'has renamed the channel from "{old}" to "{name}"')
    described = {"id": channel.id, "name": name, "created": channel.created}
    ws.board.happened({"type": "channel_rename", "channel": described})
    ws.board.changed("channel", channel=channel.id)


def archive_channel(ws: Workspace, channel: Channel, *, by: str) -> None:
    """`by` is a user id. The app hears channel_archive."""
    ws.note(channel, by, "channel_archive", "archived the channel")
    channel.is_archived = True
    ws.board.happened({"type": "channel_archive", "channel": channel.id, "user": by})
    ws.board.changed("channel", channel=channel.id)


def told(ws: Workspace, user: User) -> None:
    """Tell app and pages that something about a person has changed."""
    shown = user_json(user, at=ws.clock.now(), locale=True)
    ws.board.happened({"type": "user_change", "user": shown, "cache_ts": user.updated})
    ws.board.changed("person", user=user.id)
