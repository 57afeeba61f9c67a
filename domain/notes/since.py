"""Which version tag notes begin after, where nobody said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from domain.versions import Version, VersionError, is_candidate


def versions_among(tags: Iterable[str], prefix: str = "") -> dict[str, Version]:
    """The tags that name versions, as they are written; with `prefix` (`shop/`) those that begin with it."""
    own = (tag for tag in tags if tag.startswith(prefix))
    return {tag: version for tag in own if (version := _version(tag.removeprefix(prefix))) is not None}


def newest_first(tags: Mapping[str, Version], below: Version | None = None) -> Iterator[str]:
    """From the highest version down; of equal ones the shorter name. Only those lower than `below`.

    Candidates were built and need not have been released: they are passed over, unless `below` is one.
    """
    with_candidates = below is not None and is_candidate(below)
    lines: dict[tuple[int, int, int], list[tuple[str, Version]]] = defaultdict(list)
    for tag, version in tags.items():
        if with_candidates or not is_candidate(version):
            lines[version.major, version.minor, version.patch].append((tag, version))
    # Numbers first: comparing all versions by every rule would take seconds where there are thousands.
    for numbers in sorted(lines, reverse=True):
        alike = sorted(lines[numbers], key=lambda one: one[0])
        for tag, version in sorted(alike, key=lambda one: one[1], reverse=True):
            if below is None or version < below:
                yield tag


def _version(tag: str) -> Version | None:
    try:
        return Version.parse(tag)
    except VersionError:
        return None
