"""Which release an option means."""

from __future__ import annotations

from bot.cli.mistakes import Mistake
from commands import context
from domain.release import Release
from domain.versions import Version
from messages.cli import Code
from storage import projects, releases
from storage.db import Tx


def release_named(tx: Tx, named: str, project: str) -> Release:
    """By id, or by version in the named project, or in the only one that has it."""
    by_id = releases.get(tx, named)
    if by_id is not None:
        return by_id
    keys = [context.project_of(tx, project).key] if project else [known.key for known in projects.every(tx)]
    try:
        version = Version.parse(named.removeprefix("v"))
    except ValueError:
        raise Mistake(Code.NO_RELEASE, given=named) from None
    found = [hit for key in keys if (hit := releases.by_version(tx, key, version)) is not None]
    if not found:
        raise Mistake(Code.NO_RELEASE, given=named)
    if len(found) > 1:
        raise Mistake(Code.WHICH_PROJECT, given=named, known=", ".join(hit.project for hit in found))
    return found[0]
