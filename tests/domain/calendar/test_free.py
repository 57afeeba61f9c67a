"""Closed or not in bulk, free times near a date, and the earliest legal time with what binds it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from domain.calendar.blackouts import Blackout
from domain.calendar.compiled import Closed
from domain.calendar.earliest import Earliest, Preparation, Wait, earliest, with_exception
from domain.calendar.entries import Calendar, DeployLock, GateRule
from domain.calendar.free import AROUND, Free, free, nearest
from domain.calendar.gate import GateAction, Question, Verdict, gate
from domain.calendar.holidays import HolidayRules
from domain.calendar.intervals import Span
from domain.calendar.planned import PlannedRelease
from domain.calendar.rules import CalendarRules, FreezeRule
from domain.calendar.type_rules import TYPE_GATES
from domain.types import ReleaseType
from tests.domain.calendar.drawn import INSTANTS, START, calendars, deploys

SEOUL = ZoneInfo("Asia/Seoul")
PLAIN = Calendar(zone="Asia/Seoul", rules=CalendarRules(holidays=HolidayRules(country=None)))
HOUR = timedelta(hours=1)


def seoul(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


def ask(kind: ReleaseType = ReleaseType.REGULAR, release: str | None = "r1") -> Question:
    return Question(action=GateAction.DEPLOY, release_type=kind, rules=TYPE_GATES[kind], release_id=release)


def sale(start: datetime, end: datetime, name: str = "sale") -> Blackout:
    return Blackout(id=f"b-{name}", name=name, start=start, end=end)


def planned(name: str, deploy_at: datetime) -> PlannedRelease:
    return PlannedRelease(id=name, version="2.0.0", type=ReleaseType.REGULAR, deploy_at=deploy_at)


# --- closed in bulk -----------------------------------------------------------------------------------------


@given(calendars(), deploys(), INSTANTS)
def test_closed_in_bulk_is_closed_at_the_gate(calendar: Calendar, question: Question, at: datetime) -> None:
    closed = Closed(calendar, question)
    spans = closed.spans(START, START + 90 * 24 * HOUR)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    instants = [at, *edges[:40], *(edge - timedelta(microseconds=1) for edge in edges[:40])]
    for one in (one for one in instants if START <= one < START + 90 * 24 * HOUR):
        shut = gate(calendar, question=question, at=one).verdict is Verdict.CLOSED
        assert (one, closed.at(one)) == (one, shut)
    assert all(one.end < other.start for one, other in pairwise(spans))


def test_closed_in_bulk_is_asked_about_deploys_only() -> None:
    with pytest.raises(ValueError, match="deploys"):
        Closed(PLAIN, replace(ask(), action=GateAction.MERGE_FEATURE))


# --- free times ---------------------------------------------------------------------------------------------


def test_nearest_free_times_stand_around_the_date_in_order_at_the_usual_time() -> None:
    calendar = replace(PLAIN, blackouts=(sale(seoul(3, 12, 0), seoul(3, 13, 0)),))
    found = nearest(calendar, question=ask(), others=(), around=seoul(3, 12, 14), at=seoul(3, 2, 9))
    assert [one.deploy_at for one in found] == [seoul(3, 10, 14), seoul(3, 11, 14), seoul(3, 17, 14)]


def test_free_time_that_another_release_wants_is_not_offered_nor_one_that_is_over() -> None:
    found = nearest(
        PLAIN,
        question=ask(),
        others=(planned("r2", seoul(3, 11, 11)), planned("r1", seoul(3, 12, 14))),
        around=seoul(3, 12, 14),
        at=seoul(3, 10, 15),
        limit=4,
    )
    assert [one.deploy_at for one in found] == [
        seoul(3, 12, 14),
        seoul(3, 17, 14),
        seoul(3, 18, 14),
        seoul(3, 19, 14),
    ]


def test_free_stretch_without_the_usual_time_is_offered_from_its_beginning() -> None:
    calendar = replace(PLAIN, blackouts=(sale(seoul(3, 10, 13), seoul(3, 10, 16)),))
    found = list(free(calendar, question=ask(), others=(), since=seoul(3, 10, 0), until=seoul(3, 11, 0)))
    assert found == [
        Free(Span(seoul(3, 10, 10), seoul(3, 10, 13)), seoul(3, 10, 10)),
        Free(Span(seoul(3, 10, 16), seoul(3, 10, 17)), seoul(3, 10, 16)),
    ]


@given(calendars(), deploys(), INSTANTS)
def test_free_times_are_open_and_lie_ahead(calendar: Calendar, question: Question, around: datetime) -> None:
    at = around - AROUND / 2
    unlocked = replace(calendar, lock=None)
    for one in nearest(calendar, question=question, others=(), around=around, at=at, limit=5):
        assert gate(unlocked, question=question, at=one.deploy_at).verdict is not Verdict.CLOSED
        assert one.deploy_at > at
        assert one.span.start <= one.deploy_at < one.span.end


# --- the earliest time --------------------------------------------------------------------------------------


def test_release_that_is_ready_within_a_window_can_go_now() -> None:
    at = seoul(3, 5, 11)
    assert earliest(PLAIN, question=ask(), preparations=(), at=at) == Earliest(at=at, ready_at=at, binds=None)


def test_soak_binds_when_it_ends_within_a_window() -> None:
    soak = Preparation(Wait.SOAK, seoul(3, 5, 15))
    found = earliest(PLAIN, question=ask(), preparations=[soak], at=seoul(3, 4, 9))
    assert found == Earliest(at=seoul(3, 5, 15), ready_at=seoul(3, 5, 15), binds=soak)


def test_window_binds_when_the_soak_ends_outside_of_one() -> None:
    soak = Preparation(Wait.SOAK, seoul(3, 5, 18))
    found = earliest(PLAIN, question=ask(), preparations=[soak], at=seoul(3, 4, 9))
    assert (found.at, found.ready_at) == (seoul(3, 10, 10), seoul(3, 5, 18))
    assert getattr(found.binds, "rule", None) is GateRule.WINDOW
    assert found.opens_by_exception


def test_blackout_that_ends_last_binds_and_an_exception_would_make_it_earlier() -> None:
    calendar = replace(PLAIN, blackouts=(sale(seoul(3, 9, 0), seoul(3, 11, 12)),))
    at = seoul(3, 10, 11)
    found = earliest(calendar, question=ask(), preparations=(), at=at)
    reason = found.binds
    assert (found.at, getattr(reason, "name", None)) == (seoul(3, 11, 12), "sale")
    assert reason is not None
    assert not isinstance(reason, Preparation)
    opened = with_exception(calendar, ask(), reason, at)
    assert earliest(opened, question=ask(), preparations=(), at=at).at == at


def test_lock_that_no_clock_ends_binds_for_good() -> None:
    locked = replace(PLAIN, lock=DeployLock(reason="rolled back", since=seoul(3, 1, 0)))
    found = earliest(locked, question=ask(), preparations=(), at=seoul(3, 5, 11))
    assert (found.at, getattr(found.binds, "rule", None)) == (None, GateRule.LOCK)


@given(calendars(), deploys(), INSTANTS)
def test_nothing_before_the_earliest_time_is_open(
    calendar: Calendar, question: Question, at: datetime
) -> None:
    found = earliest(calendar, question=question, preparations=(), at=at)
    closed = Closed(calendar, question)
    if found.at is None:
        assert closed.at(at)
        assert closed.at(at + 300 * 24 * HOUR)
        return
    assert not closed.at(found.at)
    ranges = closed.spans(at, found.at) if found.at > at else ()
    assert found.at == at or any(one.start <= at and found.at <= one.end for one in ranges)


def test_free_times_for_which_the_freeze_still_comes_in_time_are_offered_first() -> None:
    rule = FreezeRule(days_before=3)
    asked = {"question": ask(), "others": (), "around": seoul(3, 12, 14)}
    at = seoul(3, 9, 9)
    found = nearest(PLAIN, **asked, at=at, freeze=rule)  # type: ignore[arg-type]  # its own parameters
    assert [one.deploy_at for one in found] == [seoul(3, 12, 14), seoul(3, 17, 14), seoul(3, 18, 14)]
    begun = nearest(PLAIN, **asked, at=at)  # type: ignore[arg-type]  # its own parameters
    assert [one.deploy_at for one in begun] == [seoul(3, 10, 14), seoul(3, 11, 14), seoul(3, 12, 14)]
