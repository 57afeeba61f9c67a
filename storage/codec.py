"""Closed unions of frozen dataclasses to JSON and back: every dataclass is written with its class's name.

The name stands under `@type`, in nested values too: many members of our unions have the same fields
(`FreezeBegun` and `LockSet`, `ReasonMissing` and `BugMissing`), and only their names tell them apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast, get_args, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import to_json, to_jsonable_python

T = TypeVar("T")
TYPE = "@type"
MOMENT, DAY = "@at", "@day"


@cache
def adapter(kind: type[T]) -> TypeAdapter[T]:
    """The adapter of one class, built once: building is slow, using is fast."""
    return TypeAdapter(kind)


class Codec(Generic[T]):
    """Reads and writes the members of one closed union."""

    def __init__(self, union: object) -> None:
        self._members = frozenset(get_args(union) or (union,))
        self._kinds = _classes(union)

    def plain(self, value: T) -> dict[str, Any]:
        """JSON-ready: datetimes as ISO text, enums as their values."""
        if type(value) not in self._members:
            raise TypeError(f"{type(value).__name__} is not a member of this union")
        return cast("dict[str, Any]", _plain(value))

    def dump(self, value: T) -> str:
        return to_json(self.plain(value)).decode()

    def load(self, text: str) -> T:
        """Raises pydantic.ValidationError or KeyError when the text is of another program's making."""
        return cast("T", json.loads(text, object_hook=self._object))

    def _object(self, found: dict[str, Any]) -> Any:
        """Innermost first: a nested value is an instance already, and its union takes it as it is."""
        if MOMENT in found:
            return datetime.fromisoformat(found[MOMENT])
        if DAY in found:
            return date.fromisoformat(found[DAY])
        if TYPE not in found:
            return found
        kind = self._kinds[found.pop(TYPE)]
        return adapter(kind).validate_python(found)  # type: ignore[arg-type]  # classes are hashable


def _plain(value: Any) -> Any:
    kind = type(value)
    return value if kind in _AS_IT_IS else _writer(kind)(value)  # type: ignore[arg-type]  # classes are hashable


_AS_IT_IS = frozenset({type(None), str, int, bool, float})
Write = Callable[[Any], Any]


@cache
def _writer(kind: type[object]) -> Write:
    """How values of one class are written: looked at once, used for every value."""
    if is_dataclass(kind):
        return _class_writer(kind)
    if issubclass(kind, tuple | list):
        return _items
    return attrgetter("value") if issubclass(kind, StrEnum) else to_jsonable_python


def _class_writer(kind: type[object]) -> Write:
    mixed = _mixed(kind)  # type: ignore[arg-type]  # classes are hashable
    steps = [(field.name, _moment if field.name in mixed else _plain) for field in fields(kind)]  # type: ignore[arg-type]  # a dataclass, says who asks

    def write(value: Any) -> dict[str, Any]:
        found: dict[str, Any] = {TYPE: kind.__name__}
        for name, step in steps:
            inner = getattr(value, name)
            found[name] = inner if type(inner) in _AS_IT_IS else step(inner)  # most are: a call costs more
        return found

    return write


def _items(value: Iterable[Any]) -> list[Any]:
    return [_plain(item) for item in value]


def _moment(value: Any) -> Any:
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    return {DAY: value.isoformat()} if isinstance(value, date) else _plain(value)


@cache
def _mixed(kind: type[object]) -> frozenset[str]:
    """The fields that hold a moment (or a day) or a text: there ISO text alone would be read as text."""
    hints = get_type_hints(kind)
    return frozenset(name for name, hint in hints.items() if {datetime, str} <= set(get_args(hint)))


def _classes(union: object) -> dict[str, type[object]]:
    """Every dataclass that can occur, by name. Raises TypeError when two could not be told apart."""
    found: dict[str, type[object]] = {}
    waiting = [union]
    while waiting:
        hint = waiting.pop()
        waiting.extend(get_args(hint))
        if not isinstance(hint, type) or not is_dataclass(hint) or found.get(hint.__name__) is hint:
            continue
        if hint.__name__ in found:
            raise TypeError(f"two classes are called {hint.__name__}")
        found[hint.__name__] = hint
        waiting.extend(get_type_hints(hint).values())
    return found
