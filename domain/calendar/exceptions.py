"""A freeze exception as it is asked for and decided: one release, one blackout (spec 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class FreezeException:
    """One release's permission in one blackout. `state`: asked, granted, denied, used."""

    id: str
    project: str
    release: str
    blackout: str
    state: str
    asked_by: str
    asked_at: datetime
    what: str
    why: str
    risk: str
    way_back: str
    decided_by: str = ""
    since: datetime | None = None
    until: datetime | None = None
    note: str = ""
