"""The version that is proposed for a release, and the one that a person chooses instead."""

from __future__ import annotations

from dataclasses import dataclass

from commands import production
from commands.requests import StartRelease
from domain import refusals as no
from domain.project import Project
from domain.refusals import Refused
from domain.scope import RepositoryFacts, Scope
from domain.types import PLANNED, URGENT, ReleaseType
from domain.versions import (
    Version,
    VersionError,
    is_candidate,
    newest_of_line,
    next_version,
    older_line,
    tag_name,
    versions_of,
)
from domain.versions.problems import (
    InUse,
    LowerThanCalledFor,
    LowerThanNewestOfLine,
    LowerThanProduction,
    NotSemVer,
    VersionProblem,
    check_new,
)
from domain.versions.reasons import Reason, reason_of
from storage import releases, repositories
from storage.db import Tx


@dataclass(frozen=True)
class Proposal:
    """What is known when a release is started: `proposed` is the version that the changes call for.

    `to_confirm` is the tag that stands for `production` until a person has said what runs there.
    """

    production: Version | None
    proposed: Version
    used: frozenset[Version]
    facts: RepositoryFacts | None
    to_confirm: Version | None = None

    @property
    def scope(self) -> Scope | None:
        """What a planned release would carry; of no use where it was read since another version."""
        scope = self.facts.scope if self.facts else None
        since = tag_name(self.production) if self.production else ""
        return scope if scope and scope.since == since else None


def propose(tx: Tx, project: Project, kind: ReleaseType, parent: str = "") -> Proposal:
    """The next version from what is in production and what was last read of the repository.

    A fix-forward follows the release that it mends: that is what runs in production.
    """
    facts = repositories.facts(tx, project.key)
    used = frozenset(releases.versions(tx, project.key)) | versions_of(facts.tags if facts else ())
    to_confirm = production.to_confirm(tx, project.key, facts)
    runs = to_confirm or production.running(tx, project.key)
    if parent and (mended := releases.get(tx, parent)):
        runs, to_confirm = mended.version, None
    proposed = next_version(runs, (), kind, used=used)
    if kind in PLANNED and facts and facts.next_version:
        proposed = _free(Version.parse(facts.next_version), used)
    return Proposal(runs, proposed, used, facts, to_confirm)


def _free(called_for: Version, used: frozenset[Version]) -> Version:
    """The version that the changes call for, or the next of its line where that is taken."""
    newest = newest_of_line(called_for, used)
    if newest is None or newest < called_for:
        return called_for
    return next_version(newest, (), ReleaseType.REGULAR, used=used)


def choose(request: StartRelease, known: Proposal) -> Version:
    """The chosen or proposed version. Raises Refused(BadVersion)."""
    text = request.version or str(known.proposed)
    problems = check_new(text, used=known.used, production=known.production)
    if problems:
        code, other = _problem(problems[0])
        raise Refused(no.BadVersion(text, code, other, str(_instead(request, text, known))))
    version = Version.parse(text)
    if is_candidate(version):  # Naru names its own candidates so
        raise Refused(no.BadVersion(text, "pre_release", "", str(known.proposed)))
    return version


def _instead(request: StartRelease, text: str, known: Proposal) -> Version:
    """For a version that cannot be: to fix an older line, the next free patch of that line."""
    try:
        typed = Version.parse(text)
    except VersionError:
        return known.proposed
    fixed = request.type in URGENT and older_line(typed, known.production, known.used)
    return _free(typed, known.used) if fixed else known.proposed


def _problem(problem: VersionProblem) -> tuple[str, str]:
    match problem:
        case NotSemVer():
            return "not_semver", ""
        case InUse():
            return "in_use", ""
        case LowerThanNewestOfLine():
            return "not_higher", str(problem.newest)
        case LowerThanProduction():
            return "below_production", str(problem.production)
        case LowerThanCalledFor():
            return "lower", str(problem.called_for)


def lower_than(version: Version, known: Proposal) -> tuple[str, Reason | None]:
    """The version that the changes call for, and why, when a lower one was chosen: said, not forbidden
    (spec 2.3).
    """
    called_for = known.facts.next_version if known.facts else ""
    if not called_for or version >= Version.parse(called_for):
        return "", None
    return called_for, reason_of(known.scope) if known.scope else None
