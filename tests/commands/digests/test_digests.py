from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot import rendering
from commands import seen
from commands.digests.plan import setting_of
from commands.remind import fire as remind
from commands.requests import AddBlackout, ChooseDigest, GiveRole, PeopleSeen, RemoveBlackout
from commands.show.digest import digest
from commands.show.lists import home, mine
from domain import refusals as r
from domain.digest import DigestSetting, of_day
from domain.errands import Privately, SendDigest, Tell, ToPerson
from domain.events import BlackoutAdded, DigestChosen
from domain.people import Role, Via
from domain.reminders import PERSONAL
from domain.types import ReleaseType, ReminderKind
from storage import digests, outbox, reminders
from storage.db import Database, Tx
from storage.tables import AuditRow, OutboxRow, ReminderRow
from tests.support.clock import HandClock
from tests.support.driver import GIT, Driver
from tests.support.world import CHANNEL, DEV, GUEST, OWNER, PROJECT, RM, RM2, person, world

NINE, HALF_PAST_EIGHT = time(9), time(8, 30)
SEOUL = ZoneInfo("Asia/Seoul")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def seoul(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of March 2026; Monday the 2nd is a public holiday in Korea."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - 9 * HOUR


def beat(drive: Driver, at: datetime | None = None) -> None:
    """The pulse at that moment."""
    drive.clock.set(at or drive.clock())
    with drive.tx() as tx:
        if remind.plans_short(tx):
            remind.extend_plans(tx)
    drive.tick()
    with drive.tx() as tx:
        _deliver(tx)
    assert not drive.read(remind.plans_short)


def beats(drive: Driver, *at: datetime) -> None:
    for moment in at:
        beat(drive, moment)


def _deliver(tx: Tx) -> None:
    """The courier's part: what has nothing to say, or comes too late, is not sent."""
    query = select(col(OutboxRow.id), col(OutboxRow.body)).where(col(OutboxRow.done_at).is_(None))
    for number, body in tx.execute(query).all():
        errand = outbox.ERRANDS.load(str(body))
        if isinstance(errand, SendDigest):
            told = rendering.digest(tx, errand).message
            outbox.finish(tx, [(number, "sent" if told else "moot")])


def sent(drive: Driver, user: str = RM) -> list[tuple[int, bool]]:
    """(day of March, late) of every digest that one person was sent."""

    def look(tx: Tx) -> list[tuple[int, bool]]:
        query = select(col(OutboxRow.body)).where(col(OutboxRow.outcome) == "sent")
        found = [outbox.ERRANDS.load(str(row[0])) for row in tx.execute(query.order_by(col(OutboxRow.id)))]
        mine = [one for one in found if isinstance(one, SendDigest) and one.user == user]
        return [(one.day.day, one.late) for one in mine]

    return drive.read(look)


def recorded(drive: Driver, action: str = "AnnouncementSkipped") -> int:
    """How many digests are in the audit, as skipped or otherwise."""

    def look(tx: Tx) -> int:
        query = select(col(AuditRow.body)).where(col(AuditRow.action) == action)
        return sum('"kind":"digest"' in str(row[0]) for row in tx.execute(query))

    return drive.read(look)


def states(drive: Driver, user: str = RM) -> dict[str, str]:
    """How the person's digests stand, by their day."""

    def look(tx: Tx) -> dict[str, str]:
        query = select(col(ReminderRow.key), col(ReminderRow.state)).where(col(ReminderRow.subject) == user)
        return {str(row[0])[-5:]: str(row[1]) for row in tx.execute(query.order_by(col(ReminderRow.key)))}

    return drive.read(look)


# --- the day ------------------------------------------------------------------------------------------------


def test_a_digest_comes_each_working_day_at_nine_once(drive: Driver) -> None:
    beats(drive, *(seoul(day, hour) for day in (2, 3, 4, 5) for hour in (8, 9, 9, 10, 18)))
    assert sent(drive) == [(3, False), (4, False), (5, False)]
    assert recorded(drive) == 0


def test_nothing_comes_on_weekends_and_when_there_is_nothing_to_say(
    database: Database, clock: HandClock
) -> None:
    with database.transaction() as tx:
        world(tx, calendar={"cadence": None})
    drive = Driver(database, clock)
    beats(drive, *(seoul(day, 9) for day in range(3, 10)))
    assert sent(drive) == []
    release = drive.start()
    beats(drive, *(seoul(day, 9) for day in range(10, 17)))
    assert sent(drive) == [(day, False) for day in (10, 11, 12, 13, 16)]
    assert drive.release(release).captain == RM
    assert recorded(drive) == 0


def test_usual_windows_alone_are_no_news_and_a_blackout_is(database: Database, clock: HandClock) -> None:
    with database.transaction() as tx:
        world(tx, calendar={"cadence": None})
    drive = Driver(database, clock)
    beat(drive, seoul(3, 9))
    assert [item.kind for one in drive.read(digest, RM, date(2026, 3, 3)).projects for item in one.today] == [
        "window"
    ]
    event = drive.ok(
        AddBlackout(project=PROJECT, name="sale", start=seoul(5, 10), end=seoul(5, 12), reason="many buy"), RM
    )
    beats(drive, seoul(4, 9), seoul(5, 9))
    assert sent(drive) == [(4, False), (5, False)]
    assert isinstance(event, BlackoutAdded)
    drive.ok(RemoveBlackout(project=PROJECT, blackout=event.blackout), RM)
    assert drive.read(digest, RM, date(2026, 3, 5)).news is False


def test_what_waits_is_what_mine_says(drive: Driver) -> None:
    drive.to_approval()
    found = drive.read(digest, RM2, date(2026, 3, 3))
    assert found.tasks == drive.read(mine, RM2).tasks != ()
    assert [one.project.key for one in found.projects] == [PROJECT]
    assert found.projects[0].gate.verdict == drive.read(home, RM2).projects[0].gate.verdict


def test_who_holds_no_role_hears_of_what_waits_for_them_while_it_does(drive: Driver) -> None:
    release = drive.to_approval(ReleaseType.FEATURE)
    beats(drive, seoul(3, 9), seoul(4, 9), seoul(5, 9), seoul(6, 9))
    assert sent(drive, DEV) == [(3, False), (4, False), (5, False), (6, False)]
    drive.decide(release, DEV)
    beat(drive, seoul(9, 9))
    assert sent(drive, DEV)[4:] == []


def test_two_projects_make_one_digest_and_a_working_day_of_either_counts(
    database: Database, clock: HandClock
) -> None:
    with database.transaction() as tx:
        world(tx)
        world(tx, key="api", channel="C0API", calendar={"holidays": {"country": "DE"}})
    drive = Driver(database, clock)
    clock.set(seoul(1, 12))
    beats(drive, seoul(1, 12), seoul(2, 9), seoul(3, 9))
    assert sent(drive) == [(2, False), (3, False)]
    assert [one.project.key for one in drive.read(digest, RM, date(2026, 3, 3)).projects] == ["api", PROJECT]


def test_one_that_waited_too_long_to_be_sent_is_not_sent_any_more(drive: Driver) -> None:
    beat(drive, seoul(2, 18))
    drive.clock.set(seoul(3, 9))
    drive.tick()
    beat(drive, seoul(3, 12))
    assert sent(drive) == []


def test_guests_and_leavers_get_none(drive: Driver) -> None:
    beat(drive, seoul(2, 10))
    with drive.tx() as tx:
        seen.people_seen(tx, PeopleSeen(people=(person(RM, active=False),)), GIT)
    beat(drive, seoul(3, 9))
    assert sent(drive) == []
    assert sent(drive, RM2) == [(3, False)]
    assert drive.read(digest, GUEST, date(2026, 3, 3)).projects == ()


# --- late, stale, and clocks that jump ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "minute", "wanted", "left_out"),
    [(9, 2, [(3, False)], 0), (9, 3, [(3, True)], 0), (11, 59, [(3, True)], 0), (12, 0, [], 1)],
)
def test_after_downtime_it_is_sent_until_noon_and_skipped_with_a_record_from_then_on(
    database: Database,
    clock: HandClock,
    hour: int,
    minute: int,
    wanted: list[tuple[int, bool]],
    left_out: int,
) -> None:
    with database.transaction() as tx:
        world(tx, roles={"release_manager": {"users": [RM]}})
    drive = Driver(database, clock)
    beats(drive, seoul(2, 18), seoul(3, hour, minute))
    assert (sent(drive), recorded(drive)) == (wanted, left_out)


def test_a_long_pause_is_over_with_the_day_that_has_begun(drive: Driver) -> None:
    beats(drive, seoul(2, 18), seoul(25, 10), seoul(26, 9))
    assert sent(drive) == [(25, True), (26, False)]


def test_a_clock_set_back_says_nothing_twice(drive: Driver) -> None:
    beats(drive, seoul(2, 18), seoul(3, 9), seoul(4, 9), seoul(3, 8), seoul(3, 9), seoul(4, 9), seoul(5, 9))
    assert sent(drive) == [(3, False), (4, False), (5, False)]


def test_a_clock_a_year_ahead_leaves_the_days_between_as_they_were(drive: Driver) -> None:
    beats(
        drive,
        seoul(2, 18),
        seoul(2, 18) + 365 * DAY,
        seoul(2, 19),
        seoul(3, 9),
        seoul(4, 9),
        seoul(9, 9),
        seoul(10, 9),
    )
    assert [day for day, _ in sent(drive) if day in {9, 10}] == [9, 10]


def test_who_comes_to_take_part_at_ten_begins_the_next_morning(drive: Driver) -> None:
    beat(drive, seoul(3, 10))
    drive.ok(GiveRole(project=PROJECT, role=Role.SECURITY, holder=DEV), OWNER)
    beat(drive, seoul(3, 10))
    beat(drive, seoul(4, 9))
    assert sent(drive, DEV) == sent(drive) == [(4, False)]


def test_one_that_fails_is_given_up_with_a_record(drive: Driver) -> None:
    found = of_day(RM, date(2026, 3, 3), NINE, SEOUL)
    with drive.tx() as tx:
        reminders.add(tx, PERSONAL, [found])
        remind.give_up(tx, PERSONAL, found)
    assert (states(drive), recorded(drive)) == ({"03-03": "skipped"}, 1)


def test_a_project_has_no_digest(drive: Driver) -> None:
    """Whatever comes to stand in the table by mistake ends, and nobody is written to."""
    found = of_day(RM, date(2026, 3, 3), NINE, SEOUL)
    with drive.tx() as tx:
        reminders.add(tx, PROJECT, [found])
    drive.clock.set(seoul(3, 9))
    drive.tick()
    assert (states(drive), sent(drive)) == ({"03-03": "skipped"}, [])


# --- the choice ---------------------------------------------------------------------------------------------


def test_off_is_off_until_it_is_on_again_and_each_change_is_recorded(drive: Driver) -> None:
    beat(drive, seoul(2, 18))
    assert drive.ok(ChooseDigest(on=False), RM) == DigestChosen(on=False, at=NINE)
    beats(drive, seoul(3, 9))
    assert drive.ok(ChooseDigest(on=True, at=HALF_PAST_EIGHT), RM) == DigestChosen(
        on=True, at=HALF_PAST_EIGHT
    )
    beats(drive, seoul(4, 8), seoul(4, 8, 30), seoul(4, 9))
    assert sent(drive) == [(4, False)]
    assert drive.ok(ChooseDigest(on=False), RM) == DigestChosen(on=False, at=HALF_PAST_EIGHT)
    assert drive.ok(ChooseDigest(on=True), RM) == DigestChosen(on=True, at=HALF_PAST_EIGHT)
    assert drive.audited().count(("DigestChosen", "done", RM)) == 4
    assert recorded(drive, "Announced") == 0
    assert drive.chain_holds()


def test_another_time_of_the_same_day_brings_no_second_one(drive: Driver) -> None:
    beats(drive, seoul(2, 18), seoul(3, 9))
    drive.ok(ChooseDigest(on=True, at=time(23)), RM)
    beats(drive, seoul(3, 23), seoul(4, 9), seoul(4, 23))
    assert sent(drive) == [(3, False), (4, False)]


def test_what_is_so_already_is_said_and_changes_nothing(drive: Driver) -> None:
    drive.ok(ChooseDigest(on=True), RM)  # of one's own from now on
    assert drive.no(ChooseDigest(on=True, at=NINE), RM) == r.AlreadySo("digest_on")
    drive.ok(ChooseDigest(on=False), RM)
    assert drive.no(ChooseDigest(on=False), RM) == r.AlreadySo("digest_off")
    assert drive.no(ChooseDigest(on=False), GUEST) == r.NotAMember("guest", "")
    assert drive.no(ChooseDigest(on=False), "U0NOBODY") == r.NotAMember("stranger", "")


def test_who_presses_is_answered_where_they_pressed(drive: Driver) -> None:
    event = drive.ok(ChooseDigest(on=False), RM, via=Via.BUTTON, channel=CHANNEL)
    drive.ok(ChooseDigest(on=True), RM, via=Via.MODAL)
    told = [(tell.project, tell.to, tell.by) for tell in drive.told(DigestChosen)]
    assert told == [(PERSONAL, Privately(CHANNEL, RM), RM), (PERSONAL, ToPerson(RM), RM)]
    assert drive.told(DigestChosen)[0] == Tell(
        project=PERSONAL, to=Privately(CHANNEL, RM), said=event, by=RM, at=drive.clock()
    )


def test_a_team_has_it_off_by_default_and_each_persons_choice_wins(
    database: Database, clock: HandClock
) -> None:
    with database.transaction() as tx:
        world(tx, mute=["digest"])
    drive = Driver(database, clock)
    assert drive.read(setting_of, RM) == DigestSetting(on=False)
    drive.ok(ChooseDigest(on=True), RM)
    beats(drive, seoul(2, 18), seoul(3, 9))
    assert (sent(drive), sent(drive, RM2)) == ([(3, False)], [])
    assert drive.read(home, RM).digest == drive.read(digests.chosen, RM) == DigestSetting(own=True)
    assert drive.read(home, RM2).digest == DigestSetting(on=False)


def test_who_moves_to_another_zone_is_written_to_by_the_clock_there(drive: Driver) -> None:
    beats(drive, seoul(2, 18), seoul(3, 9))
    with drive.tx() as tx:
        seen.people_seen(
            tx, PeopleSeen(people=(person(RM, zone="Europe/Berlin"), person(DEV, zone="UTC"))), GIT
        )
    beats(drive, seoul(4, 9), seoul(4, 16, 59))
    assert sent(drive) == [(3, False)]
    beat(drive, seoul(4, 17))
    assert sent(drive) == [(3, False), (4, False)]
    assert states(drive, DEV) == {}


def test_every_kind_of_reminder_but_the_digest_belongs_to_a_project(drive: Driver) -> None:
    beat(drive, seoul(2, 18))

    def look(tx: Tx) -> set[tuple[str, str]]:
        query = select(col(ReminderRow.project), col(ReminderRow.kind)).distinct()
        return {(str(row[0]), str(row[1])) for row in tx.execute(query)}

    assert {kind for project, kind in drive.read(look) if project == PERSONAL} == {ReminderKind.DIGEST}
