"""The version to propose for a release, from what is in production and what has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from domain.commits import Change, ChangeKind, Told
from domain.types import ReleaseType
from domain.versions.model import Version

FIRST = Version(0, 1, 0)


class Bump(StrEnum):
    """Which part of the version the changes call for (spec 2.3)."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


def bump_for(changes: Iterable[Change | Told], type: ReleaseType) -> Bump:  # noqa: A002  the field's word
    """A breaking change calls for MAJOR, a feature for MINOR, else PATCH; emergencies are always PATCH."""
    if type in {ReleaseType.EMERGENCY, ReleaseType.HOTFIX}:
        return Bump.PATCH
    listed = tuple(changes)
    if any(change.breaking for change in listed):
        return Bump.MAJOR
    return Bump.MINOR if any(change.kind is ChangeKind.FEATURE for change in listed) else Bump.PATCH


def next_version(
    production: Version | None,
    changes: Iterable[Change | Told],
    type: ReleaseType,  # noqa: A002  the field's word
    *,
    used: Collection[Version] = (),
) -> Version:
    """The version to propose after `production`, or for a hotfix after the version whose line it continues.

    `used` are all versions ever taken: where the proposal is not above the newest of its line, the next
    free patch of that line is proposed, for a version is never used again. The first of all is 0.1.0.
    """
    if production is None:
        return _free(FIRST, used)
    called_for = production.semver.next_version(bump_for(changes, type))
    return _free(Version.of(called_for), used)


def _free(version: Version, used: Collection[Version]) -> Version:
    newest = newest_of_line(version, used)
    if newest is None or newest < version:
        return version
    return Version.of(newest.semver.next_version(Bump.PATCH))


def newest_of_line(version: Version, used: Iterable[Version]) -> Version | None:
    """The highest of `used` that shares MAJOR and MINOR with `version`."""
    return max((known for known in used if known.line == version.line), default=None)


def older_line(version: Version, production: Version | None, known: Iterable[Version]) -> Version | None:
    """The newest of an older line than what runs, which `version` fixes; None for any other line."""
    if production is None or version.line >= production.line:
        return None
    return newest_of_line(version, known)
