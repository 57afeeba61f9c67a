"""Two commits compared, file by file. Quick to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FileStatus(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True)
class ChangedFile:
    """One path that differs between two commits; a rename is a deletion and an addition.

    `before` and `after` are the objects that hold the content, where they were read: empty where there is no
    ordinary file (none at all, a link, a submodule).
    """

    path: str
    status: FileStatus
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class TreeDifference:
    """Two commits compared: the files that differ, lines that came and went (None where nobody counted), and
    what the files that were asked for held before and hold now, by path.
    """

    files: tuple[ChangedFile, ...]
    added: int | None = None
    removed: int | None = None
    before: Mapping[str, bytes] = field(default_factory=dict)
    after: Mapping[str, bytes] = field(default_factory=dict)
