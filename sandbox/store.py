"""Keeping the workspace on disk, so that the demo survives a restart."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from sandbox.model import Channel, File, Group, Json, Message, User
from sandbox.notices import Notice
from sandbox.viewstate import View
from sandbox.workspace import Workspace

SAVE_DELAY = 0.2
FORMAT = 1


@dataclass(frozen=True)
class Secrets:
    """The app's credentials; the same after a restart when they are kept."""

    bot_token: str
    app_token: str
    signing_secret: str

    @classmethod
    def fresh(cls) -> Secrets:
        return cls(
            f"xoxb-{secrets.randbelow(10**12)}-{secrets.token_hex(12)}",
            f"xapp-1-A0NARUAPP1-{secrets.randbelow(10**12)}-{secrets.token_hex(16)}",
            secrets.token_hex(16),
        )


class Store:
    """Files in `folder`: workspace.json (written a moment after every change), secrets.json, files/."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = folder / "files"
        self._files.mkdir(parents=True, exist_ok=True)
        self._due: asyncio.TimerHandle | None = None

    def secrets(self) -> Secrets:
        path = self._folder / "secrets.json"
        if path.exists():
            return Secrets(**json.loads(path.read_text("utf-8")))
        fresh = Secrets.fresh()
        _write(path, dataclasses.asdict(fresh))
        path.chmod(0o600)
        return fresh

    def load(self, ws: Workspace) -> None:
        """Replace the freshly planted state by the kept one, when there is one of this format."""
        path = self._folder / "workspace.json"
        if not path.exists():
            return
        data = json.loads(path.read_text("utf-8"))
        if data["format"] != FORMAT or data["team"] != ws.identity.team_id:
            return
        ws.last_micros, ws.serial = data["last_micros"], data["serial"]
        ws.users = {u["id"]: User(**u) for u in data["users"]}
        ws.groups = {g["id"]: Group(**g) for g in data["groups"]}
        ws.files = {f["id"]: File(**f) for f in data["files"]}
        ws.channels = {c["id"]: _channel(c) for c in data["channels"]}
        ws.views.homes = {v["user"]: View(**v) for v in data["homes"]}
        for file in ws.files.values():
            kept = self._files / file.id
            if kept.exists():
                ws.uploads[file.id] = kept.read_bytes()

    def watch(self, ws: Workspace) -> None:
        """Save soon after each change."""

        def changed(_notice: Notice) -> None:
            if self._due is None:
                self._due = asyncio.get_running_loop().call_later(SAVE_DELAY, self.save, ws)

        ws.board.watchers.append(changed)

    def save(self, ws: Workspace) -> None:
        self._due = None
        for file_id, body in ws.uploads.items():
            target = self._files / file_id
            if not target.exists():
                target.write_bytes(body)
        _write(self._folder / "workspace.json", _state(ws))

    def close(self, ws: Workspace) -> None:
        if self._due is not None:
            self._due.cancel()
        self.save(ws)


def _state(ws: Workspace) -> Json:
    channels = [
        vars(c) | {"messages": [_lasting(m) for m in c.messages.values()]} for c in ws.channels.values()
    ]
    return {
        "format": FORMAT,
        "team": ws.identity.team_id,
        "last_micros": ws.last_micros,
        "serial": ws.serial,
        "users": [vars(u) for u in ws.users.values()],
        "groups": [vars(g) for g in ws.groups.values()],
        "files": [vars(f) for f in ws.files.values()],
        "channels": channels,
        "homes": [_lasting(v) for v in ws.views.homes.values()],
    }


def _lasting(shown: Message | View) -> Json:
    """Without what was drawn before: after a restart every page is drawn anew."""
    return vars(shown) | {"earlier": []}


def _channel(data: Json) -> Channel:
    messages = {m["ts"]: Message(**m) for m in data["messages"]}
    return Channel(**{**data, "messages": messages})


def _write(path: Path, data: Json) -> None:
    """Whole or not at all: a reader never sees half a file."""
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    draft.replace(path)
