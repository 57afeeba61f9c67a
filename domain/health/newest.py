"""Which reading of a metric is the newest of a release, where several are looked at together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.health.asking import own_metrics
from domain.health.model import Reading, Source
from domain.health.rules import HealthRules
from domain.types import Environment


def newest(found: Iterable[Reading]) -> dict[str, Reading]:
    """By metric, whichever release it is of; of two that are equally new the first."""
    kept: dict[str, Reading] = {}
    for one in found:
        other = kept.get(one.metric)
        if other is None or one.at > other.at:
            kept[one.metric] = one
    return kept


def own_first(found: Iterable[Reading], release: str) -> dict[str, Reading]:
    """By metric: another release's only where this one has none."""
    every = tuple(found)
    return newest(every) | newest(one for one in every if one.release == release)


def of_release(
    rules: HealthRules, environment: Environment, found: Iterable[Reading], release: str, *, at: datetime
) -> dict[str, Reading]:
    """By metric. Its own as long as they are of now; of the others' only what is said of all users alike."""
    every, asked = tuple(found), own_metrics(rules)
    mine = newest(one for one in every if one.release == release)
    shared = newest((*mine.values(), *(one for one in every if concerns(asked, environment, one, release))))
    fresh = {metric: one for metric, one in mine.items() if one.at >= at - rules.too_old}
    return shared | fresh


def concerns(own: frozenset[str], environment: Environment, one: Reading, release: str) -> bool:
    """Whether it is of that release, or of all users; `own` are the metrics asked of each version for itself.

    Each candidate has its own place on staging, and who types a reading says for which release it is.
    """
    if one.release == release:
        return True
    if environment is Environment.STAGING or one.source is Source.PERSON:
        return False
    return one.metric not in own
