"""Migrations that came, and environment variables that are new, changed or gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from domain.detection.dotenv import read_variables
from domain.detection.secrets import masked
from domain.globs import Globs
from domain.scope import Scope, Size, Variable, VariableChange
from domain.trees import ChangedFile, FileStatus, TreeDifference

if TYPE_CHECKING:  # what a policy says is slow to import, and not every reader has one
    from domain.detection.rules import ScopeRules

MOST_MIGRATIONS = 2000
_MOST_VARIABLES = 500

Files = Mapping[str, Mapping[str, str]]
"""The variables of each environment file, by its path."""


def detected(scope: Scope, found: TreeDifference, rules: ScopeRules) -> Scope:
    """The scope with what its files say: how much differs, migrations, environment variables."""
    around = surroundings(found, rules.of_migrations)
    return replace(
        scope,
        migrations=around.migrations,
        variables=around.variables,
        size=Size(len(found.files), found.added, found.removed),
    )


class Surroundings(NamedTuple):
    """The paths of migrations that came, and the variables that are new, changed or gone."""

    migrations: tuple[str, ...]
    variables: tuple[Variable, ...]


def surroundings(found: TreeDifference, meant: Globs) -> Surroundings:
    """`meant` says which files are migrations; those with variables were read."""
    before, after = _read(found.before), _read(found.after)
    unknown = {path for side in (before, after) for path, named in side.items() if named is None}
    return Surroundings(
        migrations(found.files, meant), variables(_known(before, unknown), _known(after, unknown))
    )


def migrations(files: Iterable[ChangedFile], meant: Globs) -> tuple[str, ...]:
    """The paths of migrations that are new or no longer what they were, in order, at most 2,000.

    A file that only went to another folder, under its name and as it was, has not come.
    """
    changed = [file for file in files if meant.match(file.path)]
    moved = Counter(_identity(file, file.before) for file in changed if file.status is FileStatus.DELETED)
    came = []
    for file in sorted(changed, key=lambda one: one.path):
        if not file.after:
            continue
        same = _identity(file, file.after)
        if file.status is FileStatus.ADDED and moved[same]:
            moved[same] -= 1
        else:
            came.append(file.path)
    return tuple(came[:MOST_MIGRATIONS])


def _read(files: Mapping[str, bytes]) -> dict[str, Mapping[str, str] | None]:
    return {path: read_variables(content) for path, content in files.items()}


def _known(files: Mapping[str, Mapping[str, str] | None], unknown: Collection[str]) -> Files:
    """What is not in git on one side cannot be compared with the other."""
    return {path: named for path, named in files.items() if named is not None and path not in unknown}


def _identity(file: ChangedFile, content: str) -> tuple[str, str]:
    return PurePosixPath(file.path).name, content


def variables(before: Files, after: Files) -> tuple[Variable, ...]:
    """By name, then by file; values that look like secrets are masked, and compared as they are.

    Files that are gone and files that came are one file under another name: what both have has not changed.
    """
    gone = _together(before[path] for path in sorted(before.keys() - after.keys()))
    pairs = [(path, before.get(path, gone), after[path]) for path in sorted(after)]
    found = [change for path, old, new in pairs for change in _compared(path, old, new)]
    still = {name for path in after for name in after[path]}
    lost = [
        Variable(name, VariableChange.REMOVED, before=masked(name, value), file=path)
        for path in sorted(before)
        for name, value in before[path].items()
        if name not in after.get(path, still)
    ]
    return tuple(islice(sorted([*found, *lost], key=lambda one: (one.name, one.file)), _MOST_VARIABLES))


def _together(files: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    return {name: value for file in files for name, value in file.items()}


def _compared(path: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Variable]:
    for name, value in new.items():
        default = masked(name, value)
        if name not in old:
            yield Variable(name, VariableChange.ADDED, default, file=path)
        elif old[name] != value:
            yield Variable(name, VariableChange.CHANGED, default, masked(name, old[name]), path)
