"""What a release is not judged by any more, since a newer one is in production as well."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.health.asking import own_metrics
from domain.health.model import Reading
from domain.health.newest import concerns
from domain.health.rules import HealthRules
from domain.types import Environment


def shared(rules: HealthRules, taken: Iterable[Reading], release: str, since: datetime) -> frozenset[str]:
    """The metrics asked for all users that were measured for another release: they are that one's."""
    own, production = own_metrics(rules), Environment.PRODUCTION
    others = (one for one in taken if one.at >= since and one.release not in {"", release})
    return frozenset(one.metric for one in others if concerns(own, production, one, release))


def unseen(rules: HealthRules, taken: Iterable[Reading], release: str, since: datetime) -> frozenset[str]:
    """The metrics of its own version of which nothing came: nobody may have it any more."""
    return own_metrics(rules) - {one.metric for one in taken if one.at >= since and one.release == release}
