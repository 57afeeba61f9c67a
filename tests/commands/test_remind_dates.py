"""What is said of a release's planned dates: QA that is due, and urgent work ahead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from commands.load import load_policy
from commands.requests import Retarget
from domain.errands import InChannel, InThread, QaDue, ToPerson, UrgentAhead
from domain.people import Role
from domain.types import Action, ReleaseType, Stage
from tests.support.driver import Driver
from tests.support.world import CHANNEL, QA, RM, RM2, policy

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
R = ReleaseType
OPS_CHANNEL, SALES = "C0OPS", "C0SALES"


def seoul(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of March 2026; the 2nd is a Monday, the regular deploy is Thursday the 5th at 14:00."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - 9 * HOUR


def at(drive: Driver, moment: datetime) -> Driver:
    drive.clock.set(moment)
    drive.tick()
    return drive


# --- QA -------------------------------------------------------------------------------------------------------


def test_qa_that_is_due_is_told_to_its_thread_the_captain_and_the_qa_lead(drive: Driver) -> None:
    release = drive.to_qa()
    at(drive, seoul(4, 17, 59))
    assert drive.told(QaDue) == []
    at(drive, seoul(4, 18))
    assert [tell.to for tell in drive.told(QaDue)] == [InThread(release), ToPerson(RM), ToPerson(QA)]
    assert {tell.said for tell in drive.told(QaDue)} == {
        QaDue(release=release, version="1.5.0", stage=Stage.QA, due=seoul(4, 18), deploy_at=seoul(5, 14))
    }
    drive.advance(release, Action.QA_FAILED, note="crash")
    at(drive, seoul(4, 20))
    assert len(drive.told(QaDue)) == 3


def test_a_captain_who_leads_qa_as_well_is_told_once(drive: Driver) -> None:
    roles = {Role.RELEASE_MANAGER.value: {"users": [RM, RM2]}, Role.QA_LEAD.value: {"users": [RM, QA]}}
    with drive.tx() as tx:
        load_policy(tx, policy(roles=roles), CHANNEL)
    drive.start()
    at(drive, seoul(4, 18))
    assert [tell.to for tell in drive.told(QaDue)][1:] == [ToPerson(RM), ToPerson(QA)]


def test_qa_that_is_over_is_not_due(drive: Driver) -> None:
    drive.to_approval()
    at(drive, seoul(4, 18))
    assert drive.told(QaDue) == []


def test_qa_is_due_when_the_moved_release_says_so(drive: Driver) -> None:
    release = drive.start()
    drive.ok(Retarget(release=release, deploy_at=seoul(12, 14), reason="not ready"), RM)
    at(drive, seoul(4, 18))
    assert drive.told(QaDue) == []
    at(drive, seoul(11, 18))
    assert [tell.to for tell in drive.told(QaDue)] == [InThread(release), ToPerson(RM), ToPerson(QA)]


def test_qa_due_after_downtime_is_late_until_the_deploy_and_then_skipped(drive: Driver) -> None:
    drive.to_qa()
    at(drive, seoul(5, 13))
    assert {tell.late for tell in drive.told(QaDue)} == {True}


def test_qa_due_that_nobody_could_hear_before_the_deploy_is_skipped(drive: Driver) -> None:
    drive.to_qa()
    at(drive, seoul(5, 14))
    assert drive.told(QaDue) == []


# --- urgent work ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [R.EMERGENCY, R.HOTFIX])
def test_urgent_work_is_told_half_an_hour_ahead(drive: Driver, kind: ReleaseType) -> None:
    release = drive.start(kind, deploy_at=seoul(3, 15))
    at(drive, seoul(3, 14, 29))
    assert drive.told(UrgentAhead) == []
    at(drive, seoul(3, 14, 30))
    (told,) = drive.told(UrgentAhead)
    assert told.to == InChannel(CHANNEL)
    assert told.said == UrgentAhead(
        release=release,
        version=str(drive.release(release).version),
        type=kind,
        stage=Stage.CANDIDATE,
        deploy_at=seoul(3, 15),
        captain=drive.release(release).captain,
    )
    assert not told.late


def test_a_regular_deploy_is_no_urgent_work(drive: Driver) -> None:
    drive.start()
    at(drive, seoul(5, 13, 45))
    assert drive.told(UrgentAhead) == []


def test_urgent_work_set_within_the_half_hour_is_told_at_once(drive: Driver) -> None:
    release = drive.start(R.HOTFIX, deploy_at=seoul(3, 15))
    at(drive, seoul(3, 9))
    soon = drive.clock() + 10 * MINUTE
    drive.ok(Retarget(release=release, deploy_at=soon, reason="it burns"), RM)
    drive.tick()
    assert [(t.at, t.late) for t in drive.told(UrgentAhead)] == [(drive.clock(), False)]
    drive.tick()
    assert len(drive.told(UrgentAhead)) == 1


def test_urgent_work_that_is_moved_is_told_for_its_new_time_only(drive: Driver) -> None:
    release = drive.start(R.EMERGENCY, deploy_at=seoul(3, 15))
    drive.ok(Retarget(release=release, deploy_at=seoul(3, 16), reason="later"), RM)
    at(drive, seoul(3, 14, 45))
    assert drive.told(UrgentAhead) == []
    at(drive, seoul(3, 15, 30))
    assert len(drive.told(UrgentAhead)) == 1


def test_urgent_work_past_its_time_is_skipped(drive: Driver) -> None:
    drive.start(R.EMERGENCY, deploy_at=seoul(3, 15))
    at(drive, seoul(3, 15))
    assert drive.told(UrgentAhead) == []


def test_the_policys_channels_are_told_of_urgent_work_as_well_each_once(drive: Driver) -> None:
    also = {"urgent_ahead": [OPS_CHANNEL, CHANNEL, SALES, OPS_CHANNEL]}
    with drive.tx() as tx:
        load_policy(tx, policy(announcements=also), CHANNEL)
    drive.start(R.EMERGENCY, deploy_at=seoul(3, 15))
    at(drive, seoul(3, 14, 30))
    assert [tell.to for tell in drive.told(UrgentAhead)] == [
        InChannel(CHANNEL),
        InChannel(OPS_CHANNEL),
        InChannel(SALES),
    ]


def test_muted_dates_are_recorded_and_not_told(drive: Driver) -> None:
    with drive.tx() as tx:
        load_policy(tx, policy(mute=["qa_due", "urgent_ahead"]), CHANNEL)
    drive.to_qa()
    drive.start(R.EMERGENCY, user=RM2, deploy_at=seoul(4, 19))
    at(drive, seoul(4, 18, 30))
    assert (drive.told(QaDue), drive.told(UrgentAhead)) == ([], [])
    assert [action for action, *_ in drive.audited()].count("Announced") == 2
