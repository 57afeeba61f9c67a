"""Ways back for the migrations of a release: which need one, which have one, which file looks like one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from posixpath import split

from domain.people import Role

REPORTED = ""
"""The path of the migration that QA reported while none was detected."""
WHO_GIVES = (Role.DBA, Role.TECH_LEAD, Role.RELEASE_MANAGER, Role.QA_LEAD, Role.DEVOPS)

_FLYWAY = re.compile(r"(?P<kind>[VU])(?P<version>\d[\d._]*)__.+\.sql", re.IGNORECASE)
_STEM = re.compile(r"(?P<stem>.*?)(?P<mark>[._-]?(?:down|rollback|undo|revert))(?P<end>\.[a-z]+)")
_SURE = re.compile(r"U\d.*|(?:.*\.)?(?:down|rollback|undo|revert)\.[a-z]+", re.IGNORECASE)
_UP = re.compile(r"[._-]?up$")


class WayKind(StrEnum):
    """How a migration is taken back. `STATED` is what QA said in words of the only one."""

    SCRIPT = "script"
    REVERT = "revert"
    IMPOSSIBLE = "impossible"
    STATED = "stated"


class Alternative(StrEnum):
    """What is done where there is no way back (spec 6.2)."""

    BOTH_SCHEMAS = "both_schemas"
    FORWARD_FIX = "forward_fix"
    SELECTIVE_RESTORE = "selective_restore"


@dataclass(frozen=True, kw_only=True)
class WayBack:
    """The way back of the migration at `path`; `text` is a script's path, a reverse migration, or a note.

    `alternative` is set where it is impossible. `candidate` is the one that it was given for; it stays good.
    `old_runs`: whether the version before can run on the schema that it leaves, None as nobody said.
    """

    path: str
    kind: WayKind
    by: str
    at: datetime
    candidate: int
    text: str = ""
    alternative: Alternative | None = None
    old_runs: bool | None = None


@dataclass(frozen=True)
class MigrationWay:
    """A migration that needs a way back, with the one it has."""

    path: str
    way: WayBack | None = None
    script: str = ""

    @property
    def key(self) -> str:
        """A short name for forms, that stays whatever else comes or goes."""
        return sha256(self.path.encode()).hexdigest()[:10]


def migration_ways(
    paths: Collection[str], given: Iterable[WayBack], *, reported: bool
) -> tuple[MigrationWay, ...]:
    """What needs a way back: the detected migrations without the scripts that lead back.

    Where none was detected and QA `reported` one, it is that. `script` names the file of the same candidate
    that looks like its way back.
    """
    known = {way.path: way for way in given}
    found = [path for path in dict.fromkeys(paths) if not leads_back(path, paths)] or [REPORTED] * reported
    return tuple(MigrationWay(path, known.get(path), _script(path, paths)) for path in found)


def with_ways(given: Iterable[WayBack], new: Iterable[WayBack]) -> tuple[WayBack, ...]:
    """The last word on each migration counts."""
    return tuple({way.path: way for way in (*given, *new)}.values())


def leads_back(path: str, paths: Iterable[str]) -> bool:
    """Whether a file looks like the way back of another: `x.down.sql`, `down.sql`, Flyway's `U1__x.sql`.

    `x_down.sql` may be a migration of that name: it leads back only from an `x.sql` beside it.
    """
    forward = _forward(path)
    if forward is None:
        return False
    _, name = split(path)
    return bool(_SURE.fullmatch(name)) or any(_identity(other) == forward for other in paths)


def _script(path: str, paths: Iterable[str]) -> str:
    wanted = _identity(path)
    return next((other for other in paths if _forward(other) == wanted), "")


def _forward(path: str) -> tuple[str, str] | None:
    """What the migration is known by that this file may take back; None for one that takes back nothing."""
    folder, name = split(path)
    flyway = _FLYWAY.fullmatch(name)
    if flyway:
        return (folder, f"v{flyway['version']}") if flyway["kind"].upper() == "U" else None
    found = _STEM.fullmatch(name.lower())
    if not found or (found["stem"] and not found["mark"].startswith((".", "_", "-"))):
        return None
    return folder, f"{found['stem']}{found['end']}"


def _identity(path: str) -> tuple[str, str]:
    """`0042_x.up.sql` and `0042_x.sql` are the same; Flyway's are known by their version."""
    folder, name = split(path)
    flyway = _FLYWAY.fullmatch(name)
    if flyway:
        return folder, f"v{flyway['version']}"
    stem, dot, end = name.lower().rpartition(".")
    return folder, f"{_UP.sub('', stem)}{dot}{end}"
