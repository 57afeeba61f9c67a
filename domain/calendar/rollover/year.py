"""A whole year at once: what is to confirm, and what has been done about it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from domain.calendar.blackouts import Blackout
from domain.calendar.changes import SLOT
from domain.calendar.entries import Calendar
from domain.calendar.fields import MIDNIGHT
from domain.calendar.rollover.dates import Regular, date_conflicts
from domain.calendar.rollover.model import (
    DATE,
    Added,
    Answer,
    Changed,
    Choice,
    DateConflict,
    Done,
    Proposal,
    Rollover,
    SetAside,
    Why,
    day_of,
)
from domain.calendar.rollover.proposals import candidates
from domain.calendar.zones import instant

_ASIDE = frozenset({Choice.NOT_NEEDED, Choice.LEFT})


def rollover(
    calendar: Calendar, year: int, regular: Regular, answers: Iterable[Answer], at: datetime
) -> Rollover:
    """What has begun at `at` is neither asked nor taken back any more.

    The state is the truth: an answer whose blackout or move is gone counts no more.
    """
    given = {answer.key: answer for answer in answers}
    aside = {key: answer for key, answer in given.items() if answer.choice in _ASIDE}
    added = _added(calendar, given)
    own = frozenset(one.blackout.id for key, one in added.items() if not key.startswith(Why.AGAIN))
    known = [one for one in candidates(calendar, year, own) if one.start > at and one.key not in added]
    proposals = tuple(one for one in known if one.key not in aside)
    found = tuple(date_conflicts(calendar, year, regular, proposals, at))
    done = [*_to_come(calendar, year, added.values(), at), *_changed(calendar, year, given, at)]
    asked: tuple[Proposal | DateConflict, ...] = (*known, *found)
    done += [SetAside(aside[one.key], one) for one in asked if one.key in aside]
    return Rollover(
        year=year,
        proposals=proposals,
        conflicts=tuple(one for one in found if one.key not in aside),
        done=tuple(sorted(done, key=lambda one: (one.answer.at, one.answer.key))),
    )


def _added(calendar: Calendar, given: Mapping[str, Answer]) -> dict[str, Added]:
    blackouts: dict[str, Blackout] = {one.id: one for one in calendar.blackouts}
    return {
        key: Added(answer, blackouts[answer.blackout])
        for key, answer in given.items()
        if answer.choice is Choice.ADDED and answer.blackout in blackouts
    }


def _to_come(calendar: Calendar, year: int, added: Iterable[Added], at: datetime) -> Iterator[Added]:
    first, until = (instant(date(one, 1, 1), MIDNIGHT, zone=calendar.tz) for one in (year, year + 1))
    for one in added:
        if one.blackout.start > at and one.blackout.start < until and one.blackout.end > first:
            yield one


def _changed(calendar: Calendar, year: int, given: Mapping[str, Answer], at: datetime) -> Iterator[Done]:
    changes = {change.day: change for change in calendar.rules.changes if change.of == SLOT}
    for key, answer in given.items():
        day = day_of(key) if key.startswith(DATE) else None
        change = changes.get(day) if day else None
        if day is None or change is None or answer.choice is Choice.LEFT or day.year != year:
            continue
        to = change.from_
        deploy_at = instant(to.date(), to.time(), zone=calendar.tz) if to else None
        if min(instant(day, MIDNIGHT, zone=calendar.tz), deploy_at or at.max.replace(tzinfo=at.tzinfo)) > at:
            yield Changed(answer, day, deploy_at)
