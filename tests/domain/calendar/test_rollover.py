"""The coming year: what is proposed for it, which of its dates meet a day off, and what answers do."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar.blackouts import Blackout, BlackoutKind, Scope, YearlyBlackout
from domain.calendar.changes import SLOT, Change
from domain.calendar.entries import Calendar, GateRule
from domain.calendar.fields import Weekday
from domain.calendar.holidays import HolidayRules
from domain.calendar.intervals import Span, subtract
from domain.calendar.planned import PlannedRelease
from domain.calendar.reasons import GateAction, Question
from domain.calendar.rollover.dates import Regular
from domain.calendar.rollover.long_holidays import long_holidays
from domain.calendar.rollover.model import (
    Added,
    Answer,
    Changed,
    Choice,
    DateConflict,
    Proposal,
    Rollover,
    SetAside,
    day_of,
    key_of,
)
from domain.calendar.rollover.year import rollover
from domain.calendar.rules import Cadence, CalendarRules, FreezeRule
from domain.calendar.type_rules import TypeGate
from domain.types import Environment, ReleaseType

SEOUL = ZoneInfo("Asia/Seoul")
QUESTION = Question(action=GateAction.DEPLOY, release_type=ReleaseType.REGULAR, rules=TypeGate())
REGULAR = Regular(question=QUESTION, freeze=FreezeRule())
SHOP = Calendar(zone="Asia/Seoul")
NO_HOLIDAYS = HolidayRules(country=None)
PLAIN = Calendar(zone="Asia/Seoul", rules=CalendarRules(cadence=None, holidays=NO_HOLIDAYS))
ALL = Scope(types=frozenset(), environments=frozenset(Environment))


def seoul(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SEOUL).astimezone(UTC)


NOW = seoul(2026, 12, 1, 10)


def asked(calendar: Calendar, *answers: Answer, year: int = 2027, at: datetime = NOW) -> Rollover:
    return rollover(calendar, year, REGULAR, answers, at)


def shown(found: Iterable[Proposal]) -> list[tuple[str, str, str, str]]:
    """Key, English name, start and end in Seoul."""
    times = ((one, one.start.astimezone(SEOUL), one.end.astimezone(SEOUL)) for one in found)
    return [
        (one.key, one.names.en, f"{a:%a %Y-%m-%d %H:%M}", f"{b:%a %Y-%m-%d %H:%M}") for one, a, b in times
    ]


def answer(key: str, choice: Choice, blackout: str = "") -> Answer:
    return Answer(key=key, choice=choice, by="U0PM", at=NOW, blackout=blackout)


# --- long holidays ----------------------------------------------------------------------------------------


def test_the_long_holidays_of_korea_in_2027_are_those_of_the_almanac() -> None:
    assert [(one.names.en, one.first, one.last) for one in long_holidays(CalendarRules(), 2027)] == [
        ("New Year's Day", date(2027, 1, 1), date(2027, 1, 3)),
        ("Korean New Year", date(2027, 2, 6), date(2027, 2, 9)),
        ("Independence Movement Day", date(2027, 2, 27), date(2027, 3, 1)),
        ("Labor Day", date(2027, 5, 1), date(2027, 5, 3)),
        ("Constitution Day", date(2027, 7, 17), date(2027, 7, 19)),
        ("Liberation Day", date(2027, 8, 14), date(2027, 8, 16)),
        ("Chuseok", date(2027, 9, 14), date(2027, 9, 16)),
        ("National Foundation Day", date(2027, 10, 2), date(2027, 10, 4)),
        ("Hangul Day", date(2027, 10, 9), date(2027, 10, 11)),
        ("Christmas Day", date(2027, 12, 25), date(2027, 12, 27)),
    ]


def test_where_two_holidays_share_a_day_the_row_is_called_after_one() -> None:
    autumn = [one for one in long_holidays(CalendarRules(), 2028) if one.first.month in {9, 10}]
    assert [(one.names.ko, one.names.en, one.first, one.last) for one in autumn] == [
        ("추석", "Chuseok", date(2028, 9, 30), date(2028, 10, 5)),
        ("한글날", "Hangul Day", date(2028, 10, 7), date(2028, 10, 9)),
    ]


def test_a_holiday_that_takes_no_working_day_makes_no_long_one() -> None:
    four_days = {
        "business_hours": [
            {"weekday": day, "from": "09:00", "to": "18:00"}
            for day in ("monday", "tuesday", "wednesday", "thursday")
        ],
        "holidays": {"country": None, "company_days": [{"date": "2027-06-12", "name": "Founded"}]},
    }
    assert long_holidays(CalendarRules.model_validate(four_days), 2027) == ()


def test_a_calendar_in_which_nobody_ever_works_has_no_long_holiday() -> None:
    off = [{"date": date(2027, 3, 1) + timedelta(days=n), "name": "Off"} for n in range(90)]
    rules = CalendarRules(holidays=HolidayRules.model_validate({"country": None, "company_days": off}))
    assert long_holidays(rules, 2027) == ()


# --- proposals --------------------------------------------------------------------------------------------


def test_korea_in_2027_is_proposed_its_turns_and_long_holidays() -> None:
    assert shown(asked(SHOP).proposals) == [
        ("turn:2026", "Turn of the year 2026/27", "Thu 2026-12-24 00:00", "Mon 2027-01-04 00:00"),
        ("holidays:2027-02-07", "Korean New Year", "Fri 2027-02-05 15:00", "Wed 2027-02-10 00:00"),
        ("holidays:2027-03-01", "Independence Movement Day", "Fri 2027-02-26 15:00", "Tue 2027-03-02 00:00"),
        ("holidays:2027-05-01", "Labor Day", "Fri 2027-04-30 15:00", "Tue 2027-05-04 00:00"),
        ("holidays:2027-07-17", "Constitution Day", "Fri 2027-07-16 15:00", "Tue 2027-07-20 00:00"),
        ("holidays:2027-08-15", "Liberation Day", "Fri 2027-08-13 15:00", "Tue 2027-08-17 00:00"),
        ("holidays:2027-09-15", "Chuseok", "Mon 2027-09-13 15:00", "Fri 2027-09-17 00:00"),
        ("holidays:2027-10-03", "National Foundation Day", "Fri 2027-10-01 15:00", "Tue 2027-10-05 00:00"),
        ("holidays:2027-10-09", "Hangul Day", "Fri 2027-10-08 15:00", "Tue 2027-10-12 00:00"),
        ("turn:2027", "Turn of the year 2027/28", "Fri 2027-12-24 00:00", "Mon 2028-01-03 00:00"),
    ]


def test_what_has_begun_is_not_proposed() -> None:
    autumn = asked(SHOP, at=seoul(2027, 9, 13, 15))
    assert [one.key for one in autumn.proposals] == [
        "holidays:2027-10-03",
        "holidays:2027-10-09",
        "turn:2027",
    ]


def entered(**facts: object) -> Blackout:
    known: dict[str, object] = {
        "id": "sale",
        "name": "Black Friday",
        "start": seoul(2026, 11, 23),
        "end": seoul(2026, 12, 1),
        "added_by": "U0PM",
    }
    return Blackout(**(known | facts))  # type: ignore[arg-type]  # each test names real fields


def again(blackout: Blackout, *answers: Answer, rules: CalendarRules = PLAIN.rules) -> list[Proposal]:
    calendar = replace(PLAIN, rules=rules, blackouts=(blackout,))
    return [one for one in asked(calendar, *answers).proposals if one.key.startswith("again:")]


def test_a_single_blackout_of_the_year_before_is_proposed_at_its_dates() -> None:
    scope = Scope(types=frozenset({ReleaseType.FEATURE}))
    (found,) = again(entered(reason="Many orders", scope=scope))
    assert shown([found]) == [("again:sale", "Black Friday", "Tue 2027-11-23 00:00", "Wed 2027-12-01 00:00")]
    assert (found.names.ko, found.reason, found.scope) == ("Black Friday", "Many orders", scope)
    assert found.last_time == seoul(2026, 11, 23)


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": BlackoutKind.MAINTENANCE},
        {"feed": "marketing"},
        {"start": seoul(2025, 12, 30), "end": seoul(2026, 1, 2)},
        {"start": seoul(2027, 1, 30), "end": seoul(2027, 2, 2)},
    ],
)
def test_maintenance_feeds_and_other_years_are_not_proposed_again(facts: dict[str, object]) -> None:
    assert again(entered(**facts)) == []


def test_a_leap_day_does_not_come_again() -> None:
    leap = entered(start=seoul(2028, 2, 29), end=seoul(2028, 3, 2))
    found = asked(replace(PLAIN, blackouts=(leap,)), year=2029, at=seoul(2028, 12, 1, 10))
    assert [one.key for one in found.proposals] == ["turn:2028", "turn:2029"]


def test_a_time_that_the_clocks_skip_a_year_later_does_not_come_again() -> None:
    night = entered(
        start=datetime(2026, 3, 28, 1, 15, tzinfo=UTC),  # 02:15 in Berlin, a Saturday
        end=datetime(2026, 3, 28, 1, 45, tzinfo=UTC),
    )
    found = asked(replace(PLAIN, zone="Europe/Berlin", blackouts=(night,)))
    assert [one.key for one in found.proposals] == ["turn:2026", "turn:2027"]


def test_a_blackout_about_a_long_holiday_is_proposed_with_the_holiday_not_at_its_dates() -> None:
    seollal = entered(start=seoul(2026, 2, 13, 15), end=seoul(2026, 2, 19))
    assert again(seollal, rules=CalendarRules()) == []
    assert [one.key for one in again(seollal)] == ["again:sale"]


def test_what_a_turn_was_proposed_as_is_proposed_by_its_rule_again() -> None:
    turn = entered(start=seoul(2026, 12, 24), end=seoul(2027, 1, 4))
    assert [one.key for one in again(turn)] == ["again:sale"]
    assert again(turn, answer("turn:2026", Choice.ADDED, "sale")) == []
    assert len(again(turn, answer("again:older", Choice.ADDED, "sale"))) == 1


def test_what_is_covered_for_all_it_is_meant_for_is_not_proposed() -> None:
    long = Blackout(id="winter", name="Winter", start=seoul(2027, 12, 20), end=seoul(2028, 1, 10))
    keys = [one.key for one in asked(replace(PLAIN, blackouts=(long,))).proposals]
    assert keys == ["turn:2026"]
    narrow = replace(long, scope=Scope(types=frozenset({ReleaseType.FEATURE})))
    assert len(asked(replace(PLAIN, blackouts=(narrow,))).proposals) == 2
    staging = replace(long, scope=Scope(environments=frozenset({Environment.STAGING})))
    assert len(asked(replace(PLAIN, blackouts=(staging,))).proposals) == 2


def test_yearly_blackouts_need_nothing() -> None:
    yearly = YearlyBlackout(
        id="ye", name="Year end", begins=datetime(2024, 12, 24), ends=datetime(2025, 1, 3), zone="Asia/Seoul"
    )
    assert asked(replace(PLAIN, yearly=(yearly,))).proposals == ()


# --- dates ------------------------------------------------------------------------------------------------


def conflicts(found: Rollover) -> list[tuple[str, list[str], str, list[str], str]]:
    """Key, what stands against the deploy, the freeze's and QA's days off, and where it could go."""
    return [
        (
            one.key,
            [reason.names.en if reason.names else reason.name for reason in one.reasons],
            f"{one.freeze.day:%m-%d}" if one.freeze else "",
            [f"{day.day:%m-%d}" for day in one.qa],
            f"{one.move_to.astimezone(SEOUL):%a %Y-%m-%d %H:%M}" if one.move_to else "",
        )
        for one in found.conflicts
    ]


def test_the_dates_of_2027_that_meet_a_day_off() -> None:
    turn = "Turn of the year 2027/28"
    assert conflicts(asked(SHOP)) == [
        ("date:2027-02-11", [], "02-08", ["02-09"], "Tue 2027-02-16 14:00"),
        ("date:2027-03-04", [], "03-01", [], "Tue 2027-03-09 14:00"),
        ("date:2027-05-06", [], "05-03", ["05-05"], "Tue 2027-05-11 14:00"),
        ("date:2027-05-13", ["Buddha's Birthday"], "", [], "Tue 2027-05-18 14:00"),
        ("date:2027-07-22", [], "07-19", [], "Tue 2027-07-27 14:00"),
        ("date:2027-08-19", [], "08-16", [], "Tue 2027-08-24 14:00"),
        (
            "date:2027-09-16",
            ["Chuseok", "The second day of Chuseok"],
            "",
            ["09-14", "09-15"],
            "Tue 2027-09-21 14:00",
        ),
        ("date:2027-10-07", [], "10-04", [], "Wed 2027-09-29 14:00"),
        ("date:2027-10-14", [], "10-11", [], "Tue 2027-10-19 14:00"),
        ("date:2027-12-30", [turn], "12-27", [], "Wed 2028-01-05 14:00"),
    ]


def test_a_date_that_a_release_has_taken_or_that_is_over_is_none_of_the_years() -> None:
    taken = replace(SHOP, taken=frozenset({date(2027, 2, 11)}))
    assert [one.key for one in asked(taken, at=seoul(2027, 10, 7, 14)).conflicts] == [
        "date:2027-10-14",
        "date:2027-12-30",
    ]
    assert "date:2027-02-11" not in {one.key for one in asked(taken).conflicts}


def test_where_deploys_on_holidays_are_open_they_are_no_conflict() -> None:
    rules = SHOP.rules.model_copy(update={"holidays": HolidayRules.model_validate({"deploys": "open"})})
    assert [found[:4] for found in conflicts(asked(replace(SHOP, rules=rules)))] == [
        ("date:2027-09-16", ["Chuseok"], "", []),
        ("date:2027-12-30", ["Turn of the year 2027/28"], "", []),
    ]


def test_a_closed_day_before_a_holiday_counts() -> None:
    holidays = HolidayRules.model_validate(
        {
            "country": None,
            "deploys_on_eves": "closed",
            "company_days": [{"date": "2027-06-11", "name": "Off"}],
        }
    )
    found = asked(replace(SHOP, rules=SHOP.rules.model_copy(update={"holidays": holidays})))
    assert found.conflicts[0].key == "date:2027-06-10"
    assert GateRule.HOLIDAY_EVE in {reason.rule for reason in found.conflicts[0].reasons}


def test_a_date_is_never_offered_twice_nor_where_a_release_is_planned() -> None:
    other = PlannedRelease(
        id="r1", version="2.0.0", type=ReleaseType.REGULAR, deploy_at=seoul(2027, 5, 18, 14)
    )
    found = rollover(SHOP, 2027, replace(REGULAR, others=(other,)), (), NOW)
    offered = [one.move_to for one in found.conflicts if one.move_to]
    assert len(set(offered)) == len(offered)
    assert seoul(2027, 5, 18, 14) not in offered


def test_without_a_free_time_nothing_is_offered() -> None:
    rules = SHOP.rules.model_copy(update={"windows": ()})
    assert {one.move_to for one in asked(replace(SHOP, rules=rules)).conflicts} == {None}


def test_a_project_without_a_cadence_has_no_dates() -> None:
    assert asked(PLAIN).conflicts == ()


# --- answers ----------------------------------------------------------------------------------------------


def test_an_added_blackout_is_done_as_it_stands_in_the_calendar() -> None:
    moved = entered(id="b1", name="설날", start=seoul(2027, 2, 5), end=seoul(2027, 2, 8))
    calendar = replace(SHOP, blackouts=(moved,))
    given = answer("holidays:2027-02-07", Choice.ADDED, "b1")
    found = asked(calendar, given)
    assert found.done == (Added(given, moved),)
    assert found.proposal("holidays:2027-02-07") is None
    assert asked(calendar, given, at=seoul(2027, 2, 5)).done == ()
    assert asked(calendar, given, year=2026).done == ()


def test_a_blackout_that_somebody_removed_is_proposed_again() -> None:
    found = asked(SHOP, answer("holidays:2027-02-07", Choice.ADDED, "gone"))
    assert found.proposal("holidays:2027-02-07") is not None
    assert found.done == ()


def test_what_is_set_aside_is_not_asked_and_can_be_taken_back() -> None:
    no, stays = answer("turn:2027", Choice.NOT_NEEDED), answer("date:2027-05-13", Choice.LEFT)
    found, before = asked(SHOP, no, stays), asked(SHOP)
    assert found.proposal("turn:2027") is None
    assert found.conflict("date:2027-05-13") is None
    assert {one.answer for one in found.done} == {no, stays}
    assert found.answered("turn:2027") == SetAside(no, one(before.proposal("turn:2027")))
    # Without the turn the deploy of the 30th has only its freeze on a holiday.
    assert one(found.conflict("date:2027-12-30")).reasons == ()


def one(found: Proposal | DateConflict | None) -> Proposal | DateConflict:
    assert found is not None
    return found


def changed(*changes: Change) -> Calendar:
    return replace(SHOP, rules=SHOP.rules.model_copy(update={"changes": changes}))


def test_a_moved_and_a_skipped_date_are_done_until_they_are_as_usual_again() -> None:
    to = datetime(2027, 5, 18, 14)
    calendar = changed(
        Change.model_validate({"of": SLOT, "day": date(2027, 5, 13), "from": to}),
        Change(of=SLOT, day=date(2027, 9, 16)),
    )
    moved = answer("date:2027-05-13", Choice.MOVED)
    skipped = answer("date:2027-09-16", Choice.SKIPPED)
    found = asked(calendar, moved, skipped)
    assert found.done == (
        Changed(moved, date(2027, 5, 13), seoul(2027, 5, 18, 14)),
        Changed(skipped, date(2027, 9, 16), None),
    )
    assert {"date:2027-05-13", "date:2027-09-16"} & {one.key for one in found.conflicts} == set()
    assert asked(SHOP, moved, skipped).done == ()
    assert "date:2027-05-13" in {one.key for one in asked(SHOP, moved).conflicts}
    assert asked(calendar, moved, skipped, at=seoul(2027, 5, 18, 14)).done == (
        Changed(skipped, date(2027, 9, 16), None),
    )


def test_a_moved_date_that_meets_something_where_it_is_now_is_asked_again() -> None:
    to = datetime(2027, 9, 15, 14)
    calendar = changed(Change.model_validate({"of": SLOT, "day": date(2027, 5, 13), "from": to}))
    found = one(asked(calendar, answer("date:2027-05-13", Choice.MOVED)).conflict("date:2027-05-13"))
    assert isinstance(found, DateConflict)
    assert found.deploy_at == seoul(2027, 9, 15, 14)


def test_a_key_names_its_day() -> None:
    assert day_of(key_of(date(2027, 5, 13))) == date(2027, 5, 13)


# --- laws -------------------------------------------------------------------------------------------------

_DAY = timedelta(days=1)
_starts = st.integers(0, 700).map(lambda n: seoul(2026, 1, 1) + n * _DAY)
_blackouts = st.lists(
    st.builds(
        lambda id_, start, days, types, kind: Blackout(
            id=f"b{id_}",
            name="Entered",
            start=start,
            end=start + days * _DAY,
            added_by="U0PM",
            scope=Scope(types=types),
            kind=kind,
        ),
        st.integers(0, 10_000),
        _starts,
        st.integers(1, 20),
        st.frozensets(st.sampled_from((ReleaseType.REGULAR, ReleaseType.FEATURE)), max_size=2),
        st.sampled_from(BlackoutKind),
    ),
    max_size=5,
    unique_by=lambda blackout: blackout.id,
)
_company = st.lists(
    st.builds(lambda n: {"date": date(2026, 1, 1) + n * _DAY, "name": "Off"}, st.integers(0, 800)),
    max_size=4,
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    holidays = HolidayRules.model_validate(
        {"country": draw(st.sampled_from(("KR", "US", None))), "company_days": draw(_company)}
    )
    cadence = Cadence(deploy_weekday=draw(st.sampled_from(list(Weekday)[:5])), deploy_time=time(14))
    rules = CalendarRules(holidays=holidays, cadence=draw(st.sampled_from((cadence, None))))
    return Calendar(zone="Asia/Seoul", rules=rules, blackouts=tuple(draw(_blackouts)))


def accepted(calendar: Calendar, found: Iterable[Proposal]) -> tuple[Calendar, list[Answer]]:
    added = [replace(one.blackout(), id=f"new{n}", added_by="U0PM") for n, one in enumerate(found)]
    answers = [answer(one.key, Choice.ADDED, blackout.id) for one, blackout in zip(found, added, strict=True)]
    return replace(calendar, blackouts=(*calendar.blackouts, *added)), answers


@settings(max_examples=40, deadline=None)
@given(calendars())
def test_when_all_is_accepted_nothing_is_proposed(calendar: Calendar) -> None:
    after, answers = accepted(calendar, asked(calendar).proposals)
    assert asked(after, *answers).proposals == ()


@settings(max_examples=40, deadline=None)
@given(calendars())
def test_every_proposal_lies_in_the_year_or_its_turn_and_adds_something(calendar: Calendar) -> None:
    for one_ in asked(calendar).proposals:
        assert NOW < one_.start < one_.end
        assert seoul(2026, 12, 1) <= one_.start < seoul(2028, 1, 1)
        held = (
            Span(other.start, other.end)
            for other in calendar.blackouts
            if not other.scope.types and other.scope.environments >= one_.scope.environments
        )
        assert subtract((Span(one_.start, one_.end),), held)


@settings(max_examples=25, deadline=None)
@given(calendars(), st.data())
def test_answers_only_ever_shorten_the_list(calendar: Calendar, data: st.DataObject) -> None:
    before = asked(calendar)
    known = [*(one.key for one in before.proposals), *(one.key for one in before.conflicts)]
    if not known:
        return
    keys = data.draw(st.lists(st.sampled_from(known), unique=True))
    aside = [answer(key, Choice.LEFT if key.startswith("date:") else Choice.NOT_NEEDED) for key in keys]
    after = asked(calendar, *aside)
    left = {*(one.key for one in after.proposals), *(one.key for one in after.conflicts)}
    assert left <= set(known) - set(keys)
    added, answers = accepted(calendar, [p for p in before.proposals if p.key in keys])
    more = asked(added, *answers)
    assert {one.key for one in more.proposals} == {one.key for one in before.proposals if one.key not in keys}
    assert {one.key for one in more.conflicts} <= {one.key for one in before.conflicts}


@settings(max_examples=25, deadline=None)
@given(calendars())
def test_where_a_date_is_offered_to_go_nothing_is_in_its_way(calendar: Calendar) -> None:
    found = asked(calendar)
    for conflict in found.conflicts:
        if conflict.move_to is None:
            continue
        to = conflict.move_to.astimezone(SEOUL).replace(tzinfo=None)
        change = Change.model_validate({"of": SLOT, "day": conflict.day, "from": to})
        after = replace(calendar, rules=calendar.rules.model_copy(update={"changes": (change,)}))
        assert conflict.key not in {one.key for one in asked(after).conflicts}
