"""The escalation path of a war room (spec 6.1)."""

from __future__ import annotations

from domain.people import Role, Roster
from domain.rollback.model import Room

PATH = (Role.ONCALL, Role.TECH_LEAD, Role.RELEASE_MANAGER, Role.PM)


def next_role(room: Room, roster: Roster) -> Role:
    """The first role of the path that was not called yet and has people; at its end, the last one again."""
    staffed = [role for role in PATH if roster.holders(role)] or [PATH[-1]]
    return next((role for role in staffed if role not in room.called), staffed[-1])


def callable_roles(room: Room, roster: Roster) -> tuple[Role, ...]:
    """Every role that has people, the usual next one first."""
    first = next_role(room, roster)
    return (first, *(role for role in Role if role is not first and roster.holders(role)))
