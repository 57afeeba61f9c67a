"""Rollback criteria as they are shown: the list of a release, and the chart of a breach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.criteria.model import Breach
from domain.health.baselines import Baseline
from domain.health.model import Reading
from domain.release import Release
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class BreachesView:
    """All that a release ever had, the newest first."""

    project: ProjectView
    release: Release
    breaches: tuple[Breach, ...]


@dataclass(frozen=True, kw_only=True)
class BreachChart:
    """How a metric came to breach its rule, from `begins` to `ends`. `marks` are moments of the rollout, as
    (moment, step), an empty step for the deploy.
    """

    project: ProjectView
    release: Release
    breach: Breach
    readings: tuple[Reading, ...]
    usual: Baseline | None
    marks: tuple[tuple[datetime, str], ...]
    begins: datetime
    ends: datetime
