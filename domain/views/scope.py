"""What a release carries, and two of its candidates side by side."""

from __future__ import annotations

from dataclasses import dataclass

from domain.difference import Difference
from domain.links import NO_LINKS, Links
from domain.release import Release
from domain.scope import Scope
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class ScopeView:
    """The changes of a release. `candidates` are the numbers of all that were built; while it is `changeable`
    changes can be left out and taken back.
    """

    project: ProjectView
    release: Release
    scope: Scope
    compare_url: str = ""
    candidates: tuple[int, ...] = ()
    large: bool = False
    changeable: bool = False
    links: Links = NO_LINKS


@dataclass(frozen=True, kw_only=True)
class CompareView:
    """What candidate `newer` has that `older` had not; both are among `candidates`."""

    release: Release
    candidates: tuple[int, ...]
    newer: int
    older: int
    difference: Difference
    links: Links = NO_LINKS
