"""What is still owed after rollbacks, and what forms of a post-mortem start from."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from commands.postmortem.items import A_WEEK
from commands.rollback.case import RoomCase
from domain.calendar.zones import local_day
from domain.release import Release
from domain.views import OwedView
from storage import releases, rooms
from storage.db import Tx


def owed(tx: Tx, project: str) -> OwedView:
    """The open action items of a project, closed post-mortems' too."""
    return OwedView(rooms=tuple(rooms.owing(tx, project)), at=tx.now())


def proposed_due(found: RoomCase) -> date:
    """A week from today, by the project's calendar."""
    return local_day(found.at, ZoneInfo(found.project.policy.zone)) + A_WEEK


def redeploys(tx: Tx, found: RoomCase) -> list[Release]:
    """The releases that could bring out again what was rolled back: those that are on their way."""
    return [release for release in releases.live(tx, found.project.key) if release.id != found.room.release]
