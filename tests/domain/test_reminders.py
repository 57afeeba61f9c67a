from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approvals import Slot as Place
from domain.approvals import Tally
from domain.calendar.fields import Weekday
from domain.calendar.rules import CalendarRules, WeeklyWindow
from domain.calendar.slots import Slot
from domain.people import Role
from domain.policy import RollbackPolicy
from domain.release import Release
from domain.reminders import (
    Reminder,
    approval_dues,
    of_gate,
    of_release,
    of_room,
    working_time,
)
from domain.rollback import Room, RoomState, Step, StepKey, StepState
from domain.types import ReleaseType, ReminderKind, Stage
from tests.support.builders import AT, release
from tests.support.world import policy

K, S, R = ReminderKind, Stage, ReleaseType
SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")
HOURS = CalendarRules().business_hours
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
POLICY = policy()


def seoul(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - 9 * HOUR


# --- working time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "needed", "end"),
    [
        (seoul(2, 9), 4 * HOUR, seoul(2, 13)),
        (seoul(2, 16), 4 * HOUR, seoul(3, 11)),
        (seoul(2, 9), 9 * HOUR, seoul(2, 18)),
        (seoul(2, 3), 4 * HOUR, seoul(2, 13)),
        (seoul(6, 17), 4 * HOUR, seoul(9, 12)),
        (seoul(7, 12), 4 * HOUR, seoul(9, 13)),
        (seoul(2, 18), HOUR, seoul(3, 10)),
        (seoul(2, 12), timedelta(0), seoul(2, 12)),
        (seoul(7, 12), timedelta(0), seoul(9, 9)),
        (seoul(2, 18), timedelta(0), seoul(3, 9)),
        (seoul(2, 9), 45 * HOUR, seoul(6, 18)),
    ],
)
def test_working_time_passes_in_business_hours_only(
    start: datetime, needed: timedelta, end: datetime
) -> None:
    assert working_time(start, needed, HOURS, SEOUL) == end


def test_working_time_is_the_approvers_own() -> None:
    start = datetime(2026, 3, 2, 5, tzinfo=UTC)  # 14:00 in Seoul, 06:00 in Berlin
    assert working_time(start, 4 * HOUR, HOURS, SEOUL) == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert working_time(start, 4 * HOUR, HOURS, BERLIN) == datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_working_time_follows_the_clocks_of_the_zone() -> None:
    friday = datetime(2026, 3, 27, 16, tzinfo=UTC)  # 17:00 in Berlin; summer time begins on the 29th
    assert working_time(friday, 2 * HOUR, HOURS, BERLIN) == datetime(2026, 3, 30, 8, tzinfo=UTC)


def minute_by_minute(start: datetime, needed: int) -> datetime:
    """The same by walking: Monday to Friday, 9 to 18, in Seoul."""
    at, left = start, needed
    while True:
        local = at.astimezone(SEOUL)
        working = local.weekday() < 5 and 9 <= local.hour < 18
        if working and left == 0:
            return at
        at += MINUTE
        left -= working
        if left == 0 and working:
            return at


@given(st.integers(0, 7 * 24 * 60), st.integers(1, 20 * 60))
def test_working_time_is_what_walking_minute_by_minute_gives(offset: int, needed: int) -> None:
    start = seoul(2) + offset * MINUTE
    assert working_time(start, needed * MINUTE, HOURS, SEOUL) == minute_by_minute(start, needed)


# --- approvals --------------------------------------------------------------------------------------------


def asked(kind: ReleaseType, at: datetime) -> Release:
    return release(S.APPROVAL, type=kind, approval_asked_at=at)


def dues(kind: ReleaseType, at: datetime, limit: int = 4) -> list[datetime]:
    return list(islice(approval_dues(asked(kind, at), POLICY.of(kind), HOURS, SEOUL), limit))


def test_urgent_approvals_count_plain_time() -> None:
    night = seoul(7, 2)
    assert dues(R.HOTFIX, night, 3) == [night + n * 5 * MINUTE for n in (1, 2, 3)]
    assert dues(R.EMERGENCY, night, 3) == [night + n * 15 * MINUTE for n in (1, 2, 3)]


def test_planned_approvals_count_working_time_then_days() -> None:
    assert dues(R.REGULAR, seoul(5, 16)) == [seoul(6, 11), seoul(9, 9), seoul(10, 9), seoul(11, 9)]


def test_reminding_ends_when_the_request_lapses() -> None:
    at = seoul(2, 9)
    assert len(dues(R.HOTFIX, at, 1000)) == 24 * 12 - 1
    assert dues(R.REGULAR, at, 100)[-1] < at + 7 * DAY


def test_without_business_hours_time_is_plain() -> None:
    at = seoul(7, 2)
    found = approval_dues(asked(R.REGULAR, at), POLICY.of(R.REGULAR), (), SEOUL)
    assert next(found) == at + 4 * HOUR


def waiting_for(*users: str) -> Tally:
    return Tally(slots=(Place(Role.RELEASE_MANAGER),), rejected_by="", can_give={Role.RELEASE_MANAGER: users})


def of(found: Release, tally: Tally | None, at: datetime, slot: Slot | None = None) -> list[Reminder]:
    zones = {"U0A": "Asia/Seoul", "U0B": "Europe/Berlin"}
    return list(of_release(found, POLICY, tally, zones, slot, at))


def brief(found: list[Reminder]) -> list[tuple[ReminderKind, str, datetime, int]]:
    return [(one.kind, one.about, one.due, one.count) for one in found]


def test_everybody_who_is_waited_for_is_reminded_in_their_own_hours() -> None:
    at = seoul(2, 14)
    found = of(release(S.APPROVAL, approval_asked_at=at, soak_until=None), waiting_for("U0A", "U0B"), at)
    assert brief(found) == [
        (K.APPROVAL_WAITING, "U0A", seoul(2, 18), 1),
        (K.APPROVAL_WAITING, "U0B", seoul(2, 21), 1),
        (K.APPROVAL_LAPSES, "", at + 7 * DAY, 1),
    ]


def test_the_next_reminder_counts_those_before_it() -> None:
    at = seoul(2, 9)
    found = of(asked(R.HOTFIX, at), waiting_for("U0A"), at + 12 * MINUTE)
    first = found[0]
    assert (first.due, first.count, first.expires) == (at + 15 * MINUTE, 3, at + 20 * MINUTE)


def test_the_same_thing_has_the_same_key() -> None:
    at = seoul(2, 9)
    one, two = (of(asked(R.HOTFIX, at), waiting_for("U0A"), at + n * MINUTE) for n in (0, 1))
    assert [r.key for r in one] == [r.key for r in two]
    assert len({r.key for r in one}) == len(one)


# --- states of a release ----------------------------------------------------------------------------------

SLOT = Slot(
    day=AT.date(),
    freeze_at=None,
    branch_at=None,
    qa_first_day=None,
    qa_last_day=None,
    deploy_at=AT,
    window_close_at=AT + 3 * HOUR,
)


@pytest.mark.parametrize("stage", list(Stage))
def test_each_stage_has_its_own_reminders(stage: Stage) -> None:
    found = of(release(stage, approval_until=AT + HOUR, approval_asked_at=AT), waiting_for(), AT, SLOT)
    expected = {
        S.APPROVAL: [K.APPROVAL_LAPSES, K.SOAK_OVER, K.MISSED_WINDOW],
        S.APPROVED: [K.APPROVAL_LAPSES, K.SOAK_OVER, K.MISSED_WINDOW],
        S.QA: [K.SOAK_OVER, K.MISSED_WINDOW],
        S.CANDIDATE: [K.MISSED_WINDOW],
        S.BUILDING: [K.MISSED_WINDOW],
        S.STAGING: [K.MISSED_WINDOW],
        S.FIXING: [K.MISSED_WINDOW],
        S.RELEASED: [K.MONITORING_OVER],
    }
    assert [one.kind for one in found] == expected.get(stage, [])


def test_a_granted_approval_lapses_at_its_end_however_late_it_is_noticed() -> None:
    (lapses,) = of(release(S.APPROVED, approval_until=AT, soak_until=None), None, AT - HOUR)
    assert (lapses.kind, lapses.due) == (K.APPROVAL_LAPSES, AT)
    assert lapses.expires > AT + 365 * DAY


@pytest.mark.parametrize(
    ("next_change", "freeze_at", "due"),
    [
        (AT + HOUR, None, AT + HOUR),
        (AT + HOUR, AT + MINUTE, AT + MINUTE),
        (AT + HOUR, AT - HOUR, AT + HOUR),
        (AT + HOUR, AT, AT + HOUR),
        (None, None, None),
    ],
)
def test_the_card_turns_when_the_gate_or_the_freeze_does(
    next_change: datetime | None, freeze_at: datetime | None, due: datetime | None
) -> None:
    found = of_gate(release(S.QA, freeze_at=freeze_at), next_change, AT)
    assert [one.due for one in found] == ([due] if due else [])


@pytest.mark.parametrize("stage", [S.VERIFYING, S.RELEASED, S.CLOSED, S.CANCELLED])
def test_after_the_deploy_no_gate_is_shown(stage: Stage) -> None:
    assert of_gate(release(stage), AT + HOUR, AT) == ()


# --- rooms ------------------------------------------------------------------------------------------------

RULES = RollbackPolicy()


def room(state: RoomState = RoomState.ROLLING_BACK, **facts: Any) -> Room:
    known: dict[str, Any] = {
        "id": "m1",
        "project": "shop",
        "state": state,
        "opened_at": AT,
        "opened_by": "U0IC",
        "name": "war",
        "declared_at": AT,
    }
    return Room(**(known | facts))


@pytest.mark.parametrize(("minutes", "due", "count"), [(0, 5, 1), (4, 5, 1), (5, 10, 2), (17, 20, 4)])
def test_an_empty_seat_is_asked_for_again_and_again(minutes: int, due: int, count: int) -> None:
    (seat,) = of_room(room(), RULES, AT + minutes * MINUTE)
    assert (seat.kind, seat.due, seat.count) == (K.SEAT_EMPTY, AT + due * MINUTE, count)
    assert seat.expires == seat.due + 5 * MINUTE


def test_without_a_rollback_the_seat_is_asked_for_from_the_opening_on() -> None:
    (seat,) = of_room(room(RoomState.OPEN, declared_at=None), RULES, AT + 6 * MINUTE)
    assert (seat.kind, seat.due) == (K.SEAT_EMPTY, AT + 10 * MINUTE)


@pytest.mark.parametrize(
    "quiet",
    [
        room(RoomState.OPEN, declared_at=None, stood_down_at=AT),
        room(RoomState.RESOLVED),
        room(RoomState.CLOSED),
    ],
)
def test_no_seat_is_asked_for_once_there_is_nothing_to_lead(quiet: Room) -> None:
    assert of_room(quiet, RULES, AT) == ()


def step(state: StepState, **facts: Any) -> Step:
    known: dict[str, Any] = {"started_at": AT, "budget": 30 * MINUTE, "roles": (Role.DEVOPS,)}
    return Step(key=StepKey.APPLICATION, state=state, **(known | facts))


@pytest.mark.parametrize(
    ("running", "due"),
    [
        (step(StepState.RUNNING), AT + 30 * MINUTE),
        (step(StepState.RUNNING, warned=True), None),
        (step(StepState.DONE), None),
        (step(StepState.WAITING, started_at=None), None),
    ],
)
def test_a_running_step_is_warned_of_once_when_its_budget_is_over(
    running: Step, due: datetime | None
) -> None:
    found = of_room(room(RoomState.RESOLVED, steps=(running,)), RULES, AT)
    assert [(one.kind, one.due, one.about) for one in found] == (
        [(K.OVER_BUDGET, due, StepKey.APPLICATION)] if due else []
    )


@pytest.mark.parametrize(
    ("minutes", "due", "count"), [(0, 5, 0), (4, 5, 0), (5, 30, 1), (30, 60, 2), (59, 60, 2), (61, 90, 3)]
)
def test_a_step_that_is_to_begin_is_asked_for_soon_and_then_with_its_budget(
    minutes: int, due: int, count: int
) -> None:
    waits = step(StepState.WAITING, started_at=None, turn_at=AT)
    found = of_room(room(steps=(waits,)), RULES, AT + minutes * MINUTE)
    (one,) = [each for each in found if each.kind is K.STEP_WAITS]
    assert (one.due, one.count, one.about) == (AT + due * MINUTE, count, StepKey.APPLICATION)
    assert one.expires == one.due + 30 * MINUTE


def test_nobody_is_asked_for_a_step_once_the_rollback_is_over() -> None:
    waits = step(StepState.WAITING, started_at=None, turn_at=AT)
    over = of_room(room(RoomState.RESOLVED, steps=(waits,)), RULES, AT)
    assert [one.kind for one in over] == []


def test_a_post_mortem_is_reminded_of_before_and_daily_after() -> None:
    due = AT + DAY
    owing = room(RoomState.RESOLVED, postmortem_due=due)

    def moments(at: datetime) -> list[tuple[ReminderKind, datetime]]:
        return [(one.kind, one.due) for one in of_room(owing, RULES, at)]

    assert moments(AT) == [(K.POSTMORTEM_SOON, due - 4 * HOUR), (K.POSTMORTEM_OVERDUE, due)]
    assert moments(due)[1] == (K.POSTMORTEM_OVERDUE, due + DAY)
    assert moments(due + 5 * DAY)[1] == (K.POSTMORTEM_OVERDUE, due + 6 * DAY)


def test_a_finished_post_mortem_is_left_alone() -> None:
    done = room(RoomState.RESOLVED, postmortem_due=AT, postmortem_done_at=AT)
    assert of_room(done, RULES, AT) == ()


def test_a_window_ends_at_midnight_when_it_says_so() -> None:
    late = (WeeklyWindow(weekday=Weekday.MONDAY, from_=time(22), to=time(0)),)
    assert working_time(seoul(2, 23), HOUR, late, SEOUL) == seoul(3)
