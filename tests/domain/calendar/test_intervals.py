"""Times with a start and an end against the plainest model: sets of minutes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.intervals import Intervals, Span, merge, subtract

START = datetime(2026, 3, 1, tzinfo=UTC)
MINUTES = st.integers(0, 60)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


SPANS = st.lists(st.builds(Span, MINUTES.map(at), MINUTES.map(at)), max_size=8)


def covered(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {minute for minute in range(61) for span in spans if span.start <= at(minute) < span.end}


def of(spans: list[Span]) -> Intervals[Span]:
    return Intervals(spans, starts=lambda span: span.start, ends=lambda span: span.end)


@given(SPANS)
def test_merge_keeps_every_minute_and_leaves_spans_apart(spans: list[Span]) -> None:
    merged = merge(spans)
    assert covered(merged) == covered(spans)
    assert all(span.start < span.end for span in merged)
    assert all(one.end < other.start for one, other in pairwise(merged))


@given(SPANS, SPANS)
def test_subtract_takes_away_exactly_the_closed_minutes(spans: list[Span], closed: list[Span]) -> None:
    left = subtract(merge(spans), closed)
    assert covered(left) == covered(spans) - covered(closed)
    assert left == merge(left)


@given(SPANS, MINUTES)
def test_active_finds_what_holds_at_an_instant_by_start(spans: list[Span], minute: int) -> None:
    expected = [span for span in spans if span.start <= at(minute) < span.end]
    assert of(spans).active(at(minute)) == tuple(sorted(expected, key=lambda span: span.start))


@given(SPANS, MINUTES)
def test_next_start_is_the_first_after_an_instant(spans: list[Span], minute: int) -> None:
    later = [span.start for span in spans if span.start < span.end and span.start > at(minute)]
    assert of(spans).next_start(at(minute)) == min(later, default=None)
