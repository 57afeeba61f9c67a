"""Where and when a command means: its project, and wall-clock times of that project as instants."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.desk import Call
from commands import find
from commands.slash import LocalWhen
from domain.calendar.zones import instant
from domain.project import Project
from storage.db import Tx


def project(tx: Tx, call: Call, named: str | None) -> Project:
    return find.project(tx, named, call.origin.channel)


def moment(of: Project, when: LocalWhen, usual: time = time(0)) -> datetime:
    """A wall-clock time of the project; without a time its usual one."""
    return instant(when.day, when.at or usual, zone=ZoneInfo(of.policy.zone))
