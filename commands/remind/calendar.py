"""The calendar's announcements, checked against the calendar as it is now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from commands import ask_git, context, outlook
from commands.remind.say import TIMER
from commands.year import surface
from domain.calendar.announcements import Announcement, AnnouncementKind, announcements
from domain.calendar.blackouts import Blackout, BlackoutKind
from domain.calendar.type_rules import WindowRule
from domain.errands import (
    Announce,
    InChannel,
    Place,
    Said,
    ToPerson,
)
from domain.events import Announced
from domain.project import Project
from domain.release import Release
from domain.reminders import Reminder
from domain.types import PLANNED, InFlight, Stage
from storage import audit, releases
from storage.db import Tx

_INSTANT = timedelta(microseconds=1)


def wanted(tx: Tx, project: Project, reminder: Reminder) -> bool:
    """Whether it would have been said in its time: what fell due before it may have ended it."""
    found = reminder.announcement
    return found is None or _still_holds(tx, project, found)


def announcement(tx: Tx, project: Project, reminder: Reminder) -> list[tuple[Place, Said]]:
    """Checked against the calendar as it is now: what was moved or removed meanwhile is not said."""
    found = reminder.announcement
    if found is None or not _still_holds(tx, project, found):
        return []
    if found.kind is AnnouncementKind.FREEZE_STARTED:
        ask_git.read(tx, project)  # what is on its branches by now came before it
    live = releases.live(tx, project.key)
    release = next((r for r in live if r.id == found.subject), None)
    ready = tuple(str(r.version) for r in live if r.stage is Stage.APPROVED and r.type in PLANNED)
    blackout = _blackout(tx, project, found)
    said = Announce(
        announcement=found,
        version=str(release.version) if release else "",
        ready=ready,
        rolling=_rolling(project, live) if found.kind is AnnouncementKind.WINDOW_CLOSING else (),
        name=blackout.name if blackout else "",
        maintenance=blackout is not None and blackout.kind is BlackoutKind.MAINTENANCE,
    )
    places: list[Place] = [InChannel(project.channel)]
    if found.kind is AnnouncementKind.NO_DEPLOY_IN_AN_HOUR:
        owners = dict.fromkeys(r.captain for r in live if r.stage is Stage.APPROVED and r.captain)
        places += [ToPerson(user) for user in owners]
    return [(place, said) for place in places]


def _rolling(project: Project, live: Iterable[Release]) -> tuple[str, ...]:
    """What is on its way, needs a window, and has steps left that the closed gate would hold."""
    return tuple(
        str(release.version)
        for release in live
        if release.stage is Stage.DEPLOYING
        and project.policy.of(release.type).in_flight is not InFlight.FINISH
        and project.policy.of(release.type).gate.window is WindowRule.REQUIRED
        and release.rollout is not None
        and release.rollout.done < len(release.rollout.steps) - 1
        and release.rollout.interruption is None
    )


_POSTED = {AnnouncementKind.OUTLOOK: outlook.post, AnnouncementKind.YEAR: surface.post}


def is_living(reminder: Reminder) -> bool:
    """Whether it is told by a living message."""
    found = reminder.announcement
    return found is not None and found.kind in _POSTED


def post_living(tx: Tx, project: Project, reminder: Reminder, *, late: bool) -> bool:
    found = reminder.announcement
    if found is None or not _still_holds(tx, project, found):
        return False
    event = Announced(announcement=reminder.key, kind=found.kind, late=late)
    audit.append(tx, TIMER, project.key, [event])
    if found.kind not in project.policy.mute:
        _POSTED[found.kind](tx, project, found.subject)
    return True


def _still_holds(tx: Tx, project: Project, found: Announcement) -> bool:
    calendar = context.calendar_of(tx, project, tx.now())
    planned = context.planned(project, releases.live(tx, project.key))
    now = announcements(calendar, releases=planned, since=found.due, until=found.due + _INSTANT)
    return found.key in {item.key for item in now}


def _blackout(tx: Tx, project: Project, found: Announcement) -> Blackout | None:
    return context.calendar_of(tx, project, tx.now()).blackout(found.subject)
