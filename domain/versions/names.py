"""The branches and tags of a release, and which versions tags name (spec 2.1, 2.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import assert_never

from domain.refs import slug
from domain.types import ReleaseType
from domain.versions.model import Version, VersionError


def tag_name(version: Version, prefix: str = "") -> str:
    """`v1.5.0`, with the prefix of a project that shares its repository `shop/v1.5.0`."""
    return f"{prefix}v{version}"


def candidate_tag(version: Version, n: int, prefix: str = "") -> str:
    """`v1.5.0-rc.2`; a pre-release keeps its own mark: `v2.0.0-beta.1.rc.2`. Build metadata is left out."""
    mark = f"{version.prerelease}.rc.{n}" if version.prerelease else f"rc.{n}"
    return f"{prefix}v{version.major}.{version.minor}.{version.patch}-{mark}"


def own_tags(tags: Iterable[str], prefix: str) -> frozenset[str]:
    """The tags of a project, without its prefix; those of other projects of the repository are left out.

    Without a prefix all are its own; those that other prefixes stand before are no versions.
    """
    return frozenset(tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix))


def spelled(version: Version, tags: Collection[str]) -> str:
    """The tag that names a version, as the repository writes it (`1.5.0`), else as Naru does."""
    usual = tag_name(version)
    same = (tag for tag in sorted(tags) if _of_tag(tag) == version)
    return usual if usual in tags else next(same, usual)


def is_candidate(version: Version) -> bool:
    """Whether a version is a candidate's (`…-rc.2`), which was built but need not have been released."""
    marks = (version.prerelease or "").split(".")
    return marks[-1].isdecimal() and marks[-2:-1] == ["rc"]


def highest(tags: Iterable[str]) -> Version | None:
    """The highest version among tags; candidates, and tags that are no versions, are passed over."""
    return max(
        (version for tag in tags if (version := _of_tag(tag)) and not is_candidate(version)), default=None
    )


def _of_tag(tag: str) -> Version | None:
    try:
        return Version.parse(tag)
    except VersionError:
        return None


def versions_of(tags: Iterable[str]) -> frozenset[Version]:
    """Every version that tags name, candidates included."""
    return frozenset(version for tag in tags if (version := _of_tag(tag)))


def of_project(branch: str, prefix: str) -> str:
    """`release/v1.5.0` among those of a repository that several projects share: `release/shop/v1.5.0`."""
    kind, _, name = branch.partition("/")
    return f"{kind}/{prefix}{name}"


def branch_name(
    type: ReleaseType,  # noqa: A002  the field's word
    version: Version,
    *,
    day: date,
    n: int = 1,
    feature: str = "",
) -> str:
    """The branch of a release (spec 2.1).

    `day` and `n` (which hotfix of that day) make a hotfix's name; `feature` is what somebody called the
    feature. Raises ValueError when nothing of that can be kept in a branch name.
    """
    match type:
        case ReleaseType.REGULAR:
            return f"release/v{version}"
        case ReleaseType.EMERGENCY:
            return f"release/hotfix-v{version}"
        case ReleaseType.HOTFIX:
            return f"hotfix/INC-{day:%Y%m%d}-{n}"
        case ReleaseType.FEATURE:
            name = slug(feature)
            if not name:
                raise ValueError("a feature release needs a feature's name")
            return f"release/feature-{name}"
        case _:
            assert_never(type)
