"""What release notes are made of (spec 2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.commits import Told
from domain.scope import Variable
from domain.types import ReleaseType


class Section(StrEnum):
    """The sections of the notes, in the order in which they are read."""

    FEATURES = "features"
    IMPROVEMENTS = "improvements"
    FIXES = "fixes"
    SECURITY = "security"
    BREAKING = "breaking"
    DEPRECATED = "deprecated"
    OTHER = "other"
    KNOWN_ISSUES = "known_issues"
    ENVIRONMENT = "environment"
    UPGRADE = "upgrade"


class Audience(StrEnum):
    """For whom notes are written: a team reads authors and commits, customers do not."""

    TEAM = "team"
    CUSTOMERS = "customers"


@dataclass(frozen=True, kw_only=True)
class Head:
    """The table on top. `previous` is the tag before, empty for the first release; `type` and `day` are None
    for notes of a plain range.
    """

    version: str
    previous: str = ""
    type: ReleaseType | None = None
    day: date | None = None


Entry = Told
"""A change as it is listed."""


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What has to change around the program: variables, and migrations by their paths."""

    variables: tuple[Variable, ...] = ()
    migrations: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.variables or self.migrations)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What a person wrote for a section in one language: Markdown that stands in the draft's place.

    `candidate` is the one that the section was drafted from then; later candidates may have brought more.
    """

    section: Section
    language: str
    text: str
    by: str
    at: datetime
    candidate: int


@dataclass(frozen=True, kw_only=True)
class Notes:
    """The notes of one version in one language. `written` has people's texts by section, in Markdown; an
    empty one says that the section was looked at and there is nothing to say.

    `order` are the sections that the policy gives an audience, empty for the usual ones; `intro` and `outro`
    what stands before and after all of them, in Markdown.
    """

    head: Head
    entries: Mapping[Section, tuple[Entry, ...]] = field(default_factory=dict)
    environment: Environment = Environment()
    written: Mapping[Section, str] = field(default_factory=dict)
    order: tuple[Section, ...] = ()
    intro: str = ""
    outro: str = ""

    def of(self, section: Section) -> tuple[Entry, ...]:
        return self.entries.get(section, ())
