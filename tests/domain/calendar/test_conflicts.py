"""What a chosen deploy time runs into."""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.blackouts import Blackout
from domain.calendar.conflicts import Conflicts, all_conflicts, conflicts
from domain.calendar.entries import Calendar, DeployLock, GateRule, Permit
from domain.calendar.fields import Weekday
from domain.calendar.planned import PlannedRelease
from domain.calendar.reasons import GateAction, GateReason, Question, Verdict
from domain.calendar.rules import CalendarRules, WeeklyWindow
from domain.calendar.type_rules import TYPE_GATES
from domain.people import Role
from domain.types import ReleaseType
from tests.domain.calendar.drawn import INSTANTS, calendars

SEOUL = ZoneInfo("Asia/Seoul")
CALENDAR = Calendar(zone="Asia/Seoul")


def seoul(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


def question(
    release_type: ReleaseType = ReleaseType.REGULAR, action: GateAction = GateAction.DEPLOY
) -> Question:
    return Question(action=action, release_type=release_type, rules=TYPE_GATES[release_type], release_id="r1")


def other(deploy_at: datetime | None, name: str = "r2") -> PlannedRelease:
    return PlannedRelease(id=name, version="2.0.0", type=ReleaseType.FEATURE, deploy_at=deploy_at)


THURSDAY = seoul(3, 5, 14)
MANAGERS = (Role.RELEASE_MANAGER,)
CLOSED_WINDOW = GateReason(
    rule=GateRule.WINDOW, verdict=Verdict.CLOSED, until=seoul(3, 10, 10), grantors=MANAGERS
)
SALE = Blackout(id="b1", name="sale", start=seoul(3, 5, 0), end=seoul(3, 6, 0))


def test_deploy_in_a_free_window_meets_nothing() -> None:
    found = conflicts(CALENDAR, question=question(), deploy_at=THURSDAY, others=[other(seoul(3, 4, 14))])
    assert found == Conflicts()
    assert not found


def test_deploy_in_closed_hours_meets_each_rule_that_closes_them() -> None:
    found = conflicts(CALENDAR, question=question(), deploy_at=seoul(3, 6, 16), others=())
    no_deploy = GateReason(
        rule=GateRule.NO_DEPLOY_HOURS, verdict=Verdict.CLOSED, until=seoul(3, 9, 9), grantors=MANAGERS
    )
    assert found == Conflicts(reasons=(CLOSED_WINDOW, no_deploy))
    assert found


def test_deploy_in_a_blackout_meets_it_unless_an_exception_opens_it() -> None:
    calendar = replace(CALENDAR, blackouts=(SALE,))
    reason = GateReason(
        rule=GateRule.BLACKOUT,
        verdict=Verdict.CLOSED,
        subject="b1",
        name="sale",
        until=SALE.end,
        grantors=(Role.PM,),
    )
    granted = Permit(
        id="p1",
        rule=GateRule.BLACKOUT,
        subject="b1",
        release_id="r1",
        granted_by="U1",
        since=SALE.start,
        until=SALE.end,
    )
    permitted = replace(calendar, permits=(granted,))
    found = [conflicts(c, question=question(), deploy_at=THURSDAY, others=()) for c in (calendar, permitted)]
    assert found == [Conflicts(reasons=(reason,)), Conflicts()]


def test_lock_of_today_is_no_conflict_of_a_later_day() -> None:
    locked = replace(CALENDAR, lock=DeployLock(reason="rolled back", since=seoul(3, 1, 0)))
    assert conflicts(locked, question=question(), deploy_at=THURSDAY, others=()) == Conflicts()


def test_question_about_a_merge_is_answered_for_the_deploy() -> None:
    asked = question(action=GateAction.MERGE_FIX)
    found = conflicts(CALENDAR, question=asked, deploy_at=seoul(3, 5, 18), others=())
    assert found == Conflicts(reasons=(CLOSED_WINDOW,))


@pytest.mark.parametrize(
    ("mine", "theirs", "met"),
    [
        (THURSDAY, seoul(3, 5, 10), "window"),
        (THURSDAY, seoul(3, 5, 17), ""),
        (seoul(3, 5, 17), THURSDAY, ""),
        (THURSDAY, seoul(3, 4, 14), ""),
        (THURSDAY, None, ""),
        (seoul(3, 5, 20), seoul(3, 5, 8), "closed day"),
        (seoul(3, 5, 20), seoul(3, 6, 20), ""),
    ],
)
def test_releases_that_want_the_same_window_or_closed_day_meet(
    mine: datetime, theirs: datetime | None, met: str
) -> None:
    hotfix = question(ReleaseType.HOTFIX)
    found = conflicts(CALENDAR, question=hotfix, deploy_at=mine, others=[other(theirs)])
    assert found.releases == ((other(theirs),) if met else ())


def test_release_is_no_rival_of_its_own() -> None:
    found = conflicts(CALENDAR, question=question(), deploy_at=THURSDAY, others=[other(THURSDAY, "r1")])
    assert found == Conflicts()


def test_releases_in_windows_that_never_close_meet_on_the_same_day() -> None:
    always = tuple(WeeklyWindow(weekday=day, from_=time(0), to=time(0)) for day in Weekday)
    calendar = Calendar(zone="Asia/Seoul", rules=CalendarRules(windows=always, no_deploy_hours=()))
    others = [other(seoul(3, 5, 9), "r2"), other(seoul(3, 6, 9), "r3")]
    found = conflicts(calendar, question=question(), deploy_at=THURSDAY, others=others)
    assert found == Conflicts(releases=(others[0],))


# --- two years of releases at once ---------------------------------------------------------------------------


@given(calendars(), st.lists(st.tuples(st.sampled_from(ReleaseType), INSTANTS), max_size=12))
def test_all_conflicts_at_once_are_those_of_each_one(
    calendar: Calendar, wanted: list[tuple[ReleaseType, datetime]]
) -> None:
    releases = [
        PlannedRelease(id=f"r{n}", version=f"1.{n}.0", type=kind, deploy_at=at)
        for n, (kind, at) in enumerate(wanted)
    ]
    expected = {}
    for release in releases:
        assert release.deploy_at is not None
        asked = replace(question(release.type), release_id=release.id)
        one = conflicts(calendar, question=asked, deploy_at=release.deploy_at, others=releases)
        closing = tuple(reason for reason in one.reasons if reason.verdict is Verdict.CLOSED)
        if closing or one.releases:
            expected[release.id] = Conflicts(reasons=closing, releases=one.releases)
    assert all_conflicts(calendar, gates=TYPE_GATES, releases=releases) == expected
