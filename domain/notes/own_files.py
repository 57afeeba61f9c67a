"""Files that Naru writes itself, where a merge finds both sides to have written: what needs no person."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notes.changelog_merge import merged_changelog
from domain.notes.version_file import version_in, with_version
from domain.versions import Version, VersionError


@dataclass(frozen=True, kw_only=True)
class OwnFiles:
    """Their paths as the policy names them, empty for none. `keeping`: the branch that is merged into keeps
    its own version, whatever comes; else the higher one of both stands.
    """

    changelog: str = ""
    version_file: str = ""
    keeping: bool = False


@dataclass(frozen=True)
class Sides:
    """What a file was where the histories parted (None: it was not there), and what both made of it."""

    base: bytes | None
    ours: bytes
    theirs: bytes


def settled(own: OwnFiles, path: str, sides: Sides) -> bytes | Sides | None:
    """The file as it shall be; or sides that differ in nothing of Naru's any more, to be merged line by line;
    None where it is a person's.
    """
    if path == own.changelog:
        return merged_changelog(sides.base, sides.ours, sides.theirs)
    if path == own.version_file:
        return _levelled(path, sides, keeping=own.keeping)
    return None


def _levelled(path: str, sides: Sides, *, keeping: bool) -> Sides | None:
    """All of them with the one version that stands."""
    version = _standing(version_in(path, sides.ours), version_in(path, sides.theirs), keeping=keeping)
    if not version:
        return None
    ours, theirs = (with_version(path, side, version) for side in (sides.ours, sides.theirs))
    base = b"" if sides.base is None else with_version(path, sides.base, version)
    if not isinstance(ours, bytes) or not isinstance(theirs, bytes) or not isinstance(base, bytes):
        return None
    return Sides(base, ours, theirs)


def _standing(ours: str, theirs: str, *, keeping: bool) -> str:
    """Empty where it cannot be told."""
    try:
        mine, other = Version.parse(ours), Version.parse(theirs)
    except VersionError:
        return ""
    return ours if keeping or mine >= other else theirs
