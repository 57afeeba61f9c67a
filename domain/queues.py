"""What merge queues are marked with: an entry bears what its pull request does, and what it stands upon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from domain.forges import Queued
from domain.statuses import MarkState, Standing


def entries(queued: Iterable[Queued], found: Iterable[Standing]) -> dict[str, Standing]:
    """By commit. Merging an entry merges those beneath it as well: it is held while one of them is.

    One whose pull request is not known yet is left for the next round.
    """
    by_number = {(one.pull.base, one.pull.number): one for one in found}
    standing = {
        entry.sha: by_number[entry.base, entry.number]
        for entry in queued
        if (entry.base, entry.number) in by_number
    }
    beneath = {entry.sha: entry.onto for entry in queued}
    return {sha: _borne(sha, own, standing, beneath) for sha, own in standing.items()}


def _borne(sha: str, own: Standing, standing: Mapping[str, Standing], beneath: Mapping[str, str]) -> Standing:
    chain = (standing[one] for one in _down(sha, beneath) if one in standing)
    return next((one for one in chain if one.because.state is MarkState.HELD), own)


def _down(sha: str, beneath: Mapping[str, str]) -> Iterator[str]:
    """The entry and those beneath it; nothing twice, whatever the names of refs claim."""
    seen: set[str] = set()
    while sha in beneath and sha not in seen:
        seen.add(sha)
        yield sha
        sha = beneath[sha]
