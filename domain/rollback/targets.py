"""Where a rollback can go: tags of versions that were in production, the previous good one first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.release import Release
from domain.types import REACHED_PRODUCTION, Stage
from domain.versions import Version, VersionError


def targets(
    release: Release, tags: Iterable[str], earlier: Iterable[Version], stages: Mapping[Version, Stage]
) -> tuple[str, ...]:
    """Tags as the repository spells them.

    `earlier` are the good versions that were in production before this release, the last one first; they
    come first. Then the version that it was started from, and older tags from before Naru, highest first.
    `stages` say what became of every recorded version: only one that reached production and stayed is a
    target; never a candidate's tag, never the version itself.
    """
    spelled = _versions(tags)
    started_from = _versions([release.previous_version])
    older = sorted((version for version in spelled if version < release.version), reverse=True)
    order = dict.fromkeys((*earlier, *(v for v in started_from if v < release.version), *older))
    return tuple(
        spelled.get(version, f"v{version}")
        for version in order
        if version != release.version
        and version.prerelease is None
        and stages.get(version, Stage.RELEASED) in REACHED_PRODUCTION
    )


def _versions(tags: Iterable[str]) -> dict[Version, str]:
    found: dict[Version, str] = {}
    for tag in tags:
        try:
            found[Version.parse(tag)] = tag
        except VersionError:
            continue
    return found


def chosen(target: str, possible: tuple[str, ...]) -> str | None:
    """The tag among `possible` that a typed target means; None when it is none of them."""
    wanted = next(iter(_versions([target])), None)
    return next((tag for tag in possible if wanted is not None and Version.parse(tag) == wanted), None)
