"""A token of the demo's project, and lines with it for a terminal: what a pipeline would ask and report."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from commands import tokens
from commands.requests import MakeToken, RotateToken
from domain.people import BOT, Origin, Via
from domain.tokens import Scope
from storage import releases
from storage import tokens as stored
from storage.db import Database, Tx

NAME = "demo"
LASTS = timedelta(days=90)
TERMINAL = Origin(BOT, Via.COMMAND_LINE)
READING = {"environment": "production", "readings": [{"metric": "network_latency", "value": 0.045}]}


async def token_for(db: Database, project: str, path: Path) -> str:
    """The token that the file has, as long as it is good; else another one, made as `naru token` does."""
    held = await asyncio.to_thread(_kept, path)

    def renewed(tx: Tx) -> str:
        return held if tokens.known(tx, held) else _made(tx, project)

    found: str = await db.run(renewed)
    if found != held:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(found + "\n")
    return found


def _kept(path: Path) -> str:
    return path.read_text("utf-8").strip() if path.exists() else ""


def _made(tx: Tx, project: str) -> str:
    """One whose text was lost is given another."""
    if any(one.name == NAME and one.alive(tx.wall()) for one in stored.of_project(tx, project)):
        return tokens.rotate(tx, RotateToken(project=project, name=NAME), TERMINAL).text
    request = MakeToken(project=project, name=NAME, scopes=tuple(Scope), lasts=LASTS)
    return tokens.make(tx, request, TERMINAL).text


def was_used(tx: Tx, project: str) -> bool:
    return any(one.name == NAME and one.used_at for one in stored.of_project(tx, project))


def newest(tx: Tx, project: str, first: str) -> str:
    """The release to read: the newest that is under way or was, else the one that the tour begins with."""
    known = [*releases.live(tx, project), *releases.ended(tx, project, 1)]
    return str(max(known, key=lambda one: one.created_at).version) if known else first


def lines(base_url: str, token: str, project: str, *, version: str, language: str) -> Mapping[str, str]:
    """A line each, as a terminal takes it; English is what is answered to who names no language."""
    beneath = f"{base_url}/api/v1/projects/{project}"
    spoken = ' -H "Accept-Language: ko"' if language == "ko" else ""
    as_json = '-H "Content-Type: application/json"'
    curl = f'curl -sS -H "Authorization: Bearer {token}"{spoken}'
    return {
        "gate": f'{curl} "{beneath}/gate?type=regular"',
        "reading": f"{curl} {as_json} -d '{json.dumps(READING)}' {beneath}/readings",
        "release": f"{curl} {beneath}/releases/{version}",
    }
