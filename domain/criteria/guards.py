"""A breach stops a rollout from reaching more users, whoever lets it go on (spec 6.1: stop widening)."""

from __future__ import annotations

from collections.abc import Iterable

from domain import needs as n
from domain.needs import Missing
from domain.people import Role
from domain.release import Release
from domain.situation import Situation

_PUT_ASIDE = (Role.INCIDENT_COMMANDER, Role.RELEASE_MANAGER, Role.TECH_LEAD, Role.DEVOPS)
"""Who may declare a rollback may say that none is needed."""


def not_breached(release: Release, now: Situation) -> Iterable[Missing]:
    """Who goes on all the same has put it aside first: there is one place for the reason of it.

    The last step reaches nobody new. What only cannot be judged is looked at by who goes on.
    """
    standing = tuple(one for one in now.breaches if one.counts and not one.unclear)
    if standing and release.rollout and release.rollout.next_step:
        yield Missing(n.StillBreached(standing), _PUT_ASIDE)
