"""Whether a metric has been fine for long enough: the newest reading alone can be luck (spec 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from domain.health.model import GIVEN, Reading
from domain.health.ranges import Judged, judge
from domain.health.rules import STALE_AFTER, HealthRules

LATELY = timedelta(minutes=5)
LOOKS_BACK = timedelta(hours=2)
"""So far back the pace is looked for at which readings come."""


@dataclass(frozen=True, kw_only=True)
class NotLong:
    """It is fine again, but `reading` was not, and it has to be so for as long as it `lasts`."""

    reading: Reading
    lasts: timedelta


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Nothing is known of `metric` between the two: nothing is guessed."""

    metric: str
    since: datetime
    until: datetime


def lasting(rules: HealthRules, watch: timedelta) -> timedelta:
    """How long the readings must be fine: of few that come seldom the last ones, and never over the watch."""
    return min(watch, max(LATELY, rules.too_old))


def unsteady(
    rules: HealthRules, taken: Iterable[Reading], lasts: timedelta, *, live: datetime, at: datetime
) -> NotLong | Gap | None:
    """`taken` are the readings of one metric. What was told last before that time says how it began."""
    known = sorted((one for one in taken if one.at >= live), key=lambda one: one.at)
    begin = max(live, at - lasts)
    before = [one for one in known if one.at <= begin][-1:]
    window = [*before, *(one for one in known if one.at > begin)]
    bad = [one for one in window if judge(rules, one) is not Judged.FINE]
    if bad:
        return NotLong(reading=bad[-1], lasts=lasts)
    given = all(one.source in GIVEN for one in known)
    first = [] if given or before else [begin]
    apart = max(rules.too_old, _pace(known, given=given) * STALE_AFTER)
    moments = [*first, *(one.at for one in window)]
    holes = [(since, until) for since, until in pairwise(moments) if until - since > apart]
    return Gap(metric=window[0].metric, since=holes[-1][0], until=holes[-1][1]) if holes else None


def _pace(known: Sequence[Reading], *, given: bool) -> timedelta:
    """How far apart they come: as pipelines and people mostly tell it; of what Naru asks for the least, since
    it may ask less often than it means to, as with a clock that runs fast, but not more often.
    """
    apart = sorted(later.at - earlier.at for earlier, later in pairwise(known))
    if given:
        return apart[len(apart) // 2] if apart else timedelta(0)
    return apart[0] if len(apart) > 1 else timedelta(0)
