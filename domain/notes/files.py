"""Files of a repository that Naru writes into: what can be read of them, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LARGEST = 5_000_000
"""Bytes. A changelog of thirty years has less."""


class FileProblem(StrEnum):
    """Why a file is left alone. The values are codes of `domain.repository.ProblemKind`."""

    NOT_A_FILE = "not_a_file"
    NOT_TEXT = "not_text"
    TOO_LARGE = "too_large"
    NO_VERSION = "no_version"


@dataclass(frozen=True)
class FileRefused:
    """The file at `path` (empty where who asks knows it) cannot be written."""

    problem: FileProblem
    path: str = ""


def text_of(content: bytes | None) -> str | FileRefused:
    """The text of a file, byte for byte; empty where there is none."""
    if content is None:
        return ""
    if len(content) > LARGEST:
        return FileRefused(FileProblem.TOO_LARGE)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return FileRefused(FileProblem.NOT_TEXT)
    return FileRefused(FileProblem.NOT_TEXT) if "\0" in text else text
