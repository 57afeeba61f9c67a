"""References to issues in a message – `#12`, `PAY-7` – and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# A reference may touch Hangul: `PAY-7을 고침` names PAY-7.
_BEFORE = r"(?<![0-9A-Za-z_/&#!-])"
_NUMBER = r"\d{1,9}(?![0-9A-Za-z_])"
MARKS = ("#", "!")


@dataclass(frozen=True)
class Tracker:
    """Issues of one place. `keys` are what stands before a number: `#`, `!`, or a key such as `PAY` (PAY-7).

    In `url` `{id}` is the whole reference and `{number}` its number; empty where references lead nowhere.
    """

    keys: tuple[str, ...]
    url: str = ""


NUMBERED = Tracker(("#",))


def pattern_of(trackers: Iterable[Tracker]) -> re.Pattern[str]:
    """Finds every reference to these trackers; made of escaped keys only, so it never backtracks."""
    keys = sorted({beginning(key) for tracker in trackers for key in tracker.keys} | {"#"})
    return re.compile(rf"{_BEFORE}(?:{'|'.join(map(re.escape, keys))}){_NUMBER}")


def beginning(key: str) -> str:
    """`#` of `#`, `PAY-` of `PAY`."""
    return key if key in MARKS else f"{key}-"


def link_of(reference: str, trackers: Iterable[Tracker]) -> str:
    """The address of a reference as written, empty where no tracker gives one."""
    for tracker in trackers:
        if not tracker.url:
            continue
        for key in tracker.keys:
            number = reference.removeprefix(beginning(key))
            if number != reference and number.isdecimal():
                return filled(tracker.url, reference, number)
    return ""


def filled(url: str, reference: str, number: str) -> str:
    return url.replace("{id}", reference).replace("{number}", number)
