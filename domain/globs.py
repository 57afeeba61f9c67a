"""Which paths a policy means: globs as in `.gitignore`, in time that grows with the path and no faster.

`*` and `?` stay within one folder, `**` stands for any number of folders, a glob that begins with `!` takes
paths out again. Every other character means itself, and a glob speaks of the path from the repository's root.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

LONGEST = 200
_FOLDERS = "**"
_ANY_FOLDERS = "(?:[^/]+/)*"
_OTHER_SYNTAX = frozenset("[]{}\\")


def problem_of(glob: str) -> str:
    """Why a glob cannot be used, as a code; empty for one that can."""
    pattern = glob.removeprefix("!")
    parts = pattern.split("/")
    checks = (
        ("empty", not pattern.strip()),
        ("long", len(glob) > LONGEST),
        ("syntax", not glob.isprintable() or bool(_OTHER_SYNTAX & set(pattern))),
        ("place", bool({"", ".", ".."} & set(parts))),
        ("stars", any(_FOLDERS in part and part != _FOLDERS for part in parts)),
    )
    return next((code for code, wrong in checks if wrong), "")


@dataclass(frozen=True)
class Globs:
    """A list of globs, put together once. Those with a problem are for `problem_of` to find before."""

    globs: tuple[str, ...]
    _meant: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _taken_out: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        taken_out = [glob[1:] for glob in self.globs if glob.startswith("!")]
        object.__setattr__(self, "_meant", _any_of(g for g in self.globs if not g.startswith("!")))
        object.__setattr__(self, "_taken_out", _any_of(taken_out))

    def match(self, path: str) -> bool:
        return bool(self._meant.fullmatch(path)) and not self._taken_out.fullmatch(path)


def _any_of(globs: Iterable[str]) -> re.Pattern[str]:
    """Without any glob it matches nothing."""
    return re.compile("|".join(f"(?:{_expression(glob)})" for glob in globs) or r"(?!)", re.DOTALL)


def _expression(glob: str) -> str:
    """What stands between two `**` is looked for from left to right and, once found, never looked for again:
    where it stands first leaves most room for the rest, so that going back could find nothing new.
    """
    first, *others = _runs(glob.split("/"))
    if not others:
        return "/".join(_part(part) for part in first)
    *between, last = others
    text = _folders(first) + "".join(f"(?>{_ANY_FOLDERS}?{_folders(run)})" for run in between)
    return text + (_ANY_FOLDERS + "/".join(_part(part) for part in last) if last else ".+")


def _folders(run: list[str]) -> str:
    return "".join(f"{_part(part)}/" for part in run)


def _runs(parts: list[str]) -> list[list[str]]:
    """The folders between the `**`s."""
    runs: list[list[str]] = [[]]
    for part in parts:
        if part == _FOLDERS:
            runs.append([])
        else:
            runs[-1].append(part)
    return runs


def _part(part: str) -> str:
    """One folder's or file's name, `*` by the same rule as `**`."""
    first, *others = re.split(r"\*+", part)
    if not others:
        return _plain(first)
    *between, last = others
    text = _plain(first)
    text += "".join(f"(?>[^/]*?{_plain(piece)})" for piece in between)
    return f"{text}[^/]*{_plain(last)}"


def _plain(text: str) -> str:
    return "".join("[^/]" if char == "?" else re.escape(char) for char in text)
