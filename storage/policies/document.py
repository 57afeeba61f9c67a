"""YAML as a policy file may use it: plain data with the line and column of every key and value.

Scalars stay text (but null, true and false): what 14:00, 010 or no means is for the field to say, not for
YAML 1.1. Duplicate keys, custom tags, endless aliases and nesting are errors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from domain.policy_errors import PolicyError, Why

MAX_VALUES = 20_000
MAX_DEPTH = 30
# libyaml's reader is ten times faster; without it the pure one gives the same nodes.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CORE = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq", "int", "float", "bool", "null")
)
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}

Path = tuple[str | int, ...]


class Stop(Exception):
    """The document cannot be read any further; `args[0]` is the error."""


@dataclass
class Document:
    """`data` as pydantic takes it; `places` holds where each value (and `keys` each key) stands."""

    file: str
    data: Any = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    errors: list[PolicyError] = field(default_factory=list)
    values: int = 0

    def error(self, why: Why, path: Path, at: tuple[int, int] = (0, 0), **data: str) -> PolicyError:
        return PolicyError(file=self.file, why=why, line=at[0], column=at[1], field=dotted(path), data=data)


def dotted(path: Path) -> str:
    """('roles', 'pm', 'users', 0) → roles.pm.users[0]."""
    parts = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return parts.removeprefix(".")


def read(file: str, text: str) -> Document:
    """Parse one file. What stops the reading, and what is wrong with keys, is in `errors`."""
    document = Document(file)
    try:
        root = _compose(document, text)
        document.data = _plain(document, root, (), 1)
    except Stop as stop:
        document.errors.append(stop.args[0])
    return document


def _compose(document: Document, text: str) -> yaml.Node:
    loader = None
    try:
        _check_depth(document, text)
        loader = _LOADER(text)
        root: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise Stop(_syntax(document, text, error)) from error
    except (yaml.YAMLError, ValueError) as error:
        problem = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Stop(document.error(Why.NOT_YAML, (), problem=problem)) from error
    finally:
        if loader is not None:
            loader.dispose()
    if root is None or _is_nothing(root):
        raise Stop(document.error(Why.EMPTY, ()))
    return root


def _check_depth(document: Document, text: str) -> None:
    """Before anything recurses: composing deep nodes overflows the C reader's stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise Stop(document.error(Why.TOO_DEEP, (), _place(event)))


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and _WORDS.get(node.value, 0) is None


def _syntax(document: Document, text: str, error: yaml.MarkedYAMLError) -> PolicyError:
    mark = error.problem_mark or error.context_mark
    at = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
    lines = text.split("\n")
    line = lines[at[0] - 1] if 0 < at[0] <= len(lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[at[1] - 1 : at[1]] == "\t":
        return document.error(Why.TAB, (), (at[0], line.index("\t") + 1))
    if "another document" in (error.problem or ""):
        return document.error(Why.SEVERAL_DOCUMENTS, (), at)
    return document.error(Why.NOT_YAML, (), at, problem=error.problem or error.context or "")


def _plain(document: Document, node: yaml.Node, path: Path, depth: int) -> Any:
    at = _place(node)
    document.places[path] = at
    document.values += 1
    if document.values > MAX_VALUES:
        raise Stop(document.error(Why.TOO_MANY_VALUES, (), at))
    if depth > MAX_DEPTH:
        raise Stop(document.error(Why.TOO_DEEP, path, at))
    if node.tag not in _CORE:
        document.errors.append(document.error(Why.TAG, path, at, tag=node.tag))
    match node:
        case yaml.MappingNode():
            return _mapping(document, node, path, depth)
        case yaml.SequenceNode():
            return [_plain(document, item, (*path, i), depth + 1) for i, item in enumerate(node.value)]
        case yaml.ScalarNode():  # the style of plain text is None or empty, as the reader has it
            return node.value if node.style else _WORDS.get(node.value, node.value)
        case _:
            raise Stop(document.error(Why.NOT_YAML, path, at))


def _mapping(document: Document, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        at = _place(key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            document.errors.append(document.error(Why.KEY_NOT_TEXT, path, at))
            continue
        key, here = key_node.value, (*path, key_node.value)
        if here in document.keys and key in found:
            first = str(document.keys[here][0])
            document.errors.append(document.error(Why.DUPLICATE_KEY, here, at, key=key, line=first))
            continue
        document.keys[here] = at
        found[key] = _plain(document, value_node, here, depth + 1)
    return found


def _place(part: yaml.Node | yaml.Event) -> tuple[int, int]:
    mark = part.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
