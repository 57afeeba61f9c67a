"""Whether production was normal after a rollback: for half an hour since it had recovered (spec 6.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from domain.health.evidence import SERVICE, HealthEvidence
from domain.health.model import Reading, Source
from domain.health.newest import newest
from domain.health.ranges import Judged, judge
from domain.health.rules import HealthRules

LOOKED_AT = timedelta(minutes=30)


def speaks(one: Reading, own: frozenset[str], *, taken_back: str, runs_again: str) -> bool:
    """Whether it is of the version that runs again, or of all users; who types one in may still say it for
    the release that was taken back. `own` are the metrics that are asked of each version for itself.
    """
    if one.release in {"", runs_again}:
        return True
    typed = one.source is Source.PERSON and one.release != taken_back
    return one.metric not in own and not typed


def normal(rules: HealthRules, found: Iterable[Reading], recovered: datetime, at: datetime) -> HealthEvidence:
    """Errors and latency alone count. One reading out of range is enough to say no; yes needs the whole time,
    measured without a gap: nothing is guessed.
    """
    end = recovered + LOOKED_AT
    seen = [one for one in found if one.metric in SERVICE and recovered < one.at <= end]
    if out := _by_metric(one for one in seen if judge(rules, one) is Judged.OUT):
        return HealthEvidence(holds=False, readings=out, at=max(one.at for one in out))
    fine = [one for one in seen if judge(rules, one) is Judged.FINE]
    readings = _by_metric(fine)
    if at < end or not all(_without_gap(rules, fine, metric, recovered) for metric in SERVICE):
        return HealthEvidence(holds=None, readings=readings)
    return HealthEvidence(holds=True, readings=readings, at=min(one.at for one in readings))


def _by_metric(found: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple(one for _, one in sorted(newest(found).items()))


def _without_gap(rules: HealthRules, found: Iterable[Reading], metric: str, recovered: datetime) -> bool:
    """Whether at every moment there was a reading of then."""
    times = sorted(one.at for one in found if one.metric == metric)
    moments = [recovered, *times, recovered + LOOKED_AT]
    return all(later - earlier <= rules.too_old for earlier, later in pairwise(moments))
