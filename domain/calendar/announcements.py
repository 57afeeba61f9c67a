"""What the calendar has to tell between two instants, and until when telling it still helps (spec 3.3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain

from domain.calendar.blackouts import Blackout
from domain.calendar.days_off import is_working
from domain.calendar.entries import Calendar
from domain.calendar.fields import MIDNIGHT
from domain.calendar.intervals import Span, subtract
from domain.calendar.planned import PlannedRelease
from domain.calendar.slots import slot_freezes
from domain.calendar.type_rules import NoDeployRule
from domain.calendar.zones import instant, local_day
from domain.types import Environment, ReleaseType

START_GRACE = timedelta(hours=2)
"""How late a start or an end is still worth telling (spec 3.3)."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_INSTANT = timedelta(microseconds=1)
# A freeze begins at most this long before its deploy day (FreezeRule), and is told a day earlier.
_FREEZE_AHEAD = timedelta(days=31)
_MONTH = timedelta(days=31)
_YEAR_ASKED, _YEAR_AT = (12, 1), time(10)


class AnnouncementKind(StrEnum):
    """What is told; the values are part of keys and stay."""

    FREEZE_IN_A_DAY = "freeze_24h"
    FREEZE_IN_AN_HOUR = "freeze_1h"
    FREEZE_STARTED = "freeze_start"
    WINDOW_IN_AN_HOUR = "window_1h"
    WINDOW_OPENED = "window_open"
    WINDOW_CLOSING = "window_closing"
    NO_DEPLOY_IN_AN_HOUR = "no_deploy_1h"
    BLACKOUT_IN_A_WEEK = "blackout_7d"
    BLACKOUT_IN_A_DAY = "blackout_1d"
    BLACKOUT_STARTED = "blackout_start"
    BLACKOUT_ENDED = "blackout_end"
    OUTLOOK = "outlook"
    YEAR = "year"


LEAD = {
    AnnouncementKind.FREEZE_IN_A_DAY: timedelta(hours=24),
    AnnouncementKind.FREEZE_IN_AN_HOUR: timedelta(hours=1),
    AnnouncementKind.FREEZE_STARTED: timedelta(0),
    AnnouncementKind.WINDOW_IN_AN_HOUR: timedelta(hours=1),
    AnnouncementKind.WINDOW_OPENED: timedelta(0),
    AnnouncementKind.WINDOW_CLOSING: timedelta(minutes=15),
    AnnouncementKind.NO_DEPLOY_IN_AN_HOUR: timedelta(hours=1),
    AnnouncementKind.BLACKOUT_IN_A_WEEK: timedelta(days=7),
    AnnouncementKind.BLACKOUT_IN_A_DAY: timedelta(days=1),
    AnnouncementKind.BLACKOUT_STARTED: timedelta(0),
    AnnouncementKind.BLACKOUT_ENDED: timedelta(0),
    AnnouncementKind.OUTLOOK: timedelta(0),
    AnnouncementKind.YEAR: timedelta(0),
}
"""How long before its moment each is due, in elapsed time (spec 3.3)."""

_FREEZE = (
    AnnouncementKind.FREEZE_IN_A_DAY,
    AnnouncementKind.FREEZE_IN_AN_HOUR,
    AnnouncementKind.FREEZE_STARTED,
)
_OPENING = (AnnouncementKind.WINDOW_IN_AN_HOUR, AnnouncementKind.WINDOW_OPENED)
_BLACKOUT_START = (
    AnnouncementKind.BLACKOUT_IN_A_WEEK,
    AnnouncementKind.BLACKOUT_IN_A_DAY,
    AnnouncementKind.BLACKOUT_STARTED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One thing to tell once. `moment` is when what is told happens, `due` when it is told.

    From `expires` on it is stale. `subject` is a release id, the ISO deploy day of a slot without a release,
    a blackout id, the instant at which a window opens or closes, the day of an outlook, or a coming year.
    `key` is unique within one project, and the same whenever the same subject and moment are computed.
    """

    kind: AnnouncementKind
    subject: str
    moment: datetime
    due: datetime
    expires: datetime

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.subject}:{_iso(self.moment)}"


def announcements(
    calendar: Calendar, *, releases: Iterable[PlannedRelease], since: datetime, until: datetime
) -> tuple[Announcement, ...]:
    """Everything due from `since` (inclusive) until `until` (exclusive), by due time.

    Ranges that meet have neither a gap nor a double between them. That a freeze is lifted is an event and
    told by what lifts it.
    """
    planned = tuple(releases)
    told = chain(
        _release_freezes(planned),
        _slot_freezes(calendar, since, until),
        _windows(calendar, since, until),
        _no_deploy_hours(calendar, planned, since, until),
        _blackouts(calendar, since, until),
        _outlooks(calendar, since, until),
        _years(calendar, since, until),
    )
    return tuple(sorted((a for a in told if since <= a.due < until), key=lambda a: (a.due, a.key)))


def _told(
    kinds: Iterable[AnnouncementKind], subject: str, moment: datetime, over: datetime | None = None
) -> Iterator[Announcement]:
    """A reminder expires when the thing begins; its beginning after two hours, or when it is `over`."""
    for kind in kinds:
        stale = min(moment + START_GRACE, over) if over else moment + START_GRACE
        yield Announcement(
            kind=kind,
            subject=subject,
            moment=moment,
            due=moment - LEAD[kind],
            expires=moment if LEAD[kind] else stale,
        )


def _release_freezes(releases: Iterable[PlannedRelease]) -> Iterator[Announcement]:
    for release in releases:
        if release.freeze_at and not release.freeze_lifted:
            yield from _told(_FREEZE, release.id, release.freeze_at)


def _slot_freezes(calendar: Calendar, since: datetime, until: datetime) -> Iterator[Announcement]:
    first = local_day(since, calendar.tz)
    last = local_day(until, calendar.tz) + _FREEZE_AHEAD
    for freeze in slot_freezes(calendar.rules, zone=calendar.tz, first=first, until=last):
        if freeze.day not in calendar.taken:
            yield from _told(_FREEZE, freeze.day.isoformat(), freeze.starts, freeze.ends)


def _windows(calendar: Calendar, since: datetime, until: datetime) -> Iterator[Announcement]:
    """Windows as far as they are open: what blackouts and no-deploy hours leave of them, until a lock."""
    locked_from = calendar.lock.since if calendar.lock else None
    for window in _open_windows(calendar, since, until + _DAY):
        opening = _told(_OPENING, _iso(window.start), window.start, window.end)
        closing = _told((AnnouncementKind.WINDOW_CLOSING,), _iso(window.end), window.end)
        for announcement in chain(opening, (a for a in closing if a.due >= window.start)):
            if locked_from is None or announcement.due < locked_from:
                yield announcement


def _open_windows(calendar: Calendar, since: datetime, until: datetime) -> tuple[Span, ...]:
    """What is left for planned releases: a blackout for other types or another environment takes nothing.

    A window is looked at whole: what has closed its beginning may be over by `since`.
    """
    windows = calendar.windows.between(since, until)
    if not windows:
        return ()
    first, last = windows[0].start, windows[-1].end
    quiet = calendar.no_deploy_hours.between(first, last)
    return subtract(windows, chain(quiet, _closed(calendar, first, last)))


def _closed(calendar: Calendar, since: datetime, until: datetime) -> Iterator[Span]:
    for blackout in calendar.blackouts_between(since, until):
        if blackout.scope.binds(ReleaseType.REGULAR, Environment.PRODUCTION):
            yield Span(blackout.start, blackout.end)
    for day in calendar.closed_days(since, until):
        yield Span(day.start, day.end)


def _no_deploy_hours(
    calendar: Calendar, releases: Iterable[PlannedRelease], since: datetime, until: datetime
) -> Iterator[Announcement]:
    """Told to each approved release that they would hold up."""
    waiting = [r for r in releases if r.approved and r.no_deploy_hours is NoDeployRule.BLOCKED]
    for quiet in calendar.no_deploy_hours.between(since, until + _DAY):
        for release in waiting:
            yield from _told((AnnouncementKind.NO_DEPLOY_IN_AN_HOUR,), release.id, quiet.start)


def _blackouts(calendar: Calendar, since: datetime, until: datetime) -> Iterator[Announcement]:
    latest_start = until + LEAD[AnnouncementKind.BLACKOUT_IN_A_WEEK]
    # One that ends at this very instant is told to have ended.
    for blackout in calendar.blackouts_between(since - _INSTANT, latest_start):
        yield from _blackout(blackout)


def _blackout(blackout: Blackout) -> Iterator[Announcement]:
    """Adding a blackout tells everybody, so that what was due before is not told again."""
    start = _told(_BLACKOUT_START, blackout.id, blackout.start, blackout.end)
    end = _told((AnnouncementKind.BLACKOUT_ENDED,), blackout.id, blackout.end)
    for announcement in chain(start, end):
        if blackout.added_at is None or announcement.due >= blackout.added_at:
            yield announcement


def _outlooks(calendar: Calendar, since: datetime, until: datetime) -> Iterator[Announcement]:
    """What is to come, once a week; worth telling all that day."""
    weekly = calendar.rules.outlook
    if weekly is None:
        return
    first, last = local_day(since, calendar.tz), local_day(until, calendar.tz)
    day = first - _DAY * ((first.weekday() - weekly.weekday.number) % 7)
    while day <= last:
        at = instant(day, weekly.at, zone=calendar.tz)
        yield Announcement(
            kind=AnnouncementKind.OUTLOOK,
            subject=day.isoformat(),
            moment=at,
            due=at,
            expires=max(instant(day + _DAY, MIDNIGHT, zone=calendar.tz), at + START_GRACE),
        )
        day += _WEEK


def _years(calendar: Calendar, since: datetime, until: datetime) -> Iterator[Announcement]:
    """What the coming year leaves to confirm; worth asking until it begins."""
    for year in range(local_day(since, calendar.tz).year, local_day(until, calendar.tz).year + 1):
        day = _first_worked(calendar, date(year, *_YEAR_ASKED))
        if day.year == year:
            at = instant(day, _YEAR_AT, zone=calendar.tz)
            yield Announcement(
                kind=AnnouncementKind.YEAR,
                subject=str(year + 1),
                moment=at,
                due=at,
                expires=instant(date(year + 1, 1, 1), MIDNIGHT, zone=calendar.tz),
            )


def _first_worked(calendar: Calendar, day: date) -> date:
    """From that day on; at least a month later where nobody works for so long."""
    last = day + _MONTH
    while day < last and not is_working(day, calendar.rules.holidays, calendar.rules.weekend):
        day += _DAY
    return day


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
