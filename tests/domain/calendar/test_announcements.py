"""What the calendar has to tell, each once, and until when."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.announcements import Announcement, AnnouncementKind, announcements
from domain.calendar.blackouts import Blackout
from domain.calendar.entries import Calendar, DeployLock
from domain.calendar.fields import Weekday
from domain.calendar.holidays import HolidayRules
from domain.calendar.planned import PlannedRelease
from domain.calendar.rules import Cadence, CalendarRules, FreezeRule, WeeklyMoment, WeeklySpan, WeeklyWindow
from domain.calendar.type_rules import NoDeployRule
from domain.types import ReleaseType
from tests.domain.calendar.minute_scan import minutes, transitions, within

SEOUL = ZoneInfo("Asia/Seoul")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
K = AnnouncementKind


def seoul(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


QUIET = CalendarRules(cadence=None, windows=(), no_deploy_hours=())
NOTHING = Calendar(zone="Asia/Seoul", rules=QUIET)
WINDOWS_ONLY = Calendar(zone="Asia/Seoul", rules=CalendarRules(cadence=None))


def told(
    calendar: Calendar, since: datetime, until: datetime, *releases: PlannedRelease
) -> list[tuple[AnnouncementKind, str, datetime, datetime, datetime]]:
    """All but the weekly outlook and the coming year, which have tests of their own."""
    found = announcements(calendar, releases=releases, since=since, until=until)
    every = [(a.kind, a.subject, a.due, a.moment, a.expires) for a in found]
    return [one for one in every if one[0] not in {AnnouncementKind.OUTLOOK, AnnouncementKind.YEAR}]


def release(name: str = "r1", /, **facts: object) -> PlannedRelease:
    plain = PlannedRelease(id=name, version="1.5.0", type=ReleaseType.REGULAR)
    return replace(plain, **facts)  # type: ignore[arg-type]  # each test names real fields


def test_outlook_is_told_on_monday_mornings_and_stale_by_midnight() -> None:
    found = announcements(NOTHING, releases=(), since=seoul(3, 2, 0), until=seoul(3, 10, 0))
    assert [(a.kind, a.subject, a.due, a.moment, a.expires) for a in found] == [
        (AnnouncementKind.OUTLOOK, day.isoformat(), at, at, midnight)
        for day, at, midnight in (
            (date(2026, 3, 2), seoul(3, 2, 9), seoul(3, 3, 0)),
            (date(2026, 3, 9), seoul(3, 9, 9), seoul(3, 10, 0)),
        )
    ]
    silent = replace(NOTHING, rules=QUIET.model_copy(update={"outlook": None}))
    assert announcements(silent, releases=(), since=seoul(3, 2, 0), until=seoul(3, 30, 0)) == ()


@pytest.mark.parametrize(
    ("year", "rules", "day"),
    [
        (2026, {}, 1),
        (2028, {}, 1),
        (2029, {}, 3),  # 1 December is a Saturday
        (2026, {"company_days": ({"date": date(2026, 12, 1), "name": "Move"},)}, 2),
    ],
)
def test_the_coming_year_is_asked_on_the_first_working_day_of_december(
    year: int, rules: dict[str, object], day: int
) -> None:
    holidays = HolidayRules.model_validate(rules)
    calendar = replace(NOTHING, rules=QUIET.model_copy(update={"holidays": holidays, "outlook": None}))
    first = datetime(year, 12, day, 1, tzinfo=UTC)
    told = announcements(calendar, releases=(), since=first - 60 * DAY, until=first + 60 * DAY)
    assert [(a.kind, a.subject, a.due, a.moment, a.expires) for a in told] == [
        (K.YEAR, str(year + 1), first, first, datetime(year, 12, 31, 15, tzinfo=UTC))
    ]


def test_freeze_is_told_a_day_and_an_hour_before_and_at_its_start() -> None:
    start = seoul(3, 2, 14)
    assert told(NOTHING, start - 5 * DAY, start + DAY, release(freeze_at=start)) == [
        (K.FREEZE_IN_A_DAY, "r1", start - DAY, start, start),
        (K.FREEZE_IN_AN_HOUR, "r1", start - HOUR, start, start),
        (K.FREEZE_STARTED, "r1", start, start, start + 2 * HOUR),
    ]


@pytest.mark.parametrize(
    "facts", [{"freeze_at": None}, {"freeze_lifted": True, "freeze_at": seoul(3, 2, 14)}]
)
def test_freeze_that_is_lifted_or_never_was_is_not_told(facts: dict[str, object]) -> None:
    assert told(NOTHING, seoul(2, 20, 0), seoul(3, 10, 0), release(**facts)) == []


def test_freeze_of_a_slot_is_told_by_its_day_unless_a_release_took_it() -> None:
    rules = CalendarRules(windows=(), no_deploy_hours=())
    calendar = Calendar(zone="Asia/Seoul", rules=rules, taken=frozenset({date(2026, 3, 12)}))
    start = seoul(3, 2, 14)
    assert told(calendar, seoul(3, 1, 0), seoul(3, 15, 14)) == [
        (K.FREEZE_IN_A_DAY, "2026-03-05", start - DAY, start, start),
        (K.FREEZE_IN_AN_HOUR, "2026-03-05", start - HOUR, start, start),
        (K.FREEZE_STARTED, "2026-03-05", start, start, start + 2 * HOUR),
    ]


def test_freeze_of_four_weeks_is_told_in_time() -> None:
    cadence = Cadence(freeze=FreezeRule(days_before=28), deploy_time=time(23, 30))
    rules = CalendarRules(cadence=cadence, windows=(), no_deploy_hours=())
    start = seoul(3, 5, 23, 30)
    found = told(Calendar(zone="Asia/Seoul", rules=rules), start - DAY, start - DAY + QUARTER)
    assert found == [(K.FREEZE_IN_A_DAY, "2026-04-02", start - DAY, start, start)]


def test_freeze_that_ends_within_two_hours_is_stale_from_its_end() -> None:
    cadence = Cadence(freeze=FreezeRule(days_before=0), deploy_time=time(16))
    calendar = Calendar(zone="Asia/Seoul", rules=CalendarRules(cadence=cadence, no_deploy_hours=()))
    found = told(calendar, seoul(3, 5, 16), seoul(3, 5, 16, 1))
    assert found == [
        (K.FREEZE_STARTED, "2026-03-05", seoul(3, 5, 16), seoul(3, 5, 16), seoul(3, 5, 17)),
    ]


def test_window_is_told_an_hour_before_at_its_opening_and_before_its_closing() -> None:
    opens, closes = seoul(3, 5, 10), seoul(3, 5, 17)
    assert told(WINDOWS_ONLY, seoul(3, 5, 0), seoul(3, 6, 0)) == [
        (K.WINDOW_IN_AN_HOUR, "2026-03-05T01:00:00Z", opens - HOUR, opens, opens),
        (K.WINDOW_OPENED, "2026-03-05T01:00:00Z", opens, opens, opens + 2 * HOUR),
        (K.WINDOW_CLOSING, "2026-03-05T08:00:00Z", closes - QUARTER, closes, closes),
    ]


def test_range_includes_its_start_and_excludes_its_end() -> None:
    opens = seoul(3, 5, 10)
    assert [kind for kind, *_ in told(WINDOWS_ONLY, opens, opens + QUARTER)] == [K.WINDOW_OPENED]
    assert told(WINDOWS_ONLY, opens - QUARTER, opens) == []


def blackout(start: datetime, end: datetime, added_at: datetime | None = None) -> Blackout:
    return Blackout(id="b1", name="sale", start=start, end=end, added_at=added_at)


def test_window_within_a_blackout_is_not_told() -> None:
    calendar = replace(WINDOWS_ONLY, blackouts=(blackout(seoul(3, 5, 9), seoul(3, 5, 18)),))
    kinds = [kind for kind, *_ in told(calendar, seoul(3, 5, 0), seoul(3, 6, 0))]
    assert kinds == [K.BLACKOUT_STARTED, K.BLACKOUT_ENDED]


def test_window_partly_within_a_blackout_opens_and_closes_where_it_is_really_open() -> None:
    calendar = replace(WINDOWS_ONLY, blackouts=(blackout(seoul(3, 5, 12), seoul(3, 5, 14)),))
    found = told(calendar, seoul(3, 5, 0), seoul(3, 6, 0))
    assert [(kind, moment) for kind, _, _, moment, _ in found] == [
        (K.WINDOW_IN_AN_HOUR, seoul(3, 5, 10)),
        (K.WINDOW_OPENED, seoul(3, 5, 10)),
        (K.WINDOW_CLOSING, seoul(3, 5, 12)),
        (K.BLACKOUT_STARTED, seoul(3, 5, 12)),
        (K.WINDOW_IN_AN_HOUR, seoul(3, 5, 14)),
        (K.BLACKOUT_ENDED, seoul(3, 5, 14)),
        (K.WINDOW_OPENED, seoul(3, 5, 14)),
        (K.WINDOW_CLOSING, seoul(3, 5, 17)),
    ]


def test_window_shorter_than_its_warning_is_not_told_to_close_before_it_opens() -> None:
    short = WeeklyWindow(weekday=Weekday.THURSDAY, from_=time(10), to=time(10, 10))
    calendar = Calendar(zone="Asia/Seoul", rules=CalendarRules(cadence=None, windows=(short,)))
    opens = seoul(3, 5, 10)
    assert told(calendar, seoul(3, 5, 0), seoul(3, 6, 0)) == [
        (K.WINDOW_IN_AN_HOUR, "2026-03-05T01:00:00Z", opens - HOUR, opens, opens),
        (K.WINDOW_OPENED, "2026-03-05T01:00:00Z", opens, opens, opens + timedelta(minutes=10)),
    ]


def test_window_of_a_locked_project_is_not_told_from_the_lock_on() -> None:
    for since, kinds in (
        (seoul(3, 4, 9), []),
        (seoul(3, 4, 9, 30), [K.WINDOW_IN_AN_HOUR]),
        (seoul(3, 4, 12), [K.WINDOW_IN_AN_HOUR, K.WINDOW_OPENED]),
    ):
        locked = replace(WINDOWS_ONLY, lock=DeployLock(reason="rolled back", since=since))
        assert [kind for kind, *_ in told(locked, seoul(3, 4, 0), seoul(3, 6, 0))] == kinds


def test_windows_of_the_whole_week_are_told_only_around_a_blackout() -> None:
    always = tuple(WeeklyWindow(weekday=day, from_=time(0), to=time(0)) for day in Weekday)
    rules = CalendarRules(cadence=None, windows=always, no_deploy_hours=())
    closed = blackout(seoul(3, 5, 12), seoul(3, 5, 20))
    calendar = Calendar(zone="Asia/Seoul", rules=rules, blackouts=(closed,))
    found = told(calendar, seoul(3, 3, 0), seoul(4, 3, 0))
    assert [(kind, moment) for kind, _, _, moment, _ in found if kind.startswith("window")] == [
        (K.WINDOW_CLOSING, seoul(3, 5, 12)),
        (K.WINDOW_IN_AN_HOUR, seoul(3, 5, 20)),
        (K.WINDOW_OPENED, seoul(3, 5, 20)),
    ]


NO_WINDOWS = Calendar(zone="Asia/Seoul", rules=CalendarRules(cadence=None, windows=()))


def test_no_deploy_hours_are_told_to_each_approved_release_they_would_hold_up() -> None:
    start = seoul(3, 6, 15)
    waiting = (
        release("r1", approved=True),
        release("r2"),
        release("r3", approved=True, no_deploy_hours=NoDeployRule.EXEMPT),
        release("r4", approved=True),
    )
    assert told(NO_WINDOWS, seoul(3, 4, 0), seoul(3, 11, 0), *waiting) == [
        (K.NO_DEPLOY_IN_AN_HOUR, "r1", start - HOUR, start, start),
        (K.NO_DEPLOY_IN_AN_HOUR, "r4", start - HOUR, start, start),
    ]


def test_no_deploy_hours_are_not_told_when_no_approved_release_waits() -> None:
    assert told(NO_WINDOWS, seoul(3, 4, 0), seoul(3, 11, 0), release("r2")) == []


def test_blackout_is_told_a_week_and_a_day_before_at_its_start_and_at_its_end() -> None:
    start, end = seoul(12, 24, 0), seoul(1, 2, 0, year=2027)
    calendar = replace(NOTHING, blackouts=(blackout(start, end),))
    assert told(calendar, seoul(12, 1, 0), seoul(2, 1, 0, year=2027)) == [
        (K.BLACKOUT_IN_A_WEEK, "b1", start - 7 * DAY, start, start),
        (K.BLACKOUT_IN_A_DAY, "b1", start - DAY, start, start),
        (K.BLACKOUT_STARTED, "b1", start, start, start + 2 * HOUR),
        (K.BLACKOUT_ENDED, "b1", end, end, end + 2 * HOUR),
    ]


def test_blackout_that_ends_as_the_range_begins_is_told_to_end() -> None:
    end = seoul(3, 6, 0)
    calendar = replace(NOTHING, blackouts=(blackout(end - DAY, end),))
    assert told(calendar, end, end + QUARTER) == [(K.BLACKOUT_ENDED, "b1", end, end, end + 2 * HOUR)]


def test_blackout_of_an_hour_is_no_longer_told_to_start_once_it_is_over() -> None:
    start = seoul(3, 5, 12)
    calendar = replace(NOTHING, blackouts=(blackout(start, start + HOUR),))
    assert told(calendar, start, start + QUARTER) == [(K.BLACKOUT_STARTED, "b1", start, start, start + HOUR)]


@pytest.mark.parametrize(
    ("added_before", "kinds"),
    [
        (7 * DAY, [K.BLACKOUT_IN_A_WEEK, K.BLACKOUT_IN_A_DAY, K.BLACKOUT_STARTED, K.BLACKOUT_ENDED]),
        (7 * DAY - QUARTER, [K.BLACKOUT_IN_A_DAY, K.BLACKOUT_STARTED, K.BLACKOUT_ENDED]),
        (QUARTER, [K.BLACKOUT_STARTED, K.BLACKOUT_ENDED]),
        (-QUARTER, [K.BLACKOUT_ENDED]),
    ],
)
def test_blackout_added_late_makes_up_for_no_reminder(
    added_before: timedelta, kinds: list[AnnouncementKind]
) -> None:
    start = seoul(3, 20, 12)
    late = blackout(start, start + DAY, added_at=start - added_before)
    found = told(replace(NOTHING, blackouts=(late,)), seoul(3, 1, 0), seoul(4, 1, 0))
    assert [kind for kind, *_ in found] == kinds


def test_key_names_kind_subject_and_moment() -> None:
    (first, *_) = announcements(WINDOWS_ONLY, releases=(), since=seoul(3, 5, 0), until=seoul(3, 6, 0))
    assert first == Announcement(
        kind=K.WINDOW_IN_AN_HOUR,
        subject="2026-03-05T01:00:00Z",
        moment=seoul(3, 5, 10),
        due=seoul(3, 5, 9),
        expires=seoul(3, 5, 10),
    )
    assert first.key == "window_1h:2026-03-05T01:00:00Z:2026-03-05T01:00:00Z"


def test_key_changes_when_the_moment_is_moved() -> None:
    before, after = (
        announcements(NOTHING, releases=[release(freeze_at=start)], since=start, until=start + HOUR)[0].key
        for start in (seoul(3, 2, 14), seoul(3, 3, 14))
    )
    assert (before, after) == ("freeze_start:r1:2026-03-02T05:00:00Z", "freeze_start:r1:2026-03-03T05:00:00Z")


# --- against a scan -----------------------------------------------------------------------------------------

NIGHTS = CalendarRules(
    cadence=None,
    windows=(
        WeeklyWindow(weekday=Weekday.SATURDAY, from_=time(22, 30), to=time(0)),
        WeeklyWindow(weekday=Weekday.SUNDAY, from_=time(0), to=time(1, 30)),
        WeeklyWindow(weekday=Weekday.SUNDAY, from_=time(1, 45), to=time(2, 10)),
        WeeklyWindow(weekday=Weekday.SUNDAY, from_=time(2, 30), to=time(6)),
        WeeklyWindow(weekday=Weekday.WEDNESDAY, from_=time(10), to=time(17)),
    ),
    no_deploy_hours=(
        WeeklySpan(
            from_=WeeklyMoment(weekday=Weekday.SUNDAY, at=time(3)),
            to=WeeklyMoment(weekday=Weekday.SUNDAY, at=time(4, 20)),
        ),
    ),
)
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Seoul")


@pytest.mark.parametrize("rules", [CalendarRules(cadence=None), NIGHTS], ids=["defaults", "nights"])
@pytest.mark.parametrize(("zone", "change"), [(zone, c) for zone in ZONES for c in transitions(zone, 2026)])
def test_windows_and_no_deploy_hours_are_told_when_the_scan_sees_them_change(
    zone: str, change: datetime, rules: CalendarRules
) -> None:
    since, until = change - 4 * DAY, change + 4 * DAY
    closed = blackout(change + HOUR, change + 2 * HOUR)
    calendar = Calendar(zone=zone, rules=rules, blackouts=(closed,))
    lived = list(minutes(zone, since - DAY, until + DAY))
    quiet = [within(m, rules.no_deploy_hours) for m in lived]
    is_open = [
        within(m, rules.windows) and not no_deploy and not closed.start <= m.at < closed.end
        for m, no_deploy in zip(lived, quiet, strict=True)
    ]
    ats = [m.at for m in lived][1:]
    openings = [at for at, (was, now) in zip(ats, pairwise(is_open), strict=True) if now and not was]
    closings = [at for at, (was, now) in zip(ats, pairwise(is_open), strict=True) if was and not now]
    quiet_starts = [at for at, (was, now) in zip(ats, pairwise(quiet), strict=True) if now and not was]
    long_enough = [at for at in closings if not any(at - QUARTER < start < at for start in openings)]

    found = announcements(calendar, releases=[release(approved=True)], since=since, until=until)

    def moments(kind: AnnouncementKind) -> list[datetime]:
        return [a.moment for a in found if a.kind is kind]

    def due(instants: Iterable[datetime], lead: timedelta) -> list[datetime]:
        return [at for at in instants if since <= at - lead < until]

    assert moments(K.WINDOW_OPENED) == due(openings, timedelta(0))
    assert moments(K.WINDOW_IN_AN_HOUR) == due(openings, HOUR)
    assert moments(K.WINDOW_CLOSING) == due(long_enough, QUARTER)
    assert moments(K.NO_DEPLOY_IN_AN_HOUR) == due(quiet_starts, HOUR)


# --- laws ---------------------------------------------------------------------------------------------------

START = datetime(2026, 3, 20, tzinfo=UTC)
INSTANTS = st.integers(0, 20 * 24 * 4).map(lambda quarter: START + quarter * QUARTER)
SPANS = st.tuples(INSTANTS, INSTANTS).filter(lambda pair: pair[0] != pair[1]).map(sorted)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    spans = draw(st.lists(SPANS, max_size=3))
    always = tuple(WeeklyWindow(weekday=day, from_=time(0), to=time(0)) for day in Weekday)
    rules = (CalendarRules(), NIGHTS, CalendarRules(windows=always, no_deploy_hours=()))
    return Calendar(
        zone=draw(st.sampled_from(ZONES)),
        rules=draw(st.sampled_from(rules)),
        blackouts=tuple(
            Blackout(id=f"b{n}", name="sale", start=start, end=end, added_at=draw(st.none() | INSTANTS))
            for n, (start, end) in enumerate(spans)
        ),
        taken=draw(st.frozensets(st.sampled_from([date(2026, 3, 26), date(2026, 4, 2)]))),
        lock=draw(st.none() | st.builds(DeployLock, reason=st.just("rolled back"), since=INSTANTS)),
    )


RELEASES = st.lists(
    st.builds(
        PlannedRelease,
        id=st.sampled_from(["r1", "r2", "r3"]),
        version=st.just("1.5.0"),
        type=st.sampled_from(ReleaseType),
        freeze_at=st.none() | INSTANTS,
        freeze_lifted=st.booleans(),
        approved=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda planned: planned.id,
)


@given(calendars(), RELEASES, st.lists(INSTANTS, min_size=2, max_size=6, unique=True).map(sorted))
def test_ranges_that_meet_tell_together_what_the_whole_range_tells(
    calendar: Calendar, releases: list[PlannedRelease], cuts: list[datetime]
) -> None:
    whole = announcements(calendar, releases=releases, since=cuts[0], until=cuts[-1])
    parts = [announcements(calendar, releases=releases, since=a, until=b) for a, b in pairwise(cuts)]
    assert tuple(item for part in parts for item in part) == whole


@given(calendars(), RELEASES, SPANS)
def test_each_thing_is_told_once_in_order_and_while_it_is_worth_telling(
    calendar: Calendar, releases: list[PlannedRelease], span: list[datetime]
) -> None:
    found = announcements(calendar, releases=releases, since=span[0], until=span[1])
    assert len({a.key for a in found}) == len(found)
    assert list(found) == sorted(found, key=lambda a: (a.due, a.key))
    assert all(a.due <= a.moment and a.due < a.expires for a in found)


def test_window_that_opens_as_a_blackout_ends_is_told_when_asked_at_that_very_instant() -> None:
    opens = seoul(3, 5, 13)
    sale = Blackout(id="b1", name="sale", start=seoul(3, 4, 0), end=opens)
    calendar = replace(WINDOWS_ONLY, blackouts=(sale,))
    found = announcements(calendar, releases=(), since=opens, until=opens + timedelta(microseconds=1))
    assert [(a.kind, a.moment) for a in found] == [
        (AnnouncementKind.BLACKOUT_ENDED, opens),
        (AnnouncementKind.WINDOW_OPENED, opens),
    ]
