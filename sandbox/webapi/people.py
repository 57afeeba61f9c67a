"""users.*, usergroups.*, team.info and auth.test."""

from __future__ import annotations

from sandbox.errors import SlackError
from sandbox.model import Json
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.method import Method, page_of
from sandbox.webapi.objects import channel_json, group_json, user_json
from sandbox.workspace import Workspace


def auth_test(ws: Workspace, _args: Arguments) -> Json:
    known = ws.identity
    shown: Json = {"url": f"{ws.base_url}/", "team": known.team_name, "user": ws.bot.name}
    shown |= {"team_id": known.team_id, "user_id": known.bot_user_id, "bot_id": known.bot_id}
    return shown | {"is_enterprise_install": False}


def users_info(ws: Workspace, args: Arguments) -> Json:
    user = ws.user(args.need("user"))
    email, locale = ws.granted("users:read.email"), args.flag("include_locale")
    return {"user": user_json(user, at=ws.clock.now(), locale=locale, email=email)}


def users_list(ws: Workspace, args: Arguments) -> Json:
    """People of other workspaces are not in the list: they are known by users.info only."""
    at, locale, email = ws.clock.now(), args.flag("include_locale"), ws.granted("users:read.email")
    own = [u for u in ws.users.values() if u.team_id == ws.identity.team_id]
    shown = [user_json(u, at=at, locale=locale, email=email) for u in own]
    members, cursor = page_of(shown, args, default=1000)
    return {"members": members, "cache_ts": ws.now(), "response_metadata": {"next_cursor": cursor}}


def lookup_by_email(ws: Workspace, args: Arguments) -> Json:
    email = args.need("email").lower()
    own = (u for u in ws.users.values() if u.team_id == ws.identity.team_id and not u.is_bot)
    user = next((u for u in own if u.email.lower() == email and not u.deleted), None)
    if user is None:
        raise SlackError("users_not_found")
    return {"user": user_json(user, at=ws.clock.now())}


def users_conversations(ws: Workspace, args: Arguments) -> Json:
    """The conversations of `user` (default: the app) that the app can see."""
    who = args.text("user") or ws.identity.bot_user_id
    kinds = kinds_of(args)
    found = [c for c in ws.channels.values() if who in c.members and c.kind in kinds]
    if args.flag("exclude_archived"):
        found = [c for c in found if not c.is_archived]
    bot = ws.identity.bot_user_id
    seen = [channel_json(ws, c) for c in found if c.kind == "public" or bot in c.members]
    channels, cursor = page_of(seen, args)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def kinds_of(args: Arguments) -> set[str]:
    """Raises SlackError `invalid_types`."""
    known = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
    types = args.names("types") or ["public_channel"]
    if not set(types) <= set(known):
        raise SlackError("invalid_types")
    return {known[t] for t in types}


def conversation_scope(_ws: Workspace, args: Arguments) -> str:
    """The first scope that the asked types need: private and direct ones have their own."""
    kinds = kinds_of(args)
    if "private" in kinds:
        return "groups:read"
    return "im:read" if kinds == {"im"} else "channels:read"


def usergroups_list(ws: Workspace, args: Arguments) -> Json:
    users = args.flag("include_users")
    return {"usergroups": [group_json(ws, g, users=users) for g in ws.groups.values()]}


def usergroups_users_list(ws: Workspace, args: Arguments) -> Json:
    group = ws.groups.get(args.need("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.members)}


def team_info(ws: Workspace, _args: Arguments) -> Json:
    known = ws.identity
    team: Json = {"id": known.team_id, "name": known.team_name, "domain": known.team_domain}
    return {"team": team | {"email_domain": "", "icon": {}, "url": f"{ws.base_url}/"}}


METHODS = {
    "auth.test": Method(auth_test, None, per_minute=600),
    "users.info": Method(users_info, "users:read", per_minute=100, takes_json=False),
    "users.list": Method(users_list, "users:read", per_minute=20, takes_json=False),
    "users.lookupByEmail": Method(lookup_by_email, "users:read.email", takes_json=False),
    "users.conversations": Method(users_conversations, conversation_scope, takes_json=False),
    "usergroups.list": Method(usergroups_list, "usergroups:read", per_minute=20, takes_json=False),
    "usergroups.users.list": Method(
        usergroups_users_list, "usergroups:read", per_minute=20, takes_json=False
    ),
    "team.info": Method(team_info, "team:read", takes_json=False),
}
