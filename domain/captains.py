"""Whose turn it is: the release manager on duty, by a rotation of days or weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

BEGINNING = date(2024, 1, 1)  # a Monday: whoever names no anchor has turns that begin on Mondays


class Rotation(StrEnum):
    """How long a turn is; weeks begin on Monday."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"


_DAYS = {Rotation.DAILY: 1, Rotation.WEEKLY: 7, Rotation.BIWEEKLY: 14}


def on_duty(users: Sequence[str], rotation: Rotation, day: date, *, anchor: date = BEGINNING) -> str:
    """Whose turn `day` (a local day) is in; empty without users.

    `anchor` is any day of the first one's first turn: from there they follow each other, before it as well.
    """
    if not users:
        return ""
    turn = (day - _beginning(rotation, anchor)).days // _DAYS[rotation]
    return users[turn % len(users)]


def _beginning(rotation: Rotation, anchor: date) -> date:
    return anchor if rotation is Rotation.DAILY else anchor - timedelta(days=anchor.weekday())
