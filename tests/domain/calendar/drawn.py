"""Calendars with everything in them, at random: what the laws of the calendar are tried on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from domain.calendar.blackouts import Blackout, Scope, YearlyBlackout
from domain.calendar.changes import SLOT, Change
from domain.calendar.entries import Calendar, DeployLock, Freeze
from domain.calendar.holidays import DayRule, HolidayRules
from domain.calendar.reasons import GateAction, Question
from domain.calendar.rules import CalendarRules, WeeklyWindow
from domain.calendar.type_rules import TYPE_GATES
from domain.types import Environment, ReleaseType

START = datetime(2026, 2, 10, tzinfo=UTC)
INSTANTS = st.integers(0, 90 * 24 * 4).map(lambda quarter: START + quarter * timedelta(minutes=15))
SPANS = st.tuples(INSTANTS, INSTANTS).filter(lambda pair: pair[0] != pair[1]).map(sorted)
ZONES = st.sampled_from(["Asia/Seoul", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"])
NAMES = st.sampled_from(["a", "b", "c"])
SCOPES = st.builds(
    Scope,
    types=st.frozensets(st.sampled_from(ReleaseType), max_size=2),
    environments=st.frozensets(st.sampled_from(Environment), min_size=1),
)
_DAYS = st.dates(date(2026, 2, 12), date(2026, 5, 10))


@st.composite
def blackouts(draw: st.DrawFn) -> Blackout:
    start, end = draw(SPANS)
    return Blackout(id=draw(NAMES), name="sale", start=start, end=end, scope=draw(SCOPES))


@st.composite
def yearly(draw: st.DrawFn) -> YearlyBlackout:
    start, end = draw(SPANS)
    begins = start.replace(tzinfo=None, year=draw(st.integers(2023, 2026)))
    return YearlyBlackout(
        id=f"y{draw(NAMES)}",
        name="year end",
        begins=begins,
        ends=begins + (end - start),
        zone=draw(ZONES),
        scope=draw(SCOPES),
    )


@st.composite
def windows(draw: st.DrawFn) -> tuple[WeeklyWindow, ...]:
    """The usual ones, some of them by the clocks of another zone."""
    zones = st.none() | ZONES
    return tuple(one.model_copy(update={"zone": draw(zones)}) for one in CalendarRules().windows)


@st.composite
def changes(draw: st.DrawFn, of_windows: tuple[WeeklyWindow, ...]) -> Change:
    of = draw(st.sampled_from([SLOT, *(window.key for window in of_windows)]))
    moved = draw(st.booleans())
    day = draw(_DAYS)
    start = datetime(day.year, day.month, day.day, draw(st.integers(0, 23)))
    hours = timedelta(hours=draw(st.integers(1, 30)))
    return Change(
        of=of,
        day=draw(_DAYS),
        from_=start if moved else None,
        to=start + hours if moved and of != SLOT else None,
    )


@st.composite
def freezes(draw: st.DrawFn) -> Freeze:
    start, end = draw(SPANS)
    return Freeze(
        release_id=draw(NAMES),
        version="1.0.0",
        release_type=draw(st.sampled_from(ReleaseType)),
        starts=start,
        ends=draw(st.sampled_from([end, None])),
    )


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    holidays = HolidayRules(
        country=draw(st.sampled_from(["KR", "DE", None])),
        deploys=draw(st.sampled_from(DayRule)),
        deploys_on_eves=draw(st.sampled_from(DayRule)),
    )
    hours = draw(windows())
    made = draw(st.lists(changes(hours), max_size=3, unique_by=lambda change: (change.of, change.day)))
    return Calendar(
        zone=draw(ZONES),
        rules=CalendarRules(windows=hours, holidays=holidays, changes=tuple(made)),
        blackouts=tuple(draw(st.lists(blackouts(), max_size=4))),
        yearly=tuple(draw(st.lists(yearly(), max_size=2, unique_by=lambda one: one.id))),
        freezes=tuple(draw(st.lists(freezes(), max_size=3))),
        lock=draw(st.none() | st.builds(DeployLock, reason=st.just("rolled back"), since=INSTANTS)),
    )


@st.composite
def deploys(draw: st.DrawFn) -> Question:
    kind = draw(st.sampled_from(ReleaseType))
    return Question(
        action=GateAction.DEPLOY,
        release_type=kind,
        rules=TYPE_GATES[kind],
        environment=draw(st.sampled_from(Environment)),
    )
