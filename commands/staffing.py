"""Whether a project has people for all that a release will need."""

from __future__ import annotations

from domain.needs import Missing, NobodyHolds
from domain.people import Roster
from domain.release import ConfirmItem, Release
from domain.staffing import rest_of_the_way, whole_way
from domain.tokens import Scope
from storage import tokens
from storage.db import Tx


def for_the_whole_way(tx: Tx, release: Release, roster: Roster) -> tuple[NobodyHolds, ...]:
    return whole_way(release.type, roster, scopes_there(tx, release.project))


def for_the_deploy(tx: Tx, release: Release, roster: Roster) -> tuple[Missing, ...]:
    """Nobody begins what nobody can finish."""
    items = [item for item in ConfirmItem if not release.confirmed(item)]
    short = rest_of_the_way(release.type, roster, scopes_there(tx, release.project), items)
    return tuple(Missing(need) for need in short)


def scopes_there(tx: Tx, project: str) -> frozenset[Scope]:
    """What the project's pipelines may report."""
    alive = (token for token in tokens.of_project(tx, project) if token.alive(tx.wall()))
    return frozenset(scope for token in alive for scope in token.scopes)
