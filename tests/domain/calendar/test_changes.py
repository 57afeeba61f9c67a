"""One occurrence moved or cancelled, yearly blackouts, and for whom a blackout holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.calendar.blackouts import Blackout, EntryFault, Scope, YearlyBlackout
from domain.calendar.changes import SLOT, Change
from domain.calendar.entries import Calendar
from domain.calendar.gate import GateAction, Question, Verdict, gate
from domain.calendar.holidays import HolidayRules
from domain.calendar.hours import changed, timetable
from domain.calendar.rules import CalendarRules, Windows
from domain.calendar.slots import slots
from domain.calendar.type_rules import TYPE_GATES
from domain.types import Environment, ReleaseType
from tests.domain.calendar.minute_scan import Minute, minutes, within

SEOUL = ZoneInfo("Asia/Seoul")
RULES = CalendarRules(holidays=HolidayRules(country=None))
WINDOWS: Windows = RULES.windows
THURSDAY = "thursday 10:00-17:00"


def seoul(month: int, day: int, hour: int, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SEOUL).astimezone(UTC)


def ask(kind: ReleaseType = ReleaseType.REGULAR, where: Environment = Environment.PRODUCTION) -> Question:
    return Question(action=GateAction.DEPLOY, release_type=kind, rules=TYPE_GATES[kind], environment=where)


def verdict(calendar: Calendar, at: datetime, question: Question | None = None) -> Verdict:
    return gate(calendar, question=question or ask(), at=at).verdict


# --- windows ------------------------------------------------------------------------------------------------


def test_window_that_is_cancelled_once_is_closed_that_day_and_open_all_others() -> None:
    rules = RULES.model_copy(update={"changes": (Change(of=THURSDAY, day=date(2026, 3, 12)),)})
    calendar = Calendar(zone="Asia/Seoul", rules=rules)
    found = [verdict(calendar, seoul(3, day, 14)) for day in (5, 11, 12, 19)]
    assert found == [Verdict.OPEN, Verdict.OPEN, Verdict.CLOSED, Verdict.OPEN]
    assert gate(calendar, question=ask(), at=seoul(3, 12, 14)).next_open == seoul(3, 17, 10)


def test_window_that_is_moved_once_is_open_where_it_is_now() -> None:
    moved = Change(
        of=THURSDAY, day=date(2026, 3, 12), from_=datetime(2026, 3, 13, 9), to=datetime(2026, 3, 13, 12)
    )
    calendar = Calendar(zone="Asia/Seoul", rules=RULES.model_copy(update={"changes": (moved,)}))
    times = [seoul(3, 12, 14), seoul(3, 13, 8), seoul(3, 13, 9), seoul(3, 13, 11), seoul(3, 13, 12)]
    closed, open_ = Verdict.CLOSED, Verdict.OPEN
    assert [verdict(calendar, at) for at in times] == [closed, closed, open_, open_, closed]


def test_change_of_a_day_without_that_window_changes_nothing() -> None:
    friday = Change(
        of=THURSDAY, day=date(2026, 3, 13), from_=datetime(2026, 3, 14, 9), to=datetime(2026, 3, 14, 12)
    )
    calendar = Calendar(zone="Asia/Seoul", rules=RULES.model_copy(update={"changes": (friday,)}))
    assert verdict(calendar, seoul(3, 14, 10)) is Verdict.CLOSED


def test_windows_cancelled_for_half_a_year_open_again_after_it() -> None:
    first = date(2026, 7, 2)
    away = tuple(
        Change(of=window.key, day=first + timedelta(weeks=week, days=shift))
        for week in range(26)
        for window, shift in zip(WINDOWS, (-2, -1, 0), strict=True)
    )
    calendar = Calendar(zone="Asia/Seoul", rules=RULES.model_copy(update={"changes": away}))
    answer = gate(calendar, question=ask(), at=seoul(7, 1, 0))
    assert answer.next_open == seoul(12, 29, 10)


ZONES = ("Asia/Seoul", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")
DAYS = st.dates(date(2026, 2, 20), date(2026, 4, 10))
MOMENTS = st.builds(
    lambda day, quarter: datetime(day.year, day.month, day.day) + quarter * timedelta(minutes=15),
    DAYS,
    st.integers(0, 95),
)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    start = draw(MOMENTS)
    window = draw(st.sampled_from(WINDOWS))
    moved = draw(st.booleans())
    return Change(
        of=window.key,
        day=draw(DAYS),
        from_=start if moved else None,
        to=start + timedelta(minutes=draw(st.integers(1, 600))) if moved else None,
    )


@cache
def scanned(zone: str) -> list[tuple[Minute, frozenset[str]]]:
    """Every seventeenth minute of four weeks, and the windows that are due in it while nothing is changed."""
    since, until = datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 4, 3, tzinfo=UTC)
    return [
        (minute, frozenset(window.key for window in WINDOWS if within(minute, (window,))))
        for minute in list(minutes(zone, since, until))[::17]
    ]


@given(st.sampled_from(ZONES), st.lists(changes(), max_size=6, unique_by=lambda c: (c.of, c.day)))
def test_changed_windows_are_open_in_the_minutes_of_the_scan(zone: str, made: list[Change]) -> None:
    """The scan asks each minute: is a window due here that is not changed, or is one moved to here?"""
    table = timetable(WINDOWS, ZoneInfo(zone), changed(WINDOWS, tuple(made)))
    away = {(change.of, change.day) for change in made}
    weekdays = {window.key: window.weekday.number for window in WINDOWS}
    moves = [
        (change.from_, change.to)
        for change in made
        if change.from_ and change.to and weekdays[change.of] == change.day.weekday()
    ]
    for minute, windows in scanned(zone):
        due = any((window, minute.wall.date()) not in away for window in windows)
        moved = any(start <= minute.wall < end for start, end in moves)
        assert (minute.at, table.state(minute.at).within) == (minute.at, due or moved)


# --- slots --------------------------------------------------------------------------------------------------


def test_slot_that_is_moved_takes_its_freeze_along_and_a_cancelled_one_has_none() -> None:
    made = (
        Change(of=SLOT, day=date(2026, 3, 12), from_=datetime(2026, 3, 11, 11)),
        Change(of=SLOT, day=date(2026, 3, 19)),
    )
    rules = RULES.model_copy(update={"changes": made})
    found = slots(rules, zone=SEOUL, first=date(2026, 3, 1), until=date(2026, 4, 1))
    assert [(slot.deploy_at, slot.freeze_at, slot.moved_from) for slot in found] == [
        (seoul(3, 5, 14), seoul(3, 2, 14), None),
        (seoul(3, 11, 11), seoul(3, 8, 11), date(2026, 3, 12)),
        (seoul(3, 26, 14), seoul(3, 23, 14), None),
    ]


# --- what cannot be -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"of": THURSDAY, "day": "2026-03-12", "to": "2026-03-12 10:00"}, "change_half_given"),
        ({"of": THURSDAY, "day": "2026-03-12", "from": "2026-03-12 10:00"}, "change_half_given"),
        (
            {"of": SLOT, "day": "2026-03-12", "from": "2026-03-12 10:00", "to": "2026-03-12 11:00"},
            "change_half_given",
        ),
        (
            {"of": THURSDAY, "day": "2026-03-12", "from": "2026-03-12 10:00", "to": "2026-03-12 10:00"},
            "window_ends_before_start",
        ),
        (
            {"of": THURSDAY, "day": "2026-03-12", "from": "2026-03-12 10:00", "to": "2027-03-20 10:00"},
            "change_too_long",
        ),
        (
            {"of": SLOT, "day": "2026-03-12", "from": "2026-03-12T10:00:00+09:00"},
            "moment_not_wall_clock",
        ),
    ],
)
def test_change_that_cannot_be_is_refused(given_: dict[str, str], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Change.model_validate(given_)
    assert [error["type"] for error in caught.value.errors()] == [code]


def test_occurrence_that_is_changed_twice_is_refused() -> None:
    once = {"of": THURSDAY, "day": "2026-03-12"}
    with pytest.raises(ValidationError) as caught:
        CalendarRules.model_validate({"changes": [once, once]})
    assert [error["type"] for error in caught.value.errors()] == ["changed_twice"]


# --- yearly blackouts ---------------------------------------------------------------------------------------


def year_end(zone: str = "Asia/Seoul") -> YearlyBlackout:
    return YearlyBlackout(
        id="ye", name="연말", begins=datetime(2025, 12, 21), ends=datetime(2026, 1, 4, 9), zone=zone
    )


def test_yearly_blackout_closes_every_year_from_its_first_on() -> None:
    calendar = Calendar(zone="Asia/Seoul", rules=RULES, yearly=(year_end(),))
    hotfix = ask(ReleaseType.HOTFIX)
    at = [seoul(12, 25, 12, year=year) for year in (2024, 2025, 2026, 2031)]
    assert [verdict(calendar, one, hotfix) for one in at] == [
        Verdict.OPEN,
        Verdict.CLOSED,
        Verdict.CLOSED,
        Verdict.CLOSED,
    ]
    answer = gate(calendar, question=hotfix, at=seoul(3, 2, 0))
    assert (answer.verdict, answer.next_change) == (Verdict.OPEN, seoul(12, 21, 0))
    new_year = gate(calendar, question=hotfix, at=seoul(1, 2, 0, year=2027))
    assert new_year.next_open == seoul(1, 4, 9, year=2027)
    assert [reason.subject for reason in new_year.reasons] == ["ye/2026"]


def test_one_year_of_a_yearly_blackout_is_moved_or_cancelled() -> None:
    made = (
        Change(
            of="ye",
            day=date(2026, 12, 21),
            from_=datetime(2026, 12, 28),
            to=datetime(2026, 12, 31),
        ),
        Change(of="ye", day=date(2027, 12, 21)),
    )
    rules = RULES.model_copy(update={"changes": made})
    calendar = Calendar(zone="Asia/Seoul", rules=rules, yearly=(year_end(),))
    hotfix = ask(ReleaseType.HOTFIX)
    at = [
        seoul(12, 25, 0),
        seoul(12, 29, 0),
        seoul(12, 31, 0),
        seoul(12, 25, 0, year=2027),
        seoul(12, 25, 0, year=2028),
    ]
    open_, closed = Verdict.OPEN, Verdict.CLOSED
    assert [verdict(calendar, one, hotfix) for one in at] == [open_, closed, open_, open_, closed]


@given(st.integers(2026, 2039), st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_yearly_blackout_keeps_the_wall_clock_of_its_own_zone(year: int, zone: str, project: str) -> None:
    (found,) = year_end(zone).occurrences(year, year)
    shown = [at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for at in (found.start, found.end)]
    assert shown == [datetime(year, 12, 21), datetime(year + 1, 1, 4, 9)]
    calendar = Calendar(zone=project, rules=RULES, yearly=(year_end(zone),))
    last = found.end - timedelta(microseconds=1)
    hotfix = ask(ReleaseType.HOTFIX)
    assert [verdict(calendar, at, hotfix) for at in (found.start, last, found.end)] == [
        Verdict.CLOSED,
        Verdict.CLOSED,
        Verdict.OPEN,
    ]


@pytest.mark.parametrize(
    ("begins", "ends", "fault"),
    [
        (datetime(2026, 3, 1), datetime(2026, 3, 1), EntryFault.ENDS_BEFORE_START),
        (datetime(2028, 2, 29), datetime(2028, 3, 1), EntryFault.LEAP_DAY),
        (datetime(2026, 3, 1), datetime(2027, 3, 2), EntryFault.LONGER_THAN_A_YEAR),
        (datetime(2199, 12, 31), datetime(2200, 1, 1), EntryFault.TOO_FAR),
    ],
)
def test_yearly_blackout_that_cannot_be_is_refused(
    begins: datetime, ends: datetime, fault: EntryFault
) -> None:
    with pytest.raises(ValueError, match=fault.value):
        YearlyBlackout(id="x", name="x", begins=begins, ends=ends, zone="Asia/Seoul")


# --- for whom a blackout holds ------------------------------------------------------------------------------


def test_blackout_holds_for_the_types_and_environments_that_it_names() -> None:
    sale = Blackout(id="s", name="sale", start=seoul(3, 5, 0), end=seoul(3, 6, 0))
    planned = replace(sale, scope=Scope(types=frozenset({ReleaseType.REGULAR, ReleaseType.FEATURE})))
    staging = replace(sale, scope=Scope(environments=frozenset({Environment.STAGING})))
    at = seoul(3, 5, 14)
    asked = (
        ask(),
        ask(ReleaseType.HOTFIX),
        ask(ReleaseType.HOTFIX, Environment.STAGING),
    )
    found = {
        name: [verdict(Calendar(zone="Asia/Seoul", rules=RULES, blackouts=(one,)), at, q) for q in asked]
        for name, one in (("all", sale), ("planned", planned), ("staging", staging))
    }
    assert found == {
        "all": [Verdict.CLOSED, Verdict.CLOSED, Verdict.OPEN],
        "planned": [Verdict.CLOSED, Verdict.OPEN, Verdict.OPEN],
        "staging": [Verdict.OPEN, Verdict.OPEN, Verdict.CLOSED],
    }
