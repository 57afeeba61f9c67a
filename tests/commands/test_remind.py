from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from commands.change import extend_plan
from commands.context import project_of
from commands.load import load_policy
from commands.remind import fire as remind
from commands.requests import AddBlackout, Cancel, RemoveBlackout, Retarget
from commands.show import lists
from domain.calendar.agenda import ItemKind
from domain.calendar.announcements import AnnouncementKind
from domain.errands import (
    Announce,
    ApprovalWaiting,
    InChannel,
    InThread,
    MissedWindow,
    MonitoringOver,
    Show,
    SoakOver,
    Surface,
    SurfaceKind,
    Tell,
    ToPerson,
)
from domain.people import Role
from domain.types import Action, ReleaseType, Stage
from storage import reminders, surfaces
from storage.db import Database, Tx
from storage.surfaces import Posted
from storage.tables import AuditRow, ReminderRow
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import CHANNEL, PM, PROJECT, RM, RM2, TL, policy, world

A, S, R, K = Action, Stage, ReleaseType, AnnouncementKind
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)


def seoul(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - 9 * HOUR


def planned(drive: Driver) -> Driver:
    with drive.tx() as tx:
        extend_plan(tx, project_of(tx, PROJECT))
    return drive


def announced(drive: Driver) -> list[tuple[AnnouncementKind, datetime, bool]]:
    """(kind, the moment it speaks of, late) of every announcement in the channel."""
    return [
        (tell.said.announcement.kind, tell.said.announcement.moment, tell.late)
        for tell in drive.told(Announce)
        if tell.to == InChannel(CHANNEL) and isinstance(tell.said, Announce)
    ]


def states(drive: Driver) -> dict[str, list[str]]:
    """The kinds of reminders that are over, by how they ended."""

    def look(tx: Tx) -> dict[str, list[str]]:
        rows = tx.execute(
            select(col(ReminderRow.state), col(ReminderRow.body)).order_by(col(ReminderRow.due))
        )
        found: dict[str, list[str]] = {"done": [], "skipped": [], "waiting": []}
        for state, body in rows:
            found[str(state)].append(str(body))
        return found

    return drive.read(look)


def skipped(drive: Driver) -> int:
    return len(states(drive)["skipped"])


def travel(drive: Driver, until: datetime, step: timedelta = 15 * MINUTE) -> None:
    while drive.clock() < until:
        drive.clock.set(min(until, drive.clock() + step))
        drive.tick()


def shown_again(drive: Driver, release: str, work: Callable[[], object]) -> bool:
    before = len(drive.errands())
    work()
    card = Show(Surface(SurfaceKind.CARD, release))
    return card in drive.errands()[before:]


# --- the calendar -----------------------------------------------------------------------------------------


def test_a_week_is_announced_in_order_and_once(drive: Driver) -> None:
    planned(drive)
    travel(drive, seoul(5, 18))
    assert announced(drive) == [
        (K.FREEZE_IN_AN_HOUR, seoul(2, 14), False),
        (K.FREEZE_STARTED, seoul(2, 14), False),
        *(
            (kind, seoul(day, hour), False)
            for day in (3, 4, 5)
            for kind, hour in ((K.WINDOW_IN_AN_HOUR, 10), (K.WINDOW_OPENED, 10), (K.WINDOW_CLOSING, 17))
        ),
    ]


def test_a_release_takes_over_the_freeze_of_its_slot(drive: Driver) -> None:
    release = drive.start()
    travel(drive, seoul(2, 15))
    freezes = [t.said for t in drive.told(Announce) if isinstance(t.said, Announce)]
    assert [(said.announcement.subject, said.version) for said in freezes] == [(release, "1.5.0")] * 2


def test_a_freeze_that_moved_is_not_announced_at_its_old_time(drive: Driver) -> None:
    release = drive.start()
    deploy_at = drive.release(release).deploy_at
    assert deploy_at is not None
    drive.ok(Retarget(release=release, deploy_at=deploy_at + 7 * DAY), RM)
    travel(drive, seoul(9, 15))
    begun = [moment for kind, moment, _ in announced(drive) if kind is K.FREEZE_STARTED]
    # The slot of the 5th is nobody's again: it freezes by itself, as does that of the release.
    assert begun == [seoul(2, 14), seoul(9, 14)]


def test_a_cancelled_release_announces_no_freeze(drive: Driver) -> None:
    release = drive.start()
    drive.ok(Cancel(release=release, reason="no"), RM)
    travel(drive, seoul(2, 15))
    assert announced(drive) == []


def test_windows_say_what_is_ready_to_go(drive: Driver) -> None:
    drive.to_approved()
    travel(drive, seoul(3, 10))
    ready = [t.said.ready for t in drive.told(Announce) if isinstance(t.said, Announce)][-1]
    assert ready == ("1.5.0",)


def test_no_deploy_hours_are_told_when_somebody_waits(drive: Driver) -> None:
    release = drive.to_approval()
    drive.clock.set(seoul(6, 12))
    drive.tick()
    drive.decide(release, RM2)
    travel(drive, seoul(6, 14))
    told = [t.to for t in drive.told(Announce) if isinstance(t.said, Announce)]
    assert told[-2:] == [InChannel(CHANNEL), ToPerson(RM)]
    assert announced(drive)[-1] == (K.NO_DEPLOY_IN_AN_HOUR, seoul(6, 15), False)


def test_a_blackout_is_told_before_at_its_start_and_at_its_end(drive: Driver) -> None:
    blackout = AddBlackout(project=PROJECT, name="Sale", start=seoul(11), end=seoul(13), reason="busy")
    drive.ok(blackout, PM)
    travel(drive, seoul(13, 1), HOUR)
    told = [(kind, moment) for kind, moment, _ in announced(drive) if kind.value.startswith("blackout")]
    assert told == [
        (K.BLACKOUT_IN_A_WEEK, seoul(11)),
        (K.BLACKOUT_IN_A_DAY, seoul(11)),
        (K.BLACKOUT_STARTED, seoul(11)),
        (K.BLACKOUT_ENDED, seoul(13)),
    ]
    names = {t.said.name for t in drive.told(Announce) if isinstance(t.said, Announce) and t.said.name}
    assert names == {"Sale"}


def test_a_removed_blackout_says_nothing_more(drive: Driver) -> None:
    drive.ok(AddBlackout(project=PROJECT, name="Sale", start=seoul(4), end=seoul(5)), PM)
    travel(drive, seoul(3, 1), HOUR)
    drive.ok(RemoveBlackout(project=PROJECT, blackout="Sale"), PM)
    before = len([1 for kind, _, _ in announced(drive) if kind.value.startswith("blackout")])
    travel(drive, seoul(5, 1), HOUR)
    after = len([1 for kind, _, _ in announced(drive) if kind.value.startswith("blackout")])
    assert (before, after) == (1, 1)


# --- late, stale, muted -----------------------------------------------------------------------------------


def test_after_downtime_late_ones_are_marked_and_stale_ones_recorded(drive: Driver) -> None:
    planned(drive)
    drive.clock.set(seoul(3, 11))  # down since Monday 09:30
    drive.tick()
    assert announced(drive) == [(K.WINDOW_OPENED, seoul(3, 10), True)]
    assert skipped(drive) == 3  # two of the freeze, and the hour before the window
    audited = [action for action, _, _ in drive.audited()]
    assert audited.count("AnnouncementSkipped") == 3
    assert audited.count("Announced") == 1


def test_what_a_pause_ended_before_its_time_was_moot_and_not_missed(drive: Driver) -> None:
    planned(drive).to_approved()
    travel(drive, seoul(5, 12))
    drive.clock.set(seoul(6, 16))
    drive.tick()
    whys = [why for key, why in skips(drive) if key.startswith("no_deploy_1h")]
    assert whys == ["moot"]


def skips(drive: Driver) -> list[tuple[str, str]]:
    """(announcement, why) of what was recorded as skipped."""

    def look(tx: Tx) -> list[tuple[str, str]]:
        query = select(col(AuditRow.body)).where(col(AuditRow.action) == "AnnouncementSkipped")
        events = [json.loads(str(row[0]))["event"] for row in tx.execute(query)]
        return [(event["announcement"], event["why"]) for event in events]

    return drive.read(look)


def test_what_is_announced_is_announced_once_whatever_restarts(drive: Driver) -> None:
    planned(drive)
    drive.clock.set(seoul(2, 14))
    for _ in range(3):
        planned(drive)
        drive.tick()
    assert [kind for kind, _, _ in announced(drive)] == [K.FREEZE_STARTED]


def test_a_long_pause_leaves_nothing_out_of_the_plan(drive: Driver) -> None:
    planned(drive)
    drive.clock.set(seoul(2, 9) + 60 * DAY)
    drive.tick()
    with drive.tx() as tx:
        assert remind.plans_short(tx)
        remind.extend_plans(tx)
        assert not remind.plans_short(tx)
    drive.tick()
    bodies = states(drive)
    days = {body[body.index("due") :][6:16] for body in (*bodies["done"], *bodies["skipped"])}
    assert len([day for day in days if day.startswith("2026-04")]) > 10


def test_a_muted_kind_is_recorded_and_not_sent(database: Database, clock: HandClock) -> None:
    with database.transaction() as tx:
        world(tx, mute=["freeze_start"])
    drive = planned(Driver(database, clock))
    travel(drive, seoul(2, 15))
    assert [kind for kind, _, _ in announced(drive)] == [K.FREEZE_IN_AN_HOUR]
    assert [action for action, _, _ in drive.audited()].count("Announced") == 2


# --- approvals --------------------------------------------------------------------------------------------


def waiting(drive: Driver) -> list[tuple[object, datetime, Role | None]]:
    return [
        (tell.to, tell.at, tell.said.escalated)
        for tell in drive.told(ApprovalWaiting)
        if isinstance(tell.said, ApprovalWaiting)
    ]


def test_an_urgent_approval_is_asked_for_again_and_escalates(drive: Driver) -> None:
    release = drive.to_approval(R.HOTFIX)
    asked = drive.clock()
    travel(drive, asked + 10 * MINUTE, MINUTE)
    ic, thread = ToPerson("U0IC"), InThread(release)
    five, ten = asked + 5 * MINUTE, asked + 10 * MINUTE
    assert waiting(drive) == [
        (ic, five, None),
        (thread, five, None),
        (ic, ten, None),
        (thread, ten, None),
        (ToPerson(RM), ten, Role.RELEASE_MANAGER),
        (ToPerson(RM2), ten, Role.RELEASE_MANAGER),
    ]


def test_a_planned_approval_waits_for_working_time(drive: Driver) -> None:
    drive.clock.set(seoul(2, 16))
    drive.to_approval()
    travel(drive, seoul(4, 18), HOUR)
    direct = [(to, at) for to, at, role in waiting(drive) if to == ToPerson(RM2) and role is None]
    # Two working hours on Monday, two on Tuesday; then daily.
    assert direct == [(ToPerson(RM2), seoul(3, 11)), (ToPerson(RM2), seoul(4, 11))]


def test_whoever_decided_is_left_in_peace(drive: Driver) -> None:
    release = drive.to_approval(R.EMERGENCY)
    drive.decide(release, TL)
    travel(drive, drive.clock() + 15 * MINUTE, 5 * MINUTE)
    assert {to for to, _, _ in waiting(drive)} == {ToPerson(PM), InThread(release)}
    (moot,) = states(drive)["skipped"]
    assert json.loads(moot)["about"] == TL


# --- releases ---------------------------------------------------------------------------------------------


def test_the_end_of_the_soak_is_told_to_thread_and_owner(drive: Driver) -> None:
    release = drive.to_qa()
    until = drive.release(release).soak_until
    assert until is not None
    drive.clock.set(until - MINUTE)
    drive.tick()
    assert drive.told(SoakOver) == []
    drive.clock.set(until)
    assert shown_again(drive, release, drive.tick)
    assert [tell.to for tell in drive.told(SoakOver)] == [InThread(release), ToPerson(RM)]


def test_a_newer_candidates_soak_is_the_only_one_told(drive: Driver) -> None:
    release = drive.to_qa()
    drive.advance(release, A.QA_FAILED, note="crash")
    drive.clock.move(hours=25)
    drive.tick()
    assert drive.told(SoakOver) == []


def test_monitoring_over_asks_whether_to_close(drive: Driver) -> None:
    release = drive.to_released()
    until = drive.release(release).monitoring_until
    assert until is not None
    drive.clock.set(until)
    drive.tick()
    assert drive.release(release).close_asked_at == until
    question = Surface(SurfaceKind.CLOSE_QUESTION, release, RM)
    assert [e for e in drive.errands() if e == Show(question)] == [Show(question)]
    assert [tell.to for tell in drive.told(MonitoringOver)] == [InThread(release)]
    drive.clock.move(days=3)
    drive.tick()
    assert len(drive.told(MonitoringOver)) == 1


def test_a_missed_window_says_what_was_missing_and_what_comes_next(drive: Driver) -> None:
    release = drive.to_qa()
    travel(drive, seoul(5, 17), HOUR)
    told = drive.told(MissedWindow)
    assert [tell.to for tell in told] == [InThread(release), ToPerson(RM)]
    assert told[0].said == MissedWindow(
        release=release,
        version="1.5.0",
        waiting_on=S.QA,
        next_slots=(seoul(12, 14), seoul(19, 14), seoul(26, 14)),
    )
    found = drive.release(release)
    assert found.freeze_lifted_at is None


def test_a_release_under_way_missed_nothing(drive: Driver) -> None:
    drive.to_deploying()
    travel(drive, seoul(5, 17), HOUR)
    assert drive.told(MissedWindow) == []


# --- cards that time alone changes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "moment",
    [seoul(2, 14), seoul(3, 10), seoul(3, 17), seoul(4, 10)],
    ids=["freeze begins", "window opens", "window closes", "next window"],
)
def test_a_card_is_shown_again_when_time_changes_it(drive: Driver, moment: datetime) -> None:
    release = drive.start()
    travel(drive, moment - MINUTE, HOUR)
    drive.clock.set(moment)
    assert shown_again(drive, release, drive.tick)


def test_a_card_is_shown_again_at_both_ends_of_a_blackout(drive: Driver) -> None:
    release = drive.start(R.HOTFIX, "U0IC")
    blackout = AddBlackout(project=PROJECT, name="Sale", start=seoul(3), end=seoul(4))
    assert shown_again(drive, release, lambda: drive.ok(blackout, PM))
    for moment in (seoul(3), seoul(4)):
        drive.clock.set(moment)
        assert shown_again(drive, release, drive.tick)


def test_an_approved_card_is_shown_again_when_another_release_moves(drive: Driver) -> None:
    first = drive.to_approved()
    second = drive.start(R.HOTFIX, "U0IC")
    assert shown_again(drive, first, lambda: drive.cut(second))


def test_nothing_happens_while_nothing_is_due(drive: Driver) -> None:
    drive.start()
    drive.tick()
    before = drive.audited()
    assert drive.tick() == 0
    assert drive.audited() == before
    assert drive.read(reminders.next_due) == seoul(2, 13)


# --- policy -----------------------------------------------------------------------------------------------


def test_a_new_policy_replaces_what_was_planned(drive: Driver) -> None:
    planned(drive)
    later = policy(calendar={"windows": [{"weekday": "tue", "from": "12:00", "to": "13:00"}]})
    with drive.tx() as tx:
        load_policy(tx, later, CHANNEL)
    travel(drive, seoul(3, 14))
    opened = [moment for kind, moment, _ in announced(drive) if kind is K.WINDOW_OPENED]
    assert opened == [seoul(3, 12)]


def test_a_policy_that_takes_a_role_voids_its_approval(drive: Driver) -> None:
    release = drive.to_approved()
    roles = {"release_manager": {"users": [RM]}, "pm": {"users": [PM]}}
    with drive.tx() as tx:
        load_policy(tx, policy(roles=roles), CHANNEL)
    assert drive.stage(release) is S.APPROVAL


def test_loading_the_same_policy_again_changes_nothing(drive: Driver) -> None:
    with drive.tx() as tx:
        load_policy(tx, policy(), CHANNEL)
    before = drive.audited()
    with drive.tx() as tx:
        load_policy(tx, policy(), CHANNEL)
    assert drive.audited() == before


def test_a_tell_carries_the_project_and_the_moment(drive: Driver) -> None:
    planned(drive)
    drive.clock.set(seoul(2, 14))
    drive.tick()
    (told,) = [t for t in drive.told(Announce) if isinstance(t, Tell)]
    assert (told.project, told.at, told.by) == (PROJECT, seoul(2, 14), "")


# --- the outlook ------------------------------------------------------------------------------------------


def outlooks(drive: Driver) -> list[Surface]:
    shown = [errand.surface for errand in drive.errands() if isinstance(errand, Show)]
    return [surface for surface in shown if surface.kind is SurfaceKind.OUTLOOK]


def test_the_next_four_weeks_are_told_on_monday_morning_once(drive: Driver) -> None:
    with drive.tx() as tx:
        extend_plan(tx, project_of(tx, PROJECT))
    drive.clock.set(datetime(2026, 3, 9, 0, 0, tzinfo=UTC))  # Monday, 09:00 in Seoul
    drive.tick()
    drive.tick()
    monday = Surface(SurfaceKind.OUTLOOK, f"{PROJECT}/2026-03-09")
    assert outlooks(drive)[-1:] == [monday]
    assert outlooks(drive).count(monday) == 1
    view = drive.read(lists.outlook, monday.subject)
    assert (view.first, view.last) == (date(2026, 3, 9), date(2026, 4, 5))
    assert [item.start for item in view.items if item.kind is ItemKind.DEPLOY][:2] == [
        datetime(2026, 3, 12, 5, tzinfo=UTC),
        datetime(2026, 3, 19, 5, tzinfo=UTC),
    ]


def test_this_weeks_outlook_follows_the_calendar(drive: Driver) -> None:
    monday = Surface(SurfaceKind.OUTLOOK, f"{PROJECT}/2026-03-02")
    release = drive.start()
    assert monday not in outlooks(drive)
    with drive.tx() as tx:
        surfaces.put(tx, Posted(monday, "C0SHOPREL", "1.0", "shown"))
    moved = datetime(2026, 3, 12, 5, tzinfo=UTC)
    drive.ok(Retarget(release=release, deploy_at=moved, reason="not ready"), RM)
    assert monday in outlooks(drive)


def test_an_outlook_that_missed_its_day_is_skipped(drive: Driver) -> None:
    with drive.tx() as tx:
        extend_plan(tx, project_of(tx, PROJECT))
    drive.clock.set(datetime(2026, 3, 10, 0, 0, tzinfo=UTC))
    drive.tick()
    assert Surface(SurfaceKind.OUTLOOK, f"{PROJECT}/2026-03-09") not in outlooks(drive)


# --- quiet hours ------------------------------------------------------------------------------------------


@pytest.fixture
def quiet(drive: Driver) -> Driver:
    """The shop, left in peace from ten to eight."""
    with drive.tx() as tx:
        load_policy(tx, policy(quiet_hours={"from": "22:00", "to": "08:00"}), CHANNEL)
    return drive


def _kind(tell: Tell) -> AnnouncementKind:
    assert isinstance(tell.said, Announce)
    return tell.said.announcement.kind


def told_kinds(drive: Driver) -> list[AnnouncementKind]:
    return [_kind(tell) for tell in drive.told(Announce)]


def test_at_night_what_can_wait_waits_until_morning_whatever_changes_meanwhile(quiet: Driver) -> None:
    night = datetime(2026, 3, 10, 14, tzinfo=UTC)  # Tuesday, 23:00 in Seoul
    add = AddBlackout(
        project=PROJECT, name="Sale", start=night + timedelta(days=1), end=night + timedelta(days=2)
    )
    quiet.ok(add, PM)
    quiet.clock.set(night + timedelta(minutes=1))
    quiet.tick()
    assert AnnouncementKind.BLACKOUT_IN_A_DAY not in told_kinds(quiet)
    quiet.ok(AddBlackout(project=PROJECT, name="Later", start=night + 30 * DAY, end=night + 31 * DAY), PM)
    quiet.clock.set(datetime(2026, 3, 10, 23, tzinfo=UTC))  # 08:00
    quiet.tick()
    waited = [tell for tell in quiet.told(Announce) if _kind(tell) is AnnouncementKind.BLACKOUT_IN_A_DAY]
    assert [(tell.at, tell.late) for tell in waited] == [(quiet.clock(), False)]
    quiet.clock.set(night + timedelta(days=1))
    quiet.tick()
    assert told_kinds(quiet).count(AnnouncementKind.BLACKOUT_STARTED) == 1


def test_what_would_be_stale_by_morning_is_skipped_for_the_quiet_hours(quiet: Driver) -> None:
    night = datetime(2026, 3, 10, 14, tzinfo=UTC)
    quiet.ok(AddBlackout(project=PROJECT, name="Sale", start=night + DAY + 2 * HOUR, end=night + 2 * DAY), PM)
    release = quiet.start()
    quiet.ok(Retarget(release=release, deploy_at=night + 2 * HOUR + 3 * DAY, reason="night"), RM)
    quiet.clock.set(datetime(2026, 3, 11, 0, tzinfo=UTC))
    while quiet.tick():
        pass

    def look(tx: Tx) -> list[tuple[str, str]]:
        rows = tx.execute(select(col(AuditRow.body)).where(col(AuditRow.action) == "AnnouncementSkipped"))
        events = [json.loads(row[0])["event"] for row in rows]
        return [(event["announcement"].partition(":")[0], event["why"]) for event in events]

    assert ("freeze_1h", "quiet") in quiet.read(look)


@pytest.mark.parametrize(
    ("in_flight", "done", "rolling"), [("pause", 1, ("1.5.0",)), ("pause", 2, ()), ("finish", 1, ())]
)
def test_a_window_that_closes_on_a_rollout_says_so(
    drive: Driver, in_flight: str, done: int, rolling: tuple[str, ...]
) -> None:
    """With the last step under way nothing is held."""
    with drive.tx() as tx:
        world(tx, types={"regular": {"rollout": "canary", "in_flight": in_flight}})
    release = planned(drive).to_deploying()
    for _ in range(done):
        drive.step_out(release)
    drive.clock.set(seoul(5, 16, 45))
    drive.tick()
    told = [tell.said for tell in drive.told(Announce) if isinstance(tell.said, Announce)]
    closing = [one for one in told if one.announcement.kind is K.WINDOW_CLOSING]
    assert [one.rolling for one in closing] == [rolling]
