"""What an answer to a reminder means for whoever gave it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.rules import CalendarRules
from domain.refusals import AlreadySo, Gone, Refused
from domain.reminders import Answer, Later, Reminder
from domain.reminders.answers import comes_again, seen, snoozed, taken_back, until, withheld
from domain.types import ReminderKind
from tests.support.builders import AT

RULES = CalendarRules()
SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WAITING = Reminder(
    key="approval_waiting:r1:1:U1:x",
    kind=ReminderKind.APPROVAL_WAITING,
    subject="r1",
    due=AT,
    expires=AT + HOUR,
    about="U1",
    occasion="asked",
)


def seoul(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC) - 9 * HOUR


@pytest.mark.parametrize(
    ("later", "after"),
    [(Later.QUARTER, 15 * MINUTE), (Later.HOUR, HOUR), (Later.THREE_HOURS, 3 * HOUR)],
)
def test_later_counts_from_now(later: Later, after: timedelta) -> None:
    assert until(later, AT, RULES, SEOUL) == AT + after


@pytest.mark.parametrize(
    ("at", "again"),
    [
        (seoul(3, 3, 15), seoul(3, 4, 9)),  # Tuesday
        (seoul(3, 3, 1), seoul(3, 4, 9)),  # before dawn of Tuesday
        (seoul(3, 6, 15), seoul(3, 9, 9)),  # Friday: not on the weekend
        (seoul(4, 30, 15), seoul(5, 4, 9)),  # 1 May is a holiday, a Friday
    ],
)
def test_tomorrow_is_nine_on_the_next_working_day(at: datetime, again: datetime) -> None:
    rules = RULES.model_copy(
        update={
            "holidays": RULES.holidays.model_validate(
                {"country": None, "company_days": [{"name": "Labour Day", "date": date(2026, 5, 1)}]}
            )
        }
    )
    assert until(Later.MORNING, at, rules, SEOUL) == again


def test_tomorrow_is_the_persons_own() -> None:
    at = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)  # Wednesday, half past midnight in Berlin
    assert until(Later.MORNING, at, RULES, BERLIN) == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert until(Later.MORNING, at, RULES, SEOUL) == datetime(2026, 3, 5, 0, tzinfo=UTC)


def test_who_has_seen_it_is_spared_for_good_and_who_puts_it_off_until_then() -> None:
    put_off = Answer(at=AT, until=AT + HOUR)
    assert not withheld(None, AT)
    assert withheld(Answer(at=AT), AT + 365 * 24 * HOUR)
    assert [withheld(put_off, AT + n * MINUTE) for n in (0, 60, 61)] == [True, True, False]


def test_having_seen_it_is_said_once_and_replaces_a_later() -> None:
    assert seen(None, AT) == Answer(at=AT)
    assert seen(Answer(at=AT, until=AT + HOUR), AT + MINUTE) == Answer(at=AT + MINUTE)
    with pytest.raises(Refused) as no:
        seen(Answer(at=AT), AT)
    assert no.value.refusal == AlreadySo("reminder_seen")


@pytest.mark.parametrize("before", [None, Answer(at=AT - HOUR, until=AT - MINUTE)])
def test_only_an_answer_that_holds_is_taken_back(before: Answer | None) -> None:
    taken_back(Answer(at=AT), AT)
    with pytest.raises(Refused) as no:
        taken_back(before, AT)
    assert no.value.refusal == Gone("reminder_answer")


@given(st.integers(1, 10_000))
def test_only_the_last_answer_brings_it_again(minutes: int) -> None:
    again_at = AT + minutes * MINUTE
    moment = snoozed(WAITING, "U2", again_at)
    assert (moment.about, moment.due, moment.occasion) == ("U2", again_at, WAITING.key)
    assert comes_again(Answer(at=AT, until=again_at), moment.due)
    assert not comes_again(Answer(at=AT, until=again_at + MINUTE), moment.due)
    assert not comes_again(Answer(at=AT), moment.due)
    assert not comes_again(None, moment.due)
