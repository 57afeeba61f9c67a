"""What is written, read back by others (icalendar, recurring-ical-events), is the same calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar as File

from domain.calendar.agenda import Item, agenda
from domain.calendar.blackouts import Blackout, YearlyBlackout
from domain.calendar.changes import SLOT, Change
from domain.calendar.entries import Calendar
from domain.calendar.fields import Weekday
from domain.calendar.planned import PlannedRelease
from domain.calendar.published import Edition, Published
from domain.calendar.rules import CalendarRules, FreezeRule, WeeklyMoment, WeeklySpan, WeeklyWindow
from domain.types import ReleaseType
from domain.views import FeedView, ProjectView
from messages.feeds import calendar_file
from messages.feeds.file import uid
from messages.texts import Reader
from storage import feeds
from tests.support.proof import rounds

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Nuuk",
    "Asia/Seoul",
    "Pacific/Apia",
)
SINCE = datetime(2026, 2, 1, tzinfo=UTC)
DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 31))
# Clocks change at night: most times are of the night, to the minute.
CLOCKS = st.times().map(lambda at: at.replace(hour=at.hour % 5, second=0, microsecond=0, fold=0))
MOMENTS = st.builds(datetime.combine, DAYS, CLOCKS)
INSTANTS = MOMENTS.map(lambda at: at.replace(tzinfo=UTC))
LENGTHS = st.integers(1, 9 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
TEXTS = st.text(min_size=1, max_size=80).map(lambda text: " ".join(text.split())).filter(bool)


@st.composite
def windows(draw: st.DrawFn) -> tuple[WeeklyWindow, ...]:
    days = draw(st.lists(st.sampled_from(list(Weekday)), unique=True, max_size=4))
    clocks = {day: sorted(draw(st.lists(CLOCKS, min_size=2, max_size=2, unique=True))) for day in days}
    return tuple(WeeklyWindow(weekday=day, from_=opens, to=to) for day, (opens, to) in clocks.items())


@st.composite
def spans(draw: st.DrawFn) -> tuple[WeeklySpan, ...]:
    moments = st.builds(WeeklyMoment, weekday=st.sampled_from(list(Weekday)), at=CLOCKS)
    pair = draw(
        st.lists(moments, min_size=2, max_size=2, unique_by=lambda moment: (moment.weekday, moment.at))
    )
    return (WeeklySpan(from_=pair[0], to=pair[1]),)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    zone = draw(st.sampled_from(ZONES))
    opened, quiet = draw(windows()), draw(spans())
    yearly = [
        YearlyBlackout(id=f"y{n}", name=draw(TEXTS), begins=at, ends=at + draw(LENGTHS), zone=zone)
        for n, at in enumerate(draw(st.lists(MOMENTS, max_size=2)))
    ]
    once = [
        Blackout(id=f"b{n}", name=draw(TEXTS), start=at, end=at + draw(LENGTHS), reason=draw(TEXTS))
        for n, at in enumerate(draw(st.lists(INSTANTS, max_size=4)))
    ]
    keys = [rule.key for rule in (*opened, *quiet)] + [series.id for series in yearly] + [SLOT]
    changes = draw(st.dictionaries(st.tuples(st.sampled_from(keys), DAYS), st.none() | MOMENTS, max_size=12))
    rules = CalendarRules(
        windows=opened,
        no_deploy_hours=quiet,
        changes=tuple(
            Change(of=of, day=day, from_=to, to=None if to is None or of == SLOT else to + timedelta(hours=3))
            for (of, day), to in changes.items()
        ),
    )
    return Calendar(zone=zone, rules=rules, blackouts=tuple(once), yearly=tuple(yearly))


RELEASES = st.lists(
    st.builds(
        PlannedRelease,
        id=st.uuids().map(str),
        version=st.just("1.5.0"),
        type=st.sampled_from(ReleaseType),
        deploy_at=INSTANTS,
        freeze_at=st.none() | INSTANTS,
        freeze=st.none() | st.just(FreezeRule(days_before=3)),
    ),
    max_size=3,
)


def read_back(content: bytes, item: Item, zone: str) -> tuple[str, object, object]:
    """(uid, start, end) as it must be found: days as dates with an exclusive end, moments in UTC."""
    if item.days:
        return uid("shop", item.key), item.days[0], item.days[1] + timedelta(days=1)
    return uid("shop", item.key), item.start, item.end


def found_in(content: bytes) -> list[tuple[str, object, object]]:
    def plain(moment: date | datetime) -> date:
        return moment.astimezone(UTC) if isinstance(moment, datetime) else moment

    query = recurring_ical_events.of(File.from_ical(content), components=["VEVENT"])
    events = query.between(datetime(2024, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
    return [(str(event["UID"]), plain(event.start), plain(event.end)) for event in events]


# To shrink a whole calendar takes minutes; the seed in the head of the run finds the failing one again.
@settings(max_examples=rounds(40, 500), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(calendars(), RELEASES, st.integers(1, 400), st.sampled_from(["ko", "en"]))
def test_a_feed_read_by_others_has_the_same_intervals(
    calendar: Calendar, releases: list[PlannedRelease], days: int, language: str
) -> None:
    items = agenda(calendar, releases=releases, since=SINCE, until=SINCE + timedelta(days=days))
    project = ProjectView(
        key="shop", title={"ko": "상점", "en": "Shop"}, channel="C1", language="ko", zone=calendar.zone
    )
    published = tuple(Published(item, Edition("", 0, SINCE)) for item in items)
    view = FeedView(
        project=project, published=published, since=SINCE, until=SINCE + timedelta(days=days), person=""
    )
    content = calendar_file(Reader(language, calendar.zone, calendar.zone), view)
    assert sorted(found_in(content), key=str) == sorted(
        (read_back(content, item, calendar.zone) for item in items), key=str
    )
    assert len({uid("shop", item.key) for item in items}) == len(items)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    content.decode()


@settings(max_examples=rounds(25, 200), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(calendars(), st.integers(1, 200))
def test_another_project_that_imports_a_feed_is_closed_in_the_same_intervals(
    calendar: Calendar, days: int
) -> None:
    """Of all that lasts; whole days are days of the importing project, which is of the same zone."""
    found = agenda(calendar, releases=(), since=SINCE, until=SINCE + timedelta(days=days))
    items = [item for item in found if item.start < item.end]
    project = ProjectView(key="shop", title={"en": "Shop"}, channel="C1", language="en", zone=calendar.zone)
    published = tuple(Published(item, Edition("", 0, SINCE)) for item in items)
    view = FeedView(project=project, published=published, since=SINCE, until=SINCE, person="")
    read = feeds.read(calendar_file(Reader("en", calendar.zone), view), zone=calendar.zone, at=SINCE)
    assert read.faults == ()
    assert sorted((one.uid, one.start, one.end) for one in read.times) == sorted(
        (uid("shop", item.key), item.start, item.end) for item in items if item.end > SINCE - feeds.PAST
    )


def test_a_time_that_comes_twice_is_read_as_the_one_that_was_meant() -> None:
    """25 October 2026, 02:30 in Berlin: the second one can only be written in UTC."""
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert twice.astimezone(ZoneInfo("Europe/Berlin")).fold == 1
    blackout = Blackout(id="b", name="Move", start=twice, end=twice + timedelta(hours=1))
    calendar = Calendar(
        zone="Europe/Berlin",
        rules=CalendarRules(cadence=None, windows=(), no_deploy_hours=()),
        blackouts=(blackout,),
    )
    items = agenda(calendar, releases=(), since=twice - timedelta(hours=1), until=twice + timedelta(days=1))
    project = ProjectView(key="shop", title={"en": "Shop"}, channel="C1", language="en", zone="Europe/Berlin")
    published = tuple(Published(item, Edition("", 0, SINCE)) for item in items)
    view = FeedView(project=project, published=published, since=SINCE, until=twice, person="")
    content = calendar_file(Reader("en", "Europe/Berlin"), view)
    assert b"DTSTART:20261025T013000Z\r\nDTEND:20261025T023000Z\r\n" in content
    assert found_in(content) == [(uid("shop", "blackout/b"), twice, twice + timedelta(hours=1))]
