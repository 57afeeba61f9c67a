"""How a release's environment is now: the newest reading of each metric, judged, beside its baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.health.baselines import Baseline
from domain.health.model import HEALTH, REQUESTS, Reading
from domain.health.ranges import Judged, judge
from domain.health.rules import HealthRules
from domain.release import Release
from domain.types import Environment, Stage

WATCHED: Mapping[Stage, Environment] = {
    Stage.STAGING: Environment.STAGING,
    Stage.QA: Environment.STAGING,
    Stage.DEPLOYING: Environment.PRODUCTION,
    Stage.VERIFYING: Environment.PRODUCTION,
    Stage.ROLLING_BACK: Environment.PRODUCTION,
    Stage.RELEASED: Environment.PRODUCTION,
}
"""Where a release is looked at while it stands at a stage."""


def watched(release: Release, at: datetime) -> Environment | None:
    """Where it is looked at now; a released one until its monitoring ends."""
    if release.stage is Stage.RELEASED:
        until = release.monitoring_until
        return Environment.PRODUCTION if until is None or at < until else None
    return WATCHED.get(release.stage)


def environment_of(release: Release) -> Environment:
    """The one that a reading of this release speaks of, at whatever stage it is."""
    out = release.deploy_started_at is not None
    return WATCHED.get(release.stage, Environment.PRODUCTION if out else Environment.STAGING)


@dataclass(frozen=True)
class Measured:
    """A metric's newest reading."""

    reading: Reading
    judged: Judged
    baseline: Baseline | None = None


@dataclass(frozen=True, kw_only=True)
class Health:
    """`measured` in the order of the policy. `asked` says whether Naru asks by itself in this environment."""

    environment: Environment
    at: datetime
    rules: HealthRules
    measured: tuple[Measured, ...] = ()
    asked: bool = False

    @property
    def newest(self) -> datetime | None:
        return max((one.reading.at for one in self.measured), default=None)

    @property
    def out(self) -> tuple[Reading, ...]:
        return self._judged(Judged.OUT)

    @property
    def unknown(self) -> tuple[Reading, ...]:
        return self._judged(Judged.UNKNOWN)

    @property
    def fine(self) -> bool:
        """Whether something is measured, and all of it is in range and fresh: nothing is guessed."""
        return bool(self.measured) and not (self.out or self.unknown or self.stale)

    @property
    def stale(self) -> bool:
        return self.newest is not None and self.newest < self.at - self.too_old

    @property
    def too_old(self) -> timedelta:
        return self.rules.too_old

    @property
    def endpoint(self) -> Measured | None:
        return next((one for one in self.measured if one.reading.metric == HEALTH), None)

    def _judged(self, judged: Judged) -> tuple[Reading, ...]:
        return tuple(one.reading for one in self.measured if one.judged is judged)


def health(
    rules: HealthRules,
    environment: Environment,
    newest: Mapping[str, Reading],
    known: Mapping[str, Baseline],
    *,
    at: datetime,
) -> Health:
    """`newest` readings and `known` baselines are by metric."""
    order = {metric: place for place, metric in enumerate(rules.metrics())}
    shown = sorted(
        (one for one in newest.values() if one.metric != REQUESTS),
        key=lambda one: (order.get(one.metric, len(order)), one.metric),
    )
    found = tuple(Measured(one, judge(rules, one), known.get(one.metric)) for one in shown)
    return Health(environment=environment, at=at, rules=rules, measured=found, asked=rules.asks(environment))
