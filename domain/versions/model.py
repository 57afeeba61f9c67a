"""A SemVer 2.0.0 version: how it is read, written and ordered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import total_ordering

import semver

# Longer texts are no version that anybody would read in a message.
MAX_LENGTH = 64


class VersionFault(StrEnum):
    """Why a text is not a version."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    MISSING_PART = "missing_part"
    LEADING_ZERO = "leading_zero"
    NOT_SEMVER = "not_semver"


class VersionError(ValueError):
    """`text` is not SemVer 2.0.0, for the reason in `fault`."""

    def __init__(self, text: str, fault: VersionFault) -> None:
        super().__init__(f"{text[:MAX_LENGTH]!r}: {fault}")
        self.text = text
        self.fault = fault


@total_ordering
@dataclass(frozen=True)
class Version:
    """A SemVer 2.0.0 version; build metadata is carried along and ignored in every comparison (rule 10)."""

    major: int
    minor: int
    patch: int
    prerelease: str | None = None
    build: str | None = field(default=None, compare=False)

    @classmethod
    def parse(cls, text: str) -> Version:
        """`1.5.0`, `v1.5.0-rc.1`, `1.5.0+build.7`. Raises VersionError."""
        bare = text.strip()
        bare = bare[1:] if bare[:1] in {"v", "V"} else bare
        if fault := _fault(bare):
            raise VersionError(text, fault)
        return cls.of(semver.Version.parse(bare))

    @classmethod
    def of(cls, version: semver.Version) -> Version:
        return cls(version.major, version.minor, version.patch, version.prerelease, version.build)

    @property
    def semver(self) -> semver.Version:
        return semver.Version(self.major, self.minor, self.patch, self.prerelease, self.build)

    @property
    def line(self) -> tuple[int, int]:
        """MAJOR and MINOR: what hotfixes of an older version continue."""
        return self.major, self.minor

    def __str__(self) -> str:
        return str(self.semver)

    def __lt__(self, other: Version) -> bool:
        return self.semver.compare(other.semver) < 0


def _fault(text: str) -> VersionFault | None:
    if not text:
        return VersionFault.EMPTY
    if len(text) > MAX_LENGTH:
        return VersionFault.TOO_LONG
    # The library's pattern would take any script's digits.
    if text.isascii() and semver.Version.is_valid(text):
        return None
    numbers = text.partition("+")[0].partition("-")[0].split(".")
    if not text.isascii() or not all(number.isdecimal() for number in numbers):
        return VersionFault.NOT_SEMVER
    if len(numbers) < 3:  # noqa: PLR2004  MAJOR.MINOR.PATCH
        return VersionFault.MISSING_PART
    zero = any(len(number) > 1 and number.startswith("0") for number in numbers)
    return VersionFault.LEADING_ZERO if zero else VersionFault.NOT_SEMVER
