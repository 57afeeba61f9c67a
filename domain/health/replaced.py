"""Which newer release has taken a release's users in production."""

from __future__ import annotations

from collections.abc import Iterable

from domain.release import Release
from domain.rollout.rules import ALL_USERS
from domain.types import Stage

_REPLACED = frozenset({Stage.VERIFYING, Stage.RELEASED})
_OUT = _REPLACED | {Stage.CLOSED}


def replaced_by(release: Release, others: Iterable[Release], *, surely: bool = False) -> Release | None:
    """The newest that went out after it to all users, or may have: a last step that began may be anywhere."""
    since = release.deploy_started_at
    if release.stage not in _REPLACED or since is None:
        return None
    found = [
        (other.deploy_started_at, other)
        for other in others
        if other.deploy_started_at and other.deploy_started_at > since and _has_all(other, surely=surely)
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def _has_all(other: Release, *, surely: bool) -> bool:
    if other.stage in _OUT:
        return True
    rollout = other.rollout if other.stage is Stage.DEPLOYING else None
    return rollout is not None and (rollout.percent if surely else rollout.at_most) >= ALL_USERS
