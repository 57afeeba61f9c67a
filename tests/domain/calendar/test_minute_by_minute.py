"""Weekly hours and the gate against a scan that knows nothing of how they are computed."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from domain.calendar.blackouts import Blackout
from domain.calendar.entries import Calendar, Freeze
from domain.calendar.fields import Weekday
from domain.calendar.gate import GateAction, Question, Verdict, gate
from domain.calendar.holidays import HolidayRules
from domain.calendar.hours import Hours, timetable
from domain.calendar.rules import CalendarRules, WeeklyMoment, WeeklySpan, WeeklyWindow
from domain.calendar.type_rules import TYPE_GATES
from domain.types import ReleaseType
from tests.domain.calendar.minute_scan import DAY_MINUTES, MINUTE, Minute, holds, minutes, transitions, within

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Seoul",
    "America/Nuuk",
    "Africa/Casablanca",
)
CHANGES = [(zone, change) for zone in ZONES for change in transitions(zone, 2026)]
DAY = timedelta(days=1)


def window(weekday: Weekday, opens: str, closes: str, zone: str | None = None) -> WeeklyWindow:
    from_, to = time.fromisoformat(opens), time.fromisoformat(closes)
    return WeeklyWindow(weekday=weekday, from_=from_, to=to, zone=zone)


def span(from_day: Weekday, start: str, to_day: Weekday, end: str, zone: str | None = None) -> WeeklySpan:
    return WeeklySpan(
        zone=zone,
        from_=WeeklyMoment(weekday=from_day, at=time.fromisoformat(start)),
        to=WeeklyMoment(weekday=to_day, at=time.fromisoformat(end)),
    )


# Clocks change on Sundays between midnight and three, in Nuuk on Saturday evening: hours that start, end and
# touch in the skipped and in the repeated times.
NIGHT_WINDOWS = (
    window(Weekday.SATURDAY, "21:30", "22:30"),
    window(Weekday.SATURDAY, "23:15", "00:00"),
    window(Weekday.SUNDAY, "00:00", "00:20"),
    window(Weekday.SUNDAY, "00:40", "01:30"),
    window(Weekday.SUNDAY, "01:45", "02:10"),
    window(Weekday.SUNDAY, "02:10", "02:20"),
    window(Weekday.SUNDAY, "02:30", "03:15"),
    window(Weekday.SUNDAY, "03:20", "00:00"),
    window(Weekday.WEDNESDAY, "10:00", "17:00"),
)
NIGHT_SPANS = (
    span(Weekday.SATURDAY, "23:30", Weekday.SUNDAY, "01:50"),
    span(Weekday.SUNDAY, "02:05", Weekday.SUNDAY, "02:40"),
    span(Weekday.SUNDAY, "02:50", Weekday.SUNDAY, "03:30"),
)
NEARLY_ALL_WEEK = (span(Weekday.SUNDAY, "02:30", Weekday.SUNDAY, "02:10"),)
# Of teams on three continents: their hours overlap, touch and leave gaps in other places every half year.
ROUND_THE_WORLD = (
    window(Weekday.SATURDAY, "21:30", "23:30", "America/New_York"),
    window(Weekday.SUNDAY, "00:30", "03:15"),
    window(Weekday.SUNDAY, "01:00", "03:00", "Europe/Berlin"),
    window(Weekday.SUNDAY, "10:00", "00:00", "Asia/Seoul"),
    window(Weekday.WEDNESDAY, "00:00", "00:00", "Pacific/Kiritimati"),
)
NIGHTS_OF_THE_WORLD = (
    span(Weekday.SATURDAY, "18:00", Weekday.SUNDAY, "02:30", "America/New_York"),
    span(Weekday.SUNDAY, "02:30", Weekday.SUNDAY, "03:30", "Europe/Berlin"),
    span(Weekday.SUNDAY, "23:30", Weekday.MONDAY, "00:30", "Pacific/Pago_Pago"),
)
RULES = CalendarRules(holidays=HolidayRules(country=None))
HOURS = {
    "windows": RULES.windows,
    "no deploy": RULES.no_deploy_hours,
    "night windows": NIGHT_WINDOWS,
    "night spans": NIGHT_SPANS,
    "nearly all week": NEARLY_ALL_WEEK,
    "windows of the world": ROUND_THE_WORLD,
    "nights of the world": NIGHTS_OF_THE_WORLD,
}


BEFORE, AFTER = 2 * DAY, 8 * DAY


@cache
def lived(zone: str, change: datetime) -> tuple[Minute, ...]:
    return tuple(minutes(zone, change - BEFORE, change + AFTER))


@cache
def held(zone: str, change: datetime, hours: Hours) -> tuple[bool, ...]:
    """By the clocks on three walls: each rule is looked up on the clock of its zone."""
    found = [False] * len(lived(zone, change))
    for rule in hours:
        clock = lived(rule.zone or zone, change)
        found = [was or holds(minute, rule) for was, minute in zip(found, clock, strict=True)]
    return tuple(found)


def changes_of(zone: str, change: datetime, values: Sequence[object]) -> list[datetime]:
    """The minutes whose value is another than the minute's before."""
    paired = zip(lived(zone, change)[1:], pairwise(values), strict=True)
    return [minute.at for minute, (was, now) in paired if was is not now]


@pytest.mark.parametrize("hours", HOURS.values(), ids=HOURS)
@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_hours_hold_and_change_in_the_same_minutes_as_in_the_scan(
    zone: str, change: datetime, hours: Hours
) -> None:
    table, scanned = timetable(hours, ZoneInfo(zone)), held(zone, change, hours)
    changes = changes_of(zone, change, scanned)
    for minute, is_within in zip(lived(zone, change), scanned, strict=True):
        upcoming = bisect_right(changes, minute.at)
        answer = table.state(minute.at)
        assert (minute.at, answer.within) == (minute.at, is_within)
        if upcoming < len(changes):
            assert (minute.at, answer.until) == (minute.at, changes[upcoming])


@pytest.mark.parametrize("hours", HOURS.values(), ids=HOURS)
@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_spans_between_cover_the_minutes_of_the_scan_and_are_apart(
    zone: str, change: datetime, hours: Hours
) -> None:
    found = timetable(hours, ZoneInfo(zone)).between(change - BEFORE, change + AFTER)
    assert all(one.start < one.end for one in found)
    assert all(one.end < other.start for one, other in pairwise(found))
    at = [minute.at for minute in lived(zone, change)]
    covered = [False] * len(at)
    for one in found:
        first, last = bisect_left(at, one.start), bisect_left(at, one.end)
        covered[first:last] = [True] * (last - first)
    assert tuple(covered) == held(zone, change, hours)


def blackouts(change: datetime) -> tuple[Blackout, ...]:
    """Two that overlap, so that the first's end opens nothing, and one of ten minutes."""
    return (
        Blackout(id="b1", name="launch", start=change - 30 * MINUTE, end=change + 40 * MINUTE),
        Blackout(id="b2", name="audit", start=change + 20 * MINUTE, end=change + 100 * MINUTE),
        Blackout(id="b3", name="test", start=change + 5 * DAY, end=change + 5 * DAY + 10 * MINUTE),
    )


def expected(
    zone: str, change: datetime, calendar: Calendar, release_type: ReleaseType
) -> tuple[Verdict, ...]:
    """The table of spec 2.1 in plain words, for every minute lived."""
    rules = calendar.rules
    hours = (rules.windows, rules.no_deploy_hours, rules.business_hours)
    rows = zip(*(held(zone, change, each) for each in hours), strict=True)
    return tuple(
        Verdict.CLOSED
        if any(b.start <= minute.at < b.end for b in calendar.blackouts)
        else plain_verdict(release_type, windowed=windowed, quiet=quiet, office=office)
        for minute, (windowed, quiet, office) in zip(lived(zone, change), rows, strict=True)
    )


def plain_verdict(release_type: ReleaseType, *, windowed: bool, quiet: bool, office: bool) -> Verdict:
    if release_type is ReleaseType.HOTFIX:
        return Verdict.OPEN
    if release_type is ReleaseType.EMERGENCY:
        return Verdict.OPEN if office else Verdict.WARN
    return Verdict.OPEN if windowed and not quiet else Verdict.CLOSED


NIGHT_RULES = CalendarRules(
    windows=NIGHT_WINDOWS,
    no_deploy_hours=NIGHT_SPANS,
    business_hours=NIGHT_WINDOWS[2:6],
    cadence=None,
    holidays=HolidayRules(country=None),
)


@pytest.mark.parametrize("release_type", list(ReleaseType))
@pytest.mark.parametrize("rules", [RULES, NIGHT_RULES], ids=["defaults", "nights"])
@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_gate_for_a_deploy_says_minute_by_minute_what_the_scan_says(
    zone: str, change: datetime, rules: CalendarRules, release_type: ReleaseType
) -> None:
    calendar = Calendar(zone=zone, rules=rules, blackouts=blackouts(change))
    question = Question(action=GateAction.DEPLOY, release_type=release_type, rules=TYPE_GATES[release_type])
    verdicts = expected(zone, change, calendar, release_type)
    changes = changes_of(zone, change, verdicts)
    assert len(changes) >= 3
    scanned = list(zip(lived(zone, change), verdicts, strict=True))
    turn = 2 * DAY_MINUTES
    for minute, verdict in scanned[turn - 120 : turn + 120] + scanned[::97]:
        answer = gate(calendar, question=question, at=minute.at)
        upcoming = bisect_right(changes, minute.at)
        assert (minute.at, answer.verdict) == (minute.at, verdict)
        if upcoming < len(changes):
            assert (minute.at, answer.next_change) == (minute.at, changes[upcoming])
            assert answer.next_open == (changes[upcoming] if verdict is Verdict.CLOSED else None)


@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York"])
def test_gate_for_a_feature_says_in_every_minute_whether_any_freeze_covers_it(zone: str) -> None:
    """Weekly slots freeze from Monday 14:00 to the window's close, Thursday 17:00; and so do two releases."""
    since = datetime(2026, 3, 1, tzinfo=UTC)
    freezes = (
        Freeze(
            release_id="r1",
            version="1.5.0",
            release_type=ReleaseType.REGULAR,
            starts=since + 2 * DAY,
            ends=since + 6 * DAY,
        ),
        Freeze(
            release_id="r2",
            version="2.0.0",
            release_type=ReleaseType.FEATURE,
            starts=since,
            ends=since + 20 * DAY,
        ),
    )
    calendar = Calendar(zone=zone, freezes=freezes)
    slot_freeze = (span(Weekday.MONDAY, "14:00", Weekday.THURSDAY, "17:00"),)
    question = Question(
        action=GateAction.MERGE_FEATURE,
        release_type=ReleaseType.REGULAR,
        rules=TYPE_GATES[ReleaseType.REGULAR],
    )
    scanned = [
        (m.at, freezes[0].starts <= m.at < since + 6 * DAY or within(m, slot_freeze))
        for m in minutes(zone, since, since + 21 * DAY)
    ][::7]
    answers = [(at, gate(calendar, question=question, at=at).verdict is Verdict.CLOSED) for at, _ in scanned]
    assert answers == scanned
