"""What a project's year leaves to confirm, as its people read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.calendar.rollover.model import Rollover
from domain.views.living import ProjectView


@dataclass(frozen=True, kw_only=True)
class YearView:
    """`managers` are the user ids of those whom it asks."""

    project: ProjectView
    rollover: Rollover
    at: datetime
    managers: tuple[str, ...] = ()
