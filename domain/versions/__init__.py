"""Versions by SemVer 2.0.0: order, the next one, and the names made of them.

What speaks against a version is in `problems`, why one is proposed in `reasons`.
"""

from domain.versions.model import MAX_LENGTH, Version, VersionError, VersionFault
from domain.versions.names import (
    branch_name,
    candidate_tag,
    highest,
    is_candidate,
    of_project,
    own_tags,
    spelled,
    tag_name,
    versions_of,
)
from domain.versions.proposal import FIRST, Bump, bump_for, newest_of_line, next_version, older_line

__all__ = [
    "FIRST",
    "MAX_LENGTH",
    "Bump",
    "Version",
    "VersionError",
    "VersionFault",
    "branch_name",
    "bump_for",
    "candidate_tag",
    "highest",
    "is_candidate",
    "newest_of_line",
    "next_version",
    "of_project",
    "older_line",
    "own_tags",
    "spelled",
    "tag_name",
    "versions_of",
]
