"""Who decides on an exception and who judges it: by role, never who asked (spec 3.2)."""

from __future__ import annotations

from collections.abc import Iterable

from domain.calendar.entries import GateRule
from domain.calendar.exceptions import FreezeException, grantors
from domain.people import Role, Roster
from domain.project import Project


def roles_for(project: Project, rule: GateRule) -> tuple[Role, ...]:
    return grantors(project.policy.calendar.exceptions, rule)


def deciders(roster: Roster, roles: Iterable[Role], asked_by: str) -> tuple[str, ...]:
    """Everybody who can decide on what somebody asked for."""
    return tuple(sorted(roster.anyone(roles) - {asked_by}))


def judges(project: Project, roster: Roster, of: FreezeException) -> tuple[str, ...]:
    """Who is asked: who decided, if they still hold a role that decides, else the release managers."""
    decided = {of.decided_by} & roster.anyone(roles_for(project, of.restriction.rule))
    return tuple(sorted((decided or roster.holders(Role.RELEASE_MANAGER)) - {of.asked_by}))


def may_judge(roster: Roster, of: FreezeException) -> tuple[str, ...]:
    """Whose judgement counts: who decided, and every release manager."""
    return tuple(sorted(({of.decided_by} | roster.holders(Role.RELEASE_MANAGER)) - {of.asked_by}))
