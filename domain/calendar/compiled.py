"""When a question is closed, laid out once into sorted spans: for those who ask about thousands of times.

The gate answers with reasons; this answers yes or no, by bisection, and says the same (proved in the tests).
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import assert_never

from domain.calendar.entries import Calendar
from domain.calendar.intervals import FOREVER, Span, merge, subtract
from domain.calendar.reasons import GateAction, Question
from domain.calendar.type_rules import HolidayRule, NoDeployRule, WindowRule

_EDGE = timedelta(days=1)


class Closed:
    """When deploys are closed, exceptions left aside, laid out year by year as years are asked about."""

    def __init__(self, calendar: Calendar, question: Question) -> None:
        if question.action is not GateAction.DEPLOY:
            raise ValueError("only deploys are laid out")
        self._calendar, self._question = calendar, question
        self._years: dict[int, list[datetime]] = {}

    def at(self, at: datetime) -> bool:
        """Whether the gate is closed at `at`, an aware UTC instant of the years 2 to 8998."""
        turns = self._years.get(at.year)
        if turns is None:
            turns = self._years[at.year] = self._lay_out(at.year)
        return bisect_right(turns, at) % 2 == 1

    def spans(self, since: datetime, until: datetime) -> tuple[Span, ...]:
        """The closed spans that touch `since` to `until`, merged; what is cut is cut outside of that."""
        return merge(_closed(self._calendar, self._question, since - _EDGE, until + _EDGE))

    def _lay_out(self, year: int) -> list[datetime]:
        """Start, end, start, end … of what is closed in that year."""
        first, last = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
        return [turn for span in self.spans(first, last) for turn in (span.start, span.end)]


def _closed(calendar: Calendar, question: Question, since: datetime, until: datetime) -> Iterator[Span]:
    if calendar.lock is not None:
        yield Span(calendar.lock.since, FOREVER)
    for blackout in calendar.blackouts_between(since, until):
        if blackout.scope.binds(question.release_type, question.environment):
            yield Span(blackout.start, blackout.end)
    if question.rules.holidays is HolidayRule.BOUND:
        for day in calendar.closed_days(since, until):
            yield Span(day.start, day.end)
    yield from _outside_windows(calendar, question.rules.window, Span(since, until))
    if question.rules.no_deploy_hours is NoDeployRule.BLOCKED:
        yield from calendar.no_deploy_hours.between(since, until)


def _outside_windows(calendar: Calendar, rule: WindowRule, around: Span) -> tuple[Span, ...]:
    match rule:
        case WindowRule.REQUIRED:
            return subtract((around,), calendar.windows.between(around.start, around.end))
        case WindowRule.BUSINESS_HOURS_PREFERRED | WindowRule.ANY_TIME:
            return ()
        case _:
            assert_never(rule)
