"""Durations as people write them in a policy: `30m`, `24h`, `3d`, `1d 12h`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer
from pydantic_core import PydanticCustomError

UNITS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}
_PART = re.compile(r"(\d{1,6})\s*([smhdw])")


def parse_duration(value: object) -> timedelta:
    """`30m`, `24h`, `3d 12h`, and `0s` for none. Raises ValueError on anything else."""
    if isinstance(value, timedelta):
        return value
    text = str(value).strip().lower()
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip():
        raise ValueError("not a duration such as 30m, 24h or 3d")
    try:
        return sum((int(number) * UNITS[unit] for number, unit in parts), timedelta())
    except OverflowError:
        raise ValueError("longer than anything lasts") from None


def write_duration(value: timedelta) -> str:
    """The shortest text that `parse_duration` reads back: `1d 12h`."""
    left, parts = value, []
    for unit, length in UNITS.items():
        number, left = divmod(left, length)
        if number:
            parts.append(f"{number}{unit}")
    return " ".join(parts) or "0s"


def bounded(least: timedelta, most: timedelta | None = None) -> AfterValidator:
    """Of no other length; the mistake is told in the words of a policy."""

    def check(value: timedelta) -> timedelta:
        if value < least:
            raise PydanticCustomError("duration_range", "at least {ge}", {"ge": write_duration(least)})
        if most is not None and value > most:
            raise PydanticCustomError("duration_range", "at most {le}", {"le": write_duration(most)})
        return value

    return AfterValidator(check)


Duration = Annotated[
    timedelta, BeforeValidator(parse_duration), PlainSerializer(write_duration, when_used="json")
]
