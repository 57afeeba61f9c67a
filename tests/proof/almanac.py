"""What must be announced, worked out once more from the rules of spec 3 and nothing of the program.

Default calendar: deploy Thursday 14:00, freeze Monday 14:00, windows Tuesday to Thursday 10:00 to 17:00,
no-deploy hours from Friday 15:00, the outlook on Monday 09:00, the coming year in December; all in local time,
leads in elapsed time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY, TUESDAY, THURSDAY, FRIDAY = 0, 1, 3, 4


@dataclass(frozen=True)
class Due:
    """One announcement; from `expires` on it is stale."""

    kind: str
    subject: str
    moment: datetime
    at: datetime
    expires: datetime

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.subject}:{iso(self.moment)}"


@dataclass(frozen=True)
class Ban:
    id: str
    start: datetime
    end: datetime
    added: datetime


@dataclass(frozen=True)
class Planned:
    """A release on its way. `approved` is from when until when its approval holds."""

    id: str
    captain: str
    deploy_day: date
    freeze: datetime
    approved: tuple[datetime, datetime] | None = None


@dataclass
class Book:
    """One project's calendar as it stands. `taken` are the days of all releases, ended ones too."""

    zone: ZoneInfo
    bans: list[Ban] = field(default_factory=list)
    releases: list[Planned] = field(default_factory=list)
    taken: set[date] = field(default_factory=set)

    def between(self, since: datetime, until: datetime) -> list[Due]:
        """Everything due after `since` and not after `until`."""
        first = since.astimezone(self.zone).date() - 4 * DAY
        days = [first + n * DAY for n in range((until - since) // DAY + 14)]
        told = [*self._freezes(days), *self._windows(days), *self._quiet(days), *self._blackouts()]
        told += [*self._outlooks(days), *self._years(days)]
        return sorted((due for due in told if since < due.at <= until), key=lambda due: due.key)

    def local(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def _freezes(self, days: list[date]) -> Iterator[Due]:
        for day in days:
            if day.weekday() == THURSDAY and day not in self.taken:
                starts, over = self.local(day - 3 * DAY, time(14)), self.local(day, time(17))
                yield from self._freeze(day.isoformat(), starts, min(starts + 2 * HOUR, over))
        for release in self.releases:
            yield from self._freeze(release.id, release.freeze, release.freeze + 2 * HOUR)

    def _freeze(self, subject: str, starts: datetime, stale: datetime) -> Iterator[Due]:
        yield Due("freeze_24h", subject, starts, starts - 24 * HOUR, starts)
        yield Due("freeze_1h", subject, starts, starts - HOUR, starts)
        yield Due("freeze_start", subject, starts, starts, stale)

    def _windows(self, days: list[date]) -> Iterator[Due]:
        for day in days:
            if TUESDAY <= day.weekday() <= THURSDAY:
                for start, end in self._left_of(self.local(day, time(10)), self.local(day, time(17))):
                    yield Due("window_1h", iso(start), start, start - HOUR, start)
                    yield Due("window_open", iso(start), start, start, min(start + 2 * HOUR, end))
                    closing = end - timedelta(minutes=15)
                    if closing >= start:
                        yield Due("window_closing", iso(end), end, closing, end)

    def _left_of(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """What blackouts leave of a window."""
        left = [(start, end)]
        for ban in self.bans:
            left = [
                piece
                for begins, ends in left
                for piece in ((begins, min(ends, ban.start)), (max(begins, ban.end), ends))
                if piece[0] < piece[1]
            ]
        return sorted(set(left))

    def _quiet(self, days: list[date]) -> Iterator[Due]:
        for day in days:
            if day.weekday() == FRIDAY:
                begins = self.local(day, time(15))
                for release in self.releases:
                    told = begins - HOUR
                    if release.approved and release.approved[0] <= told < release.approved[1]:
                        yield Due("no_deploy_1h", release.id, begins, told, begins)

    def _outlooks(self, days: list[date]) -> Iterator[Due]:
        for day in days:
            if day.weekday() == MONDAY:
                at = self.local(day, time(9))
                yield Due("outlook", day.isoformat(), at, at, self.local(day + DAY, time(0)))

    def _years(self, days: list[date]) -> Iterator[Due]:
        """Asked on the first weekday of December; it has no holiday so early."""
        for year in {day.year for day in days}:
            first = next(day for day in (date(year, 12, n) for n in (1, 2, 3)) if day.weekday() <= FRIDAY)
            at = self.local(first, time(10))
            yield Due("year", str(year + 1), at, at, self.local(date(year + 1, 1, 1), time(0)))

    def _blackouts(self) -> Iterator[Due]:
        for ban in self.bans:
            told = (
                Due("blackout_7d", ban.id, ban.start, ban.start - 7 * DAY, ban.start),
                Due("blackout_1d", ban.id, ban.start, ban.start - DAY, ban.start),
                Due("blackout_start", ban.id, ban.start, ban.start, min(ban.start + 2 * HOUR, ban.end)),
                Due("blackout_end", ban.id, ban.end, ban.end, ban.end + 2 * HOUR),
            )
            yield from (due for due in told if due.at >= ban.added)


def iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
