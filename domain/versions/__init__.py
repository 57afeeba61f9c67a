"""Versions by SemVer 2.0.0: order, the next one, what forbids one, and the names made of them."""

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
from domain.versions.problems import (
    InUse,
    LowerThanCalledFor,
    LowerThanNewestOfLine,
    LowerThanProduction,
    NotSemVer,
    VersionProblem,
    check_new,
)
from domain.versions.proposal import FIRST, Bump, bump_for, newest_of_line, next_version, older_line
from domain.versions.reasons import Reason, reason_of

__all__ = [
    "FIRST",
    "MAX_LENGTH",
    "Bump",
    "InUse",
    "LowerThanCalledFor",
    "LowerThanNewestOfLine",
    "LowerThanProduction",
    "NotSemVer",
    "Reason",
    "Version",
    "VersionError",
    "VersionFault",
    "VersionProblem",
    "branch_name",
    "bump_for",
    "candidate_tag",
    "check_new",
    "highest",
    "is_candidate",
    "newest_of_line",
    "next_version",
    "of_project",
    "older_line",
    "own_tags",
    "reason_of",
    "spelled",
    "tag_name",
    "versions_of",
]
