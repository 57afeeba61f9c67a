"""`naru calendar import`: an iCalendar file becomes blackouts or maintenance, all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.database import opened
from bot.cli.mistakes import Mistake, one_of, reader, say
from bot.feeds import read_file
from bot.fetching import NotFetched
from bot.settings import Settings
from commands import context
from commands.feeds import import_file
from commands.requests import ImportFile
from domain.calendar.blackouts import BlackoutKind
from domain.calendar.imports import FeedFault
from domain.events import FeedRead
from domain.people import BOT, Origin, Via
from domain.types import Environment, ReleaseType
from messages.cli import Code, said
from messages.imports import faults
from storage import feeds
from storage.db import Tx

TERMINAL = Origin(BOT, Via.COMMAND_LINE)
DONE, REFUSED = 0, 2
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Asked:
    """What was typed."""

    project: str
    name: str
    kind: str
    types: Sequence[str]
    environments: Sequence[str]


def take(file: Path, asked: Asked) -> int:
    """Print what came of it and return the exit code. Raises Mistake and what else is in MISTAKES."""
    if not _NAME.fullmatch(asked.name):
        raise Mistake(Code.NO_NAME, given=asked.name)
    kind = one_of(BlackoutKind, "--kind", asked.kind)
    types = tuple(one_of(ReleaseType, "--type", one) for one in asked.types)
    where = tuple(one_of(Environment, "--environment", one) for one in asked.environments)
    try:
        raw = read_file(file).raw
    except NotFetched as no:
        return _refuse(file, (no.args[0],))
    with opened(Settings.load()) as database:
        zone = database.read_now(_zone, asked.project)
        read = feeds.read(raw, zone=zone, at=database.now())
        if read.faults:
            return _refuse(file, read.faults)
        request = ImportFile(
            project=asked.project,
            name=asked.name,
            kind=kind,
            times=read.times,
            types=types,
            environments=where or (Environment.PRODUCTION,),
        )
        with database.transaction() as tx:
            event = import_file(tx, request, TERMINAL)
    say(_done(asked.name, len(read.times), event))
    return DONE


def _zone(tx: Tx, project: str) -> str:
    return context.project_of(tx, project).policy.zone


def _refuse(file: Path, found: tuple[FeedFault, ...]) -> int:
    say(said(reader(), Code.NOTHING_IMPORTED, file=file.name), error=True)
    for line in faults(reader(), found):
        say(f"  {line}", error=True)
    return REFUSED


def _done(name: str, times: int, event: FeedRead | None) -> str:
    changes = (event.added, event.changed, event.removed) if event else ((), (), ())
    added, changed, removed = (str(len(one)) for one in changes)
    counts = {"added": added, "changed": changed, "removed": removed}
    return said(reader(), Code.IMPORTED, name=name, times=str(times), **counts)
