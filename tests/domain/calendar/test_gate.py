"""The gate's answers: every reason, until when, who may grant an exception, what changes next."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.blackouts import Blackout, EntryFault
from domain.calendar.entries import Calendar, DeployLock, Freeze, GateRule, Permit
from domain.calendar.fields import Weekday
from domain.calendar.gate import GateAction, GateAnswer, GateReason, Question, Verdict, gate
from domain.calendar.holidays import HolidayRules
from domain.calendar.rules import Cadence, CalendarRules, Every, WeeklyMoment, WeeklySpan, WeeklyWindow
from domain.calendar.type_rules import TYPE_GATES, BlackoutRule, TypeGate
from domain.people import Role
from domain.types import ReleaseType
from tests.domain.calendar import drawn

SEOUL = ZoneInfo("Asia/Seoul")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EMPTY = Calendar(zone="Asia/Seoul", rules=CalendarRules(cadence=None))


def seoul(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


THURSDAY = seoul(3, 5, 14)  # in the window
SATURDAY = seoul(3, 7, 11)  # in the no-deploy hours


def ask(
    action: GateAction = GateAction.DEPLOY,
    release_type: ReleaseType = ReleaseType.REGULAR,
    release_id: str | None = None,
) -> Question:
    return Question(
        action=action, release_type=release_type, rules=TYPE_GATES[release_type], release_id=release_id
    )


def blackout(start: datetime, end: datetime, name: str = "sale") -> Blackout:
    return Blackout(id=f"b-{name}", name=name, start=start, end=end, reason="peak traffic")


def blackout_reason(entry: Blackout) -> GateReason:
    return GateReason(
        rule=GateRule.BLACKOUT,
        verdict=Verdict.CLOSED,
        subject=entry.id,
        name=entry.name,
        detail="peak traffic",
        until=entry.end,
        grantors=(Role.PM,),
    )


def window_reason(until: datetime) -> GateReason:
    return GateReason(
        rule=GateRule.WINDOW, verdict=Verdict.CLOSED, until=until, grantors=(Role.RELEASE_MANAGER,)
    )


def quiet_reason(until: datetime | None) -> GateReason:
    return GateReason(
        rule=GateRule.NO_DEPLOY_HOURS, verdict=Verdict.CLOSED, until=until, grantors=(Role.RELEASE_MANAGER,)
    )


def test_deploy_in_a_window_is_open_until_it_closes() -> None:
    assert gate(EMPTY, question=ask(), at=THURSDAY) == GateAnswer(
        verdict=Verdict.OPEN, at=THURSDAY, next_change=seoul(3, 5, 17)
    )


def test_deploy_on_a_saturday_is_closed_by_the_window_and_the_no_deploy_hours() -> None:
    answer = gate(EMPTY, question=ask(), at=SATURDAY)
    assert answer == GateAnswer(
        verdict=Verdict.CLOSED,
        at=SATURDAY,
        reasons=(
            window_reason(seoul(3, 10, 10)),
            quiet_reason(seoul(3, 9, 9)),
        ),
        next_open=seoul(3, 10, 10),
        next_change=seoul(3, 10, 10),
    )
    assert (answer.exceptionable, answer.who_can_grant) == (True, (Role.RELEASE_MANAGER,))


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        (seoul(3, 5, 10) - timedelta(microseconds=1), Verdict.CLOSED),
        (seoul(3, 5, 10), Verdict.OPEN),
        (seoul(3, 5, 17) - timedelta(microseconds=1), Verdict.OPEN),
        (seoul(3, 5, 17), Verdict.CLOSED),
    ],
)
def test_window_includes_its_start_and_excludes_its_end(at: datetime, verdict: Verdict) -> None:
    assert gate(EMPTY, question=ask(), at=at).verdict is verdict


def test_emergency_outside_business_hours_is_warned_not_blocked() -> None:
    answer = gate(EMPTY, question=ask(release_type=ReleaseType.EMERGENCY), at=SATURDAY)
    assert answer == GateAnswer(
        verdict=Verdict.WARN,
        at=SATURDAY,
        reasons=(GateReason(rule=GateRule.BUSINESS_HOURS, verdict=Verdict.WARN, until=seoul(3, 9, 9)),),
        next_change=seoul(3, 9, 9),
    )
    assert answer.closing == ()


def test_hotfix_may_go_at_any_time() -> None:
    question = ask(release_type=ReleaseType.HOTFIX)
    assert gate(EMPTY, question=question, at=SATURDAY) == GateAnswer(verdict=Verdict.OPEN, at=SATURDAY)


def test_project_without_windows_is_closed_and_says_so() -> None:
    calendar = Calendar(zone="Asia/Seoul", rules=CalendarRules(windows=(), no_deploy_hours=()))
    assert gate(calendar, question=ask(), at=THURSDAY) == GateAnswer(
        verdict=Verdict.CLOSED,
        at=THURSDAY,
        reasons=(GateReason(rule=GateRule.NO_WINDOWS, verdict=Verdict.CLOSED),),
    )


def test_project_without_windows_still_lets_a_hotfix_through() -> None:
    calendar = Calendar(zone="Asia/Seoul", rules=CalendarRules(windows=()))
    assert gate(calendar, question=ask(release_type=ReleaseType.HOTFIX), at=THURSDAY).verdict is Verdict.OPEN


def test_windows_that_lie_in_no_deploy_hours_never_open() -> None:
    rules = CalendarRules(windows=(WeeklyWindow(weekday=Weekday.SATURDAY, from_=time(10), to=time(12)),))
    answer = gate(Calendar(zone="Asia/Seoul", rules=rules), question=ask(), at=THURSDAY)
    assert (answer.verdict, answer.next_open, answer.next_change) == (Verdict.CLOSED, None, None)


def test_no_deploy_hours_of_the_whole_week_never_end() -> None:
    monday, tuesday = (WeeklyMoment(weekday=day, at=time(0)) for day in (Weekday.MONDAY, Weekday.TUESDAY))
    rules = CalendarRules(
        no_deploy_hours=(WeeklySpan(from_=monday, to=tuesday), WeeklySpan(from_=tuesday, to=monday))
    )
    answer = gate(Calendar(zone="Asia/Seoul", rules=rules), question=ask(), at=THURSDAY)
    assert answer.reasons == (quiet_reason(None),)
    assert answer.next_change is None


def test_windows_of_the_whole_week_never_close() -> None:
    always = tuple(WeeklyWindow(weekday=day, from_=time(0), to=time(0)) for day in Weekday)
    rules = CalendarRules(windows=always, no_deploy_hours=(), holidays=HolidayRules(country=None))
    calendar = Calendar(zone="Europe/Berlin", rules=rules)
    answers = {
        gate(calendar, question=ask(), at=at).next_change for at in (THURSDAY, seoul(12, 31, 23), SATURDAY)
    }
    assert answers == {None}


def test_windows_are_found_in_every_year_that_is_asked_for() -> None:
    opens = [datetime(year, 1, 1, tzinfo=UTC) for year in range(1990, 2060, 5)]
    found = [gate(EMPTY, question=ask(), at=at).next_open or at for at in opens]
    assert all(at.astimezone(SEOUL).weekday() in {1, 2, 3} for at in found)
    assert all(timedelta(0) <= later - at < 7 * DAY for at, later in zip(opens, found, strict=True))


def test_blackout_closes_every_type_until_its_end() -> None:
    sale = blackout(THURSDAY, THURSDAY + HOUR)
    calendar = replace(EMPTY, blackouts=(sale,))
    for release_type in ReleaseType:
        answer = gate(calendar, question=ask(release_type=release_type), at=THURSDAY)
        assert (answer.verdict, answer.reasons) == (Verdict.CLOSED, (blackout_reason(sale),))
        assert (answer.exceptionable, answer.who_can_grant) == (True, (Role.PM,))
        assert answer.next_open == THURSDAY + HOUR


def test_blackouts_that_overlap_close_until_the_last_has_ended() -> None:
    long = blackout(THURSDAY - HOUR, THURSDAY + 2 * HOUR, "long")
    short = blackout(THURSDAY - HOUR / 2, THURSDAY + HOUR / 2, "short")
    late = blackout(THURSDAY + HOUR, THURSDAY + 5 * DAY, "late")
    answer = gate(replace(EMPTY, blackouts=(late, short, long)), question=ask(), at=THURSDAY)
    assert answer.reasons == (blackout_reason(long), blackout_reason(short))
    assert answer.next_open == late.end


def test_blackout_of_a_year_that_ends_on_a_weekend_opens_with_the_next_window() -> None:
    year = blackout(THURSDAY, seoul(3, 6, 12, year=2027))
    answer = gate(replace(EMPTY, blackouts=(year,)), question=ask(), at=THURSDAY)
    assert answer.next_open == seoul(3, 9, 10, year=2027)


def test_blackout_ahead_is_the_next_change_of_a_hotfix() -> None:
    next_year = blackout(seoul(12, 24, 0), seoul(1, 2, 0, year=2027))
    calendar = replace(EMPTY, blackouts=(next_year,))
    answer = gate(calendar, question=ask(release_type=ReleaseType.HOTFIX), at=THURSDAY)
    assert answer == GateAnswer(verdict=Verdict.OPEN, at=THURSDAY, next_change=next_year.start)


def test_blackout_that_the_policy_lets_nobody_open_has_no_grantors() -> None:
    strict = Question(
        action=GateAction.DEPLOY,
        release_type=ReleaseType.REGULAR,
        rules=TypeGate(blackout=BlackoutRule.NO_EXCEPTION),
        release_id="r1",
    )
    sale = blackout(THURSDAY, THURSDAY + HOUR)
    calendar = replace(EMPTY, blackouts=(sale,), permits=(permit("b-sale", THURSDAY, THURSDAY + HOUR),))
    answer = gate(calendar, question=strict, at=THURSDAY)
    assert answer.reasons == (replace(blackout_reason(sale), grantors=()),)
    assert (answer.exceptionable, answer.who_can_grant, answer.permits) == (False, (), ())


def permit(subject: str, since: datetime, until: datetime, *, rule: GateRule = GateRule.BLACKOUT) -> Permit:
    return Permit(
        id="p1", rule=rule, subject=subject, release_id="r1", granted_by="U_PM", since=since, until=until
    )


SALE = blackout(THURSDAY - HOUR, THURSDAY + 2 * HOUR)
GRANTED = permit("b-sale", THURSDAY, THURSDAY + HOUR)


def test_exception_opens_its_blackout_for_its_release_until_it_ends() -> None:
    calendar = replace(EMPTY, blackouts=(SALE,), permits=(GRANTED,))
    assert gate(calendar, question=ask(release_id="r1"), at=THURSDAY) == GateAnswer(
        verdict=Verdict.OPEN, at=THURSDAY, next_change=THURSDAY + HOUR, permits=(GRANTED,)
    )
    after = gate(calendar, question=ask(release_id="r1"), at=THURSDAY + HOUR)
    assert (after.verdict, after.reasons, after.permits) == (Verdict.CLOSED, (blackout_reason(SALE),), ())


def test_exception_granted_for_later_is_when_the_gate_opens_next() -> None:
    calendar = replace(EMPTY, blackouts=(SALE,), permits=(GRANTED,))
    answer = gate(calendar, question=ask(release_id="r1"), at=THURSDAY - HOUR)
    assert (answer.verdict, answer.next_open) == (Verdict.CLOSED, THURSDAY)
    assert answer.reasons == (blackout_reason(SALE),)


def test_exception_that_outlasts_its_blackout_ends_with_it() -> None:
    calendar = replace(EMPTY, blackouts=(SALE,), permits=(permit("b-sale", THURSDAY, THURSDAY + DAY),))
    assert gate(calendar, question=ask(release_id="r1"), at=THURSDAY).next_change == seoul(3, 5, 17)


@pytest.mark.parametrize("release_id", ["r2", None])
def test_exception_opens_nothing_for_another_release(release_id: str | None) -> None:
    calendar = replace(EMPTY, blackouts=(SALE,), permits=(GRANTED,))
    assert gate(calendar, question=ask(release_id=release_id), at=THURSDAY).verdict is Verdict.CLOSED


def test_exception_opens_no_other_blackout() -> None:
    audit = blackout(THURSDAY, THURSDAY + HOUR, "audit")
    calendar = replace(EMPTY, blackouts=(SALE, audit), permits=(GRANTED,))
    answer = gate(calendar, question=ask(release_id="r1"), at=THURSDAY)
    assert (answer.verdict, answer.reasons) == (Verdict.CLOSED, (blackout_reason(audit),))


@pytest.mark.parametrize("rule", [GateRule.WINDOW, GateRule.LOCK, GateRule.NO_DEPLOY_HOURS])
def test_exception_to_another_rule_opens_no_blackout_and_not_that_rule_either(rule: GateRule) -> None:
    locked = replace(
        EMPTY,
        blackouts=(SALE,),
        lock=DeployLock(reason="rolled back", since=THURSDAY, release_id="r0"),
        permits=tuple(
            permit(subject, THURSDAY, THURSDAY + HOUR, rule=rule) for subject in ("", "b-sale", "r0")
        ),
    )
    answer = gate(locked, question=ask(release_id="r1"), at=THURSDAY)
    assert [reason.rule for reason in answer.reasons] == [GateRule.LOCK, GateRule.BLACKOUT]


def test_lock_closes_deploys_for_everybody_from_its_start_and_no_clock_ends_it() -> None:
    lock = DeployLock(reason="v1.6.0 was rolled back", since=THURSDAY, release_id="r0")
    calendar = replace(EMPTY, lock=lock)
    reason = GateReason(
        rule=GateRule.LOCK, verdict=Verdict.CLOSED, subject="r0", detail="v1.6.0 was rolled back"
    )
    for release_type in ReleaseType:
        question = ask(release_type=release_type)
        assert gate(calendar, question=question, at=THURSDAY) == GateAnswer(
            verdict=Verdict.CLOSED, at=THURSDAY, reasons=(reason,)
        )
        assert gate(calendar, question=question, at=THURSDAY - HOUR).next_change == THURSDAY
    merge = ask(GateAction.MERGE_FEATURE)
    assert gate(calendar, question=merge, at=THURSDAY).verdict is Verdict.OPEN


def test_reasons_that_close_come_before_those_that_warn() -> None:
    sale = blackout(SATURDAY, SATURDAY + HOUR)
    calendar = replace(EMPTY, blackouts=(sale,))
    answer = gate(calendar, question=ask(release_type=ReleaseType.EMERGENCY), at=SATURDAY)
    assert [reason.rule for reason in answer.reasons] == [GateRule.BLACKOUT, GateRule.BUSINESS_HOURS]
    assert answer.closing == answer.reasons[:1]
    assert answer.next_open == sale.end


# --- merges -------------------------------------------------------------------------------------------------


def freeze(
    release_id: str, *, ends: datetime | None = None, release_type: ReleaseType = ReleaseType.REGULAR
) -> Freeze:
    return Freeze(
        release_id=release_id,
        version="1.5.0",
        release_type=release_type,
        starts=THURSDAY - 3 * DAY,
        ends=ends,
    )


def frozen(subject: str, name: str, until: datetime | None = None) -> GateReason:
    return GateReason(
        rule=GateRule.CODE_FREEZE,
        verdict=Verdict.CLOSED,
        subject=subject,
        name=name,
        until=until,
        grantors=(Role.RELEASE_MANAGER,),
    )


FEATURE_MERGE = ask(GateAction.MERGE_FEATURE)


def test_freeze_of_a_release_closes_features_for_as_long_as_it_stays() -> None:
    calendar = replace(EMPTY, freezes=(freeze("r1"),))
    answer = gate(calendar, question=FEATURE_MERGE, at=THURSDAY + 30 * DAY)
    assert answer == GateAnswer(
        verdict=Verdict.CLOSED, at=THURSDAY + 30 * DAY, reasons=(frozen("r1", "1.5.0"),)
    )


def test_freeze_that_was_lifted_early_ends_then_while_another_stays() -> None:
    lifted, other = freeze("r1", ends=THURSDAY), freeze("r2", ends=THURSDAY + DAY)
    calendar = replace(EMPTY, freezes=(lifted, other))
    before = gate(calendar, question=FEATURE_MERGE, at=THURSDAY - HOUR)
    assert before.reasons == (frozen("r1", "1.5.0", THURSDAY), frozen("r2", "1.5.0", THURSDAY + DAY))
    assert before.next_open == THURSDAY + DAY
    assert gate(calendar, question=FEATURE_MERGE, at=THURSDAY).reasons == (
        frozen("r2", "1.5.0", THURSDAY + DAY),
    )


def test_freeze_lets_fixes_through_and_no_deploy_asks_for_it() -> None:
    calendar = replace(EMPTY, freezes=(freeze("r1"),))
    fix = gate(calendar, question=ask(GateAction.MERGE_FIX, release_id="r1"), at=THURSDAY)
    assert fix == GateAnswer(verdict=Verdict.OPEN, at=THURSDAY)
    assert gate(calendar, question=ask(release_id="r1"), at=THURSDAY).verdict is Verdict.OPEN


def test_freeze_of_a_feature_release_covers_its_own_branch_only() -> None:
    calendar = replace(EMPTY, freezes=(freeze("f1", release_type=ReleaseType.FEATURE),))
    own = ask(GateAction.MERGE_FEATURE, ReleaseType.FEATURE, "f1")
    other = ask(GateAction.MERGE_FEATURE, ReleaseType.FEATURE, "f2")
    nameless = ask(GateAction.MERGE_FEATURE, ReleaseType.FEATURE)
    verdicts = [
        gate(calendar, question=q, at=THURSDAY).verdict for q in (own, other, nameless, FEATURE_MERGE)
    ]
    assert verdicts == [Verdict.CLOSED, Verdict.OPEN, Verdict.OPEN, Verdict.OPEN]


def test_freeze_of_the_main_line_leaves_a_feature_branch_open() -> None:
    calendar = Calendar(zone="Asia/Seoul", freezes=(freeze("r1"),))
    own = ask(GateAction.MERGE_FEATURE, ReleaseType.FEATURE, "f1")
    nameless = ask(GateAction.MERGE_FEATURE, ReleaseType.FEATURE)
    verdicts = [gate(calendar, question=q, at=THURSDAY).verdict for q in (own, nameless)]
    assert verdicts == [Verdict.OPEN, Verdict.CLOSED]


WITH_SLOTS = Calendar(zone="Asia/Seoul")


def test_slot_without_a_release_freezes_until_its_window_closes() -> None:
    answer = gate(WITH_SLOTS, question=FEATURE_MERGE, at=seoul(3, 2, 14))
    assert answer == GateAnswer(
        verdict=Verdict.CLOSED,
        at=seoul(3, 2, 14),
        reasons=(frozen("2026-03-05", "2026-03-05", seoul(3, 5, 17)),),
        next_open=seoul(3, 5, 17),
        next_change=seoul(3, 5, 17),
    )
    assert gate(WITH_SLOTS, question=FEATURE_MERGE, at=seoul(3, 5, 17)) == GateAnswer(
        verdict=Verdict.OPEN, at=seoul(3, 5, 17), next_change=seoul(3, 9, 14)
    )


def test_slot_that_a_release_took_freezes_no_more_by_itself() -> None:
    done = Freeze(
        release_id="r1",
        version="1.5.0",
        release_type=ReleaseType.REGULAR,
        starts=seoul(3, 2, 14),
        ends=seoul(3, 5, 15),
    )
    calendar = replace(WITH_SLOTS, freezes=(done,), taken=frozenset({date(2026, 3, 5)}))
    during = gate(calendar, question=FEATURE_MERGE, at=seoul(3, 4, 9))
    after = gate(calendar, question=FEATURE_MERGE, at=seoul(3, 5, 15))
    assert during.reasons == (frozen("r1", "1.5.0", seoul(3, 5, 15)),)
    assert (after.verdict, after.next_change) == (Verdict.OPEN, seoul(3, 9, 14))


def test_slots_that_are_all_taken_for_a_year_and_more_leave_the_next_one_found() -> None:
    thursdays = frozenset(date(2026, 1, 1) + timedelta(weeks=n) for n in range(70))
    calendar = replace(WITH_SLOTS, taken=thursdays)
    assert max(thursdays) == date(2027, 4, 29)
    answer = gate(calendar, question=FEATURE_MERGE, at=seoul(1, 1, 18))
    assert (answer.verdict, answer.next_change) == (Verdict.OPEN, seoul(5, 3, 14, year=2027))


def test_slots_whose_freezes_follow_on_each_other_never_open() -> None:
    rules = CalendarRules(cadence=Cadence.model_validate({"freeze": {"days_before": 10}}))
    answer = gate(Calendar(zone="Asia/Seoul", rules=rules), question=FEATURE_MERGE, at=THURSDAY)
    assert [reason.subject for reason in answer.reasons] == ["2026-03-05", "2026-03-12"]
    assert (answer.verdict, answer.next_open) == (Verdict.CLOSED, None)


def test_slots_every_two_weeks_leave_the_week_between_open() -> None:
    cadence = Cadence(every=Every.BIWEEKLY, anchor=date(2026, 3, 5))
    calendar = Calendar(zone="Asia/Seoul", rules=CalendarRules(cadence=cadence))
    answer = gate(calendar, question=FEATURE_MERGE, at=seoul(3, 10, 12))
    assert (answer.verdict, answer.next_change) == (Verdict.OPEN, seoul(3, 16, 14))


# --- laws ---------------------------------------------------------------------------------------------------

START = datetime(2026, 3, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 30 * 24 * 4).map(lambda quarter: START + quarter * timedelta(minutes=15))
SPANS = st.tuples(INSTANTS, INSTANTS).filter(lambda pair: pair[0] != pair[1]).map(sorted)
NAMES = st.sampled_from(["a", "b", "c"])


@st.composite
def blackouts(draw: st.DrawFn) -> Blackout:
    start, end = draw(SPANS)
    return blackout(start, end, draw(NAMES))


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
def permits(draw: st.DrawFn) -> Permit:
    since, until = draw(SPANS)
    return Permit(
        id="p",
        rule=GateRule.BLACKOUT,
        subject=f"b-{draw(NAMES)}",
        release_id=draw(NAMES),
        granted_by="U_PM",
        since=since,
        until=until,
    )


LOCKS = st.none() | st.builds(DeployLock, reason=st.just("rolled back"), since=INSTANTS)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    return Calendar(
        zone=draw(st.sampled_from(["Asia/Seoul", "America/New_York", "Europe/Berlin"])),
        blackouts=tuple(draw(st.lists(blackouts(), max_size=4))),
        freezes=tuple(draw(st.lists(freezes(), max_size=3))),
        permits=tuple(draw(st.lists(permits(), max_size=3))),
        lock=draw(LOCKS),
    )


@st.composite
def questions(draw: st.DrawFn) -> Question:
    release_type = draw(st.sampled_from(ReleaseType))
    return ask(draw(st.sampled_from(GateAction)), release_type, draw(st.none() | NAMES))


@given(calendars(), questions(), INSTANTS, blackouts(), freezes(), INSTANTS)
def test_adding_an_entry_never_opens_anything(
    calendar: Calendar,
    question: Question,
    at: datetime,
    more: Blackout,
    frozen_too: Freeze,
    locked_from: datetime,
) -> None:
    before = gate(calendar, question=question, at=at)
    earliest = min(calendar.lock.since, locked_from) if calendar.lock else locked_from
    for richer in (
        replace(calendar, blackouts=(*calendar.blackouts, more)),
        replace(calendar, freezes=(frozen_too, *calendar.freezes)),
        replace(calendar, lock=DeployLock(reason="again", since=earliest)),
    ):
        after = gate(richer, question=question, at=at)
        assert after.verdict.weight >= before.verdict.weight
        assert {r.rule for r in before.reasons} <= {r.rule for r in after.reasons}


@given(calendars(), questions(), INSTANTS)
def test_verdict_is_the_strictest_of_the_reasons(
    calendar: Calendar, question: Question, at: datetime
) -> None:
    answer = gate(calendar, question=question, at=at)
    verdicts = [reason.verdict for reason in answer.reasons]
    strictest = next((v for v in (Verdict.CLOSED, Verdict.WARN) if v in verdicts), Verdict.OPEN)
    assert answer.verdict is strictest
    assert verdicts == sorted(verdicts, key=[Verdict.CLOSED, Verdict.WARN].index)
    assert all(reason.until is None or reason.until > at for reason in answer.reasons)


@given(calendars(), questions(), INSTANTS, st.integers(1, 40))
def test_verdict_stays_until_the_next_change_and_is_another_then(
    calendar: Calendar, question: Question, at: datetime, steps: int
) -> None:
    answer = gate(calendar, question=question, at=at)
    end = answer.next_change or at + 90 * DAY
    between = [at + (end - at) * n / steps for n in range(steps)]
    assert {gate(calendar, question=question, at=one).verdict for one in between} == {answer.verdict}
    if answer.next_change:
        assert gate(calendar, question=question, at=end).verdict is not answer.verdict
    assert answer.next_open == (answer.next_change if answer.verdict is Verdict.CLOSED else None)


@given(calendars(), questions(), INSTANTS)
def test_each_reason_of_a_dated_entry_holds_until_its_end(
    calendar: Calendar, question: Question, at: datetime
) -> None:
    unpermitted = replace(calendar, permits=())
    for reason in gate(unpermitted, question=question, at=at).reasons:
        last = (reason.until or at + 400 * DAY) - timedelta(microseconds=1)
        rules = {r.rule for r in gate(unpermitted, question=question, at=last).reasons}
        assert reason.rule in rules


@pytest.mark.parametrize(
    ("end", "fault"),
    [
        (THURSDAY, EntryFault.ENDS_BEFORE_START),
        (THURSDAY - HOUR, EntryFault.ENDS_BEFORE_START),
        (datetime(2200, 1, 1, tzinfo=UTC), EntryFault.TOO_FAR),
    ],
)
def test_blackout_with_dates_that_cannot_be_is_refused(end: datetime, fault: EntryFault) -> None:
    with pytest.raises(ValueError, match=fault.value):
        blackout(THURSDAY, end)


@given(
    calendar=drawn.calendars(), question=drawn.deploys(), at=st.lists(drawn.INSTANTS, min_size=2, max_size=30)
)
def test_what_a_calendar_was_asked_before_changes_no_answer(
    calendar: Calendar, question: Question, at: list[datetime]
) -> None:
    asked = [gate(calendar, question=question, at=one) for one in at]
    assert asked == [gate(replace(calendar), question=question, at=one) for one in at]
