"""A release's captain: by the rotation of the policy at its start, by hand-over from then on (spec 2.2)."""

from __future__ import annotations

import pytest

from commands.requests import Cancel, HandOver
from domain import refusals as r
from domain.errands import InThread, Show, Surface, SurfaceKind, ToPerson
from domain.events import CaptainNamed
from domain.people import Role
from domain.types import ReleaseType, Stage
from storage import people
from storage.db import Database
from tests.support.clock import HandClock
from tests.support.driver import Driver
from tests.support.world import DEV, DEV2, GUEST, IC, LEAVER, OPS, PM, QA, RM, RM2, person, world

R = ReleaseType
# The release of Thursday 5 March is of the second week.
CAPTAINS = {"users": [RM, RM2], "anchor": "2026-02-27"}


@pytest.fixture
def rota(database: Database, clock: HandClock) -> Driver:
    with database.transaction() as tx:
        world(tx, captains=CAPTAINS)
    return Driver(database, clock)


def places(drive: Driver) -> list[object]:
    return [told.to for told in drive.told(CaptainNamed)]


def test_whose_turn_the_deploy_day_is_leads_the_release_and_is_told(rota: Driver) -> None:
    release = rota.start(user=DEV)
    assert rota.release(release).captain == RM2
    event = CaptainNamed(release=release, version="1.5.0", captain=RM2)
    assert {told.said for told in rota.told(CaptainNamed)} == {event}
    assert places(rota) == [InThread(release), ToPerson(RM2)]
    assert ("CaptainNamed", "done", DEV) in rota.audited()


def test_without_a_deploy_day_today_counts(rota: Driver) -> None:
    assert rota.clock().date().isoformat() == "2026-03-02"
    assert rota.release(rota.start(R.HOTFIX, IC)).captain == RM2


def test_who_starts_it_in_their_own_turn_is_told_nothing(rota: Driver) -> None:
    release = rota.start(user=RM2)
    assert (rota.release(release).captain, rota.told(CaptainNamed)) == (RM2, [])


def test_whoever_has_left_is_not_on_duty(rota: Driver) -> None:
    with rota.tx() as tx:
        people.put(tx, [person(RM2, active=False)])
    assert rota.release(rota.start(user=DEV)).captain == DEV


@pytest.mark.parametrize("user", [DEV, RM, RM2])
def test_the_captain_and_release_managers_hand_over(drive: Driver, user: str) -> None:
    release = drive.start(user=DEV)
    event = CaptainNamed(release=release, version="1.5.0", captain=DEV2, former=DEV)
    assert drive.ok(HandOver(release=release, to=DEV2), user) == event
    assert drive.release(release).captain == DEV2
    assert places(drive) == [InThread(release), ToPerson(DEV2)]
    assert drive.audited()[-1] == ("CaptainNamed", "done", user)
    assert Show(Surface(SurfaceKind.CARD, release)) in drive.errands()


def test_who_takes_it_over_needs_no_message(drive: Driver) -> None:
    release = drive.start(user=DEV)
    drive.ok(HandOver(release=release, to=RM), RM)
    assert places(drive) == [InThread(release)]


@pytest.mark.parametrize("user", [PM, QA, OPS, IC, DEV2])
def test_others_do_not_hand_over(drive: Driver, user: str) -> None:
    release = drive.start(user=DEV)
    refusal = drive.no(HandOver(release=release, to=DEV2), user)
    assert refusal == r.NotAllowed("captain", (Role.RELEASE_MANAGER,), tuple(sorted((DEV, RM, RM2))))


def test_of_a_hotfix_the_incident_commander_does_too(drive: Driver) -> None:
    release = drive.start(R.HOTFIX, DEV)
    assert isinstance(drive.ok(HandOver(release=release, to=DEV2), IC), CaptainNamed)


@pytest.mark.parametrize("to", [GUEST, LEAVER, "U0NOBODY"])
def test_only_people_who_count_lead(drive: Driver, to: str) -> None:
    release = drive.start(user=RM)
    assert drive.no(HandOver(release=release, to=to), RM) == r.Unreadable("person", to)


def test_what_is_so_already_or_over_is_said(drive: Driver) -> None:
    release = drive.start(user=RM)
    assert drive.no(HandOver(release=release, to=RM), RM) == r.AlreadySo("captain", RM)
    drive.ok(Cancel(release=release, reason="no need"), RM)
    assert drive.no(HandOver(release=release, to=DEV), RM) == r.TooLate("1.5.0", Stage.CANCELLED)
