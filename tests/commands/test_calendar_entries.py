"""Blackouts every year and for some, their moves, single occurrences, and who is told that a date is taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from commands.requests import AddBlackout, ChangeOccurrence, MoveBlackout, RemoveBlackout, RestoreBlackout
from commands.show import calendar_forms, date_forms, lists
from domain import refusals as r
from domain.calendar.announcements import AnnouncementKind
from domain.calendar.blackouts import BlackoutKind
from domain.calendar.changes import SLOT
from domain.calendar.gate import Verdict
from domain.errands import Announce, DateTaken, InChannel, InThread, ToPerson
from domain.events import BlackoutAdded, BlackoutMoved, BlackoutRemoved, BlackoutRestored, OccurrenceChanged
from domain.people import Role
from domain.types import Environment, ReleaseType
from domain.views import DueOccurrence
from messages.lists.month import month_text
from messages.texts import Reader
from storage.db import Database
from tests.support.driver import Driver
from tests.support.world import CHANNEL, DEV, PM, PROJECT, RM, RM2, world

R = ReleaseType
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THURSDAY = "thursday 10:00-17:00"


def seoul(day: int, hour: int = 0, *, month: int = 3, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC) - 9 * HOUR


YEAR_END = AddBlackout(
    project=PROJECT,
    name="Year end",
    start=seoul(21, month=12),
    end=seoul(31, month=12),
    yearly=True,
    types=(R.REGULAR, R.FEATURE),
)


def verdict(drive: Driver, kind: ReleaseType, at: datetime) -> Verdict:
    return drive.read(lists.can_i_deploy, PROJECT, kind, at).answer.verdict


def added(drive: Driver, request: AddBlackout) -> str:
    event = drive.ok(request, PM)
    assert isinstance(event, BlackoutAdded)
    return event.blackout


# --- every year, and for some -------------------------------------------------------------------------------


def test_a_yearly_blackout_comes_every_year_for_the_types_that_it_names(drive: Driver) -> None:
    event = drive.ok(YEAR_END, PM)
    assert isinstance(event, BlackoutAdded)
    assert (event.yearly, event.types, event.environments) == (
        True,
        (R.FEATURE, R.REGULAR),
        (Environment.PRODUCTION,),
    )
    wednesdays = [seoul(23, 14, month=12, year=2026), seoul(22, 14, month=12, year=2027)]
    assert [verdict(drive, R.REGULAR, at) for at in wednesdays] == [Verdict.CLOSED, Verdict.CLOSED]
    assert [verdict(drive, R.HOTFIX, at) for at in wednesdays] == [Verdict.OPEN, Verdict.OPEN]
    (shown,) = drive.read(lists.blackouts, PROJECT).blackouts
    assert (shown.id, shown.series, shown.start) == (
        f"{event.blackout}/2026",
        event.blackout,
        seoul(21, month=12),
    )
    assert drive.no(YEAR_END, RM) == r.AlreadySo("blackout")


def test_one_year_is_moved_or_cancelled_and_all_others_stay(drive: Driver) -> None:
    series = added(drive, YEAR_END)
    moved = drive.ok(
        MoveBlackout(
            project=PROJECT,
            blackout=f"{series}/2026",
            start=seoul(28, month=12),
            end=seoul(30, month=12),
            reason="audit is late",
        ),
        RM,
    )
    assert moved == BlackoutMoved(
        blackout=f"{series}/2026",
        name="Year end",
        before_start=seoul(21, month=12),
        before_end=seoul(31, month=12),
        start=seoul(28, month=12),
        end=seoul(30, month=12),
        reason="audit is late",
    )
    cancelled = drive.ok(RemoveBlackout(project=PROJECT, blackout=f"{series}/2027"), PM)
    assert cancelled == BlackoutRemoved(blackout=f"{series}/2027", name="Year end", year=2027)
    at = [
        seoul(23, 14, month=12, year=2026),
        seoul(29, 14, month=12, year=2026),
        seoul(22, 14, month=12, year=2027),
        seoul(27, 14, month=12, year=2028),
    ]
    assert [verdict(drive, R.REGULAR, one) for one in at] == [
        Verdict.OPEN,
        Verdict.CLOSED,
        Verdict.OPEN,
        Verdict.CLOSED,
    ]
    assert [tell.to for tell in drive.told(BlackoutMoved)] == [InChannel(CHANNEL)]
    drive.ok(RemoveBlackout(project=PROJECT, blackout="Year end"), PM)
    assert drive.read(lists.blackouts, PROJECT).blackouts == ()


def test_a_year_that_was_cancelled_or_moved_is_given_back(drive: Driver) -> None:
    series = added(drive, YEAR_END)
    this, next_ = (RestoreBlackout(project=PROJECT, blackout=f"{series}/{year}") for year in (2026, 2027))
    assert drive.no(this, PM) == r.AlreadySo("blackout_usual")
    drive.ok(RemoveBlackout(project=PROJECT, blackout=this.blackout), PM)
    times = {"start": seoul(20, month=12, year=2027), "end": seoul(22, month=12, year=2027)}
    drive.ok(MoveBlackout(project=PROJECT, blackout=next_.blackout, **times), PM)
    view = drive.read(lists.blackouts, PROJECT)
    assert [one.id for one in view.left_out] == [this.blackout]
    assert [(one.id, one.moved) for one in view.blackouts] == [(next_.blackout, True)]
    assert drive.no(this, DEV) == r.NotAllowed("blackout", (Role.PM, Role.RELEASE_MANAGER), (PM, RM, RM2))
    assert drive.ok(this, RM) == BlackoutRestored(
        blackout=this.blackout,
        name="Year end",
        start=seoul(21, month=12),
        end=seoul(31, month=12),
        year=2026,
    )
    assert [tell.to for tell in drive.told(BlackoutRestored)] == [InChannel(CHANNEL)]
    drive.ok(next_, RM)
    days = [seoul(23, 14, month=12), seoul(21, 14, month=12, year=2027), seoul(29, 14, month=12, year=2027)]
    assert [verdict(drive, R.REGULAR, at) for at in days] == [Verdict.CLOSED] * 3
    assert drive.read(lists.blackouts, PROJECT).left_out == ()
    assert drive.no(next_, RM) == r.AlreadySo("blackout_usual")
    nowhere = ("x/2026", series, f"{series}/", f"{series}/20x6")
    assert [drive.no(RestoreBlackout(project=PROJECT, blackout=one), PM) for one in nowhere] == [
        r.Gone("blackout")
    ] * 4


def test_what_the_policy_changes_of_a_year_is_given_back_there(database: Database, drive: Driver) -> None:
    period = {"id": "year-end", "name": "Year end", "from": "2026-12-21", "to": "2026-12-31", "yearly": True}
    changes = [{"of": "year-end", "day": "2026-12-21"}]
    with database.transaction() as tx:
        world(tx, calendar={"blackouts": [period], "changes": changes})
    restore = RestoreBlackout(project=PROJECT, blackout="year-end/2026")
    assert drive.no(restore, PM) == r.InPolicy("Year end", "")


@pytest.mark.parametrize(
    ("start", "end", "what"),
    [
        (seoul(29, month=2, year=2028), seoul(1, year=2028), "yearly_leap_day"),
        (seoul(1), seoul(2, year=2027), "yearly_longer_than_a_year"),
    ],
)
def test_a_yearly_blackout_that_cannot_be_is_refused(
    drive: Driver, start: datetime, end: datetime, what: str
) -> None:
    refusal = drive.no(AddBlackout(project=PROJECT, name="x", start=start, end=end, yearly=True), PM)
    assert isinstance(refusal, r.Unreadable)
    assert refusal.what == what


def test_maintenance_announces_itself_by_that_name(drive: Driver) -> None:
    now = drive.clock()
    drive.ok(
        AddBlackout(
            project=PROJECT,
            name="Database",
            start=now + 2 * DAY,
            end=now + 2 * DAY + HOUR,
            kind=BlackoutKind.MAINTENANCE,
        ),
        PM,
    )
    drive.clock.move(days=1)
    drive.tick()
    said = [tell.said for tell in drive.told(Announce)]
    (announced,) = [
        one
        for one in said
        if isinstance(one, Announce) and one.announcement.kind is AnnouncementKind.BLACKOUT_IN_A_DAY
    ]
    assert (announced.name, announced.maintenance) == ("Database", True)


# --- who planned to deploy then -----------------------------------------------------------------------------


def test_who_planned_to_deploy_in_a_new_blackout_is_told_with_the_nearest_free_times(drive: Driver) -> None:
    release = drive.start()
    drive.ok(AddBlackout(project=PROJECT, name="Sale", start=seoul(4), end=seoul(6)), PM)
    told = drive.told(DateTaken)
    assert [tell.to for tell in told] == [InThread(release), ToPerson(RM)]
    said = told[0].said
    assert isinstance(said, DateTaken)
    assert (said.deploy_at, [reason.name for reason in said.reasons]) == (seoul(5, 14), ["Sale"])
    assert said.free == (seoul(10, 14), seoul(11, 14), seoul(12, 14))
    assert drive.release(release).deploy_at == seoul(5, 14)


def test_who_planned_elsewhere_or_was_closed_already_is_not_told(drive: Driver) -> None:
    drive.start()
    drive.ok(AddBlackout(project=PROJECT, name="Later", start=seoul(10), end=seoul(11)), PM)
    assert drive.told(DateTaken) == []
    drive.ok(AddBlackout(project=PROJECT, name="Sale", start=seoul(4), end=seoul(6)), PM)
    drive.ok(AddBlackout(project=PROJECT, name="Audit", start=seoul(5), end=seoul(7)), PM)
    assert len(drive.told(DateTaken)) == 2


def test_a_blackout_that_is_moved_onto_a_planned_deploy_says_so_while_it_is_typed(drive: Driver) -> None:
    drive.start()
    id_ = added(drive, AddBlackout(project=PROJECT, name="Sale", start=seoul(10), end=seoul(11)))

    def form(start: datetime, end: datetime) -> list[str]:
        found = drive.read(calendar_forms.move_form, PROJECT, id_, start, end)
        return [one.said.version for one in found.taken]

    assert form(seoul(9), seoul(10)) == []
    assert form(seoul(5), seoul(6)) == ["1.5.0"]
    drive.ok(MoveBlackout(project=PROJECT, blackout=id_, start=seoul(5), end=seoul(6)), PM)
    assert len(drive.told(DateTaken)) == 2
    again = MoveBlackout(project=PROJECT, blackout=id_, start=seoul(5), end=seoul(6))
    assert drive.no(again, PM) == r.AlreadySo("blackout_times")


# --- one occurrence -----------------------------------------------------------------------------------------


def test_one_window_is_cancelled_and_given_back(drive: Driver) -> None:
    day = date(2026, 3, 12)
    event = drive.ok(ChangeOccurrence(project=PROJECT, of=THURSDAY, day=day, cancelled=True), RM)
    assert event == OccurrenceChanged(of=THURSDAY, day=day)
    assert [tell.to for tell in drive.told(OccurrenceChanged)] == [InChannel(CHANNEL)]
    assert verdict(drive, R.REGULAR, seoul(12, 14)) is Verdict.CLOSED
    assert verdict(drive, R.REGULAR, seoul(19, 14)) is Verdict.OPEN
    again = ChangeOccurrence(project=PROJECT, of=THURSDAY, day=day, cancelled=True)
    assert drive.no(again, RM) == r.AlreadySo("occurrence")
    drive.ok(ChangeOccurrence(project=PROJECT, of=THURSDAY, day=day), RM)
    assert verdict(drive, R.REGULAR, seoul(12, 14)) is Verdict.OPEN


def test_one_deploy_of_the_cadence_is_moved_and_what_follows_moves_along(drive: Driver) -> None:
    change = ChangeOccurrence(project=PROJECT, of=SLOT, day=date(2026, 3, 12), start=seoul(11, 11))
    drive.ok(change, RM)
    view = drive.read(lists.freezes, PROJECT)
    assert [slot.deploy_at for slot in view.slots][:2] == [seoul(5, 14), seoul(11, 11)]
    form = drive.read(date_forms.occurrence_form, PROJECT, SLOT)
    assert form.due[:3] == (
        DueOccurrence(day=date(2026, 3, 5), start=seoul(5, 14)),
        DueOccurrence(day=date(2026, 3, 12), start=seoul(11, 11), changed=True),
        DueOccurrence(day=date(2026, 3, 19), start=seoul(19, 14)),
    )


def test_whose_window_is_cancelled_is_told(drive: Driver) -> None:
    release = drive.start()
    drive.ok(ChangeOccurrence(project=PROJECT, of=THURSDAY, day=date(2026, 3, 5), cancelled=True), RM)
    assert [tell.to for tell in drive.told(DateTaken)] == [InThread(release), ToPerson(RM)]


@pytest.mark.parametrize(
    ("change", "user", "refusal"),
    [
        ({"of": THURSDAY, "day": date(2026, 3, 13)}, RM, r.NoSuchOccurrence(THURSDAY, date(2026, 3, 13))),
        ({"of": "nothing", "day": date(2026, 3, 12)}, RM, r.NoSuchOccurrence("nothing", date(2026, 3, 12))),
        ({"of": SLOT, "day": date(2026, 3, 11)}, RM, r.NoSuchOccurrence(SLOT, date(2026, 3, 11))),
        ({"of": THURSDAY, "day": date(2026, 2, 26)}, RM, r.InThePast(date(2026, 2, 26))),
        (
            {
                "of": THURSDAY,
                "day": date(2026, 3, 12),
                "start": seoul(1),
                "end": seoul(12),
                "cancelled": False,
            },
            RM,
            r.InThePast(seoul(1)),
        ),
        (
            {
                "of": THURSDAY,
                "day": date(2026, 3, 12),
                "start": seoul(13),
                "end": seoul(12),
                "cancelled": False,
            },
            RM,
            r.EndsBeforeStart(date(2026, 3, 13), date(2026, 3, 12)),
        ),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    drive: Driver, change: dict[str, object], user: str, refusal: r.Refusal
) -> None:
    given = {"cancelled": True} | change
    assert drive.no(ChangeOccurrence(project=PROJECT, **given), user) == refusal  # type: ignore[arg-type]  # its own fields


def test_windows_are_changed_by_release_managers(drive: Driver) -> None:
    change = ChangeOccurrence(project=PROJECT, of=THURSDAY, day=date(2026, 3, 12), cancelled=True)
    refusal = drive.no(change, DEV)
    assert isinstance(refusal, r.NotAllowed)
    assert refusal.roles == (Role.RELEASE_MANAGER,)


def test_the_month_says_for_whom_a_blackout_holds(drive: Driver) -> None:
    drive.ok(YEAR_END, PM)
    view = drive.read(lists.month, PROJECT, date(2026, 12, 1))
    text = month_text(Reader("en", "Asia/Seoul", "Asia/Seoul"), view)
    assert "⛔ Mon 21 Dec 00:00 – Thu 31 Dec 00:00 · Year end · Feature, Regular · production\n" in text
