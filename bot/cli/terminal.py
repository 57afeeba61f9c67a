"""Who sits at the terminal, what is said to them, where it is written. Quick to import: all commands do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from messages.cli import Code
from messages.texts import Reader, language_of

E = TypeVar("E", bound=StrEnum)


class Mistake(Exception):
    """Something said by its code in messages/cli.py, with its data."""

    def __init__(self, code: Code, **data: str) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


def of_system(error: OSError) -> Mistake:
    """What the operating system said no to."""
    return Mistake(Code.SYSTEM, problem=error.strerror or str(error), name=str(error.filename or ""))


def one_of(choices: type[E], option: str, given: str) -> E:
    """Raises Mistake with the choices."""
    try:
        return choices(given)
    except ValueError:
        known = ", ".join(choice.value for choice in choices)
        raise Mistake(Code.NO_CHOICE, option=option, given=given, known=known) from None


def reader(zone: str = "UTC") -> Reader:
    """Whoever sits at the terminal, by LC_ALL, LC_MESSAGES, LANG; times in the given zone."""
    spoken = next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "en")
    return Reader(language_of(spoken), zone, zone)


def say(line: str, *, error: bool = False) -> None:
    print(line, file=sys.stderr if error else sys.stdout, flush=True)


def write(pieces: Iterable[str], output: Path | None) -> None:
    """To standard output as UTF-8 whatever the terminal claims, or into a file that is whole or as it was."""
    if output is not None:
        replace(output, (piece.encode(errors="replace") for piece in pieces))
        return
    try:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode(errors="replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read has seen enough; Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def replace(path: Path, content: Iterable[bytes]) -> None:
    """Whoever reads the file meanwhile reads the old one or the new one, never half of it."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("wb") as file:
            file.writelines(content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
