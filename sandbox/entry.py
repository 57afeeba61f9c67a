"""What people type becomes Slack's markup: escaping, and `@name`, `#channel` as tokens."""

from __future__ import annotations

import re

from sandbox.workspace import Workspace

_NAME = re.compile(r"(?<![\w@#&;])([@#])([\w][\w.-]*)")


def escaped(text: str) -> str:
    """Slack escapes exactly these three."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def linked(ws: Workspace, text: str, *, labels: bool = False) -> str:
    """`@name`, `@group`, `@here` and `#channel` as tokens; `labels` adds `|name` as commands do."""

    def token(match: re.Match[str]) -> str:
        sign, typed = match.groups()
        for name in _readings(typed):
            found = _channel(ws, name, labels=labels) if sign == "#" else _mention(ws, name, labels=labels)
            if found is not None:
                return found + typed[len(name) :]
        return match.group(0)

    return _NAME.sub(token, text)


def _readings(typed: str) -> list[str]:
    """As typed; without the full stop after it; without the Korean particle that is written to the name."""
    plain = typed.rstrip(".-")
    latin = re.match(r"[a-z0-9_.-]*", plain)
    return [typed, plain, latin.group(0) if latin else ""]


def _channel(ws: Workspace, name: str, *, labels: bool) -> str | None:
    channel = next((c for c in ws.channels.values() if c.kind != "im" and c.name == name), None)
    if channel is None:
        return None
    return f"<#{channel.id}|{channel.name}>" if labels else f"<#{channel.id}>"


def _mention(ws: Workspace, name: str, *, labels: bool) -> str | None:
    if name in ("here", "channel", "everyone"):
        return f"<!{name}>"
    user = next((u for u in ws.users.values() if u.name == name), None)
    if user is not None:
        return f"<@{user.id}|{user.name}>" if labels else f"<@{user.id}>"
    group = next((g for g in ws.groups.values() if g.handle == name), None)
    if group is None:
        return None
    return f"<!subteam^{group.id}|@{group.handle}>" if labels else f"<!subteam^{group.id}>"
