"""Whose release it is: who leads it, who has to approve it, who takes part in it."""

from __future__ import annotations

from collections.abc import Collection

from domain.people import Role
from domain.policy import Policy
from domain.release import WHO_CONFIRMS, Release


def takes_part(release: Release, user: str, roles: Collection[Role], policy: Policy) -> bool:
    """Whether this person is on it by name, or has a role that approves, tests or confirms it."""
    approving = {need.role for need in policy.requirements(release.type, release.stakeholders)}
    confirming = {role for who in WHO_CONFIRMS.values() for role in who} | {Role.QA_LEAD}
    return user in named(release) or not (approving | confirming).isdisjoint(roles)


def named(release: Release) -> frozenset[str]:
    """Everybody who stands on it by name."""
    owners = (condition.owner for condition in release.conditions)
    return frozenset({release.captain, release.started_by, *release.stakeholders, *owners})
