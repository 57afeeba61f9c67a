"""What a release carries, and two of its candidates side by side."""

from __future__ import annotations

from dataclasses import dataclass

from domain.corrections import Told
from domain.difference import Difference
from domain.links import NO_LINKS, Links
from domain.release import Release
from domain.scope import Scope
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class ScopeView:
    """The changes of a release. `candidates` are the numbers of all that were built; while it is `changeable`
    changes can be left out and taken back, while it is `correctable` they can be told otherwise. `corrected`
    are those that are.
    """

    project: ProjectView
    release: Release
    scope: Scope
    compare_url: str = ""
    candidates: tuple[int, ...] = ()
    large: bool = False
    changeable: bool = False
    correctable: bool = False
    corrected: frozenset[str] = frozenset()
    links: Links = NO_LINKS


@dataclass(frozen=True, kw_only=True)
class CorrectForm:
    """A commit whose message is to be corrected: as it is told now, None where it is listed nowhere.

    `message` is the present one, empty where it was never read; `original` is how git tells the change,
    where it is corrected already.
    """

    project: str
    sha: str
    message: str
    told: Told | None
    original: Told | None = None
    by: str = ""
    tag: str = ""


@dataclass(frozen=True, kw_only=True)
class CompareView:
    """What candidate `newer` has that `older` had not; both are among `candidates`."""

    release: Release
    candidates: tuple[int, ...]
    newer: int
    older: int
    difference: Difference
    links: Links = NO_LINKS
