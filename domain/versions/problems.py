"""What speaks against a version that somebody chose for a new release."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from domain.versions.model import Version, VersionError, VersionFault
from domain.versions.proposal import newest_of_line


@dataclass(frozen=True)
class NotSemVer:
    blocks: ClassVar[bool] = True
    text: str
    fault: VersionFault


@dataclass(frozen=True)
class InUse:
    blocks: ClassVar[bool] = True
    version: Version


@dataclass(frozen=True)
class LowerThanNewestOfLine:
    blocks: ClassVar[bool] = True
    version: Version
    newest: Version


@dataclass(frozen=True)
class LowerThanProduction:
    """A new line must begin above what is in production."""

    blocks: ClassVar[bool] = True
    version: Version
    production: Version


@dataclass(frozen=True)
class LowerThanCalledFor:
    """A warning only: a person may choose a lower version than the changes call for, and is told."""

    blocks: ClassVar[bool] = False
    version: Version
    called_for: Version


VersionProblem = NotSemVer | InUse | LowerThanNewestOfLine | LowerThanProduction | LowerThanCalledFor


def check_new(
    text: str,
    *,
    used: Collection[Version],
    production: Version | None,
    called_for: Version | None = None,
) -> tuple[VersionProblem, ...]:
    """Everything that speaks against a new release of version `text`; problems with `blocks` forbid it.

    `used` are all versions ever taken, on releases or as tags; candidates' tags may be among them.
    `called_for` is what `next_version` proposes for the same changes.
    """
    try:
        version = Version.parse(text)
    except VersionError as error:
        return (NotSemVer(text, error.fault),)
    found: list[VersionProblem] = []
    newest = newest_of_line(version, used)
    if version in used:
        found.append(InUse(version))
    elif newest is not None and version < newest:
        found.append(LowerThanNewestOfLine(version, newest))
    elif newest is None and production is not None and version <= production:
        found.append(LowerThanProduction(version, production))
    if called_for is not None and version < called_for:
        found.append(LowerThanCalledFor(version, called_for))
    return tuple(found)
