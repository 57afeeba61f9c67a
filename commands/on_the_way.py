"""The changes that are on their way: what releases carry and what would be released next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from commands.context import Case
from domain.corrections import is_beginning
from domain.listing import listed, retold, with_picked
from domain.project import Project
from domain.release import Release
from domain.scope import Line, Scope
from storage import releases, repositories, scope_pages, scopes
from storage.db import Tx


@dataclass(frozen=True)
class Carried:
    """What a release carries in a candidate: the current one, or the next one while its build runs.

    Without a release it is what would be released next. `found` are changes that were looked for by their
    SHA, with their whole messages, listed or not.
    """

    release: Release | None
    candidate: int
    scope: Scope
    found: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """As they are told now; of those that are listed nowhere as git told them last."""
        known = {line.sha for line in self.scope.lines}
        return (*self.scope.lines, *(line for line in self.found if line.sha not in known))

    def has(self, sha: str) -> bool:
        return any(line.sha == sha for line in self.lines)


def keep(tx: Tx, found: Case, candidate: int, scope: Scope) -> None:
    """What the git worker found a candidate to carry; what is left out stays listed, however old it is."""
    release = found.release
    scope_pages.put(tx, found.project.key, scope, release.id, candidate)
    scopes.put(tx, release.id, candidate, listed(with_picked(scope, release.hidden)))


def carried(tx: Tx, project: Project, text: str = "") -> list[Carried]:
    """Every list of changes on their way, with those changes that `text` may mean by their SHAs."""
    live = [one for release in releases.live(tx, project.key) for one in _of_release(tx, release)]
    facts = repositories.facts(tx, project.key)
    proposed = [Carried(None, 0, facts.scope)] if facts and facts.scope else []
    return [looked_up(tx, project, one, text) for one in (*live, *proposed)]


def _of_release(tx: Tx, release: Release) -> list[Carried]:
    now, then = (scopes.of(tx, release.id, n) for n in (release.rc, release.rc + 1))
    found = [Carried(release, release.rc, now)] if now else []
    return [*found, Carried(release, release.rc + 1, then)] if then and then != now else found


def looked_up(tx: Tx, project: Project, one: Carried, text: str) -> Carried:
    """With the changes whose SHAs begin with the text, if any can."""
    beginning = text.lower()
    if not is_beginning(beginning):
        return one
    release = one.release.id if one.release else scope_pages.PROPOSED
    return replace(one, found=scope_pages.find(tx, project.key, beginning, release, one.candidate))


def meant(tx: Tx, project: Project, release: Release, text: str) -> tuple[Line, ...]:
    """The changes of a release that begin so, also beyond the newest ones."""
    scope = scopes.now(tx, release)
    if scope is None:
        return ()
    one = looked_up(tx, project, Carried(release, max(release.rc, 1), scope), text)
    beginning = text.lower()
    return tuple(line for line in one.lines if is_beginning(beginning) and line.sha.startswith(beginning))


def pick(tx: Tx, release: Release, line: Line) -> None:
    """A change beyond the newest ones is listed from now on, so that it is counted as what it is."""
    scope = scopes.now(tx, release)
    if scope and all(one.sha != line.sha for one in scope.lines):
        lines = (*scope.lines, replace(line, message=""))
        scopes.rewrite(tx, release.id, max(release.rc, 1), replace(scope, lines=lines))


def message_of(among: Iterable[Carried], sha: str) -> str:
    """What git has, empty where it was never read."""
    found = (line.message for one in among for line in one.found if line.sha == sha)
    return next(found, "")


def tell(tx: Tx, project: Project, among: Iterable[Carried], told: Line) -> None:
    """Lists tell a change so from now on; what else follows from it git is asked for."""
    for one in among:
        if not one.has(told.sha):
            continue
        release = one.release.id if one.release else scope_pages.PROPOSED
        scope_pages.tell(tx, project.key, told, release, one.candidate)
        scope = retold(one.scope, replace(told, message=""))
        facts = repositories.facts(tx, project.key)
        if one.release:
            scopes.rewrite(tx, one.release.id, one.candidate, scope)
        elif facts:
            repositories.put(tx, project.key, replace(facts, scope=scope))
