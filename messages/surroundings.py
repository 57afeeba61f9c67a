"""What a candidate asks of its surroundings: migrations, environment variables, and how large it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from domain.scope import Scope, Size, Variable, VariableChange
from messages.names import word
from messages.parts import code, fitting
from messages.texts import Reader

T = TypeVar("T")

_SHOWN = 5
_VALUE = 60
_CHANGES = {
    VariableChange.ADDED: word("new"),
    VariableChange.CHANGED: word("changed"),
    VariableChange.REMOVED: word("removed"),
}


def surroundings(reader: Reader, *, migrations: int, variables: int) -> str:
    """`DB migrations 1 · environment variables 3`; empty where there is neither."""
    t = reader.t
    parts = [t("DB migrations {n}", n=migrations)] if migrations else []
    parts += [t("environment variables {n}", n=variables)] if variables else []
    return " · ".join(parts)


def size_line(reader: Reader, size: Size) -> str:
    """`files 42 · lines +1,203 −310`"""
    t = reader.t
    if size.added is None or size.removed is None:
        return t("files {files}", files=f"{size.files:,}")
    return t(
        "files {files} · lines +{added} −{removed}",
        files=f"{size.files:,}",
        added=f"{size.added:,}",
        removed=f"{size.removed:,}",
    )


def large_line(reader: Reader, changes: int, size: Size | None) -> str:
    """One sentence that says how large."""
    t = reader.t
    how = t("changes {n}", n=f"{changes:,}")
    if size:
        how += " · " + size_line(reader, size)
    return t("⚠ An unusually large change ({how}): consider splitting it.", how=how)


def paths(reader: Reader, of: Sequence[str], limit: int) -> str:
    """One path a line, as many as fit."""
    return _fitting(reader, of, lambda path: f"• {code(path)}", limit)


def few_paths(reader: Reader, of: Sequence[str]) -> str:
    """The first paths, and how many more there are."""
    more = len(of) - _SHOWN
    lines = [code(path) for path in of[:_SHOWN]]
    return "\n".join([*lines, reader.t("… and {n} more", n=more)] if more > 0 else lines)


def variables(reader: Reader, of: Sequence[Variable], limit: int) -> str:
    """One variable a line, with its file where there are several."""
    several = len({one.file for one in of}) > 1
    return _fitting(reader, of, lambda one: f"• {variable_line(reader, one, with_file=several)}", limit)


def _fitting(reader: Reader, of: Sequence[T], written: Callable[[T], str], limit: int) -> str:
    """As `fitting`, where there are so many that writing all of them would take long."""
    found: list[str] = []
    room = limit
    for one in of:
        found.append(written(one))
        room -= len(found[-1]) + 1
        if room < 0:
            break
    rest = [""] * (len(of) - len(found))
    return fitting(reader, [*found, *rest], limit)


def variable_line(reader: Reader, of: Variable, *, with_file: bool = False) -> str:
    """`PORT` changed: `80` → `8080` (web/.env.example)"""
    t = reader.t
    said = f"{code(of.name)} {t(_CHANGES[of.change])}"
    match of.change:
        case VariableChange.ADDED:
            said += f": {_value(reader, of.default)}"
        case VariableChange.CHANGED:
            said += f": {_value(reader, of.before)} → {_value(reader, of.default)}"
        case VariableChange.REMOVED:
            pass
    return f"{said} ({code(of.file)})" if with_file and of.file else said


def _value(reader: Reader, value: str) -> str:
    return code(value[:_VALUE] + "…" if len(value) > _VALUE else value) if value else reader.t("empty")


def variable_counts(reader: Reader, of: Sequence[Variable]) -> str:
    """`new 2 · changed 1`"""
    t = reader.t
    counted = [(t(name), sum(one.change is change for one in of)) for change, name in _CHANGES.items()]
    return " · ".join(f"{name} {n}" for name, n in counted if n)


def of_scope(reader: Reader, scope: Scope) -> str:
    return surroundings(reader, migrations=len(scope.migrations), variables=len(scope.variables))
