"""Free times for a deploy: the open stretches, and those nearest to a date that cannot be kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.calendar.compiled import Closed
from domain.calendar.entries import Calendar
from domain.calendar.fields import MIDNIGHT
from domain.calendar.intervals import Span, subtract
from domain.calendar.planned import PlannedRelease
from domain.calendar.reasons import Question
from domain.calendar.rules import Cadence, FreezeRule
from domain.calendar.slots import plan
from domain.calendar.zones import instant, local_day

AROUND = timedelta(days=28)
"""How far from a date its neighbours are looked for; approvals are seldom good for longer."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Free:
    """An open stretch that no other release wants, and the time in it that is proposed."""

    span: Span
    deploy_at: datetime


def nearest(
    calendar: Calendar,
    *,
    question: Question,
    others: Iterable[PlannedRelease],
    around: datetime,
    at: datetime,
    limit: int = 3,
    freeze: FreezeRule | None = None,
) -> tuple[Free, ...]:
    """The free stretches nearest to `around`, in order of time, none of them past at `at`.

    Today's lock says nothing about another day and is left out. Within a stretch the cadence's time of day is
    proposed, else its beginning. With a `freeze` that has not begun yet, those before which it still can come
    first; the others only where there is none of these.
    """
    first = max(at, around - AROUND)
    found = free(calendar, question=question, others=others, since=first, until=around + AROUND)
    ahead = sorted((one for one in found if one.deploy_at > at), key=lambda one: abs(one.deploy_at - around))
    in_time = [one for one in ahead if _freezes_in_time(calendar, freeze, one.deploy_at, at)]
    return tuple(sorted((in_time or ahead)[:limit], key=lambda one: one.deploy_at))


def _freezes_in_time(
    calendar: Calendar, freeze: FreezeRule | None, deploy_at: datetime, at: datetime
) -> bool:
    begins = plan(deploy_at, rules=calendar.rules, zone=calendar.tz, freeze=freeze).freeze_at
    return begins is None or begins >= at


def free(
    calendar: Calendar,
    *,
    question: Question,
    others: Iterable[PlannedRelease],
    since: datetime,
    until: datetime,
) -> Iterator[Free]:
    """The open stretches from `since` to `until`, cut at midnight, in which no other release is planned."""
    closed = Closed(replace(calendar, lock=None), question).spans(since, until)
    wanted = [other.deploy_at for other in others if other.deploy_at and other.id != question.release_id]
    for span in subtract((Span(since, until),), closed):
        for piece in _days(calendar, span):
            if not any(piece.start <= other < piece.end for other in wanted):
                yield Free(piece, _proposed(calendar, piece))


def _days(calendar: Calendar, span: Span) -> Iterator[Span]:
    """A stretch of many days is offered day by day."""
    start = span.start
    while start < span.end:
        next_day = instant(local_day(start, calendar.tz) + _DAY, MIDNIGHT, zone=calendar.tz)
        yield Span(start, min(next_day, span.end))
        start = min(next_day, span.end)


def _proposed(calendar: Calendar, span: Span) -> datetime:
    cadence = calendar.rules.cadence or Cadence()
    usual = instant(local_day(span.start, calendar.tz), cadence.deploy_time, zone=calendar.tz)
    return usual if span.start <= usual < span.end else span.start
