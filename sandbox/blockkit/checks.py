"""Small checks of JSON values, each yielding the problems it finds with a JSON pointer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """`pointer` is a JSON pointer into what was checked, `reason` in Slack's words where they are known."""

    pointer: str
    reason: str

    def as_slack(self, prefix: str = "") -> str:
        """The line that Slack puts into `response_metadata.messages`."""
        return f"[ERROR] {self.reason} [json-pointer:{prefix}{self.pointer}]"


def objects_in(value: Any) -> list[dict[str, Any]]:
    """The objects of what should be a list of them; other checks complain of the rest."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


Check = Callable[[Any, str], Iterator[Problem]]


def string(most: int, *, least: int = 1, pattern: str | None = None) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must be a string")
        elif len(value) < least:
            yield Problem(at, f"must be more than {least - 1} characters")
        elif len(value) > most:
            yield Problem(at, f"must be less than {most + 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            yield Problem(at, "does not match the expected format")

    return check


def integer(low: int, high: int) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem(at, "must be an integer")
        elif not low <= value <= high:
            yield Problem(at, f"must be between {low} and {high}")

    return check


def boolean(value: Any, at: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield Problem(at, "must be a boolean")


def one_of(*allowed: str) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if value not in allowed:
            yield Problem(at, f"must be one of: {', '.join(allowed)}")

    return check


def list_of(inner: Check, most: int, *, least: int = 1) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must be an array")
            return
        if len(value) < least:
            yield Problem(at, f"no less than {least} items allowed")
        if len(value) > most:
            yield Problem(at, f"no more than {most} items allowed")
        for index, item in enumerate(value):
            yield from inner(item, f"{at}/{index}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """An object with these fields and no others; `type` is checked by who chose the shape."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        for name in required:
            if value.get(name) is None:
                yield Problem(at, f"missing required field: {name}")
        for name, item in value.items():
            inner = required.get(name) or optional.get(name)
            if inner is not None and item is not None:
                yield from inner(item, f"{at}/{name}")
            elif inner is None and name != "type":
                yield Problem(at, f"invalid additional property: {name}")

    return check


def both(*checks: Check) -> Check:
    def check(value: Any, at: str) -> Iterator[Problem]:
        for inner in checks:
            yield from inner(value, at)

    return check


def by_type(shapes: Mapping[str, Check], *, allowed: Collection[str] | None = None) -> Check:
    """Chooses the check by the value's `type`; types outside `allowed` are refused in this place."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        kind = value.get("type")
        if not isinstance(kind, str):
            yield Problem(at, "missing required field: type")
        elif kind not in shapes or (allowed is not None and kind not in allowed):
            yield Problem(f"{at}/type", f"unsupported type: {kind}")
        else:
            yield from shapes[kind](value, at)

    return check
