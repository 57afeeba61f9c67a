"""Why a repository on this machine cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class UnreadableKind(StrEnum):
    """Why a repository tells nothing."""

    NO_FOLDER = "no_folder"
    NO_PERMISSION = "no_permission"
    NOT_A_REPOSITORY = "not_a_repository"
    EMPTY = "empty"
    UNKNOWN_REF = "unknown_ref"
    BAD_REF = "bad_ref"
    BROKEN = "broken"
    NO_GIT = "no_git"


class Unreadable(Exception):
    """`name` is the path or the revision spoken of, `detail` git's own words, `similar` what may be meant."""

    def __init__(
        self, kind: UnreadableKind, name: str, *, detail: str = "", similar: Sequence[str] = ()
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.name = name
        self.detail = detail
        self.similar = similar
