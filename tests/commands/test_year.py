"""The coming year: asked in December, answered by press, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from commands.change import extend_plan
from commands.context import calendar_of, project_of
from commands.load import load_policy
from commands.requests import (
    AddAllOfYear,
    AddBlackout,
    AnswerYear,
    ChangeOccurrence,
    RemoveBlackout,
    TakeBackOfYear,
)
from commands.year.look import year_view
from domain.calendar.blackouts import Blackout
from domain.calendar.changes import SLOT
from domain.calendar.rollover.model import Choice, Rollover
from domain.errands import InChannel, Show, Surface, SurfaceKind, ToPerson
from domain.events import (
    BlackoutAdded,
    BlackoutRemoved,
    OccurrenceChanged,
    ProposalsAdded,
    SetAsideForYear,
)
from domain.names import Names
from domain.people import Role
from domain.refusals import AlreadySo, Gone, NotAllowed, UnknownProject
from storage import surfaces
from storage.db import Tx
from storage.surfaces import Posted
from tests.support.driver import Driver
from tests.support.world import CHANNEL, DEV, PM, PROJECT, RM, RM2, policy

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DECEMBER = datetime(2026, 12, 1, 1, tzinfo=UTC)  # Tuesday, 10:00 in Seoul
YEAR = Surface(SurfaceKind.YEAR, f"{PROJECT}/2027")
SEOLLAL = "holidays:2027-02-07"
BUDDHA = "date:2027-05-13"
MOVE_TO = datetime(2027, 5, 18, 5, tzinfo=UTC)


@pytest.fixture
def december(drive: Driver) -> Driver:
    drive.clock.set(DECEMBER)
    return drive


def of_year(drive: Driver, year: int = 2027) -> Rollover:
    return drive.read(year_view, PROJECT, year).rollover


def say(key: str, choice: Choice, to: datetime | None = None, year: int = 2027) -> AnswerYear:
    return AnswerYear(project=PROJECT, year=year, key=key, choice=choice, to=to)


def back(key: str) -> TakeBackOfYear:
    return TakeBackOfYear(project=PROJECT, year=2027, key=key)


def shows(drive: Driver) -> int:
    return [errand.surface for errand in drive.errands() if isinstance(errand, Show)].count(YEAR)


def posted(drive: Driver) -> None:
    with drive.tx() as tx:
        surfaces.put(tx, Posted(YEAR, CHANNEL, "1.0", "shown"))


def blackouts(drive: Driver) -> list[Blackout]:
    def look(tx: Tx) -> list[Blackout]:
        return list(calendar_of(tx, project_of(tx, PROJECT), tx.now()).blackouts)

    return drive.read(look)


# --- when it is asked -------------------------------------------------------------------------------------


def test_the_coming_year_is_posted_once_in_december(drive: Driver) -> None:
    drive.clock.set(DECEMBER - 5 * DAY)
    with drive.tx() as tx:
        extend_plan(tx, project_of(tx, PROJECT))
    drive.clock.set(DECEMBER - timedelta(minutes=1))
    drive.tick()
    assert shows(drive) == 0
    for _ in range(3):
        drive.clock.set(drive.clock() + timedelta(minutes=1))
        drive.tick()
    assert shows(drive) == 1


def test_a_muted_year_is_not_posted(drive: Driver) -> None:
    with drive.tx() as tx:
        load_policy(tx, policy(mute=["year"]), CHANNEL)
    drive.clock.set(DECEMBER - DAY)
    with drive.tx() as tx:
        extend_plan(tx, project_of(tx, PROJECT))
    drive.clock.set(DECEMBER)
    drive.tick()
    assert shows(drive) == 0


def test_it_asks_the_release_managers(december: Driver) -> None:
    view = december.read(year_view, PROJECT, 2027)
    assert (view.managers, len(view.rollover.proposals), len(view.rollover.conflicts)) == ((RM, RM2), 10, 10)


def test_the_posted_message_follows_every_change_of_the_calendar(december: Driver) -> None:
    december.ok(say(SEOLLAL, Choice.NOT_NEEDED), PM)
    assert shows(december) == 0  # nothing is posted yet
    posted(december)
    december.ok(say(BUDDHA, Choice.LEFT), RM)
    assert shows(december) == 1
    start = datetime(2027, 6, 1, tzinfo=UTC)
    december.ok(AddBlackout(project=PROJECT, name="Sale", start=start, end=start + DAY), PM)
    assert shows(december) == 2


# --- proposals --------------------------------------------------------------------------------------------


def test_a_proposal_is_added_like_any_blackout(december: Driver) -> None:
    event = december.ok(say(SEOLLAL, Choice.ADDED), PM)
    assert isinstance(event, BlackoutAdded)
    assert replace(event, blackout="") == BlackoutAdded(
        blackout="",
        name="설날",
        start=datetime(2027, 2, 5, 6, tzinfo=UTC),
        end=datetime(2027, 2, 9, 15, tzinfo=UTC),
        reason="",
    )
    assert [one.name for one in blackouts(december)] == ["설날"]
    assert [(t.to, t.said) for t in december.told(BlackoutAdded)][-1] == (InChannel(CHANNEL), event)
    assert of_year(december).proposal(SEOLLAL) is None
    assert [one.answer.by for one in of_year(december).done] == [PM]


def test_the_second_of_two_presses_learns_who_was_faster(december: Driver) -> None:
    december.ok(say(SEOLLAL, Choice.ADDED), PM)
    assert december.no(say(SEOLLAL, Choice.ADDED), RM) == AlreadySo("year", PM)
    assert december.no(say(SEOLLAL, Choice.NOT_NEEDED), RM) == AlreadySo("year", PM)
    assert len(blackouts(december)) == 1


def test_all_are_added_in_one_line(december: Driver) -> None:
    december.ok(say("turn:2026", Choice.NOT_NEEDED), RM)
    event = december.ok(AddAllOfYear(project=PROJECT, year=2027), RM)
    assert isinstance(event, ProposalsAdded)
    assert [one.name for one in event.blackouts][:2] == ["설날", "삼일절"]
    assert len(event.blackouts) == len(blackouts(december)) == 9
    assert [t.to for t in december.told(ProposalsAdded) if t.to == InChannel(CHANNEL)] == [InChannel(CHANNEL)]
    assert december.told(BlackoutAdded) == []
    assert [kind for kind, *_ in december.audited()].count("BlackoutAdded") == 9
    assert of_year(december).proposals == ()
    assert december.no(AddAllOfYear(project=PROJECT, year=2027), RM) == AlreadySo("year_all")


def test_a_proposal_that_is_not_needed_changes_no_calendar(december: Driver) -> None:
    event = december.ok(say(SEOLLAL, Choice.NOT_NEEDED), PM)
    names = Names(ko="설날", en="Korean New Year")
    assert event == SetAsideForYear(key=SEOLLAL, choice=Choice.NOT_NEEDED, names=names)
    assert blackouts(december) == []
    assert [t.to for t in december.told(SetAsideForYear) if isinstance(t.to, InChannel | ToPerson)] in (
        [],
        [ToPerson(PM)],
    )


# --- dates ------------------------------------------------------------------------------------------------


def test_a_date_is_moved_where_the_button_said(december: Driver) -> None:
    event = december.ok(say(BUDDHA, Choice.MOVED, MOVE_TO), RM)
    conflict_day = datetime(2027, 5, 13).date()
    assert event == OccurrenceChanged(of=SLOT, day=conflict_day, start=MOVE_TO)
    assert of_year(december).conflict(BUDDHA) is None
    assert december.no(say(BUDDHA, Choice.SKIPPED), RM2) == AlreadySo("year", RM)


def test_an_offer_that_has_changed_since_is_refused(december: Driver) -> None:
    start = datetime(2027, 5, 17, 15, tzinfo=UTC)
    december.ok(AddBlackout(project=PROJECT, name="Sale", start=start, end=start + DAY), PM)
    assert december.no(say(BUDDHA, Choice.MOVED, MOVE_TO), RM) == Gone("year_offer")
    assert december.no(say(BUDDHA, Choice.MOVED), RM) == Gone("year_offer")


def test_a_date_is_skipped_or_stays(december: Driver) -> None:
    event = december.ok(say(BUDDHA, Choice.SKIPPED), RM)
    assert event == OccurrenceChanged(of=SLOT, day=datetime(2027, 5, 13).date())
    stays = december.ok(say("date:2027-09-16", Choice.LEFT), RM)
    day = datetime(2027, 9, 16).date()
    assert stays == SetAsideForYear(key="date:2027-09-16", choice=Choice.LEFT, day=day)
    left = {one.key for one in of_year(december).conflicts}
    assert {BUDDHA, "date:2027-09-16"} & left == set()


# --- taking back ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "choice", "to"),
    [
        (SEOLLAL, Choice.ADDED, None),
        (SEOLLAL, Choice.NOT_NEEDED, None),
        (BUDDHA, Choice.MOVED, MOVE_TO),
        (BUDDHA, Choice.SKIPPED, None),
        (BUDDHA, Choice.LEFT, None),
    ],
)
def test_every_answer_can_be_taken_back_and_given_again(
    december: Driver, key: str, choice: Choice, to: datetime | None
) -> None:
    before = of_year(december)
    december.ok(say(key, choice, to), RM)
    assert of_year(december) != before
    december.ok(back(key), RM)
    assert of_year(december) == before
    assert december.no(back(key), RM) == Gone("year_answer")
    december.ok(say(key, choice, to), RM)


def test_what_is_taken_back_is_told_as_what_it_is(december: Driver) -> None:
    added = december.ok(say(SEOLLAL, Choice.ADDED), PM)
    assert isinstance(added, BlackoutAdded)
    removed = BlackoutRemoved(blackout=added.blackout, name="설날")
    assert december.ok(back(SEOLLAL), PM) == removed
    december.ok(say(BUDDHA, Choice.MOVED, MOVE_TO), RM)
    restored = OccurrenceChanged(of=SLOT, day=datetime(2027, 5, 13).date(), restored=True)
    assert december.ok(back(BUDDHA), RM) == restored


def test_what_was_undone_elsewhere_is_asked_again(december: Driver) -> None:
    added = december.ok(say(SEOLLAL, Choice.ADDED), PM)
    assert isinstance(added, BlackoutAdded)
    december.ok(RemoveBlackout(project=PROJECT, blackout=added.blackout), PM)
    december.ok(say(SEOLLAL, Choice.ADDED), PM)
    december.ok(say(BUDDHA, Choice.SKIPPED), RM)
    december.ok(ChangeOccurrence(project=PROJECT, of=SLOT, day=datetime(2027, 5, 13).date()), RM)
    december.ok(say(BUDDHA, Choice.LEFT), RM)


# --- who, and what cannot be ------------------------------------------------------------------------------


def test_blackouts_are_the_pms_too_and_dates_the_release_managers_alone(december: Driver) -> None:
    no = december.no(say(SEOLLAL, Choice.NOT_NEEDED), DEV)
    assert isinstance(no, NotAllowed)
    assert (no.what, no.roles) == ("blackout", (Role.PM, Role.RELEASE_MANAGER))
    for request in (say(BUDDHA, Choice.LEFT), back(BUDDHA)):
        refused = december.no(request, PM)
        assert isinstance(refused, NotAllowed)
        assert (refused.what, refused.roles) == ("window", (Role.RELEASE_MANAGER,))
    assert isinstance(december.no(AddAllOfYear(project=PROJECT, year=2027), DEV), NotAllowed)


@pytest.mark.parametrize(
    ("request_", "refusal"),
    [
        (say("holidays:2027-03-02", Choice.ADDED), Gone("year_proposal")),
        (say("date:2027-05-20", Choice.MOVED, MOVE_TO), Gone("year_date")),
        (say("date:soon", Choice.LEFT), Gone("year_date")),
        (say("", Choice.ADDED), Gone("year_proposal")),
        (say(SEOLLAL, Choice.MOVED, MOVE_TO), Gone("button")),
        (say(BUDDHA, Choice.ADDED), Gone("button")),
        (say(SEOLLAL, Choice.ADDED, year=2028), Gone("year_proposal")),
        (AddAllOfYear(project=PROJECT, year=2199), Gone("year_proposal")),
        (back("date:soon"), Gone("year_answer")),
    ],
)
def test_forged_and_late_presses_get_a_typed_answer(
    december: Driver, request_: object, refusal: object
) -> None:
    assert december.no(request_, RM) == refusal
    assert of_year(december).done == ()


def test_an_unknown_project_is_refused(december: Driver) -> None:
    request = AnswerYear(project="nope", year=2027, key=SEOLLAL, choice=Choice.ADDED)
    assert isinstance(december.no(request, RM), UnknownProject)
