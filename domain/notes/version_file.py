"""The file that holds a project's version: a plain one, package.json or pyproject.toml, by its name."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from domain.notes.files import FileProblem, FileRefused, text_of

_IN_JSON = re.compile(r'"version"\s*:\s*"([^"\\\n]*)"')
_IN_TOML = re.compile(r"""^[ \t]*version[ \t]*=[ \t]*(["'])([^"'\\\n]*)\1""", re.MULTILINE)
_PLAIN = re.compile(r"(\ufeff?\s*[vV]?)(\d[^\s]*)(\s*)")
_LONGEST = 200
_NONE = FileRefused(FileProblem.NO_VERSION)
Data = dict[str, Any]


def with_version(path: str, before: bytes | None, version: str) -> bytes | FileRefused:
    """The file with `version` (no `v`) in it, everything else byte for byte as it was.

    A plain file that is not there is made; a manifest is never made up.
    """
    text = text_of(before)
    if isinstance(text, FileRefused):
        return text
    change = _BY_NAME.get(path.rpartition("/")[2], _plain)
    changed = change(text, version, new=before is None)
    return changed if isinstance(changed, FileRefused) else changed.encode()


def version_in(path: str, content: bytes) -> str:
    """The version that the file has, without `v`; empty where there is none that could be replaced."""
    text = text_of(content)
    if isinstance(text, FileRefused):
        return ""
    pattern = _PATTERNS.get(path.rpartition("/")[2], _PLAIN)
    if pattern is _PLAIN:
        plain = _PLAIN.fullmatch(text) if len(text) <= _LONGEST else None
        return plain[2] if plain else ""
    named = (found[found.re.groups] for found in pattern.finditer(text))
    return next((one for one in named if with_version(path, content, one) == content), "")


def _plain(text: str, version: str, *, new: bool) -> str | FileRefused:
    """One version and nothing else, with a `v` if it had one."""
    if new or not text.strip():
        return f"{version}\n"
    found = _PLAIN.fullmatch(text)
    if not found or len(text) > _LONGEST:
        return _NONE
    return f"{found[1]}{version}{found[3] or chr(10)}"


def _package_json(text: str, version: str, *, new: bool) -> str | FileRefused:
    def wanted(data: Data) -> Data | None:
        return {**data, "version": version} if isinstance(data.get("version"), str) else None

    spans = (found.span(1) for found in _IN_JSON.finditer(text))
    return _NONE if new else _first(text, version, spans, json.loads, wanted)


def _pyproject(text: str, version: str, *, new: bool) -> str | FileRefused:
    def wanted(data: Data) -> Data | None:
        for names in (("project",), ("tool", "poetry")):
            if (table := _table(data, names)) and isinstance(table.get("version"), str):
                return _with(data, names, {**table, "version": version})
        return None

    spans = (found.span(2) for found in _IN_TOML.finditer(text))
    return _NONE if new else _first(text, version, spans, tomllib.loads, wanted)


def _first(
    text: str,
    version: str,
    spans: Iterator[tuple[int, int]],
    load: Callable[[str], Any],
    wanted: Callable[[Data], Data | None],
) -> str | FileRefused:
    """The text with the one of `spans` replaced that changes the version itself and nothing beside it."""
    try:
        data = load(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return _NONE
    goal = wanted(data) if isinstance(data, dict) else None
    if goal is None:
        return _NONE
    for start, end in spans:
        changed = text[:start] + version + text[end:]
        if load(changed.removeprefix("\ufeff")) == goal:
            return changed
    return _NONE


def _table(data: Data, names: tuple[str, ...]) -> Data:
    found: Any = data
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _with(data: Data, names: tuple[str, ...], table: Data) -> Data:
    if not names:
        return table
    return {**data, names[0]: _with(data[names[0]], names[1:], table)}


_BY_NAME: Mapping[str, Callable[..., str | FileRefused]] = {
    "package.json": _package_json,
    "pyproject.toml": _pyproject,
}
_PATTERNS: Mapping[str, re.Pattern[str]] = {"package.json": _IN_JSON, "pyproject.toml": _IN_TOML}
