"""What a person answered to a reminder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.types import ReminderKind


@dataclass(frozen=True, kw_only=True)
class ReminderSeen:
    """Who was reminded has seen it. It is about a release (with its `version`) or a war room."""

    project: str
    reminder: str
    kind: ReminderKind
    release: str = ""
    version: str = ""
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class ReminderSnoozed:
    """Who was reminded is reminded again at `until`, unless it is settled by then."""

    project: str
    reminder: str
    kind: ReminderKind
    until: datetime
    release: str = ""
    version: str = ""
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class ReminderResumed:
    """Who was reminded takes the answer back."""

    project: str
    reminder: str
    kind: ReminderKind
    release: str = ""
    version: str = ""
    room: str = ""
